"""A nightly sync from end to end, with both clients: planned, carried out, and nothing left to do."""

import time

import anyio

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, TransferClient
from globus_typed.sandbox import Sandbox


def test_a_directory_is_kept_equal_to_another(globus_sandbox: Sandbox) -> None:
    source, destination = globus_sandbox.source, globus_sandbox.destination
    token = AccessTokenAuthorizer(globus_sandbox.access_token())
    # Looks for the end more often than every second, which is the least that may be asked for.
    with TransferClient(token, sleep=lambda seconds: time.sleep(seconds / 100)) as transfer:
        plan = transfer.plan_sync((source.id, "/~/project1"), (destination.id, "/~/mirror"), level="size")
        assert (plan.summary.copy, plan.summary.mkdir, plan.summary.delete) == (3, 2, 0)
        (task,) = plan.apply()
        assert (task.status, task.files_transferred, task.bytes_transferred) == ("SUCCEEDED", 3, plan.summary.bytes)
        (destination.root / "mirror" / "data" / "a.csv").write_bytes(b"short")
        (destination.root / "mirror" / "data" / "extra [1].csv").touch()

    async def again() -> None:
        async with AsyncTransferClient(token, sleep=lambda seconds: anyio.sleep(seconds / 100)) as transfer:
            here, there = (source.id, "/~/project1/"), (destination.id, "/~/mirror/")
            plan = await transfer.plan_sync(here, there, level="size", delete_extra=True)
            assert [(item.action, item.path) for item in plan.items if item.action != "skip"] == [
                ("update", "data/a.csv"),
                ("delete", "data/extra [1].csv"),
            ]
            tasks = [task async for task in plan.apply()]
            assert [(task.type, task.status) for task in tasks] == [("TRANSFER", "SUCCEEDED"), ("DELETE", "SUCCEEDED")]
            after = await transfer.plan_sync(here, there, level="size", delete_extra=True)
            assert (after.summary.skip, after.to_batches()) == (3, [])

    anyio.run(again)
    names = [
        sorted(path.name for path in root.rglob("*"))
        for root in (source.root / "project1", destination.root / "mirror")
    ]
    assert names[0] == names[1]
