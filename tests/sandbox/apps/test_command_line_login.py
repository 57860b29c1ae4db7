"""A login by a link and a code: in a terminal, by a function of the program's own, and with nobody there."""

import io
import sys
from collections.abc import Callable, Iterator
from traceback import TracebackException

import httpx
import pytest

from globus_typed import ConfidentialAppAuthClient, GlobusUsageError, LoginRequiredError, NativeAppAuthClient
from globus_typed.apps.errors import CommandLineLoginFlowEOFError, LoginDeniedError, LoginError
from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.sandbox import Sandbox

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
PARAMETERS = AuthorizationParameters(required_scopes=("openid", TRANSFER))


@pytest.fixture
def client(globus_sandbox: Sandbox) -> Iterator[NativeAppAuthClient]:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as client:
        yield client


def code_of(authorize_url: str) -> str:
    response = httpx.get(authorize_url, headers={"Accept": "text/plain"})
    response.raise_for_status()
    return response.text.strip()


def state_of(authorize_url: str) -> str:
    return httpx.URL(authorize_url).params["state"]


def test_a_function_asks(client: NativeAppAuthClient, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[str] = []

    def ask(authorize_url: str) -> str:
        asked.append(authorize_url)
        return f"  {code_of(authorize_url)}\n"

    tokens = CommandLineLoginFlowManager(client, ask=ask, request_refresh_tokens=True).run_login_flow(PARAMETERS)
    assert tokens.by_resource_server["transfer.api.globus.org"].refresh_token
    assert len(asked) == 1
    assert len(state_of(asked[0])) >= 43
    assert capsys.readouterr() == ("", "")
    assert client.current_oauth2_flow_manager is None


def test_each_login_has_a_state_and_a_verifier_of_its_own(client: NativeAppAuthClient) -> None:
    asked: list[httpx.URL] = []

    def ask(authorize_url: str) -> str:
        asked.append(httpx.URL(authorize_url))
        return code_of(authorize_url)

    flow = CommandLineLoginFlowManager(client, ask=ask)
    flow.run_login_flow(PARAMETERS)
    flow.run_login_flow(PARAMETERS)
    for name in ("state", "code_challenge"):
        assert len({url.params[name] for url in asked}) == 2


def test_what_a_refused_request_asks_for_goes_into_the_link(client: NativeAppAuthClient) -> None:
    asked: list[httpx.URL] = []

    def ask(authorize_url: str) -> str:
        asked.append(httpx.URL(authorize_url))
        return code_of(authorize_url)

    parameters = AuthorizationParameters(
        required_scopes=(TRANSFER,), session_message="once more", session_required_mfa=True, prompt="login"
    )
    CommandLineLoginFlowManager(ask=ask).bound_to(client, prefill="lab on here").run_login_flow(parameters)
    params = asked[0].params
    assert params["session_message"] == "once more"
    assert params["session_required_mfa"] == "True"
    assert params["prompt"] == "login"
    assert params["scope"] == TRANSFER
    assert params["prefill_named_grant"] == "lab on here"


@pytest.mark.parametrize(
    "error", [SystemExit("no"), EOFError(), KeyboardInterrupt(), LoginError("gone"), GlobusUsageError("no")]
)
def test_exceptions_of_the_function_pass_through(client: NativeAppAuthClient, error: BaseException) -> None:
    def ask(authorize_url: str) -> str:
        asked.append(authorize_url)
        raise error

    asked: list[str] = []
    with pytest.raises(type(error)) as caught:
        CommandLineLoginFlowManager(client, ask=ask).run_login_flow(PARAMETERS)
    assert caught.value is error
    assert len(asked) == 1


class Terminal:
    """Somebody who types, line by line; each line may be made from the link that was shown."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.lines: list[Callable[[str], str]] = []
        self.link = ""
        self.shown = ""
        self._capsys = capsys
        monkeypatch.setattr("builtins.input", self._input)

    def _input(self, prompt: str = "") -> str:
        self.look()
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)(self.link)

    def look(self) -> None:
        out, err = self._capsys.readouterr()
        assert out == ""
        self.shown += err
        self.link = next((line for line in self.shown.splitlines() if line.startswith("http")), "")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def test_a_code_is_typed(client: NativeAppAuthClient, terminal: Terminal) -> None:
    terminal.lines = [code_of]
    assert CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS).by_resource_server
    assert terminal.link.startswith(client.base_url)


def test_the_address_of_the_browser_is_pasted(client: NativeAppAuthClient, terminal: Terminal) -> None:
    terminal.lines = [lambda link: f"https://anywhere.example/x?state={state_of(link)}&code={code_of(link)}"]
    assert CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS).by_resource_server


def test_a_wrong_code_may_be_typed_twice(client: NativeAppAuthClient, terminal: Terminal) -> None:
    terminal.lines = [lambda link: "wrong", lambda link: "two words", code_of]
    assert CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS).by_resource_server
    assert "Globus Auth refused the code: it is wrong, too old, or was used before" in terminal.shown
    assert terminal.shown.count("refused the code") == 1


def test_no_traceback_shows_a_code_or_the_secrets_of_the_login(client: NativeAppAuthClient) -> None:
    asked: list[str] = []

    def ask(authorize_url: str) -> str:
        asked.append(authorize_url)
        return "-".join(("a", "wrong", "code"))

    with pytest.raises(LoginError) as caught:
        CommandLineLoginFlowManager(client, ask=ask).run_login_flow(PARAMETERS)
    shown = "".join(TracebackException.from_exception(caught.value, capture_locals=True).format())
    ours = shown.partition("login_flows")[2]  # what comes before is this test, which knows
    assert "run_login_flow" in shown
    assert "a-wrong-code" not in ours


def test_the_third_wrong_code_ends_the_login(client: NativeAppAuthClient, terminal: Terminal) -> None:
    terminal.lines = [lambda link: "wrong"] * 4
    with pytest.raises(LoginError, match="refused the code"):
        CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS)
    assert len(terminal.lines) == 1


def test_the_address_of_another_login_is_refused(client: NativeAppAuthClient, terminal: Terminal) -> None:
    terminal.lines = [lambda link: f"https://anywhere.example/?state=other&code={code_of(link)}"] * 3
    with pytest.raises(GlobusUsageError, match="state: is not the one that this login was started with"):
        CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS)


def test_the_address_of_a_login_that_was_denied(client: NativeAppAuthClient, terminal: Terminal) -> None:
    terminal.lines = [lambda link: f"https://anywhere.example/?state={state_of(link)}&error=access_denied"]
    with pytest.raises(LoginDeniedError, match="the login was refused: access_denied"):
        CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS)


def test_the_end_of_the_input_is_a_login_error(client: NativeAppAuthClient, terminal: Terminal) -> None:
    with pytest.raises(CommandLineLoginFlowEOFError, match="the input ended") as caught:
        CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS)
    assert isinstance(caught.value, EOFError)
    assert isinstance(caught.value, LoginError)


def test_nobody_is_asked_where_input_is_no_terminal(
    client: NativeAppAuthClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a code\n"))
    with pytest.raises(LoginRequiredError, match="standard input is no terminal") as caught:
        CommandLineLoginFlowManager(client).run_login_flow(PARAMETERS)
    error = caught.value
    assert capsys.readouterr() == ("", "")
    assert error.authorize_url
    assert error.authorize_url.startswith(client.base_url)
    assert error.scopes == ("openid", TRANSFER)
    assert error.reason == "standard input is no terminal"
    assert error.hint
    assert "globus-typed login" in error.hint
    assert str(error).endswith(error.hint)
    assert state_of(error.authorize_url) not in str(error)


def test_a_class_of_ones_own_asks_in_its_own_way(client: NativeAppAuthClient) -> None:
    class Window(CommandLineLoginFlowManager):
        def print_authorize_url(self, authorize_url: str) -> None:
            links.append(authorize_url)

        def prompt_for_code(self) -> str:
            return code_of(links[-1])

    links: list[str] = []
    assert Window(client).run_login_flow(PARAMETERS).by_resource_server


def test_what_cannot_be_is_refused(client: NativeAppAuthClient, globus_sandbox: Sandbox) -> None:
    def ask(authorize_url: str) -> str:
        raise AssertionError("asked")

    with pytest.raises(GlobusUsageError, match="ask: must be a function of the URL, got str"):
        CommandLineLoginFlowManager(ask="code")  # type: ignore[arg-type]  # the wrong use that is refused
    with pytest.raises(GlobusUsageError, match="ask: must return the code as a str, got NoneType"):
        CommandLineLoginFlowManager(client, ask=lambda url: None).run_login_flow(PARAMETERS)  # type: ignore[arg-type, return-value]  # the wrong use that is refused
    with pytest.raises(GlobusUsageError, match="required_scopes: a login asks for at least one scope"):
        CommandLineLoginFlowManager(client, ask=ask).run_login_flow(AuthorizationParameters(prompt="login"))
    with pytest.raises(GlobusUsageError, match="login_client: CommandLineLoginFlowManager has none"):
        CommandLineLoginFlowManager(ask=ask).run_login_flow(PARAMETERS)
    with pytest.raises(GlobusUsageError, match='prompt: must be "login" or None'):
        CommandLineLoginFlowManager(client, ask=ask).run_login_flow(
            AuthorizationParameters(required_scopes=(TRANSFER,), prompt="none")
        )
    for uri, problem in {
        "http://portal.example/back": "must be an https URL",
        "https://portal.example/back#part": "without a fragment",
    }.items():
        with pytest.raises(GlobusUsageError, match=problem):
            CommandLineLoginFlowManager(client, ask=ask, redirect_uri=uri).run_login_flow(PARAMETERS)
    with (
        ConfidentialAppAuthClient(globus_sandbox.client_id, "a secret of no matter") as confidential,
        pytest.raises(GlobusUsageError, match="login_redirect_uri: a confidential app needs one"),
    ):
        CommandLineLoginFlowManager(confidential, ask=ask).run_login_flow(PARAMETERS)


def test_a_confidential_app_logs_its_user_in(globus_sandbox: Sandbox) -> None:
    home = "https://portal.example/back"
    app = globus_sandbox.add_app("Larkspur portal", redirect_uris=[home])
    assert app.secret is not None
    with ConfidentialAppAuthClient(app.client_id, app.secret) as client:
        flow = CommandLineLoginFlowManager(ask=code_of).bound_to(client, redirect_uri=home)
        assert flow.run_login_flow(PARAMETERS).by_resource_server


def test_a_flow_with_a_client_stays_as_it_is(client: NativeAppAuthClient, globus_sandbox: Sandbox) -> None:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as other:
        given = CommandLineLoginFlowManager(other, ask=code_of)
        assert given.bound_to(client, request_refresh_tokens=True) is given
        free = CommandLineLoginFlowManager(ask=code_of, native_prefill_named_grant="mine")
        bound = free.bound_to(client, request_refresh_tokens=True, prefill="theirs")
        assert (bound.login_client, bound.request_refresh_tokens) == (client, True)
        assert bound.native_prefill_named_grant == "mine"
        assert free.login_client is None
