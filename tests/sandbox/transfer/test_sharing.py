"""Guest collections: made on a host, listed, seen by those they are shared with."""

from pathlib import Path
from typing import Any

import pytest

from .bench import Bench, good, tree, write

LARK = "lark@sandbox.example"


def shared(bench: Bench, id: str, **query: Any) -> dict[str, Any]:
    return bench.get(f"/endpoint/{id}/shared_endpoint_list", **query)


def test_a_guest_collection_shows_a_directory_of_its_host(bench: Bench) -> None:
    write(bench.here, {"project/data/a": "a", "private": "p"})
    body = {
        "DATA_TYPE": "shared_endpoint",
        "host_endpoint_id": bench.source.id,
        "host_path": "/~/project",
        "display_name": "Partners",
        "description": "Weekly drops",
    }
    made = bench.request("POST", "/shared_endpoint", json=body)
    answer = good(made)
    assert (made.status_code, answer["DATA_TYPE"], answer["code"]) == (201, "endpoint_create_result", "Created")
    guest = bench.get(f"/endpoint/{answer['id']}")
    assert (guest["display_name"], guest["description"]) == ("Partners", "Weekly drops")
    assert (guest["entity_type"], guest["expires_in"]) == ("GCP_guest_collection", -1)
    assert (guest["host_endpoint_id"], guest["host_path"]) == (bench.source.id, "/~/project/")
    assert (guest["mapped_collection_id"], guest["host_endpoint_display_name"]) == (bench.source.id, "Bench Source")
    assert (guest["acl_available"], guest["acl_editable"], guest["shareable"]) == (True, True, False)
    assert (guest["my_effective_roles"], guest["public"], guest["DATA"]) == (["administrator"], False, [])
    host = bench.get(f"/endpoint/{bench.source.id}")
    assert (host["acl_available"], host["shareable"], host["host_endpoint_id"]) == (False, True, None)
    listed = bench.get(f"/operation/endpoint/{answer['id']}/ls", path="/")
    assert [entry["name"] for entry in listed["DATA"]] == ["data"]
    mkdir = {"DATA_TYPE": "mkdir", "path": "/~/new/"}
    good(bench.request("POST", f"/operation/endpoint/{answer['id']}/mkdir", json=mkdir))
    assert tree(bench.here) == {"project/data/a": "a", "private": "p", "project/new": "/"}


@pytest.mark.parametrize(
    ("change", "status", "code", "named"),
    [
        ({"host_path": "/nowhere/"}, 400, "InvalidPath", "host_path"),
        ({"host_path": "/file"}, 400, "InvalidPath", "host_path"),
        ({"host_path": "/out/"}, 400, "InvalidPath", "host_path"),
        ({"host_path": "relative/"}, 400, "InvalidPath", "host_path"),
        ({"host_endpoint": None}, 400, "ClientError.BadRequest", "host_endpoint"),
        ({"display_name": "two\nlines"}, 400, "ClientError.BadRequest", "display_name"),
        ({"display_name": "x" * 129}, 400, "ClientError.BadRequest", "display_name"),
        ({"display_name": None}, 400, "ClientError.BadRequest", "display_name"),
        ({"public": True}, 400, "ClientError.BadRequest", "public"),
        ({"DATA_TYPE": "endpoint"}, 400, "ClientError.BadRequest", "DATA_TYPE"),
        ({"acl_max_expiration_period_mins": 0}, 400, "ClientError.BadRequest", "acl_max_expiration_period_mins"),
    ],
)
def test_wrong_guest_collections_are_refused(
    bench: Bench, tmp_path: Path, change: dict[str, object], status: int, code: str, named: str
) -> None:
    write(bench.here, {"file": "f", "dir/x": "x"})
    (bench.here / "out").symlink_to(tmp_path)
    body = {
        "DATA_TYPE": "shared_endpoint",
        "host_endpoint": bench.source.id,
        "host_path": "/dir/",
        "display_name": "Partners",
        **change,
    }
    refused = bench.refused("POST", "/shared_endpoint", json=body)
    assert refused[:2] == (status, code)
    assert refused[2].startswith(f"{named}: ")
    assert bench.get(f"/endpoint/{bench.source.id}/my_shared_endpoint_list")["DATA"] == []


def test_a_host_is_shared_by_who_may_write_there_and_a_guest_collection_by_nobody(bench: Bench) -> None:
    bench.source.public = True
    body = {
        "DATA_TYPE": "shared_endpoint",
        "host_endpoint": bench.source.id,
        "host_path": "/",
        "display_name": "Partners",
    }
    assert bench.refused("POST", "/shared_endpoint", json=body, token=LARK)[:2] == (403, "PermissionDenied")
    guest = bench.share()
    body["host_endpoint"] = guest
    assert bench.refused("POST", "/shared_endpoint", json=body)[:2] == (409, "NotSupported")
    for name in ("my_shared_endpoint_list", "shared_endpoint_list"):
        assert bench.refused("GET", f"/endpoint/{guest}/{name}")[:2] == (409, "NotSupported")


def test_the_lists_of_a_host(bench: Bench) -> None:
    bench.source.public = True
    names = ["Beech", "Ash", "Oak"]
    ids = {bench.share(display_name=name): name for name in names}
    mine = bench.get(f"/endpoint/{bench.source.id}/my_shared_endpoint_list", orderby="display_name DESC", fields="id")
    assert (mine["DATA_TYPE"], mine["length"]) == ("endpoint_list", 3)
    assert [ids[guest["id"]] for guest in mine["DATA"]] == ["Oak", "Beech", "Ash"]
    assert set(mine["DATA"][0]) == {"id"}
    filtered = bench.get(f"/endpoint/{bench.source.id}/my_shared_endpoint_list", filter="display_name:~*a*")
    assert [guest["display_name"] for guest in filtered["DATA"]] == ["Oak"]
    first = shared(bench, bench.source.id, max_results=2)
    second = shared(bench, bench.source.id, max_results=2, next_token=first["next_token"])
    assert (len(first["shared_endpoints"]), len(second["shared_endpoints"])) == (2, 1)
    assert {guest["id"] for page in (first, second) for guest in page["shared_endpoints"]} == set(ids)
    assert second["next_token"] is None
    assert shared(bench, bench.source.id)["next_token"] is None
    url = f"/endpoint/{bench.source.id}/shared_endpoint_list"
    assert bench.request("GET", url, token=LARK).json()["shared_endpoints"] == []
    for query, named in (({"next_token": "x"}, "next_token"), ({"max_results": 1001}, "max_results")):
        status, _, message = bench.refused("GET", url, params=query)
        assert (status, message.split(":")[0]) == (400, named)


def test_searches_by_host_and_by_sharing(bench: Bench) -> None:
    guest = bench.share(display_name="Mine")

    def found(token: str, **query: str) -> list[str]:
        hits = good(bench.request("GET", "/endpoint_search", params=query, token=token))["DATA"]
        return [hit["display_name"] for hit in hits]

    wren = bench.wren.username
    assert found(wren, filter_scope="shared-by-me") == ["Mine"]
    assert found(wren, filter_host_endpoint=bench.source.id) == ["Mine"]
    assert found(wren, filter_entity_type="GCP_guest_collection") == ["Mine"]
    assert found(wren, filter_scope="shared-with-me") == []
    assert found(LARK, filter_scope="shared-with-me") == []
    rule = {
        "DATA_TYPE": "access",
        "principal_type": "identity",
        "principal": bench.lark.id,
        "path": "/",
        "permissions": "r",
    }
    good(bench.request("POST", f"/endpoint/{guest}/access", json=rule))
    assert found(LARK, filter_scope="shared-with-me") == found(LARK, filter_fulltext="mine") == ["Mine"]
    assert found(LARK, filter_scope="administered-by-me") == []
    seen = good(bench.request("GET", f"/endpoint/{guest}", token=LARK))
    assert (seen["host_path"], seen["acl_editable"], seen["my_effective_roles"]) == (None, False, [])


def test_deleting_a_host_deletes_what_is_shared_on_it(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    guest, other = bench.share(), bench.share()
    answer = good(bench.request("DELETE", f"/endpoint/{other}"))
    assert (answer["DATA_TYPE"], answer["code"], answer["resource"]) == ("result", "Deleted", f"/endpoint/{other}")
    assert bench.refused("GET", f"/endpoint/{other}")[:2] == (404, "EndpointDeleted")
    good(bench.request("DELETE", f"/endpoint/{bench.source.id}"))
    for id in (guest, bench.source.id):
        assert bench.refused("GET", f"/operation/endpoint/{id}/ls")[:2] == (404, "EndpointDeleted")
    assert bench.refused("DELETE", f"/endpoint/{guest}")[:2] == (404, "EndpointDeleted")
    assert tree(bench.here) == {"a": "a"}


def test_the_administrator_of_a_host_may_delete_what_others_share_on_it(bench: Bench) -> None:
    bench.source.own_subscription_id = bench.state.subscription_id
    role = {"DATA_TYPE": "role", "principal_type": "identity", "principal": bench.lark.id, "role": "administrator"}
    good(bench.request("POST", f"/endpoint/{bench.source.id}/role", json=role))
    body = {"DATA_TYPE": "shared_endpoint", "host_endpoint": bench.source.id, "host_path": "/", "display_name": "L"}
    guest = good(bench.request("POST", "/shared_endpoint", json=body, token=LARK))["id"]
    assert shared(bench, bench.source.id)["shared_endpoints"] == [{"id": guest}]
    assert bench.get(f"/endpoint/{guest}")["my_effective_roles"] == []
    assert bench.refused("PUT", f"/endpoint/{guest}", json={"display_name": "W"})[:2] == (403, "PermissionDenied")
    good(bench.request("DELETE", f"/endpoint/{guest}"))
