"""A login by a local server: the browser that comes back, and everybody else who knocks."""

import itertools
import os
import socket
import threading
from collections.abc import Callable, Iterator
from string import Template
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from globus_typed import ConfidentialAppAuthClient, GlobusUsageError, NativeAppAuthClient, TokenResponse
from globus_typed.apps.errors import (
    LocalServerEnvironmentalLoginError,
    LocalServerLoginError,
    LoginDeniedError,
    LoginError,
)
from globus_typed.apps.login_flows.local_server import LocalServerLoginFlowManager
from globus_typed.apps.login_flows.pending import PendingLogin
from globus_typed.apps.login_flows.redirect_server import RedirectServer
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.sandbox import Sandbox

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
PARAMETERS = AuthorizationParameters(required_scopes=("openid", TRANSFER))
Reply = tuple[int, str]


@pytest.fixture
def client(globus_sandbox: Sandbox) -> Iterator[NativeAppAuthClient]:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as client:
        yield client


class Visitor:
    """Somebody who opens the link of a login, and whatever else at the address that it leads back to."""

    def __init__(self, authorize_url: str) -> None:
        query = parse_qs(urlsplit(authorize_url).query)
        self.authorize_url = authorize_url
        self.home = query["redirect_uri"][0]
        self.state = query["state"][0]

    def log_in(self) -> str:
        response = httpx.get(self.authorize_url, headers={"Accept": "text/plain"})
        response.raise_for_status()
        return response.text.strip()

    def get(self, path: str = "/", *, host: str | None = None, method: str = "GET", **query: str) -> Reply:
        url = f"{self.home}{path}?{urlencode(query)}" if query else f"{self.home}{path}"
        response = httpx.request(method, url, headers={"Host": host} if host else {}, timeout=20)
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-store"
        return response.status_code, response.text

    def come_back(self) -> Reply:
        return self.get(code=self.log_in(), state=self.state)


class Played:
    """A login in which the visitor plays a part in place of the browser."""

    def __init__(
        self, client: NativeAppAuthClient, part: Callable[[Visitor], list[Reply]], timeout: float = 30
    ) -> None:
        self.replies: list[Reply] = []
        self.visitors: list[Visitor] = []
        self._part = part
        self._over = threading.Event()
        self.flow = LocalServerLoginFlowManager(client, open_browser=self._open, timeout=timeout)

    def _open(self, authorize_url: str) -> None:
        try:
            visitor = Visitor(authorize_url)
            self.visitors.append(visitor)
            self.replies.extend(self._part(visitor))
        finally:
            self._over.set()

    def run(self) -> TokenResponse:
        try:
            return self.flow.run_login_flow(PARAMETERS)
        finally:
            assert self._over.wait(20)
            with pytest.raises(httpx.ConnectError):  # the port is closed, however it ended
                httpx.get(self.visitors[0].home)


def test_the_browser_comes_back_with_the_code(
    client: NativeAppAuthClient, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    played = Played(client, lambda visitor: [visitor.come_back()])
    tokens = played.run()
    assert set(tokens.by_resource_server) == {"auth.globus.org", "transfer.api.globus.org"}
    ((status, page),) = played.replies
    assert status == 200
    assert "You are logged in" in page
    assert "close this window" in page
    (visitor,) = played.visitors
    assert urlsplit(visitor.home).hostname == "127.0.0.1"
    assert len(visitor.state) >= 43
    out, err = capsys.readouterr()
    assert out == ""
    assert visitor.authorize_url in err
    assert err.count("\n") < 6  # and no log of requests


def test_strangers_are_turned_away_and_the_login_goes_on(client: NativeAppAuthClient) -> None:
    def part(visitor: Visitor) -> list[Reply]:
        port = urlsplit(visitor.home).port
        return [
            visitor.get("/favicon.ico"),
            visitor.get("/"),
            visitor.get("/other", code="stolen", state=visitor.state),
            visitor.get(code="stolen", state=visitor.state, method="POST"),
            visitor.get(code="stolen", state=visitor.state, method="PUT"),
            visitor.get(code="stolen", state=visitor.state, host="rebound.example"),
            visitor.get(code="stolen", state=visitor.state, host=f"127.0.0.1.rebound.example:{port}"),
            visitor.get(code="stolen", state=visitor.state, host="127.0.0.1:1"),
            visitor.get(code="stolen", state="_default"),
            visitor.get(code="stolen", state=visitor.state[:-1]),
            visitor.get(code="stolen", state="\u2603"),
            visitor.get(error="access_denied", state="guessed"),
            visitor.get(state=visitor.state),
            visitor.get("/?state=" + visitor.state + "&code=a&code=b"),
            visitor.come_back(),
        ]

    played = Played(client, part)
    played.run()
    assert [status for status, _ in played.replies] == [404] * 8 + [400] * 6 + [200]
    assert "still waits" in played.replies[8][1]
    assert not any("stolen" in page or "rebound" in page for _, page in played.replies)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_known_by_each_of_its_names(client: NativeAppAuthClient, host: str) -> None:
    def part(visitor: Visitor) -> list[Reply]:
        named = f"{host}:{urlsplit(visitor.home).port}"
        return [visitor.get(host=named, code=visitor.log_in(), state=visitor.state)]

    played = Played(client, part)
    played.run()
    assert [status for status, _ in played.replies] == [200]


def test_a_browser_of_ipv6_finds_the_server(client: NativeAppAuthClient) -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("no IPv6 on this machine")

    def part(visitor: Visitor) -> list[Reply]:
        visitor.home = visitor.home.replace("127.0.0.1", "[::1]")
        return [visitor.come_back()]

    played = Played(client, part)
    played.run()
    assert [status for status, _ in played.replies] == [200]


def test_a_second_tab_is_told_that_the_login_is_complete(
    client: NativeAppAuthClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_is_there, second_is_told = threading.Event(), threading.Event()
    replies: list[Reply] = []

    def finish_login(self: LocalServerLoginFlowManager, pending: PendingLogin, code: str) -> TokenResponse:
        first_is_there.set()
        assert second_is_told.wait(10)
        return finish(self, pending, code)

    finish = LocalServerLoginFlowManager.finish_login
    monkeypatch.setattr(LocalServerLoginFlowManager, "finish_login", finish_login)

    def part(visitor: Visitor) -> list[Reply]:
        tab = threading.Thread(target=lambda: replies.append(visitor.come_back()))
        tab.start()
        assert first_is_there.wait(10)
        second = visitor.come_back()
        second_is_told.set()
        tab.join()
        return [*replies, second]

    played = Played(client, part)
    played.run()
    (_, done), (status, page) = played.replies
    assert "You are logged in" in done
    assert status == 200
    assert "already complete" in page


def test_a_refusal_is_told_here_and_there(client: NativeAppAuthClient) -> None:
    def part(visitor: Visitor) -> list[Reply]:
        return [visitor.get(error="access_denied", error_description="<b>No</b> \x1b[31m", state=visitor.state)]

    played = Played(client, part)
    with pytest.raises(LoginDeniedError) as caught:
        played.run()
    assert caught.value.error == "access_denied"
    assert caught.value.error_description == "<b>No</b>  [31m"
    ((status, page),) = played.replies
    assert status == 403
    assert "The login was refused" in page
    assert "&lt;b&gt;No&lt;/b&gt;" in page
    assert "<b>" not in page


def test_a_code_that_is_refused_is_told_here_and_there(client: NativeAppAuthClient) -> None:
    played = Played(client, lambda visitor: [visitor.get(code="wrong", state=visitor.state)])
    with pytest.raises(LoginError, match="refused the code"):
        played.run()
    ((status, page),) = played.replies
    assert status == 502
    assert "did not succeed" in page


def test_nobody_comes_in_time(client: NativeAppAuthClient) -> None:
    clock = itertools.count(0, 301)
    flow = LocalServerLoginFlowManager(client, open_browser=lambda url: True, clock=lambda: float(next(clock)))
    with pytest.raises(LocalServerLoginError, match="within 600 seconds"):
        flow.run_login_flow(PARAMETERS)


def test_the_link_serves_when_no_browser_opens(client: NativeAppAuthClient, capsys: pytest.CaptureFixture[str]) -> None:
    def part(visitor: Visitor) -> list[Reply]:
        replies: list[Reply] = []
        person = threading.Thread(target=lambda: replies.append(visitor.come_back()))
        person.start()
        people.append(person)
        raise OSError("there is no browser")

    people: list[threading.Thread] = []
    played = Played(client, part)
    assert played.run().by_resource_server
    people[0].join()
    assert played.visitors[0].authorize_url in capsys.readouterr().err


@pytest.mark.parametrize("outcome", [False, OSError("no")])
def test_a_browser_that_must_open_and_does_not(
    client: NativeAppAuthClient, outcome: object, capsys: pytest.CaptureFixture[str]
) -> None:
    def open_browser(url: str) -> object:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    flow = LocalServerLoginFlowManager(client, open_browser=open_browser, require_browser=True)
    with pytest.raises(LocalServerEnvironmentalLoginError, match="no browser could be opened"):
        flow.run_login_flow(PARAMETERS)
    assert capsys.readouterr().err == ""


def test_ctrl_c_ends_the_wait_and_closes_the_port(client: NativeAppAuthClient, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Visitor] = []

    def wait(self: RedirectServer, timeout: float, clock: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(RedirectServer, "wait", wait)
    flow = LocalServerLoginFlowManager(
        client, open_browser=lambda url: opened.append(Visitor(url)), require_browser=True
    )
    with pytest.raises(KeyboardInterrupt):
        flow.run_login_flow(PARAMETERS)
    with pytest.raises(httpx.ConnectError):
        httpx.get(opened[0].home)


def test_a_connection_that_says_nothing_holds_nobody_up(client: NativeAppAuthClient) -> None:
    def part(visitor: Visitor) -> list[Reply]:
        server = ("127.0.0.1", urlsplit(visitor.home).port or 0)
        with socket.create_connection(server), socket.create_connection(server) as half:
            half.sendall(b"GET / HTT")
            return [visitor.come_back()]

    played = Played(client, part)
    played.run()
    assert [status for status, _ in played.replies] == [200]


def test_a_port_of_ones_own(client: NativeAppAuthClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    played = Played(client, lambda visitor: [visitor.come_back()])
    played.flow.server_address = ("127.0.0.1", port)
    played.run()
    assert played.visitors[0].home == f"http://127.0.0.1:{port}"


def test_a_port_in_use_is_told(client: NativeAppAuthClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        flow = LocalServerLoginFlowManager(client, server_address=("localhost", port))
        with pytest.raises(LocalServerEnvironmentalLoginError, match=f"port {port} of 127.0.0.1 cannot be used"):
            flow.run_login_flow(PARAMETERS)


def test_pages_of_ones_own(client: NativeAppAuthClient) -> None:
    played = Played(client, lambda visitor: [visitor.come_back()])
    played.flow.html_template = Template("<h1>$login_result</h1> costs $5")
    played.run()
    assert played.replies == [(200, "<h1>You are logged in</h1> costs $5")]


def test_many_logins_at_once_do_not_mix(client: NativeAppAuthClient) -> None:
    def part(visitor: Visitor) -> list[Reply]:
        return [visitor.come_back()]

    logins = [Played(client, part) for _ in range(5)]
    found: list[TokenResponse] = []

    def run(login: Played) -> None:
        found.append(login.run())

    threads = [threading.Thread(target=run, args=(login,)) for login in logins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 5
    assert len({login.visitors[0].state for login in logins}) == 5
    assert client.current_oauth2_flow_manager is None


def test_what_cannot_be_is_refused(client: NativeAppAuthClient, globus_sandbox: Sandbox) -> None:
    with pytest.raises(GlobusUsageError, match=r"server_address: must be of this machine alone.*'0\.0\.0\.0'"):
        LocalServerLoginFlowManager(server_address=("0.0.0.0", 0))
    with pytest.raises(GlobusUsageError, match="port must be from 0 to 65535"):
        LocalServerLoginFlowManager(server_address=("localhost", 65536))
    with pytest.raises(GlobusUsageError, match="timeout"):
        LocalServerLoginFlowManager(timeout=0)
    with pytest.raises(GlobusUsageError, match="login_client: LocalServerLoginFlowManager has none"):
        LocalServerLoginFlowManager().run_login_flow(PARAMETERS)
    with pytest.raises(GlobusUsageError, match="login_redirect_uri: the local server has its own"):
        LocalServerLoginFlowManager().bound_to(client, redirect_uri="https://portal.example/back")
    with pytest.raises(GlobusUsageError, match="required_scopes: a login asks for at least one scope"):
        LocalServerLoginFlowManager(client).run_login_flow(AuthorizationParameters())
    secret = os.environ["GLOBUS_SANDBOX_CLIENT_SECRET"]
    with (
        ConfidentialAppAuthClient(globus_sandbox.client_id, secret) as confidential,
        pytest.raises(GlobusUsageError, match="client_secret: a login by a local server is for native apps"),
    ):
        LocalServerLoginFlowManager(confidential)
