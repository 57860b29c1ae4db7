"""A user's bookmarks in Transfer v2: the same ones as in v0.10."""

from typing import Any

import pytest

from .bench import Bench, good
from .json_api import NOWHERE, refused, v2

URL = "/v2/bookmarks"


def body(bench: Bench, name: str = "outbox", path: str = "/~/outbox/") -> dict[str, Any]:
    return {
        "data": {
            "type": "Bookmark",
            "attributes": {"name": name, "path": path},
            "relationships": {"collection": {"data": {"type": "Collection", "id": bench.source.id}}},
        }
    }


def change(**attributes: object) -> dict[str, Any]:
    return {"data": {"type": "Bookmark", "attributes": attributes}}


def test_a_bookmark_from_its_making_to_its_end(bench: Bench) -> None:
    made = v2(bench.request("POST", URL, json=body(bench)), 201)
    assert made == {**body(bench)["data"], "id": made["id"]}
    url = f"{URL}/{made['id']}"
    assert v2(bench.request("GET", url)) == made
    changed = v2(bench.request("PATCH", url, json=change(name="inbox", path="/~/inbox/")))
    assert changed["attributes"] == {"name": "inbox", "path": "/~/inbox/"}
    assert v2(bench.request("PATCH", url, json=change(name="inbox"))) == changed
    assert [each["id"] for each in v2(bench.request("GET", URL))] == [made["id"]]
    gone = bench.request("DELETE", url)
    assert (gone.status_code, set(gone.json())) == (200, {"meta"})
    for method, sent in (("GET", None), ("DELETE", None), ("PATCH", change(name="x"))):
        assert refused(bench, method, url, json=sent)[:2] == (404, "BookmarkNotFound")


def test_it_is_the_bookmark_that_the_older_routes_have(bench: Bench) -> None:
    id = v2(bench.request("POST", URL, json=body(bench)), 201)["id"]
    older = bench.get(f"/bookmark/{id}")
    assert (older["name"], older["endpoint_id"], older["pinned"]) == ("outbox", bench.source.id, False)
    good(bench.request("PUT", f"/bookmark/{id}", json={"name": "renamed"}))
    assert v2(bench.request("GET", f"{URL}/{id}"))["attributes"]["name"] == "renamed"


def test_collections_are_included_when_asked_for(bench: Bench) -> None:
    id = v2(bench.request("POST", URL, json=body(bench)), 201)["id"]
    attributes = {"display_name": bench.source.display_name, "high_assurance": False}
    included = [{"type": "Collection", "id": bench.source.id, "attributes": attributes}]
    for url in (URL, f"{URL}/{id}"):
        assert "included" not in bench.request("GET", url).json()
        assert bench.request("GET", url, params={"include": "collection"}).json()["included"] == included
    assert refused(bench, "GET", URL, params={"include": "owner"})[0] == 400


def test_names_are_the_users_own_and_once(bench: Bench) -> None:
    v2(bench.request("POST", URL, json=body(bench)), 201)
    other = v2(bench.request("POST", URL, json=body(bench, "other")), 201)["id"]
    assert refused(bench, "POST", URL, json=body(bench))[:2] == (409, "Conflict")
    assert refused(bench, "PATCH", f"{URL}/{other}", json=change(name="outbox"))[:2] == (409, "Conflict")


@pytest.mark.parametrize(
    ("attributes", "named"),
    [({"name": ""}, "name"), ({"name": "a\nb"}, "name"), ({"path": "x"}, "path"), ({"pinned": True}, "pinned")],
)
def test_what_a_bookmark_cannot_be(bench: Bench, attributes: dict[str, object], named: str) -> None:
    id = v2(bench.request("POST", URL, json=body(bench)), 201)["id"]
    status, _, detail = refused(bench, "PATCH", f"{URL}/{id}", json=change(**attributes))
    assert status == 400
    assert f"data.attributes.{named}" in detail


def test_the_path_of_a_bookmark_needs_no_slash_at_its_end(bench: Bench) -> None:
    id = v2(bench.request("POST", URL, json=body(bench)), 201)["id"]
    assert v2(bench.request("PATCH", f"{URL}/{id}", json=change(path="~/x")))["attributes"]["path"] == "~/x"


def test_the_collection_must_be_there_and_the_id_the_paths(bench: Bench) -> None:
    wrong = body(bench)
    wrong["data"]["relationships"]["collection"]["data"]["id"] = NOWHERE
    assert refused(bench, "POST", URL, json=wrong)[:2] == (404, "EndpointNotFound")
    id = v2(bench.request("POST", URL, json=body(bench)), 201)["id"]
    another = {"data": {"type": "Bookmark", "id": NOWHERE, "attributes": {"name": "x"}}}
    assert refused(bench, "PATCH", f"{URL}/{id}", json=another)[0] == 400
