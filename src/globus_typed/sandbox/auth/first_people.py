"""The people of a fresh sandbox: a user, two apps in a project of the user's, and the app of globus-cli."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.developer import Project, new_id
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.setting import Setting, checked_id

__all__ = ["FirstPeople", "furnish"]

_GLOBUS_CLI = (
    "95fdeba8-fac2-42bd-a357-e068d82ff78e",
    "33b6a241-bce4-4359-9c6d-09f88b3c9eef",
    "e0c31fd1-663b-44e1-840f-f4304bb9ee7a",
    "0ebfd058-452f-40c3-babf-5a6b16a7b337",
    "3029c3cb-c8d9-4f2b-979c-c53330aa7327",
    "b2867dbb-0846-4579-8486-dc70763d700b",
)
"""The app of globus-cli by its ids in all environments, from which each installation has an instance made."""
_REDIRECTS = ("http://127.0.0.1:5000/login", "http://localhost:5000/login")


@dataclass(frozen=True)
class FirstPeople:
    """The user and the apps of a fresh sandbox."""

    user: SandboxUser
    """The user who logs in."""
    native_client_id: str
    """The id of the native app."""
    client_id: str
    """The id of the confidential app."""
    client_secret: str = field(repr=False)
    """The secret of the confidential app."""
    app_identity: SandboxUser
    """The confidential app's own identity."""
    access_tokens: Mapping[str, str] = field(repr=False)
    """An access token of the user's for each service that is played, with all its scopes, by the service's name in the
    configuration."""


def furnish(setting: Setting) -> FirstPeople:
    """Add the user and the apps to Auth's state."""
    auth = setting.part(AuthState)
    user = auth.add_user(
        "wren@sandbox.example", name="Wren Sandbox", email="wren@sandbox.example", organization="Sandbox Lab"
    )
    auth.default_user = user
    project = Project(new_id(), "Sandbox project", user.username, admin_ids=(user.id,))
    auth.registry.keep_project(project)
    for client_id in _GLOBUS_CLI:
        auth.add_native_app("Globus CLI", client_id=client_id)
    try:
        first, *others = [checked_id(each) for each in setting.options.native_apps or [new_id()]]
        native = auth.add_native_app("Sandbox native app", client_id=first, project_id=project.id)
        for each in others:
            auth.add_native_app(f"App {each}", client_id=each, project_id=project.id)
    except ValueError as error:
        raise GlobusUsageError(f"native_apps: {error}") from None
    app = auth.add_confidential_app("Sandbox confidential app", redirect_uris=_REDIRECTS, project_id=project.id)
    if app.secret is None or app.identity is None:
        raise RuntimeError("a confidential app has a secret and an identity")
    scopes_by_server: dict[str, list[str]] = {}
    for server, scope, _ in setting.scopes.by_server():
        scopes_by_server.setdefault(server, []).append(scope)
    tokens = {
        service.option: auth.issue_access_token(user, scopes_by_server[service.resource_server])
        for service in setting.services
        if service.resource_server in scopes_by_server
    }
    return FirstPeople(user, native.client_id, app.client_id, app.secret, app.identity, tokens)
