"""Endpoints that are made, changed and deleted, their subscriptions, and their servers."""

from typing import Any

import pytest

from .bench import Bench, good

LARK = "lark@sandbox.example"


def create(bench: Bench, **fields: object) -> dict[str, Any]:
    made = bench.request("POST", "/endpoint", json={"DATA_TYPE": "endpoint", "display_name": "Old host", **fields})
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


def update(bench: Bench, id: str, **fields: object) -> dict[str, Any]:
    """What the endpoint says of the fields after they were sent."""
    answer = good(bench.request("PUT", f"/endpoint/{id}", json=fields))
    assert (answer["DATA_TYPE"], answer["code"]) == ("result", "Updated")
    endpoint = bench.get(f"/endpoint/{id}")
    return {name: endpoint[name] for name in fields if name != "DATA_TYPE"}


def test_only_what_is_sent_is_changed(bench: Bench) -> None:
    assert update(bench, bench.source.id, DATA_TYPE="endpoint", description="new") == {"description": "new"}
    assert bench.get(f"/endpoint/{bench.source.id}")["organization"] == "Larkspur Lab"
    assert update(bench, bench.source.id, organization=None, public=True) == {"organization": None, "public": True}
    changes = {
        "network_use": "custom",
        "max_concurrency": 4,
        "preferred_concurrency": 2,
        "max_parallelism": 4,
        "preferred_parallelism": 4,
        "location": "47.38,8.54",
        "owner_string": "Larkspur Lab",
        "default_directory": "/data/",
        "user_message": "Closed on Mondays",
    }
    assert update(bench, bench.source.id, **changes) == changes


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"display_name": None}, "display_name"),
        ({"display_name": ""}, "display_name"),
        ({"colour": "red"}, "colour"),
        ({"owner_id": "x"}, "owner_id"),
        ({"public": "yes"}, "public"),
        ({"keywords": "x" * 1025}, "keywords"),
        ({"location": "here"}, "location"),
        ({"location": "91,0"}, "location"),
        ({"network_use": "fast"}, "network_use"),
        ({"network_use": "custom", "max_concurrency": 2}, "preferred_concurrency"),
        (
            {
                "network_use": "custom",
                "max_concurrency": 2,
                "preferred_concurrency": 3,
                "max_parallelism": 1,
                "preferred_parallelism": 1,
            },
            "preferred_concurrency",
        ),
        ({"myproxy_server": "x.example"}, "myproxy_server"),
        ({"acl_max_expiration_period_mins": 0}, "acl_max_expiration_period_mins"),
    ],
)
def test_wrong_changes_are_refused_by_name(bench: Bench, change: dict[str, object], named: str) -> None:
    before = bench.get(f"/endpoint/{bench.source.id}")
    body = {"description": "new", **change}
    status, code, message = bench.refused("PUT", f"/endpoint/{bench.source.id}", json=body)
    assert (status, code) == (400, "ClientError.BadRequest")
    assert message.startswith(f"{named}: ")
    assert bench.get(f"/endpoint/{bench.source.id}") == before


def test_what_only_administrators_may_do(bench: Bench) -> None:
    bench.source.public = True
    base = f"/endpoint/{bench.source.id}"
    for method, path, body in (
        ("PUT", base, {"description": "x"}),
        ("DELETE", base, None),
        ("PUT", f"{base}/subscription", {"subscription_id": None}),
        ("PUT", f"{base}/subscription_admin_verified", {"subscription_admin_verified": True}),
        ("POST", f"{base}/server", {"DATA_TYPE": "server", "hostname": "dtn.example"}),
    ):
        assert bench.refused(method, path, json=body, token=LARK)[:2] == (403, "PermissionDenied")


def test_a_subscription(bench: Bench) -> None:
    base = f"/endpoint/{bench.source.id}"
    guest = bench.share()
    verified = {"subscription_admin_verified": True}
    assert bench.refused("PUT", f"{base}/subscription_admin_verified", json=verified)[0] == 403
    good(bench.request("PUT", f"{base}/subscription", json={"subscription_id": "DEFAULT"}))
    assert bench.get(base)["subscription_id"] == bench.state.subscription_id
    assert bench.get(f"/endpoint/{guest}")["subscription_id"] == bench.state.subscription_id
    good(bench.request("PUT", f"{base}/subscription_admin_verified", json=verified))
    assert bench.get(base)["subscription_admin_verified"] is True
    for sent, status in (("8f4a0b53-bc29-4e85-ad34-cc32dd42ee01", 403), ("", 400), ("default", 400)):
        refused = bench.refused("PUT", f"{base}/subscription", json={"subscription_id": sent})
        assert (refused[0], refused[2].split(":")[0]) == (status, "subscription_id")
    assert bench.refused("PUT", f"{base}/subscription", json={})[2] == "subscription_id: this field is required"
    default = {"subscription_id": "DEFAULT"}
    assert bench.refused("PUT", f"/endpoint/{guest}/subscription", json=default)[:2] == (409, "NotSupported")
    assert update(bench, bench.source.id, subscription_id=None) == {"subscription_id": None}


def test_an_endpoint_keeps_its_owner_and_what_its_guests_are_told_of(bench: Bench) -> None:
    owner = bench.get(f"/endpoint/{bench.source.id}")["owner_id"]
    told = {"status": ["FAILED"], "transfer_use": ["source"]}
    changes = {"owner_id": owner, "guest_collection_activity_notification_policy": told}
    assert update(bench, bench.source.id, **changes) == changes
    other = {"owner_id": "8f4a0b53-bc29-4e85-ad34-cc32dd42ee01"}
    refused = bench.refused("PUT", f"/endpoint/{bench.source.id}", json=other)
    assert (refused[0], refused[2].split(":")[0]) == (403, "owner_id")


def test_what_official_clients_send_in_an_update(bench: Bench) -> None:
    guest = bench.share()
    told = {"status": ["FAILED"], "transfer_use": ["source"]}
    good(bench.request("PUT", f"/endpoint/{bench.source.id}/subscription", json={"subscription_id": "DEFAULT"}))
    for endpoint in (bench.source.id, guest):
        personal = bench.get(f"/endpoint/{endpoint}")["is_globus_connect"]
        changes = {
            "force_verify": True,
            "subscription_admin_verified": True,
            "is_globus_connect": personal,
            "guest_collection_activity_notification_policy": told,
        }
        assert update(bench, endpoint, **changes) == changes
        wrong = {"force_verify": True, "disable_verify": True}
        refused = bench.refused("PUT", f"/endpoint/{endpoint}", json=wrong)
        assert (refused[0], refused[2].split(":")[0]) == (400, "force_verify")
    nobody = {"subscription_id": None, "subscription_admin_verified": True, "description": "not written"}
    assert bench.refused("PUT", f"/endpoint/{bench.source.id}", json=nobody)[:2] == (403, "PermissionDenied")
    assert bench.get(f"/endpoint/{bench.source.id}")["description"] != "not written"


def test_an_endpoint_of_the_old_kind(bench: Bench) -> None:
    answer = create(bench, oauth_server="login.example", DATA=[{"DATA_TYPE": "server", "hostname": "dtn.example"}])
    assert (answer["DATA_TYPE"], answer["globus_connect_setup_key"]) == ("endpoint_create_result", None)
    endpoint = bench.get(f"/endpoint/{answer['id']}")
    assert endpoint["canonical_name"] == answer["canonical_name"]
    assert (endpoint["entity_type"], endpoint["is_globus_connect"]) == ("GCSv4_host", False)
    assert (endpoint["gcp_connected"], endpoint["activated"], endpoint["expires_in"]) == (None, False, 0)
    assert (endpoint["oauth_server"], endpoint["myproxy_server"]) == ("login.example", None)
    assert endpoint["DATA"][0]["uri"] == "gsiftp://dtn.example:2811"
    bucket = {"s3_url": "https://s3.example/bench", "s3_owner_activated": True}
    assert update(bench, answer["id"], **bucket) == bucket
    named = create(bench, name="bench")
    assert named["canonical_name"].endswith("#bench")
    assert bench.get(f"/endpoint/{named['id']}")["name"] == "bench"
    update(bench, answer["id"], myproxy_server="proxy.example")
    endpoint = bench.get(f"/endpoint/{answer['id']}")
    assert (endpoint["oauth_server"], endpoint["myproxy_server"]) == (None, "proxy.example")
    both = {"DATA_TYPE": "endpoint", "display_name": "x", "oauth_server": "a", "myproxy_server": "b"}
    assert bench.refused("POST", "/endpoint", json=both)[2].startswith("oauth_server: ")
    assert bench.refused("POST", "/endpoint", json={"DATA_TYPE": "endpoint"})[2].startswith("display_name: ")


def test_an_endpoint_that_waits_for_its_setup(bench: Bench) -> None:
    answer = create(bench, is_globus_connect=True)
    endpoint = bench.get(f"/endpoint/{answer['id']}")
    assert endpoint["globus_connect_setup_key"] == answer["globus_connect_setup_key"] is not None
    assert (endpoint["entity_type"], endpoint["gcp_connected"]) == ("GCP_mapped_collection", False)
    refused = bench.refused("GET", f"/operation/endpoint/{answer['id']}/ls")
    assert refused[:2] == (502, "ExternalError.DirListingFailed.GCDisconnected")


def test_servers(bench: Bench) -> None:
    base = f"/endpoint/{create(bench)['id']}"
    assert bench.get(f"{base}/server_list")["DATA"] == []
    body = {
        "DATA_TYPE": "server",
        "hostname": "dtn1.example",
        "port": 2812,
        "incoming_data_port_start": 50000,
        "incoming_data_port_end": 51000,
    }
    added = bench.request("POST", f"{base}/server", json=body)
    answer = good(added)
    assert (added.status_code, answer["DATA_TYPE"], answer["code"]) == (201, "endpoint_server_add_result", "Created")
    good(bench.request("POST", f"{base}/server", json={"DATA_TYPE": "server", "hostname": "dtn2.example"}))
    listed = bench.get(f"{base}/server_list", orderby="hostname DESC", fields="hostname,port")
    assert listed["DATA_TYPE"] == "endpoint_server_list"
    assert listed["DATA"] == [{"hostname": "dtn2.example", "port": 2811}, {"hostname": "dtn1.example", "port": 2812}]
    one = f"{base}/server/{answer['id']}"
    good(bench.request("PUT", one, json={"DATA_TYPE": "server", "scheme": "ftp"}))
    server = bench.get(one)
    assert (server["uri"], server["incoming_data_port_end"]) == ("ftp://dtn1.example:2812", 51000)
    deleted = good(bench.request("DELETE", one))
    assert (deleted["code"], deleted["id"]) == ("Deleted", answer["id"])
    for method, sent in (("GET", None), ("DELETE", None), ("PUT", {"DATA_TYPE": "server"})):
        assert bench.refused(method, one, json=sent)[:2] == (404, "ClientError.NotFound.ServerNotFound")
    for change, named in (
        ({"hostname": "gsiftp://dtn.example"}, "hostname"),
        ({"hostname": "x", "port": 65536}, "port"),
        ({"hostname": "x", "scheme": "https"}, "scheme"),
        ({"hostname": "x", "incoming_data_port_start": 50000}, "incoming_data_port_end"),
        ({"hostname": "x", "outgoing_data_port_start": 2000, "outgoing_data_port_end": 1999}, "outgoing_data_port_end"),
        ({"hostname": "x", "outgoing_data_port_start": 1023}, "outgoing_data_port_start"),
        ({}, "hostname"),
    ):
        status, _, message = bench.refused("POST", f"{base}/server", json={"DATA_TYPE": "server", **change})
        assert (status, message.split(":")[0]) == (400, named)


def test_the_servers_of_todays_collections_can_be_seen_and_not_changed(bench: Bench) -> None:
    base = f"/endpoint/{bench.source.id}"
    (server,) = bench.get(f"{base}/server_list")["DATA"]
    assert bench.get(f"{base}/server/{server['id']}") == server
    assert (server["hostname"], server["is_connected"]) == (None, True)
    assert bench.get(f"/endpoint/{bench.share()}/server_list")["DATA"] == []
    body = {"DATA_TYPE": "server", "hostname": "dtn.example"}
    assert bench.refused("POST", f"{base}/server", json=body)[:2] == (409, "NotSupported")
