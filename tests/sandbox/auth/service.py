"""The Auth routes in process, and what a program does with them: log in, send forms, read answers."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import anyio
import httpx
from fastapi import FastAPI

from globus_typed.sandbox.app import create_app
from globus_typed.sandbox.auth.service import PLAYED
from globus_typed.sandbox.auth.state import App, AuthState, SandboxUser
from globus_typed.sandbox.played import known_scopes, played_services
from globus_typed.sandbox.setting import Setting

BASE = "http://auth.test"
TRANSFER_SERVER = "transfer.api.globus.org"
TRANSFER_ALL = "urn:globus:auth:scope:transfer.api.globus.org:all"
LOGIN = "http://127.0.0.1:5000/login"
DEFAULT_SCOPES = f"openid profile email {TRANSFER_ALL}"
VERIFIER = "a-verifier-of-forty-three-characters-or-more"
START = 1_741_088_405.25


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def basic(client_id: str, secret: str | None) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@dataclass
class Service:
    state: AuthState
    user: SandboxUser
    native: App
    confidential: App
    application: FastAPI
    time: float = START

    def get(
        self,
        path: str,
        query: Mapping[str, str] | list[tuple[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return self._send("GET", path, params=query, headers=headers)

    def post(
        self,
        path: str,
        form: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return self._send("POST", path, data=dict(form), headers=headers)

    def call(
        self, method: str, path: str, document: object = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send a document in JSON, if there is one."""
        body: dict[str, Any] = {} if document is None else {"json": document}
        return self._send(method, path, headers=headers, **body)

    def send_raw(self, path: str, body: str, headers: Mapping[str, str]) -> httpx.Response:
        return self._send("POST", path, content=body, headers=headers)

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(self.application)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                return await client.request(method, path, **options)

        return anyio.run(exchange)

    def query(self, app: App, **changes: str | None) -> dict[str, str]:
        """The query of a good authorize URL, with changes; None takes a parameter away."""
        query: dict[str, str | None] = {
            "client_id": app.client_id,
            "redirect_uri": f"{BASE}/v2/web/auth-code" if app.native else LOGIN,
            "scope": DEFAULT_SCOPES,
            "state": "_default",
            "response_type": "code",
            "access_type": "online",
        }
        if app.native:
            query |= {"code_challenge": challenge(VERIFIER), "code_challenge_method": "S256"}
        return {name: value for name, value in (query | changes).items() if value is not None}

    def code(self, app: App, **changes: str | None) -> str:
        response = self.get("/v2/oauth2/authorize", self.query(app, **changes), headers={"Accept": "text/plain"})
        assert response.status_code == 200, response.text
        return response.text

    def redeem(self, app: App, code: str, /, **changes: str | None) -> httpx.Response:
        form: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": f"{BASE}/v2/web/auth-code" if app.native else LOGIN,
        }
        if app.native:
            form |= {"client_id": app.client_id, "code_verifier": VERIFIER}
        return self.token(app, {name: value for name, value in (form | changes).items() if value is not None})

    def token(self, app: App, form: Mapping[str, str]) -> httpx.Response:
        headers = None if app.native else basic(app.client_id, app.secret)
        return self.post("/v2/oauth2/token", form, headers)

    def login(self, app: App, **changes: str | None) -> dict[str, Any]:
        """The whole token answer of a login."""
        response = self.redeem(app, self.code(app, **changes))
        assert response.status_code == 200, response.text
        document: dict[str, Any] = response.json()
        return document

    def refresh(self, app: App, refresh_token: str) -> httpx.Response:
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        if app.native:
            form["client_id"] = app.client_id
        return self.token(app, form)

    def introspect(self, token: str, **fields: str) -> dict[str, Any]:
        headers = basic(self.confidential.client_id, self.confidential.secret)
        response = self.post("/v2/oauth2/token/introspect", {"token": token, **fields}, headers)
        assert response.status_code == 200, response.text
        document: dict[str, Any] = response.json()
        return document


def tokens_of(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The tokens of an answer by resource server."""
    return {token["resource_server"]: token for token in (document, *document["other_tokens"])}


def start(**options: Any) -> Service:
    service: Service | None = None
    state = AuthState(
        known_scopes(played_services()), clock=lambda: START if service is None else service.time, **options
    )
    state.base_url = BASE
    user = state.add_user("wren@sandbox.example", name="M Wren", email="wren@mail.example", organization="Larkspur Lab")
    state.default_user = user
    native = state.add_native_app("A terminal program", redirect_uris=["http://localhost:8000/callback"])
    confidential = state.add_confidential_app("A portal", redirect_uris=[LOGIN, "http://localhost:5000/login?next=1"])
    setting = Setting()
    setting.add(state)
    service = Service(state, user, native, confidential, create_app([PLAYED], setting))
    return service
