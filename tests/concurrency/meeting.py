"""A Globus that hands out tokens, and callers in threads and tasks that meet at one authorizer."""

import itertools
import threading
from collections.abc import Callable
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
import httpx
import pytest

from globus_typed import (
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    GlobusAuthorizer,
    NativeAppAuthClient,
    RefreshTokenAuthorizer,
    TransferClient,
)
from globus_typed.core.renewal import Renewal

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
NOW = 1_700_000_000.0
MANY = 12
PATIENCE = 30
"""How long anything may take before a test calls it stuck, in seconds; nothing waits that long when all is well."""


class Globus:
    """Auth and Transfer behind one transport. Each token is good until the next; refresh tokens may rotate.

    `at_refresh` and `at_call` run before the answer to a refresh or to a call is made: they may hold it, or raise.
    They get the number of the refresh or the call, from 1.
    """

    def __init__(self) -> None:
        self.access = "access-0"
        self.refresh = "refresh-0"
        self.accepts = True
        self.rotates = True
        self.lifetime: int | None = 172800
        self.refreshes: list[str] = []
        self.calls: list[str] = []
        self.at_refresh: Callable[[int], httpx.Response | None] = lambda number: None
        self.at_call: Callable[[int], None] = lambda number: None
        self._lock = threading.Lock()

    def sync(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self.answer))

    def tasks(self) -> httpx.AsyncClient:
        async def answer(request: httpx.Request) -> httpx.Response:
            # In a thread, so that whatever holds the answer holds no loop; given up when the task is cancelled.
            return await anyio.to_thread.run_sync(self.answer, request, abandon_on_cancel=True)

        return httpx.AsyncClient(transport=httpx.MockTransport(answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v2/oauth2/token":
            return self._renew(dict(parse_qsl(request.content.decode())))
        with self._lock:
            self.calls.append(request.headers["Authorization"].removeprefix("Bearer "))
            number, good = len(self.calls), self.accepts and self.calls[-1] == self.access
        self.at_call(number)
        if not good:
            return httpx.Response(401, json={"code": "AuthenticationFailed", "message": "no", "request_id": "r1"})
        return httpx.Response(200, json={"id": ID})

    def _renew(self, form: dict[str, str]) -> httpx.Response:
        with self._lock:
            self.refreshes.append(form["refresh_token"])
            number = len(self.refreshes)
        refused = self.at_refresh(number)
        if refused is not None:
            return refused
        with self._lock:
            if form["refresh_token"] != self.refresh:
                return httpx.Response(400, json={"error": "invalid_grant"})
            self.access = f"access-{number}"
            tokens: dict[str, object] = {"access_token": self.access, "resource_server": "transfer.api.globus.org"}
            if self.lifetime is not None:
                tokens["expires_in"] = self.lifetime
            if self.rotates:
                tokens["refresh_token"] = self.refresh = f"refresh-{number}"
        return httpx.Response(200, json=tokens)

    def app(self, kind: str) -> NativeAppAuthClient | AsyncNativeAppAuthClient:
        if kind == "threads":
            return NativeAppAuthClient(ID, base_url="https://auth.example/", http_client=self.sync())
        return AsyncNativeAppAuthClient(ID, base_url="https://auth.example/", http_client=self.tasks())


class Watched(RefreshTokenAuthorizer):
    """Tells when so many callers wait for a renewal of somebody else's, or are about to."""

    def __init__(self, app: NativeAppAuthClient | AsyncNativeAppAuthClient, waiting: int = MANY - 1) -> None:
        super().__init__(
            "refresh-0",
            app,
            access_token="access-0",
            expires_at=NOW - 1,
            on_refresh=lambda tokens: self.told.append(tokens.access_token),
            clock=lambda: NOW,
        )
        self.told: list[str] = []
        self.all_wait = threading.Event()
        self._came = itertools.count()
        self._wanted = waiting

    def renewal(self) -> Renewal | None:
        renewal = super().renewal()
        # The first to come, or one of those, makes it. All that have this answer share what becomes of it.
        if renewal is not None and next(self._came) == self._wanted:
            self.all_wait.set()
        return renewal

    def hold(self, number: int) -> None:
        """Hold the first refresh until all wait."""
        assert number > 1 or self.all_wait.wait(PATIENCE)


Outcome = str | BaseException


def in_threads(globus: Globus, authorizer: GlobusAuthorizer, count: int = MANY) -> list[Outcome]:
    """What becomes of so many calls in threads."""
    return start_threads(globus, authorizer, count)()


def start_threads(globus: Globus, authorizer: GlobusAuthorizer, count: int) -> Callable[[], list[Outcome]]:
    """Start so many calls in threads; what is returned waits for their outcomes."""
    outcomes: list[Outcome] = []
    tc = TransferClient(authorizer, base_url="https://transfer.example/", http_client=globus.sync())

    def call() -> None:
        try:
            outcomes.append(tc.get_endpoint(ID).id)
        except BaseException as error:
            outcomes.append(error)

    threads = [threading.Thread(target=call, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()

    def finish() -> list[Outcome]:
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a thread waits for ever"
        return outcomes

    return finish


def async_client(globus: Globus, authorizer: GlobusAuthorizer) -> AsyncTransferClient:
    return AsyncTransferClient(authorizer, base_url="https://transfer.example/", http_client=globus.tasks())


def in_tasks(globus: Globus, authorizer: GlobusAuthorizer, count: int = MANY) -> list[Outcome]:
    """What becomes of so many calls in tasks."""
    outcomes: list[Outcome] = []

    async def main() -> None:
        tc = async_client(globus, authorizer)
        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as group:
                for _ in range(count):
                    group.start_soon(collect, outcomes, tc)

    anyio.run(main)
    return outcomes


async def collect(outcomes: list[Outcome], tc: AsyncTransferClient) -> None:
    try:
        outcomes.append((await tc.get_endpoint(ID)).id)
    except Exception as error:
        outcomes.append(error)


async def until(event: threading.Event) -> None:
    assert await anyio.to_thread.run_sync(event.wait, PATIENCE)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def renewing(globus: Globus, clock: Callable[[], float], *, left: float = 172800) -> RefreshTokenAuthorizer:
    """An authorizer whose access token, by the clock, is good for so many seconds more."""
    return RefreshTokenAuthorizer(
        "refresh-0", globus.app("threads"), access_token="access-0", expires_at=NOW + left, clock=clock
    )


def transfer(globus: Globus, authorizer: GlobusAuthorizer) -> TransferClient:
    return TransferClient(authorizer, base_url="https://transfer.example/", http_client=globus.sync())


WAYS = pytest.mark.parametrize("way", [in_threads, in_tasks], ids=["threads", "tasks"])
APPS = pytest.mark.parametrize("kind", ["threads", "tasks"], ids=["sync_app", "async_app"])
Way = Callable[..., list[Outcome]]
