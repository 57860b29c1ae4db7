"""Forked processes: each has connections of its own, and waits for no renewal of its parent's."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from globus_typed import (
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    CommandLineLoginFlowManager,
    GlobusAppConfig,
    GlobusAuthorizer,
    GlobusUsageError,
    NativeAppAuthClient,
    RefreshTokenAuthorizer,
    Scope,
    ScopeParser,
    TokenResponse,
    TransferClient,
    UserApp,
)
from globus_typed.core import transport

from .meeting import ID, NOW, PATIENCE, Globus

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system"),
    # That a process with threads forks is what is tested here.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def in_child(work: Callable[[], bool]) -> bool:
    """Whether the work was done, and True, in a forked process in due time."""

    def run() -> None:
        # Nothing of the parent's, such as its executors, is to be ended.
        os._exit(not work())

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0


@pytest.fixture
def echo() -> Iterator[tuple[str, set[tuple[str, int]]]]:
    """A server that answers with the id that it was asked for, and the addresses of those who asked."""
    peers: set[tuple[str, int]] = set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            peers.add(self.client_address)
            body = b'{"id": "%s"}' % self.path.rpartition("/")[2].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket.listen(128)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", peers
    server.shutdown()
    thread.join()
    server.server_close()


def test_threads_of_forked_processes_get_their_own_responses(echo: tuple[str, set[tuple[str, int]]]) -> None:
    url, peers = echo
    tc = TransferClient(base_url=url)
    other = tc.with_options(timeout=9)

    def work() -> bool:
        names = [f"{os.getpid()}-{number}" for number in range(100)]
        return [tc.get_endpoint(name).id for name in names] == [other.get_endpoint(name).id for name in names] == names

    assert work()
    own = set(peers)
    processes = [multiprocessing.get_context("fork").Process(target=lambda: os._exit(not work())) for _ in range(4)]
    for process in processes:
        process.start()
    assert work()
    for process in processes:
        process.join(PATIENCE)
        assert process.exitcode == 0
    assert work()
    # The parent's connection is the one it had, and each child has one.
    assert own < peers
    assert len(peers) == 5
    tc.close()


def test_tasks_of_forked_processes_get_their_own_responses(echo: tuple[str, set[tuple[str, int]]]) -> None:
    url, _ = echo
    tc = AsyncTransferClient(base_url=url)

    async def calls() -> bool:
        names = [f"{os.getpid()}-{number}" for number in range(50)]
        return [each.id for each in await asyncio.gather(*map(tc.get_endpoint, names))] == names

    async def main() -> None:
        assert await calls()
        for _ in range(3):
            assert in_child(lambda: asyncio.run(calls()))
            assert await calls()
        await tc.aclose()

    asyncio.run(main())


def test_a_closed_client_stays_closed_in_a_forked_process(echo: tuple[str, set[tuple[str, int]]]) -> None:
    tc = TransferClient(base_url=echo[0])
    tc.get_endpoint("x")
    tc.close()

    def work() -> bool:
        with pytest.raises(GlobusUsageError, match="closed"):
            tc.get_endpoint("x")
        return True

    assert in_child(work)


def test_an_http_client_of_ones_own_is_refused_in_a_forked_process(echo: tuple[str, set[tuple[str, int]]]) -> None:
    with httpx.Client() as http:
        used = TransferClient(base_url=echo[0], http_client=http)
        used.get_endpoint("x")

        def work() -> bool:
            with pytest.raises(GlobusUsageError, match=r"^http_client: .* forked"):
                used.get_endpoint("x")
            return True

        assert in_child(work)
        assert used.get_endpoint("y").id == "y"


@pytest.fixture
def globus(monkeypatch: pytest.MonkeyPatch) -> Globus:
    """A Globus that all clients of this package reach by connections of their own."""
    globus = Globus()

    def http_client(verify: bool | str) -> httpx.Client:
        return globus.sync()

    def async_http_client(verify: bool | str) -> httpx.AsyncClient:
        return globus.tasks()

    monkeypatch.setattr(transport, "http_client", http_client)
    monkeypatch.setattr(transport, "async_http_client", async_http_client)
    return globus


def expired(kind: str) -> RefreshTokenAuthorizer:
    app = (NativeAppAuthClient if kind == "threads" else AsyncNativeAppAuthClient)(ID)
    return RefreshTokenAuthorizer("refresh-0", app, access_token="access-0", expires_at=NOW - 1, clock=lambda: NOW)


def call(authorizer: GlobusAuthorizer, kind: str) -> str:
    if kind == "threads":
        return TransferClient(authorizer).get_endpoint(ID).id

    async def main() -> str:
        return (await AsyncTransferClient(authorizer).get_endpoint(ID)).id

    return asyncio.run(main())


@pytest.mark.parametrize("kind", ["threads", "tasks"])
def test_a_process_forked_during_a_renewal_makes_its_own(kind: str, globus: Globus) -> None:
    globus.rotates = False
    asked, go_on = threading.Event(), threading.Event()
    parent = os.getpid()

    def hold(number: int) -> None:
        if os.getpid() == parent:
            asked.set()
            assert go_on.wait(PATIENCE)

    globus.at_refresh = hold
    authorizer = expired(kind)
    outcomes: list[str] = []
    thread = threading.Thread(target=lambda: outcomes.append(call(authorizer, kind)))
    thread.start()
    assert asked.wait(PATIENCE)
    done = in_child(lambda: call(authorizer, kind) == ID)
    go_on.set()
    thread.join(PATIENCE)
    assert done
    assert outcomes == [ID]


def test_a_process_forked_while_a_thread_asks_for_a_renewal_can_go_on(globus: Globus) -> None:
    held, go_on = threading.Event(), threading.Event()
    parent = os.getpid()

    def clock() -> float:
        if os.getpid() == parent and threading.current_thread() is not threading.main_thread():
            held.set()
            assert go_on.wait(PATIENCE)
        return NOW

    authorizer = RefreshTokenAuthorizer("refresh-0", NativeAppAuthClient(ID), clock=clock)
    thread = threading.Thread(target=lambda: call(authorizer, "threads"))
    thread.start()
    assert held.wait(PATIENCE)
    done = in_child(lambda: call(authorizer, "threads") == ID)
    go_on.set()
    thread.join(PATIENCE)
    assert done


def test_a_process_forked_by_the_one_who_renews_goes_on(globus: Globus) -> None:
    authorizer = expired("threads")
    done: list[bool] = []

    def fork(tokens: TokenResponse) -> None:
        done.append(in_child(lambda: call(authorizer, "threads") == ID))

    authorizer.on_refresh = fork
    assert call(authorizer, "threads") == ID
    assert done == [True]


def test_a_fork_while_a_thread_adds_requirements_to_an_app(monkeypatch: pytest.MonkeyPatch) -> None:
    forked, adding = threading.Event(), threading.Event()
    app = UserApp("Lab sync", client_id=ID, config=GlobusAppConfig(token_storage="memory"))
    merge = ScopeParser.merge_scopes

    def slow_merge(before: Iterable[Scope], added: Iterable[Scope]) -> list[Scope]:
        if before and not forked.is_set():  # what is added to the requirements, for which their lock is held
            adding.set()
            assert forked.wait(PATIENCE)
        return merge(before, added)

    def add() -> bool:
        forked.set()
        app.add_scope_requirements({"auth.globus.org": "profile"})
        return [*map(str, app.scope_requirements["auth.globus.org"])] == ["openid", "profile"]

    monkeypatch.setattr(ScopeParser, "merge_scopes", staticmethod(slow_merge))
    thread = threading.Thread(target=app.add_scope_requirements, args=({"auth.globus.org": "email"},))
    thread.start()
    assert adding.wait(PATIENCE)
    try:
        assert in_child(add)
    finally:
        forked.set()
        thread.join()
    app.close()


def test_a_fork_while_a_thread_logs_an_app_in() -> None:
    forked, asked = threading.Event(), threading.Event()

    def ask(url: str) -> str:
        asked.set()
        assert forked.wait(PATIENCE)
        raise EOFError

    config = GlobusAppConfig(token_storage="memory", login_flow_manager=CommandLineLoginFlowManager(ask=ask))
    app = UserApp("Lab sync", client_id=ID, config=config)

    def log_in() -> bool:
        forked.set()
        with pytest.raises(EOFError):
            app.login()
        return True

    def first_login() -> None:
        with pytest.raises(EOFError):
            app.login()

    thread = threading.Thread(target=first_login)
    thread.start()
    assert asked.wait(PATIENCE)
    try:
        assert in_child(log_in)
    finally:
        forked.set()
        thread.join()
    app.close()
