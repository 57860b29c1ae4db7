"""The official SDK as the client: what it asks of Transfer, the sandbox answers in a way that it accepts."""

import uuid
from typing import Any, cast

import globus_sdk
import pytest
from globus_sdk.experimental import BookmarkCreateDocument, BookmarkUpdateDocument, TransferClientV2
from globus_sdk.services.transfer import CreateTunnelData

from globus_typed.sandbox import Sandbox


@pytest.fixture
def tc(globus_sandbox: Sandbox) -> globus_sdk.TransferClient:
    """The official client, which finds the sandbox by the environment."""
    return globus_sdk.TransferClient(authorizer=globus_sdk.AccessTokenAuthorizer(globus_sandbox.access_token()))


def items(paginated: Any) -> list[dict[str, Any]]:
    """All items of a paginated call."""
    return list(paginated.items())


def share(tc: globus_sdk.TransferClient, sandbox: Sandbox) -> str:
    """A guest collection on the user's source."""
    document = {
        "DATA_TYPE": "shared_endpoint",
        "host_endpoint": sandbox.source.id,
        "host_path": "/~/project1/",
        "display_name": f"Share {uuid.uuid4()}",
    }
    return cast(str, tc.create_shared_endpoint(document)["id"])


def test_endpoints(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    here = globus_sandbox.source.id
    assert tc.get_endpoint(here)["display_name"] == "Sandbox Source"
    assert {ep["id"] for ep in items(tc.paginated.endpoint_search(filter_scope="my-endpoints"))} >= {here}
    assert tc.update_endpoint(here, {"description": "changed"})["code"] == "Updated"
    assert tc.get_endpoint(here)["description"] == "changed"
    assert tc.set_subscription_id(here, "DEFAULT")["code"] == "Updated"
    assert tc.set_subscription_admin_verified(here, True)["code"] == "Updated"
    assert isinstance(list(tc.endpoint_server_list(here)), list)


def test_sharing(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    here = globus_sandbox.source.id
    shares = {share(tc, globus_sandbox) for _ in range(3)}
    assert {ep["id"] for ep in tc.my_shared_endpoint_list(here)} == shares
    paginated = tc.paginated.get_shared_endpoint_list(here, max_results=2)
    assert {ep["id"] for ep in items(paginated)} == shares
    guest = shares.pop()
    colleague = globus_sandbox.add_user("colleague@sandbox.example").id
    rule = {
        "DATA_TYPE": "access",
        "principal_type": "identity",
        "principal": colleague,
        "path": "/data/",
        "permissions": "r",
    }
    rule_id = tc.add_endpoint_acl_rule(guest, rule)["access_id"]
    with pytest.raises(globus_sdk.TransferAPIError) as caught:
        tc.add_endpoint_acl_rule(guest, rule)
    assert (caught.value.http_status, caught.value.code) == (409, "Exists")
    assert tc.get_endpoint_acl_rule(guest, rule_id)["permissions"] == "r"
    tc.update_endpoint_acl_rule(guest, rule_id, {"DATA_TYPE": "access", "permissions": "rw"})
    assert {r["permissions"] for r in tc.endpoint_acl_list(guest) if r["id"] == rule_id} == {"rw"}
    assert tc.delete_endpoint_acl_rule(guest, rule_id)["code"] == "Deleted"

    document = {
        "DATA_TYPE": "role",
        "principal_type": "identity",
        "principal": colleague,
        "role": "activity_monitor",
    }
    role_id = tc.add_endpoint_role(here, document)["id"]
    assert tc.get_endpoint_role(here, role_id)["role"] == "activity_monitor"
    assert role_id in {role["id"] for role in tc.endpoint_role_list(here)}
    assert tc.delete_endpoint_role(here, role_id)["code"] == "Deleted"
    assert tc.delete_endpoint(guest)["code"] == "Deleted"


def test_bookmarks(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    made = tc.create_bookmark({"name": "here", "endpoint_id": globus_sandbox.source.id, "path": "/~/project1/"})
    assert [bookmark["name"] for bookmark in tc.bookmark_list()] == ["here"]
    assert tc.update_bookmark(made["id"], {"name": "there"})["name"] == "there"
    assert tc.get_bookmark(made["id"])["name"] == "there"
    assert tc.delete_bookmark(made["id"])["code"] == "Deleted"


def test_files(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    here = globus_sandbox.source.id
    listing = tc.operation_ls(here, path="/~/project1/", orderby=["name"], filter={"type": "dir"}, show_hidden=False)
    assert [entry["name"] for entry in listing] == ["data"]
    assert tc.operation_mkdir(here, "/~/new/")["code"] == "DirectoryCreated"
    assert tc.operation_rename(here, "/~/new/", "/~/renamed/")["code"] == "FileRenamed"
    assert tc.operation_stat(here, "/~/renamed/")["type"] == "dir"
    # It has had no method of its own for symlinks since its version 4.
    link = {"DATA_TYPE": "symlink", "symlink_target": "welcome.txt", "path": "/~/link"}
    assert tc.post(f"/v0.10/operation/endpoint/{here}/symlink", data=link)["code"] == "SymlinkCreated"
    assert tc.operation_stat(here, "/~/link")["link_target"] == "welcome.txt"


def test_tasks(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    assert tc.get_submission_id()["value"]
    data = globus_sdk.TransferData(
        globus_sandbox.source.id, globus_sandbox.destination.id, label="official", sync_level="checksum"
    )
    data.add_item("/~/project1/", "/~/copy/")
    data.add_filter_rule("*.tmp")
    task_id = tc.submit_transfer(data)["task_id"]
    assert tc.submit_transfer(data)["code"] == "Duplicate"
    assert tc.task_wait(task_id, timeout=30, polling_interval=1)
    assert tc.get_task(task_id)["status"] == "SUCCEEDED"
    assert task_id in {task["task_id"] for task in items(tc.paginated.task_list(filter={"status": "SUCCEEDED"}))}
    assert items(tc.paginated.task_event_list(task_id))[-1]["code"] == "STARTED"
    assert len(items(tc.paginated.task_successful_transfers(task_id))) == 3
    assert items(tc.paginated.task_skipped_errors(task_id)) == []
    assert tc.task_pause_info(task_id)["pause_rules"] == []
    assert tc.cancel_task(task_id)["code"] == "TaskComplete"
    with pytest.raises(globus_sdk.TransferAPIError) as caught:
        tc.update_task(task_id, {"DATA_TYPE": "task", "label": "late"})
    assert (caught.value.http_status, caught.value.code) == (409, "Conflict")
    delete = globus_sdk.DeleteData(globus_sandbox.destination.id, recursive=True)
    delete.add_item("/~/copy/")
    assert tc.task_wait(tc.submit_delete(delete)["task_id"], timeout=30, polling_interval=1)
    assert not list(globus_sandbox.destination.root.iterdir())


def running_task(tc: globus_sdk.TransferClient, sandbox: Sandbox) -> str:
    """A transfer on the user's collections."""
    data = globus_sdk.TransferData(sandbox.source.id, sandbox.destination.id)
    data.add_item("/~/project1/", f"/~/{uuid.uuid4()}/")
    return cast(str, tc.submit_transfer(data)["task_id"])


def test_endpoint_manager(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    here = globus_sandbox.source.id
    assert here in {ep["id"] for ep in tc.endpoint_manager_monitored_endpoints()}
    guest = share(tc, globus_sandbox)
    assert guest in {ep["id"] for ep in tc.endpoint_manager_hosted_endpoint_list(here)}
    assert tc.endpoint_manager_get_endpoint(here)["id"] == here
    assert isinstance(list(tc.endpoint_manager_acl_list(guest)), list)
    task_id = running_task(tc, globus_sandbox)
    assert tc.task_wait(task_id, timeout=30, polling_interval=1)
    found = items(tc.paginated.endpoint_manager_task_list(filter_status="SUCCEEDED", filter_endpoint=here))
    assert task_id in {task["task_id"] for task in found}
    assert tc.endpoint_manager_get_task(task_id)["owner_string"] == globus_sandbox.user.username
    assert items(tc.paginated.endpoint_manager_task_event_list(task_id))
    assert tc.endpoint_manager_task_pause_info(task_id)["pause_rules"] == []
    assert len(items(tc.paginated.endpoint_manager_task_successful_transfers(task_id))) == 3
    assert items(tc.paginated.endpoint_manager_task_skipped_errors(task_id)) == []
    assert tc.endpoint_manager_pause_tasks([task_id], "a moment")["code"] == "PauseAccepted"
    assert tc.endpoint_manager_resume_tasks([task_id])["code"] == "ResumeAccepted"
    cancel = tc.endpoint_manager_cancel_tasks([task_id], "no more")
    assert tc.endpoint_manager_cancel_status(cancel["id"])["done"] is True


def test_pause_rules(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    here = globus_sandbox.source.id
    rule = {"DATA_TYPE": "pause_rule", "message": "Array rebuild", "endpoint_id": here, "pause_ls": False}
    rule_id = tc.endpoint_manager_create_pause_rule(rule)["id"]
    assert tc.endpoint_manager_get_pause_rule(rule_id)["message"] == "Array rebuild"
    assert rule_id in {r["id"] for r in tc.endpoint_manager_pause_rule_list(filter_endpoint=here)}
    assert rule_id in {r["id"] for r in tc.my_effective_pause_rule_list(here)}
    changed = {"DATA_TYPE": "pause_rule", "message": "Soon over"}
    assert tc.endpoint_manager_update_pause_rule(rule_id, changed)["message"] == "Soon over"
    assert tc.endpoint_manager_delete_pause_rule(rule_id)["code"] == "Deleted"
    assert list(tc.my_effective_pause_rule_list(here)) == []


def test_tunnels(tc: globus_sdk.TransferClient, globus_sandbox: Sandbox) -> None:
    listener, initiator = globus_sandbox.listener.id, globus_sandbox.initiator.id
    point = tc.get_stream_access_point(listener)["data"]
    assert (point["id"], point["attributes"]["display_name"]) == (listener, "Sandbox Stream In")
    data = CreateTunnelData(initiator, listener, label="official", lifetime_mins=10, restartable=True)
    made = tc.create_tunnel(data)
    assert (made.http_status, made["data"]["attributes"]["state"]) == (201, "AWAITING_LISTENER")
    tunnel_id = made["data"]["id"]
    again = tc.create_tunnel(data)
    assert (again.http_status, again["data"]["id"]) == (200, tunnel_id)
    contact = {"listener_ip_address": "198.51.100.7", "listener_port": 40001}
    tc.update_tunnel(tunnel_id, {"data": {"type": "Tunnel", "attributes": contact}})
    assert tc.get_tunnel(tunnel_id)["data"]["attributes"]["state"] == "ACTIVE"
    with pytest.raises(globus_sdk.TransferAPIError) as caught:
        tc.delete_tunnel(tunnel_id)
    assert (caught.value.http_status, caught.value.code) == (409, "Conflict")
    assert tunnel_id in (caught.value.message or "")
    stop = {"data": {"type": "Tunnel", "attributes": {"state": "STOPPING"}}}
    assert tc.update_tunnel(tunnel_id, stop)["data"]["attributes"]["state"] == "STOPPING"
    codes = [event["attributes"]["code"] for event in tc.get_tunnel_events(tunnel_id)["data"]]
    assert codes == ["STARTED", "TUNNEL_ACTIVE", "TUNNEL_STOPPED"]
    assert [tunnel["id"] for tunnel in tc.list_tunnels()] == [tunnel_id]
    assert tc.delete_tunnel(tunnel_id)["data"] is None
    assert list(tc.list_tunnels()) == []


def test_lists_of_transfer_v2_go_on_by_their_links(globus_sandbox: Sandbox) -> None:
    streams = globus_sandbox.transfer.streams
    ids = [globus_sandbox.initiator.id, globus_sandbox.listener.id]
    ids += [streams.add_access_point(f"Further {n}", globus_sandbox.source).id for n in range(3)]
    v2 = TransferClientV2(authorizer=globus_sdk.AccessTokenAuthorizer(globus_sandbox.access_token()))
    first = v2.list_stream_access_points(query_params={"page[limit]": 2})
    assert [point["id"] for point in first] == ids[:2]
    paginated = v2.paginated.list_stream_access_points(query_params={"page[limit]": 2})
    assert [point["id"] for page in paginated.pages() for point in page] == ids


def test_bookmarks_of_transfer_v2(globus_sandbox: Sandbox) -> None:
    v2 = TransferClientV2(authorizer=globus_sdk.AccessTokenAuthorizer(globus_sandbox.access_token()))
    made = v2.create_bookmark(BookmarkCreateDocument(globus_sandbox.source.id, "birds", "/~/birds/"))
    bookmark_id = made["data"]["id"]
    assert v2.get_bookmark(bookmark_id)["data"] == made["data"]
    changed = v2.update_bookmark(bookmark_id, BookmarkUpdateDocument("waders", "/~/birds/"))
    assert changed["data"]["attributes"] == {"name": "waders", "path": "/~/birds/"}
    listed = v2.list_bookmarks(query_params={"include": "collection"})
    assert [bookmark["id"] for bookmark in listed] == [bookmark_id]
    assert listed["included"][0]["attributes"]["display_name"] == "Sandbox Source"
    v2.delete_bookmark(bookmark_id)
    assert list(v2.list_bookmarks()) == []
