"""Whatever becomes of a renewal, nobody is left waiting, and all that needed it are told the same."""

import gc
import logging
import threading
from collections.abc import Callable

import anyio
import anyio.to_thread
import httpx
import pytest

from globus_typed import AuthAPIError, GlobusConnectionError, LoginRequiredError, RefreshTokenAuthorizer, TokenResponse
from globus_typed.core.renewal import Renewal

from .meeting import (
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


@pytest.mark.parametrize("next_in_line", ["tasks", "threads"])
def test_a_renewal_goes_on_when_its_leader_is_cancelled(next_in_line: str) -> None:
    globus = Globus()
    authorizer = Watched(globus.app("tasks"))
    asked, cancelled = threading.Event(), threading.Event()

    def hold(number: int) -> None:
        asked.set()
        assert cancelled.wait(PATIENCE)

    globus.at_refresh = hold
    outcomes: list[Outcome] = []

    async def main() -> None:
        tc = async_client(globus, authorizer)
        leader = anyio.CancelScope()

        async def lead() -> None:
            with leader:
                await collect(outcomes, tc)

        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as group:
                group.start_soon(lead)
                await until(asked)
                finish: Callable[[], list[Outcome]] = list
                if next_in_line == "threads":
                    finish = start_threads(globus, authorizer, MANY - 1)
                else:
                    for _ in range(MANY - 1):
                        group.start_soon(collect, outcomes, tc)
                await until(authorizer.all_wait)
                leader.cancel()
                cancelled.set()
                outcomes.extend(await anyio.to_thread.run_sync(finish))
        assert leader.cancelled_caught

    anyio.run(main)
    assert outcomes == [ID] * (MANY - 1)
    assert globus.refreshes == ["refresh-0"]
    assert authorizer.told == ["access-1"]


def test_an_interrupted_leader_leaves_the_renewal_to_the_next() -> None:
    globus = Globus()
    authorizer = Watched(globus.app("threads"))

    def interrupt(number: int) -> None:
        authorizer.hold(number)
        if number == 1:
            raise KeyboardInterrupt

    globus.at_refresh = interrupt
    outcomes = in_threads(globus, authorizer)
    assert sum(isinstance(outcome, KeyboardInterrupt) for outcome in outcomes) == 1
    assert sum(outcome == ID for outcome in outcomes) == MANY - 1
    assert globus.refreshes == ["refresh-0", "refresh-0"]


@pytest.mark.parametrize("refused", [False, True])
def test_a_waiting_task_that_is_cancelled_disturbs_nobody(refused: bool, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the one who renews, nor by what it leaves behind in its loop."""
    globus = Globus()
    authorizer = Watched(globus.app("threads"), waiting=1)
    asked, gone = threading.Event(), threading.Event()

    def hold(number: int) -> httpx.Response | None:
        asked.set()
        assert gone.wait(PATIENCE)
        return httpx.Response(400, json={"error": "invalid_grant"}) if refused else None

    globus.at_refresh = hold
    finish = start_threads(globus, authorizer, 1)
    assert asked.wait(PATIENCE)
    outcomes: list[Outcome] = []

    async def main() -> None:
        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as group:
                group.start_soon(collect, outcomes, async_client(globus, authorizer))
                await until(authorizer.all_wait)
                group.cancel_scope.cancel()
            gone.set()
            outcomes.extend(await anyio.to_thread.run_sync(finish))

    with caplog.at_level(logging.WARNING):
        anyio.run(main)
        assert [isinstance(outcome, AuthAPIError) for outcome in outcomes] == [refused]
        outcomes.clear()
        gc.collect()  # an error that nobody fetched is logged when it goes
    assert globus.refreshes == ["refresh-0"]
    assert not caplog.records


def test_a_renewal_may_end_after_the_loop_of_one_who_waited(caplog: pytest.LogCaptureFixture) -> None:
    globus = Globus()
    authorizer = Watched(globus.app("threads"), waiting=1)
    asked, ended = threading.Event(), threading.Event()

    def hold(number: int) -> None:
        asked.set()
        assert ended.wait(PATIENCE)

    globus.at_refresh = hold
    finish = start_threads(globus, authorizer, 1)
    assert asked.wait(PATIENCE)
    outcomes: list[Outcome] = []

    async def main() -> None:
        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as group:
                group.start_soon(collect, outcomes, async_client(globus, authorizer))
                await until(authorizer.all_wait)
                group.cancel_scope.cancel()

    with caplog.at_level(logging.WARNING):
        anyio.run(main)
        ended.set()
        assert finish() == [ID]
    assert not caplog.records


@WAYS
def test_a_refused_renewal_is_the_error_of_all_that_waited(way: Way) -> None:
    globus = Globus()
    authorizer = Watched(globus.app("threads" if way is in_threads else "tasks"))

    def refuse(number: int) -> httpx.Response:
        authorizer.hold(number)
        return httpx.Response(400, json={"error": "invalid_grant"})

    globus.at_refresh = refuse
    outcomes = way(globus, authorizer)
    assert len({id(outcome) for outcome in outcomes}) == MANY
    for error in outcomes:
        assert isinstance(error, AuthAPIError)
        assert isinstance(error, LoginRequiredError)
        assert (error.http_status, error.code) == (400, "invalid_grant")
    assert len(globus.refreshes) == 1
    assert not globus.calls
    # Nothing of it stays: the next call tries again.
    globus.at_refresh = lambda number: None
    assert way(globus, authorizer, 1) == [ID]


@WAYS
def test_a_renewal_that_was_lost_is_the_error_of_all_that_waited(way: Way) -> None:
    globus = Globus()
    authorizer = Watched(globus.app("threads" if way is in_threads else "tasks"))

    def lose(number: int) -> None:
        authorizer.hold(number)
        raise httpx.ReadError("gone")

    globus.at_refresh = lose
    for error in way(globus, authorizer):
        assert type(error) is GlobusConnectionError
        assert isinstance(error.underlying_exception, httpx.ReadError)
        assert isinstance(error.__cause__, httpx.ReadError)
    assert len(globus.refreshes) == 1


def test_who_was_on_the_way_to_make_a_renewal_that_another_made_has_its_error() -> None:
    globus = Globus()
    both_saw_none = threading.Barrier(2)
    failed = threading.Event()

    class Slow(Watched):
        def renewal(self) -> Renewal | None:
            renewal = super().renewal()
            if both_saw_none.wait(PATIENCE) == 0:
                assert failed.wait(PATIENCE)
            return renewal

    def lose(number: int) -> None:
        raise httpx.ReadError("gone")

    globus.at_refresh = lose
    authorizer = Slow(globus.app("threads"))
    outcomes: list[Outcome] = []

    def call() -> None:
        outcomes.extend(in_threads(globus, authorizer, 1))
        failed.set()

    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert [type(outcome) for outcome in outcomes] == [GlobusConnectionError] * 2
    assert len(globus.refreshes) == 1


@WAYS
def test_an_on_refresh_that_raises_is_the_error_of_one(way: Way) -> None:
    globus = Globus()
    authorizer = Watched(globus.app("threads" if way is in_threads else "tasks"))

    def refuse(tokens: TokenResponse) -> None:
        raise ValueError(tokens.resource_server)

    authorizer.on_refresh = refuse
    globus.at_refresh = authorizer.hold
    outcomes = way(globus, authorizer)
    assert sum(isinstance(outcome, ValueError) for outcome in outcomes) == 1
    assert sum(outcome == ID for outcome in outcomes) == MANY - 1
    assert way(globus, authorizer, 1) == [ID]
    assert globus.refreshes == ["refresh-0"]


@WAYS
def test_nobody_waits_for_a_renewal_before_the_end(way: Way) -> None:
    globus = Globus()
    authorizer = RefreshTokenAuthorizer(
        "refresh-0",
        globus.app("threads" if way is in_threads else "tasks"),
        access_token="access-0",
        expires_at=NOW + 30,
        clock=lambda: NOW,
    )
    others = threading.Event()

    def hold(number: int) -> None:
        assert others.wait(PATIENCE)

    def count(number: int) -> None:
        if number == MANY - 1:
            others.set()

    globus.at_refresh, globus.at_call = hold, count
    assert way(globus, authorizer) == [ID] * MANY
    assert sorted(globus.calls) == ["access-0"] * (MANY - 1) + ["access-1"]
    assert globus.refreshes == ["refresh-0"]
