"""Threads and tasks that share an authorizer make one renewal, and keep what came of it."""

import threading
from collections.abc import Callable

import anyio
import anyio.to_thread
import pytest

from globus_typed import RefreshTokenAuthorizer

from .meeting import (
    APPS,
    ID,
    MANY,
    NOW,
    PATIENCE,
    WAYS,
    Globus,
    Outcome,
    Watched,
    Way,
    async_client,
    collect,
    in_threads,
    start_threads,
    until,
)


@APPS
@WAYS
def test_all_that_meet_an_expired_token_make_one_refresh(way: Way, kind: str) -> None:
    globus = Globus()
    authorizer = Watched(globus.app(kind))
    globus.at_refresh = authorizer.hold
    assert way(globus, authorizer) == [ID] * MANY
    assert globus.refreshes == ["refresh-0"]
    assert authorizer.told == ["access-1"]
    assert set(globus.calls) == {"access-1"}


@APPS
@pytest.mark.parametrize("first", ["threads", "tasks"])
def test_threads_and_tasks_on_one_authorizer_make_one_refresh(first: str, kind: str) -> None:
    globus = Globus()
    authorizer = Watched(globus.app(kind))
    asked = threading.Event()

    def hold(number: int) -> None:
        asked.set()
        authorizer.hold(number)

    globus.at_refresh = hold
    outcomes: list[Outcome] = []

    async def main() -> None:
        tc = async_client(globus, authorizer)
        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as group:
                finish: Callable[[], list[Outcome]] = list
                for turn in (first, "threads" if first == "tasks" else "tasks"):
                    if turn == "threads":
                        finish = start_threads(globus, authorizer, MANY // 2)
                    else:
                        for _ in range(MANY // 2):
                            group.start_soon(collect, outcomes, tc)
                    await until(asked)
                outcomes.extend(await anyio.to_thread.run_sync(finish))

    anyio.run(main)
    assert outcomes == [ID] * MANY
    assert globus.refreshes == ["refresh-0"]
    assert authorizer.told == ["access-1"]


@WAYS
def test_late_401s_do_not_throw_a_fresh_token_away(way: Way) -> None:
    """One 401 comes at once and is followed by a renewal; twelve come when its token has been accepted."""
    globus = Globus()
    globus.access = "none of the old ones"
    renewed = threading.Event()
    together = threading.Barrier(MANY + 1)
    authorizer = RefreshTokenAuthorizer(
        "refresh-0",
        globus.app("threads" if way is in_threads else "tasks"),
        access_token="access-0",
        expires_at=NOW + 172800,
        on_refresh=lambda tokens: renewed.set(),
        clock=lambda: NOW,
    )

    def hold(number: int) -> None:
        if number <= MANY + 1:
            together.wait(PATIENCE)
            assert number == 1 or renewed.wait(PATIENCE)

    globus.at_call = hold
    assert way(globus, authorizer, MANY + 1) == [ID] * (MANY + 1)
    assert globus.refreshes == ["refresh-0"]
    assert sorted(globus.calls) == ["access-0"] * (MANY + 1) + ["access-1"] * (MANY + 1)
    assert way(globus, authorizer, 1) == [ID]
    assert len(globus.refreshes) == 1
