"""What is sent about endpoints, collections and servers, and what is refused of it before it is sent."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.core.payloads import MISSING
from globus_typed.transfer.documents.endpoint import SharedEndpointList
from globus_typed.transfer.documents.endpoint_payloads import (
    EndpointCreate,
    EndpointUpdate,
    SharedEndpointCreate,
    SubscriptionAdminVerifiedUpdate,
    SubscriptionUpdate,
)
from globus_typed.transfer.documents.server import ServerCreate, ServerUpdate

DATA = Path(__file__).parents[2] / "data" / "transfer"
HOST = "c0a81f30-7d52-4e0b-9b1e-5f2e6a100001"
CUSTOM = {"max_concurrency": 4, "preferred_concurrency": 2, "max_parallelism": 4, "preferred_parallelism": 4}


def refused(error: pytest.ExceptionInfo[ValidationError]) -> list[tuple[int | str, ...]]:
    return [problem["loc"] for problem in error.value.errors()]


def test_a_page_of_shares_is_a_list_by_both_its_names() -> None:
    page = SharedEndpointList.from_body((DATA / "shared_endpoint_list.json").read_bytes())
    assert [share.id for share in page] == [share["id"] for share in page["shared_endpoints"]]
    assert (len(page), page.next_token, "shared_endpoints" in page) == (2, "b64:MTIz", True)


BAD_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"display_name": "x" * 129}, "display_name"),
    ({"display_name": "two\nlines"}, "display_name"),
    ({"display_name": None}, "display_name"),
    ({"organization": "x" * 1025}, "organization"),
    ({"organization": "two\rlines"}, "organization"),
    ({"department": "x" * 1025}, "department"),
    ({"department": "two\nlines"}, "department"),
    ({"keywords": "x" * 1025}, "keywords"),
    ({"contact_info": "x" * 1025}, "contact_info"),
    ({"info_link": "x" * 1025}, "info_link"),
    ({"default_directory": "data/"}, "default_directory"),
    ({"force_encryption": "yes"}, "force_encryption"),
    ({"disable_verify": 0}, "disable_verify"),
    ({"acl_max_expiration_period_mins": 0}, "acl_max_expiration_period_mins"),
    ({"display_nmae": "typo"}, "display_nmae"),
    ({"id": HOST}, "id"),
]
BAD_ENDPOINT_FIELDS: list[tuple[dict[str, Any], str]] = [
    *BAD_FIELDS,
    ({"user_message": "x" * 257}, "user_message"),
    ({"public": 1}, "public"),
    ({"location": "here"}, "location"),
    ({"location": "91,0"}, "location"),
    ({"location": "0,-180.5"}, "location"),
    ({"location": "1.5"}, "location"),
    ({"location": "automatic"}, "location"),
    ({"network_use": "lots"}, "network_use"),
    ({"network_use": "custom"}, "network_use"),
    ({**CUSTOM, "network_use": "custom", "max_parallelism": None}, "network_use"),
    ({**CUSTOM, "preferred_concurrency": 5}, "preferred_concurrency"),
    ({**CUSTOM, "preferred_parallelism": 5}, "preferred_parallelism"),
    ({"max_concurrency": "4"}, "max_concurrency"),
    ({"max_concurrency": True}, "max_concurrency"),
    ({"myproxy_server": "a", "oauth_server": "b"}, "myproxy_server"),
]


@pytest.mark.parametrize(("fields", "name"), BAD_ENDPOINT_FIELDS)
def test_what_the_service_refuses_of_an_endpoint_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    for make in (
        lambda: EndpointCreate.model_validate({"display_name": "Hide", **fields}),
        lambda: EndpointUpdate.model_validate(fields),
    ):
        with pytest.raises(ValidationError) as error:
            make()
        assert refused(error) == [(name,)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        *BAD_FIELDS,
        ({"host_path": "outbox/"}, "host_path"),
        ({"host_endpoint": "marsh#hide"}, "host_endpoint"),
        ({"host_endpoint": None}, "host_endpoint"),
        ({"host_endpoint_id": HOST}, "host_endpoint"),
    ],
)
def test_what_the_service_refuses_of_a_share_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    share = {"host_endpoint": HOST, "host_path": "/~/outbox/", "display_name": "Outbox"}
    with pytest.raises(ValidationError) as error:
        SharedEndpointCreate.model_validate({**share, **fields})
    assert refused(error) == [(name,)]


def test_a_share_needs_its_host_by_one_of_its_names() -> None:
    with pytest.raises(ValidationError) as error:
        SharedEndpointCreate(host_path="/~/outbox/", display_name="Outbox")
    assert refused(error) == [("host_endpoint",)]
    share = SharedEndpointCreate(host_endpoint_id=HOST, host_path="/~/outbox/", display_name="Outbox")
    assert "host_endpoint" not in from_json(share.to_wire())


@pytest.mark.parametrize("location", ["Automatic", "0,0", "-90,180", "41.8781, -87.6298", "+1.5,2"])
def test_a_location_is_automatic_or_two_angles(location: str) -> None:
    assert EndpointUpdate(location=location).location == location


def test_the_longest_texts_are_accepted() -> None:
    update = EndpointUpdate(
        display_name="ü" * 128, keywords="ü" * 1024, user_message="ü" * 256, description="x\n" * 9999
    )
    assert update.check() == update


def test_an_update_tells_leaving_alone_from_clearing() -> None:
    assert EndpointUpdate().description is MISSING
    assert EndpointUpdate().to_wire() == b'{"DATA_TYPE":"endpoint"}'
    assert EndpointUpdate(description=None).to_wire() == b'{"DATA_TYPE":"endpoint","description":null}'
    update = EndpointUpdate(keywords="lab")
    update.keywords = MISSING
    assert update.check().to_wire() == b'{"DATA_TYPE":"endpoint"}'


@pytest.mark.parametrize("name", ["public", "owner_string", "owner_id", "s3_owner_activated", "disable_verify"])
def test_what_has_no_null_cannot_be_cleared(name: str) -> None:
    with pytest.raises(ValidationError) as error:
        EndpointUpdate.model_validate({name: None})
    assert refused(error) == [(name,)]


@pytest.mark.parametrize(("given", "cleared"), [("myproxy_server", "oauth_server"), ("oauth_server", "myproxy_server")])
def test_one_way_to_activate_clears_the_other_on_the_wire_alone(given: str, cleared: str) -> None:
    document = {given: "a.marsh.example"}
    update = EndpointUpdate.of(document)
    assert from_json(update.to_wire()) == {"DATA_TYPE": "endpoint", given: "a.marsh.example", cleared: None}
    assert getattr(update, cleared) is MISSING
    assert update.model_fields_set == {given}
    assert document == {given: "a.marsh.example"}


def test_both_ways_to_activate_are_refused_however_they_came_together() -> None:
    update = EndpointUpdate(myproxy_server="a.marsh.example")
    update.oauth_server = "b.marsh.example"
    with pytest.raises(ValidationError) as error:
        update.check()
    assert refused(error) == [("myproxy_server",)]


def test_a_subscription_is_an_id_or_the_default_or_none() -> None:
    assert SubscriptionUpdate(subscription_id=None).to_wire() == b'{"subscription_id":null}'
    assert SubscriptionUpdate(subscription_id=HOST.upper()).subscription_id == HOST
    for wrong in ({}, {"subscription_id": "default"}, {"subscription_id": 5}):
        with pytest.raises(ValidationError) as error:
            SubscriptionUpdate.model_validate(wrong)
        assert refused(error) == [("subscription_id",)]
    with pytest.raises(ValidationError) as error:
        SubscriptionAdminVerifiedUpdate.model_validate({"subscription_admin_verified": None})
    assert refused(error) == [("subscription_admin_verified",)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"hostname": "gsiftp://dtn1"}, "hostname"),
        ({"hostname": " "}, "hostname"),
        ({"hostname": None}, "hostname"),
        ({"port": 0}, "port"),
        ({"port": 65536}, "port"),
        ({"port": "2811"}, "port"),
        ({"scheme": "https"}, "scheme"),
        ({"incoming_data_port_start": 1023, "incoming_data_port_end": 2000}, "incoming_data_port_start"),
        ({"outgoing_data_port_start": 2000, "outgoing_data_port_end": 65536}, "outgoing_data_port_end"),
        ({"incoming_data_port_start": 2000}, "incoming_data_port_end"),
        ({"incoming_data_port_end": 2000}, "incoming_data_port_end"),
        ({"outgoing_data_port_start": 2000, "outgoing_data_port_end": None}, "outgoing_data_port_end"),
        ({"outgoing_data_port_start": 2000, "outgoing_data_port_end": 1999}, "outgoing_data_port_end"),
        ({"uri": "gsiftp://dtn1:2811"}, "uri"),
    ],
)
def test_a_server_that_the_service_refuses_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        ServerCreate.model_validate({"hostname": "dtn1.marsh.example", **fields})
    assert refused(error) == [(name,)]
    with pytest.raises(ValidationError) as error:
        ServerUpdate.model_validate(fields)
    assert refused(error) == [(name,)]


def test_a_range_of_ports_is_cleared_as_a_whole() -> None:
    update = ServerUpdate(incoming_data_port_start=None, incoming_data_port_end=None)
    assert from_json(update.to_wire()) == {
        "DATA_TYPE": "server",
        "incoming_data_port_start": None,
        "incoming_data_port_end": None,
    }
    with pytest.raises(ValidationError) as error:
        ServerUpdate(incoming_data_port_start=None)
    assert refused(error) == [("incoming_data_port_end",)]


def test_the_server_of_a_new_endpoint_is_checked_in_its_place() -> None:
    with pytest.raises(ValidationError) as error:
        EndpointCreate.model_validate({"display_name": "Hide", "DATA": [{"hostname": "dtn1", "port": 0}]})
    assert refused(error) == [("DATA", 0, "port")]
