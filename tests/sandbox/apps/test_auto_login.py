"""The login flow that suits the surroundings, what it says of its choice, and notebooks."""

import io
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from globus_typed import ConfidentialAppAuthClient, LoginRequiredError, NativeAppAuthClient
from globus_typed.apps.login_flows.auto import AutoLoginFlowManager
from globus_typed.apps.login_flows.local_server import LocalServerLoginFlowManager
from globus_typed.apps.login_flows.notebook import NotebookLoginFlowManager
from globus_typed.apps.login_flows.surroundings import Surroundings
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.sandbox import Sandbox

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
PARAMETERS = AuthorizationParameters(required_scopes=("openid", TRANSFER))
DESKTOP = Surroundings(environment={"DISPLAY": ":0"}, browser=lambda: "firefox")
SSH = Surroundings(environment={"SSH_TTY": "/dev/pts/1"})


@pytest.fixture
def client(globus_sandbox: Sandbox) -> Iterator[NativeAppAuthClient]:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as client:
        yield client


def code_of(authorize_url: str) -> str:
    response = httpx.get(authorize_url, headers={"Accept": "text/plain"})
    response.raise_for_status()
    return response.text.strip()


def browse(authorize_url: str) -> bool:
    """Log in as a browser would, and come back."""
    query = parse_qs(urlsplit(authorize_url).query)
    answer = {"code": code_of(authorize_url), "state": query["state"][0]}
    return httpx.get(query["redirect_uri"][0], params=answer, timeout=20).is_success


Typing = Callable[[], None]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typing:
    """Has somebody type the code that belongs to the link on standard error."""

    def start() -> None:
        def answer(prompt: str = "") -> str:
            shown.append(capsys.readouterr().err)
            links = [line for line in "".join(shown).splitlines() if line.startswith("http")]
            return code_of(links[-1])

        monkeypatch.setattr("builtins.input", answer)

    return start


shown: list[str] = []


@pytest.fixture(autouse=True)
def nothing_shown() -> None:
    shown.clear()


def test_a_browser_of_this_machine(
    client: NativeAppAuthClient, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "globus_typed")
    flow = AutoLoginFlowManager(client, open_browser=browse, look_around=lambda: DESKTOP)
    assert flow.run_login_flow(PARAMETERS).by_resource_server
    said = "Logging in by the browser of this machine: a browser can be opened here."
    err = capsys.readouterr().err
    assert err.startswith(said)
    assert "http" in err
    assert said in caplog.messages


def test_a_link_in_an_ssh_session(client: NativeAppAuthClient, typing: Typing) -> None:
    typing()
    flow = AutoLoginFlowManager(request_refresh_tokens=True, look_around=lambda: SSH).bound_to(client, prefill="here")
    tokens = flow.run_login_flow(PARAMETERS)
    assert tokens.by_resource_server["transfer.api.globus.org"].refresh_token
    assert shown[0].startswith("Logging in by a link and a code: this is an SSH session (SSH_TTY).")
    assert "prefill_named_grant=here" in shown[0]


def test_a_link_where_no_browser_opens(client: NativeAppAuthClient, typing: Typing) -> None:
    typing()
    flow = AutoLoginFlowManager(client, open_browser=lambda url: False, look_around=lambda: DESKTOP)
    assert flow.run_login_flow(PARAMETERS).by_resource_server
    assert "by a link and a code: no browser could be opened on this machine." in shown[0]
    assert shown[0].count("\nhttp") == 1  # and not a link that leads to nothing


def test_a_link_where_no_port_is_free(
    client: NativeAppAuthClient, typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_port(port: int, template: object) -> None:
        raise OSError(98, "Address already in use")

    typing()
    monkeypatch.setattr("globus_typed.apps.login_flows.redirect_server.RedirectServer", no_port)
    flow = AutoLoginFlowManager(client, open_browser=browse, look_around=lambda: DESKTOP)
    assert flow.run_login_flow(PARAMETERS).by_resource_server
    assert "no port of 127.0.0.1 can be used (Address already in use)." in shown[0]


def test_a_link_for_an_app_with_a_secret(globus_sandbox: Sandbox, typing: Typing) -> None:
    typing()
    home = "https://portal.example/back"
    app = globus_sandbox.add_app("Larkspur portal", redirect_uris=[home])
    assert app.secret is not None
    with ConfidentialAppAuthClient(app.client_id, app.secret) as client:
        flow = AutoLoginFlowManager(look_around=lambda: DESKTOP).bound_to(client, redirect_uri=home)
        assert flow.run_login_flow(PARAMETERS).by_resource_server
    assert shown[0].startswith("Logging in by a link and a code: a redirect URI is given.")


@pytest.mark.parametrize(
    ("here", "reason"),
    [
        (replace(SSH, can_type=False), "SSH session"),
        (replace(DESKTOP, environment={"DISPLAY": ":0", "CI": "true"}), "continuous integration"),
        (Surroundings(environment={"SLURM_JOB_ID": "17"}, can_type=False), "batch job (SLURM_JOB_ID)"),
        (Surroundings(environment={"GLOBUS_TYPED_INTERACTIVE": "0"}), "GLOBUS_TYPED_INTERACTIVE=0"),
        (replace(DESKTOP, can_type=False), "no browser could be opened"),
    ],
)
def test_nobody_to_ask(client: NativeAppAuthClient, here: Surroundings, reason: str) -> None:
    flow = AutoLoginFlowManager(client, open_browser=lambda url: False, look_around=lambda: here)
    with pytest.raises(LoginRequiredError) as caught:
        flow.run_login_flow(PARAMETERS)
    error = caught.value
    assert reason in (error.reason or "")
    assert reason in str(error)
    assert error.scopes == ("openid", TRANSFER)
    assert (error.authorize_url or "").startswith(client.base_url)


def test_nobody_to_ask_is_not_told_of_a_flow(client: NativeAppAuthClient, capsys: pytest.CaptureFixture[str]) -> None:
    flow = AutoLoginFlowManager(client, look_around=lambda: replace(SSH, can_type=False))
    with pytest.raises(LoginRequiredError):
        flow.run_login_flow(PARAMETERS)
    assert capsys.readouterr() == ("", "")


class Notebook(ModuleType):
    """The part of IPython that shows things below a cell."""

    def __init__(self) -> None:
        super().__init__("IPython.display")
        self.cell: list[str] = []

    def HTML(self, text: str) -> str:
        return text

    def display(self, text: str) -> None:
        self.cell.append(text)

    def link(self) -> str:
        (text,) = self.cell
        return text.partition('href="')[2].partition('"')[0].replace("&amp;", "&")


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Notebook:
    module = Notebook()
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", module)
    return module


def test_a_notebook_shows_a_link(
    client: NativeAppAuthClient, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt="": code_of(notebook.link()))
    here = Surroundings(is_notebook=True)
    assert AutoLoginFlowManager(client, look_around=lambda: here).run_login_flow(PARAMETERS).by_resource_server
    assert 'rel="noopener noreferrer"' in notebook.cell[0]


def test_a_notebook_that_runs_with_nobody_before_it(
    client: NativeAppAuthClient, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StdinNotImplementedError(NotImplementedError):
        pass

    def no_input(prompt: str = "") -> str:
        raise StdinNotImplementedError("this frontend does not support input requests")

    monkeypatch.setattr("builtins.input", no_input)
    with pytest.raises(LoginRequiredError, match="nobody is before this notebook"):
        NotebookLoginFlowManager(client).run_login_flow(PARAMETERS)


def test_without_ipython_it_is_a_terminal(client: NativeAppAuthClient, typing: Typing) -> None:
    typing()
    assert NotebookLoginFlowManager(client).run_login_flow(PARAMETERS).by_resource_server
    assert "Open this link in a browser" in shown[0]


def test_a_notebook_flow_without_a_kernel_and_without_a_terminal(
    client: NativeAppAuthClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(LoginRequiredError, match="standard input is no terminal"):
        NotebookLoginFlowManager(client).run_login_flow(PARAMETERS)


def test_an_app_makes_flows_from_its_configuration(client: NativeAppAuthClient) -> None:
    class Config:
        request_refresh_tokens = True
        login_redirect_uri = None
        interactive = False

    for kind in (AutoLoginFlowManager, LocalServerLoginFlowManager, NotebookLoginFlowManager):
        flow = kind.for_globus_app("lab sync", client, Config())
        assert type(flow) is kind
        assert flow.login_client is client
        assert flow.request_refresh_tokens
        assert (flow.native_prefill_named_grant or "").startswith("lab sync on ")
    with pytest.raises(LoginRequiredError, match="interactive=False says so; ask the operator"):
        flow = AutoLoginFlowManager.for_globus_app("lab sync", client, Config())
        flow.hint = "ask the operator"
        flow.run_login_flow(PARAMETERS)
