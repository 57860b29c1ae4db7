"""The official SDK as the client: what it asks of Transfer, the sandbox answers in a way that it accepts."""

import uuid
from typing import Any, cast

import globus_sdk
import pytest

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
    colleague = globus_sandbox.auth.add_user("colleague@sandbox.example").id
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
