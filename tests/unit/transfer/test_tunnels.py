"""Tunnels and stream access points: JSON:API documents that read flat, and payloads that are sent as such."""

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.core.paging import LinkPaging
from globus_typed.core.payloads import MISSING
from globus_typed.core.request import Request
from globus_typed.transfer.documents.tunnel import (
    StreamAccessPoint,
    StreamAccessPointList,
    Tunnel,
    TunnelCreate,
    TunnelDeleteResult,
    TunnelEventList,
    TunnelList,
    TunnelUpdate,
)

DATA = Path(__file__).parents[2] / "data" / "transfer"
LISTENER = "cd8e4f97-fa6d-4c29-8b78-aa76bb860001"
INITIATOR = "cd8e4f97-fa6d-4c29-8b78-aa76bb860002"


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def refused(error: pytest.ExceptionInfo[ValidationError]) -> list[tuple[int | str, ...]]:
    return [problem["loc"] for problem in error.value.errors()]


def test_a_tunnel_reads_flat_and_by_its_wire_names() -> None:
    tunnel = Tunnel.from_body(body("tunnel"))
    assert (tunnel.id, tunnel.attributes.label) == ("bc7d3e86-ef5c-4b18-9a67-ff65aa750001", "hide camera")
    assert tunnel.attributes.created_time == datetime(2026, 1, 20, 10, 0, 0, 125000, tzinfo=timezone.utc)
    assert tunnel.relationships.listener is not None
    assert tunnel.relationships.listener.resource is not None
    assert tunnel.relationships.listener.resource.id == LISTENER
    assert tunnel["data"]["attributes"]["state"] == tunnel.attributes.state == "AWAITING_LISTENER"
    assert tunnel["meta"] == {"request_id": "Zx81Kd0Qf"}
    assert "data" in tunnel
    assert "links" not in tunnel


def test_a_page_of_tunnels_is_a_list_that_leads_to_the_next() -> None:
    page = TunnelList.from_body(body("tunnel_list"))
    assert [tunnel.attributes.state for tunnel in page] == ["AWAITING_LISTENER", "DRAINING"]
    assert (len(page), page["data"][1]["id"]) == (2, page.items[1].id)
    request = Request("GET", ("v2", "tunnels"), TunnelList)
    following = LinkPaging().following(request, page, 2, None)
    assert following is not None
    assert following.query == {"page[marker]": "m2", "page[limit]": "2"}
    assert LinkPaging().following(request, TunnelList.from_body(body("tunnel_list_last")), 2, None) is None


def test_events_read_flat_whether_they_say_something_or_not() -> None:
    events = TunnelEventList.from_body(body("tunnel_event_list"))
    assert [(event.id, event["id"], event.code, event.is_error) for event in events] == [
        ("502", 502, "TUNNEL_ACTIVE", False),
        ("501", 501, "STARTED", False),
        ("500", 500, None, None),
        ("499", 499, None, None),
    ]
    first, *_, last = events
    assert (first.description, first.details) == ("tunnel is tunnel_active", "Both ends are joined")
    assert first.time == datetime(2026, 1, 20, 10, 1, 2, 500000, tzinfo=timezone.utc)
    assert (last.description, last.details, last.time) == (None, None, None)


def test_a_stream_access_point_reads_flat() -> None:
    point = StreamAccessPoint.from_body(body("stream_access_point"))
    assert (point.id, point.attributes.tlsftp_server) == (LISTENER, "tlsftp://sap4.marsh.example:443")
    assert point.relationships.host_endpoint is not None
    points = StreamAccessPointList.from_body(body("stream_access_point_list"))
    assert [each.attributes.display_name for each in points] == ["Hide camera out", "Archive in"]


def test_a_deleted_tunnel_leaves_nothing() -> None:
    gone = TunnelDeleteResult.from_body(body("tunnel_delete_result"))
    assert (gone.resource, gone["data"], gone.meta and gone.meta.request_id) == (None, None, "Zx81Kd0Qi")


def test_a_new_tunnel_is_one_however_often_it_is_sent() -> None:
    tunnel = TunnelCreate(listener=LISTENER, initiator=INITIATOR, label="hide camera")
    assert tunnel.to_wire() == tunnel.check().to_wire()
    assert TunnelCreate(listener=LISTENER, initiator=INITIATOR).submission_id != tunnel.submission_id
    assert from_json(tunnel.to_wire()) == {
        "data": {
            "type": "Tunnel",
            "attributes": {"label": "hide camera", "submission_id": tunnel.submission_id},
            "relationships": {
                "listener": {"data": {"type": "StreamAccessPoint", "id": LISTENER}},
                "initiator": {"data": {"type": "StreamAccessPoint", "id": INITIATOR}},
            },
        }
    }


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"listener": "here"}, "listener"),
        ({"initiator": None}, "initiator"),
        ({"listener_port": 0}, "listener_port"),
        ({"listener_port": "443"}, "listener_port"),
        ({"submission_id": "once"}, "submission_id"),
        ({"submission_id": None}, "submission_id"),
        ({"lifetime_mins": 1.5}, "lifetime_mins"),
        ({"restartable": 1}, "restartable"),
        ({"state": "STOPPING"}, "state"),
        ({"type": "Bookmark"}, "type"),
        ({"lable": "x"}, "lable"),
    ],
)
def test_a_tunnel_that_the_service_refuses_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        TunnelCreate.model_validate({"listener": LISTENER, "initiator": INITIATOR, **fields})
    assert refused(error) == [(name,)]


TO_LISTENER = {"data": {"type": "StreamAccessPoint", "id": LISTENER}}


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["type"], "Tunel", "type"),
        (["atributes"], {}, "atributes"),
        (["attributes"], [], "attributes must be an object"),
        (["attributes", "lable"], "x", "lable"),
        (["attributes", "listener_port"], 0, "listener_port"),
        (["relationships"], {"listener": TO_LISTENER}, "initiator"),
        (["relationships", "owner"], {"data": {"type": "Identity", "id": LISTENER}}, "owner"),
        (["relationships", "listener"], LISTENER, "listener must be an object"),
        (["relationships", "listener", "data"], None, "listener must be an object"),
        (["relationships", "listener", "data", "type"], "Endpoint", "listener must be of the type StreamAccessPoint"),
        (["relationships", "listener", "data", "id"], "here", "listener"),
    ],
)
def test_a_wrong_document_of_the_form_that_is_sent_is_refused_by_name(
    path: list[str], value: object, message: str
) -> None:
    document: Any = from_json(body("sent_tunnel_full"))
    holder = document["data"]
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    with pytest.raises(ValidationError, match=message):
        TunnelCreate.of(document)


def test_an_update_of_a_tunnel_tells_leaving_alone_from_clearing() -> None:
    assert TunnelUpdate().label is MISSING
    assert from_json(TunnelUpdate(label=None).to_wire()) == {"data": {"type": "Tunnel", "attributes": {"label": None}}}
    update = TunnelUpdate(label="x", state="STOPPING")
    update.label = MISSING
    assert from_json(update.check().to_wire()) == from_json(body("sent_tunnel_stop"))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "ACTIVE"}, "state"),
        ({"state": None}, "state"),
        ({"restartable": True}, "restartable"),
        ({"listener": LISTENER}, "listener"),
    ],
)
def test_what_cannot_change_of_a_tunnel_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        TunnelUpdate.model_validate(fields)
    assert refused(error) == [(name,)]
