"""Programs that carry their own native app: an id that the sandbox does not know, redirects to localhost."""

import httpx
import pytest

from globus_typed import ConfidentialAppAuthClient, NativeAppAuthClient
from globus_typed.sandbox import Sandbox

OWN = "2b1c7a8e-64f3-4d0a-9a57-0c4d1e9f3b21"
CODE_PAGE = "https://auth.globus.org/v2/web/auth-code"


def ask(client_id: str, redirect_uri: str | None = None) -> tuple[NativeAppAuthClient, httpx.Response]:
    app = NativeAppAuthClient(client_id)
    app.oauth2_start_flow("openid", redirect_uri=redirect_uri)
    return app, httpx.get(app.oauth2_get_authorize_url(), headers={"Accept": "text/plain"})


@pytest.mark.parametrize(
    "redirect_uri", [None, CODE_PAGE, "http://localhost:53123", "http://127.0.0.1:8080/callback", "http://[::1]:9/"]
)
def test_an_id_that_is_not_registered_becomes_a_native_app(
    globus_sandbox: Sandbox, capfd: pytest.CaptureFixture[str], redirect_uri: str | None
) -> None:
    for _ in range(2):
        app, response = ask(OWN, redirect_uri)
        assert app.oauth2_exchange_code_for_tokens(response.text).access_token
    said = [line for line in capfd.readouterr().err.splitlines() if OWN in line]
    assert said == [f"sandbox: {OWN} is registered as a native app, since a program uses it"]


def test_a_registered_native_app_may_use_any_local_port(globus_sandbox: Sandbox) -> None:
    app, response = ask(globus_sandbox.native_client_id, "http://localhost:53123/")
    assert app.oauth2_exchange_code_for_tokens(response.text).access_token


@pytest.mark.parametrize(
    "redirect_uri", ["https://portal.example/", "http://localhost.example:80/", "http://user@localhost:80/"]
)
def test_a_redirect_to_elsewhere_registers_nothing(globus_sandbox: Sandbox, redirect_uri: str) -> None:
    assert "no app is registered" in ask(OWN, redirect_uri)[1].text
    assert globus_sandbox.auth.directory.app(OWN) is None


def test_one_that_was_deleted_or_is_no_uuid_or_uses_no_pkce_is_refused(globus_sandbox: Sandbox) -> None:
    gone = globus_sandbox.add_app("Gone", native=True)
    globus_sandbox.remove_app(gone)
    assert ask(gone.client_id)[1].status_code == 400
    query = {"client_id": OWN, "redirect_uri": CODE_PAGE, "response_type": "code", "scope": "openid"}
    for client_id in (OWN, "nonsense", globus_sandbox.user.id):
        url = f"{globus_sandbox.url}/v2/oauth2/authorize"
        response = httpx.get(url, params={**query, "client_id": client_id}, headers={"Accept": "text/plain"})
        assert "no app is registered" in response.text


def test_strict_apps_refuses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox(strict_apps=True) as sandbox:
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        assert "no app is registered" in ask(OWN)[1].text


GLOBUS_CLI = "95fdeba8-fac2-42bd-a357-e068d82ff78e"


def instance_of(sandbox: Sandbox, template: str) -> ConfidentialAppAuthClient:
    """An app as each installation of a program has one made for it, before anybody has logged in."""
    body = {"client": {"template_id": template, "name": "Globus CLI"}}
    made = httpx.post(f"{sandbox.url}/v2/api/clients", json=body).json()["included"]["client_credential"]
    return ConfidentialAppAuthClient(made["client"], made["secret"])


@pytest.mark.parametrize("page", ["{url}/v2/web/auth-code", CODE_PAGE, "http://localhost:53123"])
def test_an_instance_of_a_native_app_redirects_as_that_does(globus_sandbox: Sandbox, page: str) -> None:
    with instance_of(globus_sandbox, GLOBUS_CLI) as app:
        app.oauth2_start_flow(page.format(url=globus_sandbox.url), "openid", refresh_tokens=True)
        response = httpx.get(app.oauth2_get_authorize_url(), headers={"Accept": "text/plain"})
        tokens = app.oauth2_exchange_code_for_tokens(response.text)
        assert tokens.refresh_token is not None
        assert app.oauth2_refresh_token(tokens.refresh_token).access_token


def test_an_instance_redirects_nowhere_else(globus_sandbox: Sandbox) -> None:
    portal = globus_sandbox.add_app("Portal", native=True, redirect_uris=["http://127.0.0.1/portal"])
    for template, page in ((GLOBUS_CLI, "https://portal.example/"), (portal.client_id, "http://localhost:53123/")):
        with instance_of(globus_sandbox, template) as app:
            app.oauth2_start_flow(page, "openid")
            response = httpx.get(app.oauth2_get_authorize_url(), headers={"Accept": "text/plain"})
        assert (response.status_code, "redirect_uri: not registered" in response.text) == (400, True)
