# pyright: reportUnnecessaryTypeIgnoreComment=true
"""Types of walks, as an editor shows them, and what must not pass: see `async_transfer_client.py`."""

from concurrent.futures import Executor
from datetime import datetime, timedelta, timezone

from typing_extensions import assert_type

from globus_typed import (
    AsyncTransferClient,
    AsyncWalk,
    DiskUsage,
    File,
    RateLimiter,
    WalkCheckpoint,
    WalkDirectory,
    WalkEntry,
    WalkError,
    WalkProgress,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


async def walks(tc: AsyncTransferClient, executor: Executor) -> None:
    walk = tc.walk(ID, "/~/", max_depth=3, order="depth", bottom_up=True, sort=None, limiter=RateLimiter(None))
    assert_type(walk, AsyncWalk[WalkEntry])
    async for entry in walk:
        assert_type(entry, WalkEntry)
        assert_type(entry.path, str)
        assert_type(entry.entry, File)
        assert_type(entry.size, int | None)
        assert_type(entry.last_modified, datetime | None)
        entry.depth = 5  # type: ignore[misc]  # an entry is read only
        print(entry.pth)  # type: ignore[attr-defined]  # a misspelt member
    assert_type(walk.errors, list[WalkError])
    assert_type(walk.checkpoint(), WalkCheckpoint)
    assert_type(walk.progress, WalkProgress)
    tc.walk(ID, filter={"name": "~*.csv"}, prune=lambda entry: entry.name == ".git", executor=executor)
    tc.walk(ID, filter=lambda entry: entry.depth > 2, on_error=print, start_from=walk.checkpoint())
    tc.walk()  # type: ignore[call-arg]  # no collection
    tc.walk(ID, order="upwards")  # type: ignore[arg-type]  # no such order
    tc.walk(ID, sort="size")  # type: ignore[arg-type]  # by name, or not at all
    tc.walk(ID, on_error="ignore")  # type: ignore[arg-type]  # raise, collect or a function
    tc.walk(ID, max_dept=3)  # type: ignore[call-arg]  # a misspelt name
    tc.walk(ID, limiter=10)  # type: ignore[arg-type]  # a number is no limiter
    tc.walk(ID, filter={"nmae": "x"})  # type: ignore[dict-item]  # a misspelt key
    RateLimiter("10")  # type: ignore[arg-type]  # a string is no rate


async def directories(tc: AsyncTransferClient) -> None:
    walk = tc.walk_dirs(ID, bottom_up=True)
    assert_type(walk, AsyncWalk[WalkDirectory])
    async for path, inside, files in walk:
        assert_type(path, str)
        assert_type(inside, tuple[WalkEntry, ...])
        assert_type(files, tuple[WalkEntry, ...])
    tc.walk_dirs(ID, topdown=False)  # type: ignore[call-arg]  # bottom_up


async def searches(tc: AsyncTransferClient) -> None:
    found = tc.find(ID, "/~/", "**/*.csv", type="file", older_than=timedelta(days=60), larger_than=10**9)
    assert_type(found, AsyncWalk[WalkEntry])
    tc.find(ID, type=["file", "dir"], newer_than=datetime.now(timezone.utc))
    tc.find(ID, type="directory")  # type: ignore[arg-type]  # "dir"
    tc.find(ID, older_than=60)  # type: ignore[arg-type]  # a number is no age
    tc.find(ID, larger_than="1 GB")  # type: ignore[arg-type]  # a number of bytes
    usage = await tc.du(ID, "/~/", largest=3)
    assert_type(usage, DiskUsage)
    assert_type(usage.bytes, int)
    assert_type(usage.largest, tuple[WalkEntry, ...])
    usage.files = 5  # type: ignore[misc]  # a result is read only
    await tc.du()  # type: ignore[call-arg]  # no collection
    assert_type(await tc.tree(ID, max_depth=2), str)
    await tc.tree(ID, depth=2)  # type: ignore[call-arg]  # max_depth
