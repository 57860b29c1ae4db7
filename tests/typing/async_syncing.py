# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of plans. Checked, never run: every ignored line must be an error."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

from typing_extensions import assert_type

from globus_typed import AsyncSyncPlan, AsyncTransferClient, SyncItem, SyncSummary, Task, TransferData
from globus_typed.transfer import DeleteData, FilterRule, SyncWarning

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


async def right(tc: AsyncTransferClient, id: UUID) -> None:
    plan = await tc.plan_sync((ID, "/a"), (id, "/b"))
    assert_type(plan, AsyncSyncPlan)
    await tc.plan_sync((ID, "/a"), (ID, "/b"), level=3, delete_extra=True, symlinks="keep", skew=timedelta(seconds=2))
    await tc.plan_sync((ID, "/a"), (ID, "/b"), level=None, filter_rules=[FilterRule(method="exclude", name="*.tmp")])
    await tc.plan_sync(source=(ID, "/a"), destination=(ID, "/b"), filter_rules=[{"method": "exclude", "name": "*"}])
    assert_type(plan.summary, SyncSummary)
    assert_type(plan.summary.bytes, int)
    assert_type(plan.created, datetime)
    assert_type(plan.warnings, tuple[SyncWarning, ...])
    for item in plan.items:
        assert_type(item, SyncItem)
        assert_type(item.source_modified, datetime | None)
        if item.action == "copy":
            assert_type(item.size, int | None)
    assert_type(plan.items[0], SyncItem)
    assert_type(plan.to_table(actions=["skip"], max_rows=None), str)
    assert_type(plan.to_json(indent=2), str)
    assert_type(plan.to_transfer(explicit=True), TransferData)
    assert_type(plan.to_batches(confirm=True), list[TransferData | DeleteData])
    assert_type(plan.apply(confirm=True, progress=True), AsyncIterator[Task])


async def wrong(tc: AsyncTransferClient, plan: AsyncSyncPlan) -> None:
    await tc.plan_sync(ID, (ID, "/b"))  # type: ignore[arg-type]  # a collection and a path
    await tc.plan_sync((ID, "/a"), (ID, "/b"), level=4)  # type: ignore[arg-type]  # 0 to 3
    await tc.plan_sync((ID, "/a"), (ID, "/b"), level="Size")  # type: ignore[arg-type]  # the words are in lower case
    await tc.plan_sync((ID, "/a"), (ID, "/b"), delete_extras=True)  # type: ignore[call-arg]  # a misspelt parameter
    await tc.plan_sync((ID, "/a"), (ID, "/b"), symlinks="follow")  # type: ignore[arg-type]  # no such way
    await tc.plan_sync((ID, "/a"), (ID, "/b"), skew="2")  # type: ignore[arg-type]  # seconds are a number
    plan.apply(confirmed=True)  # type: ignore[call-arg]  # a misspelt parameter
    plan.to_table(actions=["copied"])  # type: ignore[list-item]  # no such action
    _ = plan.summary.copied  # type: ignore[attr-defined]  # a misspelt count
    plan.items[0].path = "a"  # type: ignore[misc]  # an item stays as it is
