"""The Flask example, used by visitors: each has a browser's cookies, of the app and of the sandbox."""

import importlib.util
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from globus_typed import ConfidentialAppAuthClient
from globus_typed.sandbox import Sandbox

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "flask_login.py"
SITE = "http://localhost:5000"


@pytest.fixture
def app(globus_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The example as it stands, with its settings in the environment."""
    monkeypatch.setenv("FLASK_SECRET_KEY", "only-for-trying")
    monkeypatch.setenv("FLASK_APP_CLIENT_ID", globus_sandbox.client_id)
    monkeypatch.setenv("FLASK_APP_CLIENT_SECRET", globus_sandbox.client_secret)
    spec = importlib.util.spec_from_file_location("flask_login_example", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    example: Flask = module.app
    # A mistake in a view is a mistake in the test.
    example.testing = True
    return example


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, app: Flask) -> None:
        self.site: FlaskClient = app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.site.get(path, base_url=SITE)

    def start(self) -> str:
        """Where the app sends who wants to see it: the address of the login."""
        assert self.get("/").location == "/login"
        response = self.get("/login")
        assert response.status_code == 302
        assert response.location
        return response.location

    def answer(self, authorize_url: str, decision: str = "allow", username: str = "wren@sandbox.example") -> str:
        """Log in at the sandbox, and allow or deny; gives the path and query that the browser comes back to."""
        with httpx.Client(headers={"Accept": "text/html"}, follow_redirects=True) as browser:
            page = browser.get(authorize_url)
            page = browser.post(_action(page), data={**_hidden(page), "username": username})
            assert "Give Sandbox confidential app access?" in page.text
            fields = {**_hidden(page), "decision": decision}
            location = browser.post(_action(page), data=fields, follow_redirects=False).headers["location"]
        assert location.startswith(f"{SITE}/login?")
        return str(location).removeprefix(SITE)

    def tokens(self) -> dict[str, dict[str, Any]]:
        with self.site.session_transaction(base_url=SITE) as session:
            return dict(session.get("tokens", {}))


def _hidden(page: httpx.Response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page.text))


def _action(page: httpx.Response) -> str:
    found = re.search(r'<form[^>]* action="([^"]+)"', page.text)
    assert found is not None
    return str(page.url.join(found[1].replace("&amp;", "&")))


def test_login_then_transfer_then_logout(app: Flask, globus_sandbox: Sandbox) -> None:
    visitor = Visitor(app)
    back = visitor.get(visitor.answer(visitor.start()))
    assert back.location == "/"
    page = visitor.get("/")
    assert page.status_code == 200
    assert f"Sandbox Source ({globus_sandbox.source.id})" in page.text
    assert f"Sandbox Destination ({globus_sandbox.destination.id})" in page.text
    tokens = [token["access_token"] for token in visitor.tokens().values()]
    assert len(tokens) == 2

    response = visitor.get("/logout")
    assert response.status_code == 302
    assert response.location
    assert response.location.startswith(f"{globus_sandbox.url}/v2/web/logout?")
    query = parse_qs(urlsplit(response.location).query)
    assert query["client"] == [globus_sandbox.client_id]
    assert query["redirect_uri"] == [f"{SITE}/"]
    assert f'<a href="{SITE}/">' in httpx.get(response.location).text
    with ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret) as client:
        assert [client.oauth2_token_introspect(token).active for token in tokens] == [False, False]
    assert visitor.tokens() == {}
    assert visitor.get("/").location == "/login"


def test_each_visitor_has_a_login_of_their_own(app: Flask) -> None:
    first, second = Visitor(app), Visitor(app)
    starts = first.start(), second.start()
    states = [parse_qs(urlsplit(start).query)["state"] for start in starts]
    assert states[0] != states[1]
    assert all(len(state) >= 32 for (state,) in states)
    backs = first.answer(starts[0]), second.answer(starts[1], username="kim@larkspur.example")
    assert first.get(backs[0]).location == "/"
    assert second.get(backs[1]).location == "/"
    assert "Sandbox Source" in first.get("/").text
    assert "Sandbox Source" not in second.get("/").text


def test_a_login_that_somebody_else_started_is_refused(app: Flask) -> None:
    first, second = Visitor(app), Visitor(app)
    back = first.answer(first.start())
    second.start()
    for response in (second.get(back), Visitor(app).get(back)):
        assert response.status_code == 400
        assert "Not logged in" in response.text
    assert second.tokens() == {}


def test_a_code_is_taken_once(app: Flask) -> None:
    visitor = Visitor(app)
    back = visitor.answer(visitor.start())
    assert visitor.get(back).location == "/"
    assert visitor.get(back).status_code == 400


def test_denying_is_told(app: Flask) -> None:
    visitor = Visitor(app)
    response = visitor.get(visitor.answer(visitor.start(), "deny"))
    assert response.status_code == 400
    assert "access_denied" in response.text
    assert visitor.tokens() == {}


def test_a_token_that_is_dead_leads_to_a_new_login(app: Flask, globus_sandbox: Sandbox) -> None:
    visitor = Visitor(app)
    visitor.get(visitor.answer(visitor.start()))
    globus_sandbox.revoke_token(visitor.tokens()["transfer.api.globus.org"]["access_token"])
    assert visitor.get("/").location == "/login"
    visitor.get(visitor.answer(visitor.start()))
    assert visitor.get("/").status_code == 200
