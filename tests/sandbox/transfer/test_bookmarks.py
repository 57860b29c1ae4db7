"""A user's bookmarks."""

import pytest

from .bench import Bench, good

LARK = "lark@sandbox.example"


def body(bench: Bench, name: str = "outbox", **fields: object) -> dict[str, object]:
    return {"name": name, "endpoint_id": bench.source.id, "path": "/~/outbox/", **fields}


def add(bench: Bench, name: str) -> str:
    made = bench.request("POST", "/bookmark", json=body(bench, name))
    assert made.status_code == 201, made.text
    id = made.json()["id"]
    assert isinstance(id, str)
    return id


def test_a_bookmark_from_its_making_to_its_end(bench: Bench) -> None:
    made = bench.request("POST", "/bookmark", json=body(bench))
    bookmark = good(made)
    assert made.status_code == 201
    assert bookmark == {**body(bench), "DATA_TYPE": "bookmark", "id": bookmark["id"], "pinned": False}
    url = f"/bookmark/{bookmark['id']}"
    assert bench.get(url) == bookmark
    changed = good(bench.request("PUT", url, json={"name": "inbox", "pinned": True, "path": "/~/outbox/"}))
    assert changed == {**bookmark, "name": "inbox", "pinned": True} == bench.get(url)
    assert bench.get(url, fields="name") == {"name": "inbox"}
    assert good(bench.request("DELETE", url))["code"] == "Deleted"
    for method, sent in (("GET", None), ("DELETE", None), ("PUT", {"name": "x"})):
        assert bench.refused(method, url, json=sent)[:2] == (404, "BookmarkNotFound")


def test_the_list_is_the_users_own(bench: Bench) -> None:
    for name in ("b", "a", "c"):
        id = add(bench, name)
    listed = bench.get("/bookmark_list", orderby="name DESC", fields="name")
    assert listed == {"DATA_TYPE": "bookmark_list", "DATA": [{"name": "c"}, {"name": "b"}, {"name": "a"}]}
    assert [each["id"] for each in bench.get("/bookmark_list", filter="name:c,d")["DATA"]] == [id]
    assert good(bench.request("GET", "/bookmark_list", token=LARK))["DATA"] == []
    assert bench.refused("GET", f"/bookmark/{id}", token=LARK)[:2] == (404, "BookmarkNotFound")
    good(bench.request("POST", "/bookmark", json=body(bench, "c"), token=LARK))


def test_a_name_is_given_once(bench: Bench) -> None:
    add(bench, "one")
    two = f"/bookmark/{add(bench, 'two')}"
    assert bench.refused("POST", "/bookmark", json=body(bench, "one"))[:2] == (409, "Conflict")
    assert bench.refused("PUT", two, json={"name": "one"})[:2] == (409, "Conflict")
    assert good(bench.request("PUT", two, json={"name": "two"}))["name"] == "two"


def test_a_hundred_are_enough(bench: Bench) -> None:
    for n in range(100):
        add(bench, f"{n}")
    assert bench.refused("POST", "/bookmark", json=body(bench))[:2] == (409, "LimitExceeded")


@pytest.mark.parametrize(
    ("change", "status", "code", "named"),
    [
        ({"name": "two\nlines"}, 400, "ClientError.BadRequest", "name"),
        ({"name": None}, 400, "ClientError.BadRequest", "name"),
        ({"path": "/outbox"}, 400, "InvalidPath", "path"),
        ({"path": "outbox/"}, 400, "InvalidPath", "path"),
        ({"endpoint_id": "x"}, 400, "ClientError.BadRequest", "endpoint_id"),
        ({"endpoint_id": "7a1d3c52-0b6e-4f19-9c44-3e8a51d2ffff"}, 404, "EndpointNotFound", "endpoint_id"),
        ({"pinned": "yes"}, 400, "ClientError.BadRequest", "pinned"),
        ({"id": "x"}, 400, "ClientError.BadRequest", "id"),
        ({"DATA_TYPE": "bookmarks"}, 400, "ClientError.BadRequest", "DATA_TYPE"),
    ],
)
def test_wrong_bookmarks_are_refused_by_name(
    bench: Bench, change: dict[str, object], status: int, code: str, named: str
) -> None:
    refused = bench.refused("POST", "/bookmark", json={**body(bench), **change})
    assert (refused[:2], refused[2].split(":")[0]) == ((status, code), named)
    assert bench.get("/bookmark_list")["DATA"] == []


@pytest.mark.parametrize("change", [{"path": "/"}, {"endpoint_id": "x"}, {"id": "x"}, {"name": None}, {"colour": 1}])
def test_only_the_name_and_the_pin_can_be_changed(bench: Bench, change: dict[str, object]) -> None:
    url = f"/bookmark/{add(bench, 'one')}"
    status, _, message = bench.refused("PUT", url, json=change)
    assert (status, [message.split(":")[0]]) == (400, list(change))
