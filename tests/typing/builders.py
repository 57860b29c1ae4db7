# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of payloads. Checked, never run: every ignored line must be an error."""

from datetime import datetime, timedelta, timezone
from uuid import UUID

from typing_extensions import assert_type

from globus_typed import MISSING, AsyncTransferClient, NativeAppAuthClient, TransferClient
from globus_typed.transfer import DeleteData, DeleteItem, TaskUpdate, TransferData, TransferItem, TransferSymlinkItem

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
B = UUID(A)


def call_forms(tc: TransferClient, atc: AsyncTransferClient, app: NativeAppAuthClient) -> None:
    assert_type(TransferData(A, B, label="x", sync_level="checksum"), TransferData)
    assert_type(TransferData(tc, A, B, "label", None, 3, True, True, True, timedelta(hours=1)), TransferData)
    assert_type(TransferData(atc, source_endpoint=A, destination_endpoint=B), TransferData)
    assert_type(TransferData(transfer_client=tc, source_endpoint=A, destination_endpoint=B), TransferData)
    assert_type(TransferData(source_endpoint=A, destination_endpoint=B), TransferData)
    assert_type(TransferData(None, A, B), TransferData)
    assert_type(DeleteData(A, recursive=True), DeleteData)
    assert_type(DeleteData(tc, A, recursive=True), DeleteData)
    assert_type(DeleteData(tc, endpoint=A), DeleteData)
    TransferData(A, B, verify_cheksum=True)  # type: ignore[call-arg]  # a misspelt field
    TransferData(A, B, sync_level="cheksum")  # type: ignore[arg-type]  # a misspelt value
    TransferData(A, B, sync_level=4)  # type: ignore[arg-type]  # 0 to 3
    TransferData(A, None)  # type: ignore[arg-type]  # None is no collection
    TransferData(A, B, deadline=5)  # type: ignore[arg-type]  # a number is no time
    TransferData(A, B, notify_on_failed="no")  # type: ignore[arg-type]  # a bool
    TransferData(app, A, B)  # type: ignore[arg-type]  # an Auth client submits nothing
    DeleteData(A, recursiv=True)  # type: ignore[call-arg]  # a misspelt field
    DeleteData(A, ignore_missing="yes")  # type: ignore[arg-type]  # a bool


def transfer(data: TransferData) -> None:
    data.add_item("/~/a", "/~/b", recursive=None, external_checksum="00ff", checksum_algorithm="MD5")
    data.add_symlink_item("/~/a", "/~/b")
    data.add_items([TransferItem(source_path="/a", destination_path="/b"), {"source_path": "/a"}])
    data.add_filter_rule("*.tmp", method="exclude", type="file")
    assert_type(data.items[0], TransferItem | TransferSymlinkItem)
    assert_type(data.submission_id, str | None)
    assert_type(data.deadline, datetime | None)
    data.verify_checksum = True
    data.deadline = datetime(2030, 1, 1, tzinfo=timezone.utc)
    data.add_item("/~/a")  # type: ignore[call-arg]  # no destination
    data.add_item("/~/a", "/~/b", recursiv=True)  # type: ignore[call-arg]  # a misspelt field
    data.add_item("/~/a", None)  # type: ignore[arg-type]  # None is no path
    data.add_item("/~/a", "/~/b", recursive="yes")  # type: ignore[arg-type]  # a bool
    data.add_symlink_item("/~/a", destination="/~/b")  # type: ignore[call-arg]  # a misspelt parameter
    data.add_items("/~/a")  # type: ignore[arg-type]  # no items
    data.add_filter_rule("*.tmp", method="leave")  # type: ignore[arg-type]  # exclude or include
    data.verify_cheksum = True  # type: ignore[attr-defined]  # a misspelt field
    data.verify_checksum = "yes"  # type: ignore[assignment]  # a bool


def delete(data: DeleteData) -> None:
    data.add_item("/~/a")
    data.add_items(["/~/b", {"path": "/~/c"}])
    data.add_items([1])  # type: ignore[list-item]  # no path
    assert_type(data.items[0], DeleteItem)
    data.add_item()  # type: ignore[call-arg]  # no path
    data.recursiv = True  # type: ignore[attr-defined]  # a misspelt field


def updates() -> None:
    TaskUpdate(label="x", deadline=None)
    TaskUpdate(label=MISSING)
    TaskUpdate(lable="x")  # type: ignore[call-arg]  # a misspelt field
    TaskUpdate(label=5)  # type: ignore[arg-type]  # a label is a text
