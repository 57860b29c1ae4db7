# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of the Transfer client. Checked, never run: every ignored line must be an error."""

from datetime import datetime, timedelta
from uuid import UUID

from typing_extensions import assert_type

from globus_typed import AsyncPager, AsyncTransferClient, Endpoint, Event, File, FileList, Task, TransferResult
from globus_typed.core.request import Request
from globus_typed.transfer import (
    AccessRule,
    AccessRuleCreate,
    AccessRuleCreateResult,
    AccessRuleList,
    AccessRuleUpdate,
    ActivationRequirements,
    ActivationResult,
    AdminCancel,
    AsyncTaskProgress,
    Bookmark,
    BookmarkCreate,
    BookmarkList,
    BookmarkUpdate,
    DeleteData,
    DeleteResult,
    EndpointCreate,
    EndpointCreateResult,
    EndpointList,
    EndpointUpdate,
    EventList,
    ManagedTask,
    ManagedTaskList,
    MkdirResult,
    PauseInfoLimited,
    PauseRule,
    PauseRuleCreate,
    PauseRuleList,
    PauseRuleUpdate,
    Progress,
    Result,
    Role,
    RoleList,
    Server,
    ServerAddResult,
    ServerCreate,
    ServerList,
    ServerUpdate,
    SharedEndpointCreate,
    SharedEndpointId,
    SharedEndpointList,
    SkippedError,
    SkippedErrors,
    SubmissionId,
    SuccessfulTransfer,
    SuccessfulTransfers,
    TaskFailedError,
    TaskFault,
    TaskList,
    TaskReport,
    TaskTimeoutError,
    TaskUpdate,
    TransferData,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


async def endpoints(tc: AsyncTransferClient) -> None:
    assert_type(await tc.get_endpoint(ID), Endpoint)
    assert_type(await tc.get_endpoint(UUID(ID), fields=["id"], query_params={"some_query": "x"}), Endpoint)
    assert_type(tc.endpoint_search("text"), AsyncPager[Endpoint, EndpointList])
    assert_type(tc.endpoint_search("text", "my-endpoints", None), AsyncPager[Endpoint, EndpointList])
    assert_type((await tc.get_endpoint(ID)).display_name, str | None)
    assert_type((await tc.get_endpoint(ID)).expire_time, datetime | None)
    async for endpoint in tc.endpoint_search(filter_scope="my-endpoints"):
        assert_type(endpoint, Endpoint)
        print(endpoint.display_nmae)  # type: ignore[attr-defined]  # a misspelt field
        endpoint.display_name = "x"  # type: ignore[misc]  # a received document is read only
    async for page in tc.endpoint_search("x").pages():
        assert_type(page, EndpointList)
        assert_type(page.items, list[Endpoint])
        assert_type(page.has_next_page, bool | None)
    assert_type(await tc.endpoint_search("x").data, list[Endpoint])
    assert_type(await tc.endpoint_search("x").all(), list[Endpoint])
    assert_type(await tc.endpoint_search("x").first(), Endpoint | None)
    tc.endpoint_search("x")[0]  # type: ignore[index]  # no entry before it is fetched
    await tc.endpoint_search("x").all(5)  # type: ignore[call-arg]  # the count is given where the pager is made
    await tc.get_endpoint()  # type: ignore[call-arg]  # no id
    await tc.get_endpoint(None)  # type: ignore[arg-type]  # None is no id
    await tc.get_endpoint(5.0)  # type: ignore[arg-type]  # a number is no id
    tc.endpoint_search(filter_scope="my-endpoint")  # type: ignore[arg-type]  # a misspelt scope
    tc.endpoint_search("x", filter_scop="my-endpoints")  # type: ignore[call-arg]  # a misspelt keyword
    tc.endpoint_search("x", num_result=None)  # type: ignore[call-arg]  # a misspelt keyword
    tc.endpoint_search("x", num_results="all")  # type: ignore[arg-type]  # None means all
    tc.endpoint_search("x", filter_entity_type=7)  # type: ignore[arg-type]  # a type is a text


async def files(tc: AsyncTransferClient) -> None:
    listing = await tc.operation_ls(ID, "/~/", orderby=["name", "size DESC"], filter={"type": "file"}, limit=10)
    assert_type(listing, FileList)
    await tc.operation_ls(ID, filter=["name:~*.tmp", {"type": ["file", "dir"]}], orderby="name")
    await tc.operation_ls(ID, orderby="nmae")  # type: ignore[arg-type]  # a misspelt field
    await tc.operation_ls(ID, orderby=["name", "size DSC"])  # type: ignore[list-item]  # a misspelt direction
    await tc.operation_ls(ID, filter={"tpye": "file"})  # type: ignore[dict-item]  # a misspelt key
    assert_type(listing.items, list[File])
    for entry in listing:
        assert_type(entry, File)
        assert_type(entry.name, str)
        assert_type(entry.size, int | None)
        assert_type(entry.last_modified, datetime | None)
        print(entry.nmae)  # type: ignore[attr-defined]  # a misspelt field
        entry.name = "x"  # type: ignore[misc]  # a received document is read only
    assert_type(await tc.operation_stat(ID, "/~/a"), File)
    assert_type(await tc.operation_mkdir(ID, path="/~/new/"), MkdirResult)
    assert_type(await tc.operation_rename(ID, oldpath="/~/a", newpath="/~/b"), Result)
    await tc.operation_ls(ID, limit="10")  # type: ignore[arg-type]  # a number
    await tc.operation_ls(ID, filter=("type:file", {"name": ["~*.txt", "~*.csv"]}))
    await tc.operation_ls(ID, filter=["type:file", 5])  # type: ignore[list-item]  # filters
    await tc.operation_ls(ID, show_hidden="no")  # type: ignore[arg-type]  # a bool
    await tc.operation_ls(ID, filters="name:~*.tmp")  # type: ignore[call-arg]  # a misspelt keyword
    await tc.operation_ls(ID, limt=5)  # type: ignore[call-arg]  # a misspelt keyword
    await tc.operation_mkdir(ID)  # type: ignore[call-arg]  # no path
    await tc.operation_mkdir(ID, None)  # type: ignore[arg-type]  # None is no path
    await tc.operation_rename(ID, "/~/a")  # type: ignore[call-arg]  # no new path
    await tc.operation_stat(ID)  # type: ignore[call-arg]  # no path


async def submission(tc: AsyncTransferClient, transfer: TransferData, delete: DeleteData) -> None:
    assert_type(await tc.get_submission_id(), SubmissionId)
    assert_type((await tc.get_submission_id()).value, str)
    assert_type(await tc.submit_transfer(transfer), TransferResult)
    assert_type(await tc.submit_transfer({"DATA_TYPE": "transfer"}), TransferResult)
    assert_type(await tc.submit_delete(delete), DeleteResult)
    assert_type((await tc.submit_transfer(transfer)).task_id, str)
    await tc.submit_transfer(delete)  # type: ignore[arg-type]  # a delete is no transfer
    await tc.submit_delete(transfer)  # type: ignore[arg-type]  # a transfer is no delete
    await tc.submit_transfer(None)  # type: ignore[arg-type]  # None is no document
    await tc.get_submission_id("x")  # type: ignore[arg-type, call-arg]  # takes query parameters by name alone


async def tasks(tc: AsyncTransferClient) -> None:
    task = await tc.get_task(ID)
    assert_type(task, Task)
    assert_type(task.completion_time, datetime | None)
    assert_type(task.bytes_transferred, int | None)
    print(task.staus)  # type: ignore[attr-defined]  # a misspelt field
    task.status = "FAILED"  # type: ignore[misc]  # a received document is read only
    if task.completion_time - task.request_time:  # type: ignore[operator]  # either may be missing
        pass
    assert_type(tc.task_list(), AsyncPager[Task, TaskList])
    assert_type(tc.task_list(num_results=None, filter={"status": ["ACTIVE"]}), AsyncPager[Task, TaskList])
    assert_type(tc.task_event_list(ID, is_error=True), AsyncPager[Event, EventList])
    assert_type(tc.task_successful_transfers(ID), AsyncPager[SuccessfulTransfer, SuccessfulTransfers])
    assert_type(tc.task_skipped_errors(ID), AsyncPager[SkippedError, SkippedErrors])
    assert_type(await tc.task_pause_info(ID), PauseInfoLimited)
    assert_type(await tc.update_task(ID, TaskUpdate(label="x")), Result)
    assert_type(await tc.update_task(ID, {"label": "x"}), Result)
    assert_type(await tc.cancel_task(ID), Result)
    assert_type(await tc.task_wait(ID, timeout=60, polling_interval=1), bool)
    assert_type(tc.task_progress(ID, polling_interval=0.5), AsyncTaskProgress[Task])
    assert_type(tc.task_list(None, limit=100, offset=300), AsyncPager[Task, TaskList])
    tc.task_successful_transfers(ID, marker=71204)
    tc.task_list(filter={"staus": "ACTIVE"})  # type: ignore[dict-item]  # a misspelt key
    tc.task_list(limit="100")  # type: ignore[arg-type]  # a whole number
    tc.task_list(offst=300)  # type: ignore[call-arg]  # a misspelt keyword
    tc.task_successful_transfers(ID, marker=1.5)  # type: ignore[arg-type]  # a str or a whole number
    tc.task_list(filter=5)  # type: ignore[arg-type]  # a text or a mapping
    tc.task_event_list()  # type: ignore[call-arg]  # no id
    tc.task_event_list(ID, is_error="yes")  # type: ignore[arg-type]  # a bool
    tc.task_successful_transfers(None)  # type: ignore[arg-type]  # None is no id
    tc.task_skipped_errors(ID, num_results=1.5)  # type: ignore[arg-type]  # a whole number
    await tc.task_pause_info()  # type: ignore[call-arg]  # no id
    await tc.update_task(ID, "label")  # type: ignore[arg-type]  # a text is no document
    await tc.cancel_task(None)  # type: ignore[arg-type]  # None is no id
    await tc.task_wait(ID, timeout="60")  # type: ignore[arg-type]  # seconds are a number
    tc.task_progress(ID, timout=3)  # type: ignore[call-overload]  # a misspelt parameter
    tc.no_such_method()  # type: ignore[attr-defined]  # a misspelt method


async def any_route(tc: AsyncTransferClient) -> None:
    assert_type(await tc.send(Request("GET", ("v0.10", "endpoint", ID), Endpoint)), Endpoint)
    assert_type((await tc.get("endpoint/" + ID)).http_status, int | None)
    assert_type(await tc.get("endpoint/" + ID, response_class=Endpoint), Endpoint)
    assert_type(await tc.post("endpoint", {}, response_class=Endpoint), Endpoint)
    assert_type(await tc.put("endpoint/" + ID, {}, response_class=Endpoint), Endpoint)
    assert_type(await tc.delete("endpoint/" + ID, response_class=Endpoint), Endpoint)
    assert_type(tc.with_options(timeout=5), AsyncTransferClient)
    tc.with_options(tiemout=5)  # type: ignore[call-arg]  # a misspelt option
    await tc.get(None)  # type: ignore[call-overload]  # None is no path
    await tc.post("x", json_body=3)  # type: ignore[call-overload]  # a document is a mapping
    await tc.put("x", text_body=3)  # type: ignore[call-overload]  # a text or a form
    await tc.delete("x", response_class=int)  # type: ignore[type-var]  # no document
    await tc.send("GET")  # type: ignore[arg-type]  # a text is no request
    AsyncTransferClient("token")  # type: ignore[arg-type]  # a token is no authorizer
    AsyncTransferClient(base_ulr="x")  # type: ignore[call-arg]  # a misspelt option
    async with AsyncTransferClient() as client:
        assert_type(client, AsyncTransferClient)


async def sharing(tc: AsyncTransferClient) -> None:
    rules = await tc.endpoint_acl_list(ID)
    assert_type(rules, AccessRuleList)
    assert_type(rules.items, list[AccessRule])
    assert_type(await tc.get_endpoint_acl_rule(ID, ID), AccessRule)
    rule = AccessRuleCreate(principal_type="identity", principal=ID, path="/x/", permissions="r")
    assert_type(await tc.add_endpoint_acl_rule(ID, rule), AccessRuleCreateResult)
    assert_type((await tc.add_endpoint_acl_rule(ID, {"path": "/x/"})).access_id, str)
    assert_type(await tc.update_endpoint_acl_rule(ID, ID, AccessRuleUpdate(permissions="rw")), Result)
    assert_type(await tc.delete_endpoint_acl_rule(ID, ID), Result)
    assert_type(await tc.endpoint_role_list(ID), RoleList)
    assert_type(await tc.add_endpoint_role(ID, {"role": "administrator"}), Role)
    assert_type(await tc.get_endpoint_role(ID, ID), Role)
    assert_type(await tc.delete_endpoint_role(ID, ID), Result)
    assert_type(await tc.bookmark_list(), BookmarkList)
    assert_type(await tc.create_bookmark(BookmarkCreate(name="x", endpoint_id=ID, path="/~/")), Bookmark)
    assert_type(await tc.get_bookmark(ID), Bookmark)
    assert_type(await tc.update_bookmark(ID, BookmarkUpdate(name="y")), Bookmark)
    assert_type(await tc.delete_bookmark(ID), Result)
    rules.items[0].permissions = "rw"  # type: ignore[misc]  # a received document is read only
    AccessRuleCreate(principal_type="identity", principal=ID, path="/x/", permissions="rwx")  # type: ignore[arg-type]  # r or rw
    AccessRuleUpdate(permission="rw")  # type: ignore[call-arg]  # a misspelt field
    AccessRuleUpdate(permissions=None)  # type: ignore[arg-type]  # permissions cannot be cleared
    await tc.endpoint_acl_list()  # type: ignore[call-arg]  # no id
    await tc.get_endpoint_acl_rule(ID)  # type: ignore[call-arg]  # no rule
    await tc.add_endpoint_acl_rule(ID, None)  # type: ignore[arg-type]  # None is no rule
    await tc.update_endpoint_acl_rule(ID)  # type: ignore[call-arg]  # no rule id
    await tc.delete_endpoint_acl_rule(ID, None)  # type: ignore[arg-type]  # None is no id
    await tc.endpoint_role_list(None)  # type: ignore[arg-type]  # None is no id
    await tc.add_endpoint_role(ID, "administrator")  # type: ignore[arg-type]  # a text is no document
    await tc.get_endpoint_role(ID)  # type: ignore[call-arg]  # no role
    await tc.delete_endpoint_role(ID)  # type: ignore[call-arg]  # no role
    await tc.bookmark_list("x")  # type: ignore[arg-type, call-arg]  # takes query parameters by name alone
    await tc.create_bookmark()  # type: ignore[call-arg]  # no bookmark
    await tc.get_bookmark(None)  # type: ignore[arg-type]  # None is no id
    await tc.update_bookmark(ID, 5)  # type: ignore[arg-type]  # a number is no document
    await tc.delete_bookmark()  # type: ignore[call-arg]  # no id
    BookmarkCreate(name="x", endpoint_id=ID)  # type: ignore[call-arg]  # no path


async def managed_endpoints(tc: AsyncTransferClient) -> None:
    assert_type(await tc.update_endpoint(ID, EndpointUpdate(description=None)), Result)
    assert_type(await tc.delete_endpoint(ID), Result)
    assert_type(await tc.create_endpoint(EndpointCreate(display_name="x")), EndpointCreateResult)
    share = SharedEndpointCreate(host_endpoint=ID, host_path="/~/x/", display_name="x")
    assert_type(await tc.create_shared_endpoint(share), EndpointCreateResult)
    assert_type((await tc.create_shared_endpoint(share)).id, str)
    assert_type(await tc.my_shared_endpoint_list(ID), EndpointList)
    assert_type(tc.get_shared_endpoint_list(ID), AsyncPager[SharedEndpointId, SharedEndpointList])
    assert_type(await tc.set_subscription_id(ID, "DEFAULT"), Result)
    assert_type(await tc.set_subscription_id(ID, None), Result)
    assert_type(await tc.set_subscription_admin_verified(ID, True), Result)
    assert_type(await tc.endpoint_server_list(ID), ServerList)
    assert_type(await tc.get_endpoint_server(ID, 41), Server)
    assert_type(await tc.add_endpoint_server(ID, ServerCreate(hostname="h.example")), ServerAddResult)
    assert_type(await tc.update_endpoint_server(ID, 41, ServerUpdate(port=2811)), Result)
    assert_type(await tc.delete_endpoint_server(ID, 41), Result)
    EndpointUpdate(display_nmae="x")  # type: ignore[call-arg]  # a misspelt field
    EndpointUpdate(display_name=None)  # type: ignore[arg-type]  # a name cannot be cleared
    EndpointUpdate(network_use="fast")  # type: ignore[arg-type]  # a misspelt value
    SharedEndpointCreate(host_endpoint=ID, display_name="x")  # type: ignore[call-arg]  # no path
    ServerUpdate(hostname=None)  # type: ignore[arg-type]  # a host cannot be cleared
    await tc.update_endpoint(ID)  # type: ignore[call-arg]  # no document
    await tc.delete_endpoint(None)  # type: ignore[arg-type]  # None is no id
    await tc.create_endpoint("x")  # type: ignore[arg-type]  # a text is no document
    await tc.create_shared_endpoint(None)  # type: ignore[arg-type]  # None is no document
    await tc.my_shared_endpoint_list()  # type: ignore[call-arg]  # no id
    tc.get_shared_endpoint_list(ID, num_results="all")  # type: ignore[arg-type]  # None means all
    await tc.set_subscription_id(ID)  # type: ignore[call-arg]  # no subscription
    await tc.set_subscription_admin_verified(ID, "yes")  # type: ignore[arg-type]  # a bool
    await tc.endpoint_server_list(5)  # type: ignore[arg-type]  # a number is no id
    await tc.get_endpoint_server(ID)  # type: ignore[call-arg]  # no server
    await tc.add_endpoint_server(ID, None)  # type: ignore[arg-type]  # None is no document
    await tc.update_endpoint_server(ID, 41)  # type: ignore[call-arg]  # no document
    await tc.delete_endpoint_server(ID, None)  # type: ignore[arg-type]  # None is no server


async def activation(tc: AsyncTransferClient) -> None:
    requirements = await tc.endpoint_get_activation_requirements(ID)
    assert_type(requirements, ActivationRequirements)
    assert_type(requirements.active_until(3600), bool)
    assert_type(requirements.supports_web_activation, bool)
    assert_type(await tc.endpoint_autoactivate(ID, if_expires_in=3600), ActivationResult)
    assert_type(await tc.endpoint_activate(ID, {"DATA": []}), ActivationResult)
    assert_type(await tc.endpoint_deactivate(ID), Result)
    await tc.endpoint_get_activation_requirements(None)  # type: ignore[arg-type]  # None is no id
    await tc.endpoint_autoactivate(ID, if_expires_in="soon")  # type: ignore[arg-type]  # seconds are a number
    await tc.endpoint_activate(ID)  # type: ignore[call-arg]  # no requirements
    await tc.endpoint_deactivate()  # type: ignore[call-arg]  # no id


async def pause_rules(tc: AsyncTransferClient) -> None:
    assert_type(await tc.my_effective_pause_rule_list(ID), PauseRuleList)
    assert_type(await tc.endpoint_manager_pause_rule_list(filter_endpoint=ID), PauseRuleList)
    rule = PauseRuleCreate(message="x", endpoint_id=ID, pause_ls=False)
    assert_type(await tc.endpoint_manager_create_pause_rule(rule), PauseRule)
    assert_type(await tc.endpoint_manager_get_pause_rule(ID), PauseRule)
    assert_type(await tc.endpoint_manager_update_pause_rule(ID, PauseRuleUpdate(message="y")), PauseRule)
    assert_type(await tc.endpoint_manager_delete_pause_rule(ID), Result)
    PauseRuleCreate(message="x")  # type: ignore[call-arg]  # no endpoint
    PauseRuleUpdate(pause_sl=True)  # type: ignore[call-arg]  # a misspelt field
    await tc.my_effective_pause_rule_list()  # type: ignore[call-arg]  # no id
    await tc.endpoint_manager_pause_rule_list(filter_endpoint=5)  # type: ignore[arg-type]  # a number is no id
    await tc.endpoint_manager_create_pause_rule(None)  # type: ignore[arg-type]  # None is no document
    await tc.endpoint_manager_get_pause_rule(None)  # type: ignore[arg-type]  # None is no id
    await tc.endpoint_manager_update_pause_rule(ID)  # type: ignore[call-arg]  # no document
    await tc.endpoint_manager_delete_pause_rule()  # type: ignore[call-arg]  # no id


async def management(tc: AsyncTransferClient) -> None:
    assert_type(await tc.endpoint_manager_monitored_endpoints(), EndpointList)
    assert_type(await tc.endpoint_manager_hosted_endpoint_list(ID), EndpointList)
    assert_type(await tc.endpoint_manager_get_endpoint(ID), Endpoint)
    assert_type(await tc.endpoint_manager_acl_list(ID), AccessRuleList)
    found = tc.endpoint_manager_task_list(filter_status=["ACTIVE"], filter_is_paused=True, filter_endpoint=ID)
    assert_type(found, AsyncPager[ManagedTask, ManagedTaskList])
    assert_type(await tc.endpoint_manager_get_task(ID), ManagedTask)
    assert_type(tc.endpoint_manager_task_event_list(ID, filter_is_error=True), AsyncPager[Event, EventList])
    assert_type(await tc.endpoint_manager_task_pause_info(ID), PauseInfoLimited)
    moved = tc.endpoint_manager_task_successful_transfers(ID)
    assert_type(moved, AsyncPager[SuccessfulTransfer, SuccessfulTransfers])
    assert_type(tc.endpoint_manager_task_skipped_errors(ID), AsyncPager[SkippedError, SkippedErrors])
    assert_type(await tc.endpoint_manager_cancel_tasks([ID], "x"), AdminCancel)
    assert_type(await tc.endpoint_manager_cancel_status(6), AdminCancel)
    assert_type(await tc.endpoint_manager_pause_tasks([ID], "x"), Result)
    assert_type(await tc.endpoint_manager_resume_tasks([ID]), Result)
    await tc.endpoint_manager_monitored_endpoints("x")  # type: ignore[arg-type, call-arg]  # takes query parameters by name alone
    await tc.endpoint_manager_hosted_endpoint_list()  # type: ignore[call-arg]  # no id
    await tc.endpoint_manager_get_endpoint(None)  # type: ignore[arg-type]  # None is no id
    await tc.endpoint_manager_acl_list(5)  # type: ignore[arg-type]  # a number is no id
    tc.endpoint_manager_task_list(filter_endpoint_use="both")  # type: ignore[arg-type]  # source or destination
    tc.endpoint_manager_task_list(filter_is_paused="no")  # type: ignore[arg-type]  # a bool
    await tc.endpoint_manager_get_task()  # type: ignore[call-arg]  # no id
    tc.endpoint_manager_task_event_list(None)  # type: ignore[arg-type]  # None is no id
    await tc.endpoint_manager_task_pause_info(None)  # type: ignore[arg-type]  # None is no id
    tc.endpoint_manager_task_successful_transfers()  # type: ignore[call-arg]  # no id
    tc.endpoint_manager_task_skipped_errors(5)  # type: ignore[arg-type]  # a number is no id
    await tc.endpoint_manager_cancel_tasks([ID])  # type: ignore[call-arg]  # no message
    await tc.endpoint_manager_cancel_status(None)  # type: ignore[arg-type]  # None is no number
    await tc.endpoint_manager_pause_tasks([ID], None)  # type: ignore[arg-type]  # None is no message
    await tc.endpoint_manager_resume_tasks(5)  # type: ignore[arg-type]  # a list of ids


async def batches(tc: AsyncTransferClient, transfer: TransferData, delete: DeleteData) -> None:
    results = await tc.submit_all(transfer.batches(max_items=1000))
    assert_type(results, list[TransferResult])
    assert_type(await tc.submit_all([delete]), list[DeleteResult])
    assert_type(await tc.task_wait(results, timeout=60), bool)
    assert_type(await tc.task_wait(results[0]), bool)
    assert_type(tc.task_progress(results), AsyncTaskProgress[list[Task]])
    assert_type(tc.task_progress(results[0]), AsyncTaskProgress[Task])
    await tc.submit_all(transfer)  # type: ignore[arg-type]  # batches, and not the whole
    await tc.submit_all([{"DATA_TYPE": "transfer"}])  # type: ignore[list-item]  # builders
    await tc.task_wait([transfer])  # type: ignore[list-item]  # what was submitted, and not what was answered
    tc.task_progress(results, polling_intervall=3)  # type: ignore[call-overload]  # a misspelt parameter
    transfer.batches(1000)  # type: ignore[call-arg]  # items or bytes?
    transfer.batches(max_itmes=1000)  # type: ignore[call-arg]  # a misspelt parameter


async def running(
    tc: AsyncTransferClient, transfer: TransferData, delete: DeleteData, results: list[TransferResult]
) -> None:
    assert_type(await tc.run(transfer, timeout=60, progress=True), Task)
    assert_type(await tc.run(delete, fail_on={"PERMISSION_DENIED"}, max_faults=3, cancel_on_exit=True), Task)
    assert_type(await tc.run({"DATA_TYPE": "delete"}, polling_interval=5), Task)
    assert_type(await tc.run(transfer.batches()), list[Task])
    assert_type(await tc.wait(ID), Task)
    assert_type(await tc.wait(UUID(ID), fail_on="FILE_NOT_FOUND", on_fault=print), Task)
    assert_type(await tc.wait(results[0], timeout=None), Task)
    assert_type(await tc.wait(results), list[Task])
    assert_type(await tc.wait([ID, UUID(ID)]), list[Task])
    assert_type(await tc.task_report(ID, num_faults=None), TaskReport)
    assert_type(tc.task_progress(ID).now, Progress)
    assert_type(tc.task_progress(ID).now.rate, float | None)
    assert_type(tc.task_progress(ID).now.time_left, timedelta | None)
    try:
        await tc.run(transfer)
    except TaskFailedError as error:
        assert_type(error.task, Task)
        assert_type(error.events, tuple[Event, ...])
        assert_type(error.report.failed, tuple[TaskFault, ...])
        assert_type(error.report.failed[0].path, str | None)
        assert_type(error.report.skipped, tuple[SkippedError, ...])
        assert_type(error.report.to_table(), str)
        print(error.reprot)  # type: ignore[attr-defined]  # a misspelt attribute
    except TaskTimeoutError as error:
        assert_type(error.task, Task)
    await tc.run(transfer, timout=60)  # type: ignore[call-overload]  # a misspelt parameter
    await tc.run("transfer")  # type: ignore[arg-type]  # a text is no document
    await tc.run(transfer, on_fault=len)  # type: ignore[arg-type]  # a fault is no container
    await tc.wait(transfer)  # type: ignore[arg-type]  # what was submitted, and not what was answered
    await tc.wait(ID, fail_on={3})  # type: ignore[arg-type]  # codes are texts
    await tc.task_report([ID])  # type: ignore[arg-type]  # one task at a time
    print(tc.task_progress(ID).now.rat)  # type: ignore[attr-defined]  # a misspelt attribute
