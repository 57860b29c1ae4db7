"""Finding collections and reading what they say of themselves."""

from pathlib import Path
from typing import Any

import pytest

from .bench import Bench, item


def found(bench: Bench, token: str = "wren@sandbox.example", **params: Any) -> list[str]:
    listed = bench.request("GET", "/endpoint_search", params=params, token=token).json()
    assert listed["DATA_TYPE"] == "endpoint_list"
    return [endpoint["display_name"] for endpoint in listed["DATA"]]


def test_an_endpoint_document(bench: Bench) -> None:
    endpoint = bench.get(f"/endpoint/{bench.source.id}")
    assert (endpoint["DATA_TYPE"], endpoint["id"]) == ("endpoint", bench.source.id)
    assert (endpoint["display_name"], endpoint["organization"]) == ("Bench Source", "Larkspur Lab")
    assert (endpoint["owner_id"], endpoint["owner_string"]) == (bench.wren.id, "wren@sandbox.example")
    assert (endpoint["entity_type"], endpoint["my_effective_roles"]) == ("GCP_mapped_collection", ["administrator"])
    assert endpoint["username"].startswith("u_")
    assert len(endpoint["username"]) == 28
    assert endpoint["canonical_name"] == f"{endpoint['username']}#{bench.source.id}"
    assert endpoint["DATA"][0]["DATA_TYPE"] == "server"
    assert (endpoint["public"], endpoint["in_use"], endpoint["default_directory"]) == (False, False, "/~/")
    assert bench.get(f"/endpoint/{bench.source.id.upper()}")["id"] == bench.source.id


def test_fields_choose(bench: Bench) -> None:
    assert bench.get(f"/endpoint/{bench.source.id}", fields="id,display_name,nothing") == {
        "id": bench.source.id,
        "display_name": "Bench Source",
    }
    listed = bench.get("/endpoint_search", filter_scope="my-endpoints", fields="display_name")
    assert listed["DATA"][0] == {"display_name": "Bench Destination"}
    assert listed["DATA_TYPE"] == "endpoint_list"


@pytest.mark.parametrize("id", ["7a1d3c52-0b6e-4f19-9c44-3e8a51d2ffff", "nonsense"])
def test_an_endpoint_that_does_not_exist(bench: Bench, id: str) -> None:
    assert bench.refused("GET", f"/endpoint/{id}") == (404, "EndpointNotFound", f"No such endpoint '{id}'")


def test_another_ones_endpoint(bench: Bench) -> None:
    lark = "lark@sandbox.example"
    assert bench.refused("GET", f"/endpoint/{bench.source.id}", token=lark)[:2] == (403, "PermissionDenied")
    assert found(bench, token=lark, filter_fulltext="bench") == []
    bench.source.public = True
    seen = bench.request("GET", f"/endpoint/{bench.source.id}", token=lark).json()
    assert (seen["public"], seen["my_effective_roles"]) == (True, [])
    assert found(bench, token=lark, filter_fulltext="bench") == ["Bench Source"]
    assert found(bench, token=lark, filter_scope="my-endpoints") == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("bench", ["Bench Destination", "Bench Source"]),
        ("BENCH sou", ["Bench Source"]),
        ("lab", ["Bench Source"]),
        ("wren", ["Bench Destination", "Bench Source"]),
        ("ench", []),
        ("bench nothing", []),
    ],
)
def test_full_text_goes_by_the_beginnings_of_words(bench: Bench, words: str, names: list[str]) -> None:
    assert found(bench, filter_fulltext=words) == names


def test_hits_have_a_rank(bench: Bench) -> None:
    bench.destination.description = "a larkspur store"
    hits = bench.get("/endpoint_search", filter_fulltext="larkspur")["DATA"]
    assert [hit["display_name"] for hit in hits] == ["Bench Source", "Bench Destination"]
    assert hits[0]["_rank"] > hits[1]["_rank"] > 0


def test_scopes(bench: Bench, tmp_path: Path) -> None:
    bench.state.add_collection("Lark's", tmp_path, bench.lark, public=True)
    mine = ["Bench Destination", "Bench Source"]
    for scope in ("my-endpoints", "my-gcp-endpoints", "administered-by-me"):
        assert found(bench, filter_scope=scope) == mine
    for scope in ("shared-by-me", "shared-with-me", "recently-used", "in-use"):
        assert found(bench, filter_scope=scope) == []
    assert found(bench, filter_scope="hide-no-permissions") == [*mine, "Lark's"]
    assert found(bench, filter_owner_id=bench.lark.id) == ["Lark's"]
    assert found(bench, filter_entity_type="GCP_mapped_collection") == [*mine, "Lark's"]
    assert found(bench, filter_entity_type="GCP_guest_collection") == []
    assert found(bench, filter_non_functional="1") == []
    assert found(bench, filter_host_endpoint=bench.source.id) == []


def test_scopes_of_use(bench: Bench) -> None:
    bench.hold.free = 0
    bench.names(bench.destination)
    bench.clock.now += 5
    task_id = bench.submit(bench.transfer(item("/a", "/b")) | {"destination_endpoint": bench.source.id})
    assert found(bench, filter_scope="recently-used") == ["Bench Source", "Bench Destination"]
    assert found(bench, filter_scope="in-use") == ["Bench Source"]
    assert bench.get(f"/endpoint/{bench.source.id}")["in_use"] is True
    bench.hold.release()
    bench.finish(task_id)
    assert found(bench, filter_scope="in-use") == []


def test_pages_and_caps(bench: Bench, tmp_path: Path) -> None:
    for n in range(130):
        bench.state.add_collection(f"Many {n:03}", tmp_path, bench.wren)
    first = bench.get("/endpoint_search", filter_fulltext="many")
    assert (first["limit"], first["offset"], len(first["DATA"]), first["has_next_page"]) == (100, 0, 100, True)
    second = bench.get("/endpoint_search", filter_fulltext="many", offset=100, limit=50)
    assert (len(second["DATA"]), second["has_next_page"]) == (30, False)
    assert [hit["display_name"] for hit in second["DATA"]][:2] == ["Many 100", "Many 101"]
    assert bench.get("/endpoint_search", filter_fulltext="many", offset=900, limit=100)["DATA"] == []


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({}, "filter_fulltext"),
        ({"filter_scope": "all", "filter_fulltext": " "}, "filter_fulltext"),
        ({"filter_scope": "mine"}, "filter_scope"),
        ({"filter_fulltext": "x", "limit": 101}, "limit"),
        ({"filter_fulltext": "x", "offset": 950}, "offset"),
        ({"filter_scope": "my-endpoints", "filter_owner_id": "x"}, "filter_owner_id"),
        ({"filter_non_functional": 1, "filter_entity_type": "GCSv5_endpoint"}, "filter_non_functional"),
        ({"filter_entity_type": "share"}, "filter_entity_type"),
    ],
)
def test_searches_that_are_refused(bench: Bench, params: dict[str, Any], named: str) -> None:
    status, code, message = bench.refused("GET", "/endpoint_search", params=params)
    assert (status, code) == (400, "ClientError.BadRequest")
    assert message.startswith(f"{named}: ")


def test_a_collection_needs_a_directory_and_its_own_id(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="root"):
        bench.state.add_collection("No", tmp_path / "nowhere", bench.wren)
    with pytest.raises(ValueError, match="id"):
        bench.state.add_collection("Twice", tmp_path, bench.wren, id=bench.source.id)
    with pytest.raises(ValueError, match="'/'"):
        bench.state.add_collection("Relative", tmp_path, bench.wren, default_directory="data")
