"""`plan_sync` and the plans it makes: what is asked of the service, and what becomes of refusals."""

import json
import pickle
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from globus_typed import (
    AsyncSyncPlan,
    ConsentRequiredError,
    GlobusConnectionError,
    GlobusUsageError,
    GlobusWarning,
    NotFoundError,
    PermissionDeniedError,
    ResponseShapeError,
    ServiceUnavailableError,
    Task,
    TaskFailedError,
    TransferAPIError,
)

from .async_service import ID, NOW, OTHER, Answer, Service, error, ok

pytestmark = pytest.mark.anyio

HERE, THERE = (ID, "/data/"), (OTHER, "/mirror")
LISTING = "ExternalError.DirListingFailed"


def file(name: str, size: int = 1) -> dict[str, Any]:
    return {
        "DATA_TYPE": "file",
        "name": name,
        "type": "file",
        "size": size,
        "last_modified": "2026-03-01 09:00:00+00:00",
    }


def directory(name: str) -> dict[str, Any]:
    return {**file(name, 4096), "type": "dir"}


def listed(*entries: dict[str, Any], **members: Any) -> httpx.Response:
    return ok(DATA_TYPE="file_list", DATA=list(entries), **members)


class Files(Service):
    """Lists directories by their paths, and has tasks that end as it is said."""

    def __init__(self, directories: dict[str, Answer], *statuses: str) -> None:
        super().__init__(self.answer)
        self.directories = directories
        self.statuses = list(statuses)
        self.broken = False
        self.documents: list[dict[str, Any]] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v0.10")
        if path.endswith("/ls"):
            found = self.directories.get(request.url.params["path"], error(404, "ClientError.NotFound"))
            if isinstance(found, Exception):
                raise found
            return found if isinstance(found, httpx.Response) else found(request)
        if path == "/submission_id":
            return ok(value=f"{len(self.documents):08}-0000-4000-8000-000000000000")
        if path in ("/transfer", "/delete"):
            if self.broken:
                self.broken = False
                raise httpx.ConnectError("no route")
            self.documents.append(json.loads(request.content))
            return ok(202, task_id=self.documents[-1]["submission_id"], code="Accepted")
        status = self.statuses[int(path.rpartition("/")[2][:8])]
        return ok(task_id=path.rpartition("/")[2], type="TRANSFER", status=status, files=2, files_transferred=1)


def two(source: Answer, destination: Answer, **others: Answer) -> dict[str, Answer]:
    return {"/data/": source, "/mirror/": destination, **others}


@pytest.mark.parametrize(
    ("source", "destination", "arguments", "message"),
    [
        (HERE, (ID, "/data/mirror"), {}, "source and destination: overlap, since the destination lies in the source"),
        ((ID, "/data/a"), (ID.upper(), "/data//./"), {}, "overlap, since the source lies in the destination"),
        (HERE, (ID, "/data"), {}, "are the same directory"),
        ((ID, "~/a"), (ID, "/~/a/"), {}, "are the same directory"),
        ((ID, "/"), (ID, "/~/a/"), {}, "overlap"),
        ((ID, "data/"), THERE, {}, r'source: path: must be absolute \(start with "/" or "~"\), got'),
        ((ID, "C:\\data"), THERE, {}, "source: path: must be absolute"),
        (HERE, (OTHER, "/a/../b"), {}, "destination: path: must not contain"),
        (HERE, ("mine", "/a"), {}, "destination: collection: must be a UUID, got 'mine'"),
        (HERE, "/mirror", {}, "destination: must be the id of a collection and a path on it"),
        (HERE, THERE, {"level": 4}, "level: must be 0 to 3 or one of exists, size, mtime, checksum, got 4"),
        (HERE, THERE, {"level": "size "}, "got 'size '; did you mean \"size\""),
        (HERE, THERE, {"level": "Size"}, 'did you mean "size"'),
        (HERE, THERE, {"level": True}, "level: must be"),
        (HERE, THERE, {"concurrency": 0}, "concurrency: must be a whole number"),
        (HERE, THERE, {"max_entries": 0}, "max_entries: must be a whole number"),
        (HERE, THERE, {"symlinks": "follow"}, "symlinks: must be one of ignore, keep, copy"),
        (HERE, THERE, {"skew": -1}, "skew: must be 0 seconds or more"),
        (HERE, THERE, {"confirm_above": 50}, "confirm_above: must be a share from 0 to 1"),
        (HERE, THERE, {"delete_extra": "yes"}, "delete_extra: must be True or False"),
        (HERE, THERE, {"filter_rules": {"method": "exclude", "name": "*"}}, "filter_rules: must be a list of rules"),
    ],
)
async def test_what_is_wrong_is_refused_before_anything_is_sent(
    source: Any, destination: Any, arguments: dict[str, Any], message: str
) -> None:
    service = Files({})
    with pytest.raises(GlobusUsageError, match=message):
        await service.transfer().plan_sync(source, destination, **arguments)
    assert service.requests == []


@pytest.mark.parametrize(
    "rule", [{"method": "exclude", "name": "/a/*.tmp"}, {"method": "exclude", "name": "a", "type": "directory"}, {}]
)
async def test_a_wrong_filter_rule_is_refused_before_anything_is_sent(rule: dict[str, str]) -> None:
    service = Files({})
    with pytest.raises(ValidationError):
        await service.transfer().plan_sync(HERE, THERE, filter_rules=[rule])
    assert service.requests == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"filter_rules": [{"method": "include", "name": "*.csv"}]}, "filter_rules: all rules include"),
        ({"level": "exists", "preserve_timestamp": True}, "preserve_timestamp: level 'exists' does not look at times"),
        ({"skew": timedelta(seconds=2)}, "skew: files newer by at most 2 s are skipped here"),
    ],
)
async def test_what_is_only_suspicious_warns(arguments: dict[str, Any], message: str) -> None:
    with pytest.warns(GlobusWarning, match=message):
        plan = await Files(two(listed(file("a")), listed())).transfer().plan_sync(HERE, THERE, **arguments)
    (warning,) = plan.warnings
    assert message in str(warning)
    assert f"warning: {warning}" in plan.to_table()


async def test_both_sides_are_listed_in_step_where_both_have_a_directory() -> None:
    service = Files(
        {
            **two(listed(directory("both"), directory("new")), listed(directory("both"), directory("old"))),
            "/data/both/": listed(file("a", 5)),
            "/mirror/both/": listed(file("a", 6)),
            "/data/new/": listed(file("b", 7)),
        }
    )
    plan = await service.transfer().plan_sync(HERE, THERE, level="size", source_local_user="ann")
    asked = sorted((query["path"], query.get("local_user", "")) for query in service.queries)
    assert asked == [
        ("/data/", "ann"),
        ("/data/both/", "ann"),
        ("/data/new/", "ann"),
        ("/mirror/", ""),
        ("/mirror/both/", ""),
    ]
    assert [(item.action, item.path, item.reason) for item in plan.items] == [
        ("update", "both/a", "size"),
        ("mkdir", "new", "missing"),
        ("copy", "new/b", "missing"),
    ]
    assert plan.summary.bytes == 12
    assert plan.created.timestamp() == NOW


@pytest.mark.parametrize("concurrency", [1, 3, 16])
async def test_the_plan_does_not_depend_on_concurrency(concurrency: int) -> None:
    names = [f"d{number}" for number in range(8)]
    directories = two(listed(*map(directory, names)), error(404, "ClientError.NotFound"))
    directories |= {f"/data/{name}/": listed(file(name)) for name in names}
    plan = await Files(directories).transfer().plan_sync(HERE, THERE, concurrency=concurrency)
    assert [item.path for item in plan.items] == [".", *(path for name in names for path in (name, f"{name}/{name}"))]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (error(403, "EndpointPermissionDenied"), "permission_denied"),
        (error(502, f"{LISTING}.PermissionDenied"), "permission_denied"),
        (error(502, f"{LISTING}.SizeLimit"), "size_limit"),
        (error(502, f"{LISTING}.NotDirectory"), "not_directory"),
        (error(502, LISTING), "listing_failed"),
        (error(404, "ClientError.NotFound"), "not_found"),
    ],
)
async def test_a_directory_that_cannot_be_read_is_an_item(answer: Answer, reason: str) -> None:
    service = Files({**two(listed(directory("d"), file("f")), listed()), "/data/d/": answer})
    plan = await service.transfer().plan_sync(HERE, THERE)
    assert [(item.action, item.path, item.reason) for item in plan.items] == [
        ("copy", "f", "missing"),
        ("error", "d", reason),
    ]
    assert plan.items[1].detail == "at the source: no"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error(502, f"{LISTING}.LoginFailed"), TransferAPIError),
        (error(502, f"{LISTING}.GCDisconnected"), TransferAPIError),
        (error(404, "EndpointNotFound"), NotFoundError),
        (error(503), ServiceUnavailableError),
        (
            httpx.Response(403, json={"code": "ConsentRequired", "message": "no", "required_scopes": ["s"]}),
            ConsentRequiredError,
        ),
        (httpx.ReadError("gone"), GlobusConnectionError),
        (httpx.Response(200, json={"DATA": [{"size": 1}]}), ResponseShapeError),
        (httpx.Response(200, json={"DATA": [{"name": "a", "size": "big"}]}), ResponseShapeError),
    ],
)
@pytest.mark.parametrize("path", ["/data/", "/mirror/", "/data/d/", "/mirror/d/"])
async def test_a_refusal_that_all_listings_would_meet_is_raised(
    path: str, answer: Answer, kind: type[Exception]
) -> None:
    directories = {"/data/d/": listed(), "/mirror/d/": listed()}
    service = Files({**two(listed(directory("d")), listed(directory("d"))), **directories, path: answer})
    with pytest.raises(kind):
        await service.transfer().plan_sync(HERE, THERE, delete_extra=True)


@pytest.mark.parametrize("delete_extra", [False, True])
async def test_a_source_that_cannot_be_read_is_no_plan(delete_extra: bool) -> None:
    denied, missing = Files(two(error(403, "PermissionDenied"), listed())), Files({"/mirror/": listed()})
    with pytest.raises(PermissionDeniedError):
        await denied.transfer().plan_sync(HERE, THERE, delete_extra=delete_extra)
    with pytest.raises(NotFoundError):
        await missing.transfer().plan_sync(HERE, THERE, delete_extra=delete_extra)


async def test_directories_that_turn_out_to_overlap_are_refused() -> None:
    service = Files({"/~/a/": listed(absolute_path="/home/ann/a/"), "/home/ann/a/b/": listed()})
    with pytest.raises(GlobusUsageError, match="overlap, since the destination lies in the source"):
        await service.transfer().plan_sync((ID, "/~/a"), (ID, "/home/ann/a/b"))


def plain() -> dict[str, Answer]:
    return two(listed(file("a", 5), file("b")), listed(file("b"), file("c")))


async def ended(plan: AsyncSyncPlan, **arguments: Any) -> list[Task]:
    return [task async for task in plan.apply(**arguments)]


async def test_a_plan_is_carried_out_task_by_task() -> None:
    service = Files(plain(), "SUCCEEDED", "SUCCEEDED")
    plan = await service.transfer().plan_sync(HERE, THERE, delete_extra=True, label="nightly")
    tasks = [task async for task in plan.apply()]
    assert [task.status for task in tasks] == ["SUCCEEDED", "SUCCEEDED"]
    transfer, delete = service.documents
    assert (transfer["DATA_TYPE"], transfer["label"], transfer["sync_level"]) == ("transfer", "nightly", 2)
    assert [each["source_path"] for each in transfer["DATA"]] == ["/data/a"]
    assert (delete["DATA_TYPE"], delete["endpoint"]) == ("delete", OTHER)
    assert [each["path"] for each in delete["DATA"]] == ["/mirror/c"]


async def test_progress_is_told_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    service = Files(plain(), "SUCCEEDED", "SUCCEEDED")
    plan = await service.transfer().plan_sync(HERE, THERE)
    await ended(plan)
    assert capsys.readouterr() == ("", "")
    await ended(await service.transfer().plan_sync(HERE, THERE), progress=True)
    assert "SUCCEEDED" in capsys.readouterr().err


@pytest.mark.parametrize("status", ["FAILED", "INACTIVE"])
async def test_after_a_task_that_failed_nothing_is_deleted(status: str) -> None:
    service = Files(plain(), status)
    plan = await service.transfer().plan_sync(HERE, THERE, delete_extra=True)
    with pytest.raises(TaskFailedError, match=f"task 0+-.*: {status}") as caught:
        await ended(plan)
    assert caught.value.task.status == status
    assert len(service.documents) == 1
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


async def test_after_a_failure_of_the_network_the_same_tasks_go_on() -> None:
    service = Files(plain(), "SUCCEEDED", "SUCCEEDED")
    client = service.transfer()
    client = client.with_options(retry=type(client.retry)(max_retries=0))
    plan = await client.plan_sync(HERE, THERE)
    service.broken = True
    with pytest.raises(GlobusConnectionError):
        await ended(plan)
    assert [task.status for task in await ended(plan)] == ["SUCCEEDED"]
    await ended(plan)
    ids = {document["submission_id"] for document in service.documents}
    assert len(service.documents) == 2
    assert len(ids) == 1


async def test_deleting_more_than_half_is_refused_at_the_call() -> None:
    service = Files(two(listed(file("a")), listed(file("b"))), "SUCCEEDED", "SUCCEEDED")
    plan = await service.transfer().plan_sync(HERE, THERE, delete_extra=True)
    with pytest.raises(GlobusUsageError, match=r"deletes 1 of the 1 entries.*confirm=True"):
        plan.apply()
    assert service.documents == []
    assert len(await ended(plan, confirm=True)) == 2


async def test_a_plan_with_nothing_to_do_submits_nothing() -> None:
    service = Files(two(listed(file("a")), listed(file("a"))))
    assert await ended(await service.transfer().plan_sync(HERE, THERE)) == []
    assert service.documents == []


async def test_no_more_listings_are_under_way_than_asked_for() -> None:
    counted: list[str] = []

    def counting(answer: httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
        def respond(request: httpx.Request) -> httpx.Response:
            counted.append(request.url.params["path"])
            return answer

        return respond

    names = [f"d{number}" for number in range(5)]
    directories: dict[str, Answer] = {f"/data/{name}/": counting(listed(file("x"))) for name in names}
    directories |= two(counting(listed(*map(directory, names))), counting(listed()))
    await Files(directories).transfer().plan_sync(HERE, THERE, concurrency=1)
    assert counted == ["/data/", "/mirror/", *(f"/data/{name}/" for name in names)]
