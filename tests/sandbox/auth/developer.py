"""A developer who registers things with Auth, and what comes of it."""

from dataclasses import dataclass
from typing import Any

from globus_typed.sandbox.auth.own_scopes import AUTH_URN
from globus_typed.sandbox.auth.store.directory import SandboxUser

from .service import Service, basic, bearer

API = "/v2/api"
MANAGE = f"{AUTH_URN}manage_projects"


@dataclass
class Developer:
    """Someone with an access token, or an app with its secret, who asks the developer API."""

    service: Service
    headers: dict[str, str]

    def call(self, method: str, path: str, document: object = None, *, status: int = 200) -> dict[str, Any]:
        """The answer's document; the answer must have that status."""
        answer = self.service.call(method, f"{API}/{path}", document, self.headers)
        assert answer.status_code == status, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def made(self, path: str, kind: str, **fields: Any) -> dict[str, Any]:
        """What the service says of something that it has just made."""
        document: dict[str, Any] = self.call("POST", path, {kind: fields}, status=201)
        assert isinstance(document[kind]["id"], str)
        made: dict[str, Any] = document[kind]
        return made

    def refused(self, method: str, path: str, document: object = None) -> tuple[int, str, str]:
        """Status, code and detail of a refusal."""
        answer = self.service.call(method, f"{API}/{path}", document, self.headers)
        (problem,) = answer.json()["errors"]
        assert problem["status"] == str(answer.status_code)
        return answer.status_code, problem["code"], problem["detail"]

    def project(self, **fields: Any) -> str:
        """The id of a new project of the service's user."""
        said = {"display_name": "Reeds", "contact_email": "ops@reeds.example", "admin_ids": [self.service.user.id]}
        return str(self.made("projects", "project", **{**said, **fields})["id"])

    def client(self, **fields: Any) -> dict[str, Any]:
        """A new client; in a new project where none is told."""
        said: dict[str, Any] = {"name": "Reed count", "client_type": "confidential_client"}
        said |= fields
        return self.made("clients", "client", **{"project": said.get("project") or self.project(), **said})

    def secret(self, client_id: str) -> str:
        """A new secret of a client."""
        return str(self.made(f"clients/{client_id}/credentials", "credential", name="a key")["secret"])


def attempts(kind: str) -> list[tuple[str, object]]:
    """Methods of what may be asked of one thing, with their documents."""
    change: dict[str, dict[str, object]] = {kind: {}}
    return [("GET", None), ("PUT", change), ("DELETE", None)]


def developer(service: Service, user: SandboxUser | None = None, *scopes: str) -> Developer:
    """A user with a token for these scopes."""
    token = service.state.issue_access_token(user or service.user, scopes or (MANAGE,))
    return Developer(service, bearer(token))


def as_app(service: Service, client_id: str, secret: str | None) -> Developer:
    """An app that asks with its secret."""
    return Developer(service, basic(client_id, secret))
