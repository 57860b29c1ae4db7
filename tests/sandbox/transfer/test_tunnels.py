"""Tunnels, and what all of Transfer v2 has in common."""

import uuid
from typing import Any

import pytest

from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint

from .bench import Bench, good
from .json_api import NOWHERE, pages, refused, v2

LARK = "lark@sandbox.example"
CONTACT: dict[str, object] = {"listener_ip_address": "198.51.100.7", "listener_port": 40001}


@pytest.fixture
def body(points: tuple[StreamAccessPoint, StreamAccessPoint]) -> dict[str, Any]:
    ends = {
        name: {"data": {"type": "StreamAccessPoint", "id": point.id}}
        for name, point in zip(("initiator", "listener"), points, strict=True)
    }
    attributes = {"submission_id": str(uuid.uuid4())}
    return {"data": {"type": "Tunnel", "attributes": attributes, "relationships": ends}}


def add(bench: Bench, body: dict[str, Any], **attributes: object) -> str:
    """The id of a new tunnel."""
    attributes = {**body["data"]["attributes"], "submission_id": str(uuid.uuid4()), **attributes}
    made = bench.request("POST", "/v2/tunnels", json={"data": {**body["data"], "attributes": attributes}})
    id = v2(made, 201)["id"]
    assert isinstance(id, str)
    return id


def change(bench: Bench, id: str, **attributes: object) -> dict[str, Any]:
    """The attributes of the tunnel in the answer to a change."""
    sent = {"data": {"type": "Tunnel", "attributes": attributes}}
    changed: dict[str, Any] = v2(bench.request("PATCH", f"/v2/tunnels/{id}", json=sent))["attributes"]
    return changed


def seen(bench: Bench, id: str) -> dict[str, Any]:
    attributes: dict[str, Any] = v2(bench.request("GET", f"/v2/tunnels/{id}"))["attributes"]
    return attributes


def events(bench: Bench, id: str, **params: object) -> list[str]:
    listed = v2(bench.request("GET", f"/v2/tunnels/{id}/events", params=params))
    return [event["attributes"]["code"] for event in listed]


def test_a_tunnel_from_its_making_to_its_end(bench: Bench, body: dict[str, Any]) -> None:
    made = v2(bench.request("POST", "/v2/tunnels", json=body), 201)
    assert made == {
        "type": "Tunnel",
        "id": made["id"],
        "attributes": {
            "label": None,
            "listener_ip_address": None,
            "listener_port": None,
            "initiator_ip_address": None,
            "initiator_port": None,
            "submission_id": body["data"]["attributes"]["submission_id"],
            "lifetime_mins": 360,
            "restartable": False,
            "created_time": "2023-11-14T22:13:20.000000",
            "state": "AWAITING_LISTENER",
            "status": made["attributes"]["status"],
        },
        "relationships": {
            **body["data"]["relationships"],
            "owner": {"data": {"type": "Identity", "id": bench.wren.id}},
        },
    }
    id = made["id"]
    assert v2(bench.request("GET", f"/v2/tunnels/{id}")) == made
    assert events(bench, id) == []
    assert change(bench, id, listener_port=40001)["state"] == "AWAITING_LISTENER"
    assert events(bench, id) == []
    bench.clock.now += 1.5
    assert change(bench, id, listener_ip_address="198.51.100.7")["status"] == "The tunnel is being established."
    active = seen(bench, id)
    assert (active["state"], active["listener_port"]) == ("ACTIVE", 40001)
    assert (active["initiator_ip_address"], type(active["initiator_port"])) == ("192.0.2.1", int)
    assert refused(bench, "DELETE", f"/v2/tunnels/{id}")[:2] == (409, "Conflict")
    assert change(bench, id, state="STOPPING", label="over")["state"] == "STOPPING"
    stopped = seen(bench, id)
    assert (stopped["state"], stopped["label"], stopped["initiator_port"]) == ("STOPPED", "over", None)
    listed = v2(bench.request("GET", f"/v2/tunnels/{id}/events"))
    assert listed[0] == {
        "type": "TunnelEvent",
        "id": listed[0]["id"],
        "attributes": {
            "code": "STARTED",
            "is_error": False,
            "description": "tunnel is started",
            "details": "The tunnel is being established",
            "time": "2023-11-14T22:13:21.500000",
        },
    }
    assert [event["attributes"]["code"] for event in listed] == ["STARTED", "TUNNEL_ACTIVE", "TUNNEL_STOPPED"]
    gone = bench.request("DELETE", f"/v2/tunnels/{id}")
    assert (v2(gone), set(gone.json())) == (None, {"data", "meta"})
    for method, path, sent in (
        ("GET", "", None),
        ("DELETE", "", None),
        ("GET", "/events", None),
        ("PATCH", "", {"data": {"type": "Tunnel", "attributes": {"label": "x"}}}),
    ):
        assert refused(bench, method, f"/v2/tunnels/{id}{path}", json=sent)[:2] == (404, "ClientError.NotFound")


def test_a_listener_that_is_known_at_once(bench: Bench, body: dict[str, Any]) -> None:
    body["data"]["attributes"] |= {**CONTACT, "label": "feed", "lifetime_mins": 5, "restartable": True}
    made = v2(bench.request("POST", "/v2/tunnels", json=body), 201)
    assert made["attributes"].items() >= body["data"]["attributes"].items()
    assert made["attributes"]["state"] == "UNINITIALIZED"
    assert seen(bench, made["id"])["state"] == "ACTIVE"
    assert change(bench, made["id"], listener_port=None)["state"] == "AWAITING_LISTENER"
    assert change(bench, made["id"], listener_port=2)["state"] == "AWAITING_LISTENER"
    assert seen(bench, made["id"])["state"] == "ACTIVE"
    assert events(bench, made["id"]) == ["STARTED", "TUNNEL_ACTIVE"] * 2


def test_a_lifetime_ends(bench: Bench, body: dict[str, Any]) -> None:
    id = add(bench, body, lifetime_mins=2, **CONTACT)
    bench.clock.now += 119
    assert seen(bench, id)["state"] == "ACTIVE"
    bench.clock.now += 100
    assert seen(bench, id)["state"] == "STOPPED"
    (last,) = v2(bench.request("GET", f"/v2/tunnels/{id}/events?filter[code_name]=TUNNEL_STOPPED"))
    assert last["attributes"]["time"] == "2023-11-14T22:15:20.000000"
    assert last["attributes"]["details"] == "Its lifetime is over"


def test_what_has_stopped_stays_so(bench: Bench, body: dict[str, Any]) -> None:
    id = add(bench, body)
    assert change(bench, id, state="STOPPING")["state"] == "STOPPING"
    assert change(bench, id, state="STOPPING")["state"] == "STOPPED"
    assert change(bench, id, label="over")["state"] == "STOPPED"
    sent = {"data": {"type": "Tunnel", "attributes": CONTACT}}
    assert refused(bench, "PATCH", f"/v2/tunnels/{id}", json=sent)[:2] == (409, "Conflict")
    assert events(bench, id) == ["TUNNEL_STOPPED"]


def test_a_submission_id_is_one_tunnel(bench: Bench, body: dict[str, Any]) -> None:
    made = v2(bench.request("POST", "/v2/tunnels", json=body), 201)
    change(bench, made["id"], label="changed since")
    assert v2(bench.request("POST", "/v2/tunnels", json=body), 200)["id"] == made["id"]
    body["data"]["attributes"]["label"] = "another"
    status, code, detail = refused(bench, "POST", "/v2/tunnels", json=body)
    assert (status, code, detail.split(":")[0]) == (409, "Conflict", "submission_id")
    assert len(v2(bench.request("GET", "/v2/tunnels"))) == 1


def test_tunnels_are_their_makers(bench: Bench, body: dict[str, Any]) -> None:
    id = add(bench, body)
    assert v2(bench.request("GET", "/v2/tunnels", token=LARK)) == []
    sent = {"data": {"type": "Tunnel", "attributes": {"state": "STOPPING"}}}
    for method, path, json in (("GET", "", None), ("GET", "/events", None), ("DELETE", "", None), ("PATCH", "", sent)):
        answer = refused(bench, method, f"/v2/tunnels/{id}{path}", json=json, token=LARK)
        assert answer == (404, "ClientError.NotFound", f"You have no tunnel '{id}'")
    assert seen(bench, id)["state"] == "AWAITING_LISTENER"


def test_lists_come_in_pages(bench: Bench, body: dict[str, Any]) -> None:
    made = [add(bench, body) for _ in range(5)]
    assert list(pages(bench, "/v2/tunnels")) == [made]
    assert list(pages(bench, "/v2/tunnels", **{"page[limit]": 2})) == [made[:2], made[2:4], made[4:]]
    assert list(pages(bench, "/v2/tunnels", **{"page[limit]": 5})) == [made]
    for _ in range(3):
        change(bench, made[0], **CONTACT)
        change(bench, made[0], listener_port=None)
    url = f"/v2/tunnels/{made[0]}/events"
    (everything,) = pages(bench, url)
    assert len(everything) == 6
    two = {"filter[code_name]": "STARTED", "page[limit]": 2}
    assert list(pages(bench, url, **two)) == [[everything[0], everything[2]], [everything[4]]]


def test_a_page_goes_on_where_it_was_though_others_are_gone(bench: Bench, body: dict[str, Any]) -> None:
    made = [add(bench, body) for _ in range(4)]
    walk = pages(bench, "/v2/tunnels", **{"page[limit]": 2})
    assert next(walk) == made[:2]
    change(bench, made[1], state="STOPPING")
    v2(bench.request("DELETE", f"/v2/tunnels/{made[1]}"))
    assert list(walk) == [made[2:]]


def test_filters_of_events(bench: Bench, body: dict[str, Any]) -> None:
    id = add(bench, body, **CONTACT)
    assert events(bench, id, **{"filter[code_name]": "TUNNEL_ACTIVE"}) == ["TUNNEL_ACTIVE"]
    assert events(bench, id, **{"filter[code_name]": "NONE_OF_THEM"}) == []
    assert events(bench, id, **{"filter[is_error]": "false"}) == ["STARTED", "TUNNEL_ACTIVE"]
    assert events(bench, id, **{"filter[is_error]": "true"}) == []
    both = {"filter[is_error]": "true", "filter[code_name]": "STARTED"}
    status, _, detail = refused(bench, "GET", f"/v2/tunnels/{id}/events", params=both)
    assert (status, detail) == (400, "filter[is_error]: cannot be combined with filter[code_name]")


@pytest.mark.parametrize("name", ["page[limit]", "page[marker]", "page[size]", "filter[state]"])
@pytest.mark.parametrize("path", ["/v2/tunnels", "/v2/stream_access_points"])
def test_wrong_parameters_are_refused_by_name(bench: Bench, path: str, name: str) -> None:
    for value in ("x", "-1", "5000" if name == "page[limit]" else ""):
        status, code, detail = refused(bench, "GET", path, params={name: value})
        assert (status, code, detail.split(":")[0]) == (400, "ClientError.BadRequest", name)


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        ("attributes", {"submission_id": "first"}, "data.attributes.submission_id"),
        ("attributes", {"submission_id": None}, "data.attributes.submission_id"),
        ("attributes", {"label": 5}, "data.attributes.label"),
        ("attributes", {"listener_port": 0}, "data.attributes.listener_port"),
        ("attributes", {"listener_port": 65536}, "data.attributes.listener_port"),
        ("attributes", {"listener_ip_address": ""}, "data.attributes.listener_ip_address"),
        ("attributes", {"lifetime_mins": 0}, "data.attributes.lifetime_mins"),
        ("attributes", {"lifetime_mins": None}, "data.attributes.lifetime_mins"),
        ("attributes", {"restartable": "yes"}, "data.attributes.restartable"),
        ("attributes", {"state": "STOPPING"}, "data.attributes.state"),
        ("attributes", {"initiator_port": 443}, "data.attributes.initiator_port"),
        ("type", "tunnel", "data.type"),
        ("id", NOWHERE, "data.id"),
        ("relationships", {}, "data.relationships.listener"),
    ],
)
def test_wrong_tunnels_are_refused_by_name(
    bench: Bench, body: dict[str, Any], place: str, value: Any, named: str
) -> None:
    body["data"][place] = {**body["data"]["attributes"], **value} if place == "attributes" else value
    status, code, detail = refused(bench, "POST", "/v2/tunnels", json=body)
    assert (status, code, detail.split(":")[0]) == (400, "ClientError.BadRequest", named)
    assert v2(bench.request("GET", "/v2/tunnels")) == []


def test_an_end_is_a_stream_access_point_that_the_caller_may_see(
    bench: Bench, body: dict[str, Any], points: tuple[StreamAccessPoint, StreamAccessPoint]
) -> None:
    assert refused(bench, "POST", "/v2/tunnels", json=body, token=LARK)[:2] == (404, "ClientError.NotFound")
    listener = body["data"]["relationships"]["listener"]["data"]
    listener["id"] = NOWHERE
    answer = refused(bench, "POST", "/v2/tunnels", json=body)
    assert answer == (404, "ClientError.NotFound", f"No stream access point '{NOWHERE}'")
    listener |= {"id": points[1].id, "type": "Endpoint"}
    assert refused(bench, "POST", "/v2/tunnels", json=body)[2].startswith("data.relationships.listener.data.type: ")
    assert refused(bench, "POST", "/v2/tunnels", content=b"{")[:2] == (400, "ClientError.BadRequest")


@pytest.mark.parametrize(
    ("attributes", "named"),
    [
        ({"state": "STOPPED"}, "data.attributes.state"),
        ({"state": None}, "data.attributes.state"),
        ({"lifetime_mins": 60}, "data.attributes.lifetime_mins"),
        ({"submission_id": NOWHERE}, "data.attributes.submission_id"),
        ({"listener_port": "443"}, "data.attributes.listener_port"),
    ],
)
def test_wrong_changes_are_refused_by_name(
    bench: Bench, body: dict[str, Any], attributes: dict[str, object], named: str
) -> None:
    id = add(bench, body)
    before = seen(bench, id)
    sent = {"data": {"type": "Tunnel", "attributes": {"label": "x", **attributes}}}
    status, code, detail = refused(bench, "PATCH", f"/v2/tunnels/{id}", json=sent)
    assert (status, code, detail.split(":")[0]) == (400, "ClientError.BadRequest", named)
    assert seen(bench, id) == before


def test_a_change_may_say_whose_it_is(bench: Bench, body: dict[str, Any]) -> None:
    id = add(bench, body)
    sent: dict[str, Any] = {"data": {"type": "Tunnel", "id": id, "attributes": {"label": "x"}}}
    assert v2(bench.request("PATCH", f"/v2/tunnels/{id}", json=sent))["attributes"]["label"] == "x"
    sent["data"]["id"] = NOWHERE
    assert refused(bench, "PATCH", f"/v2/tunnels/{id}", json=sent)[2] == "data.id: it is not the id in the path"


@pytest.mark.parametrize("path", ["/v2/tunnels", "/v2/tunnels/x", "/v2/tunnels/x/events", "/v2/stream_access_points"])
def test_tokens(bench: Bench, path: str) -> None:
    for token in (None, "unknown"):
        assert refused(bench, "GET", path, token=token)[:2] == (401, "AuthenticationFailed")
        assert bench.request("GET", path, token=token).headers["WWW-Authenticate"] == "Bearer"
    assert refused(bench, "GET", path, token="foreign")[:2] == (403, "ConsentRequired")
    (error,) = bench.request("GET", path, token="foreign").json()["errors"]
    assert error["required_scopes"] == ["urn:globus:auth:scope:transfer.api.globus.org:all"]


def test_paths_that_do_not_exist(bench: Bench) -> None:
    assert refused(bench, "GET", "/v2/tunnels/a/b/c") == (
        404,
        "ClientError.NotFound",
        "No resource '/v2/tunnels/a/b/c'",
    )
    assert refused(bench, "PUT", "/v2/tunnels/x", json={})[:2] == (405, "ClientError.BadMethod")
    assert good(bench.request("GET", "/bookmark_list"))["DATA"] == []


def test_what_fails_in_the_sandbox_is_an_internal_error(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(bench.state.streams, "tunnels", fail)
    status, code, detail = refused(bench, "GET", "/v2/tunnels", raise_errors=False)
    assert (status, code, "secret" in detail) == (500, "InternalError", False)


def test_documents_that_leave_out_their_type(bench: Bench, body: dict[str, Any]) -> None:
    del body["data"]["type"]
    id = v2(bench.request("POST", "/v2/tunnels", json=body), 201)["id"]
    sent = {"data": {"attributes": {"label": "x"}}}
    changed = v2(bench.request("PATCH", f"/v2/tunnels/{id}", json=sent))
    assert (changed["type"], changed["attributes"]["label"]) == ("Tunnel", "x")
    body["data"]["type"] = "tunnel"
    assert refused(bench, "POST", "/v2/tunnels", json=body)[:2] == (400, "ClientError.BadRequest")
