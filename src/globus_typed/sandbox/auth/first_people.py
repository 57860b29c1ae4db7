"""The people of a fresh sandbox: a user, and two apps in a project of the user's."""

from dataclasses import dataclass, field

from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.developer import Project, new_id
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.setting import Setting

__all__ = ["FirstPeople", "furnish"]

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


def furnish(setting: Setting) -> FirstPeople:
    """Add the user and the apps to Auth's state."""
    auth = setting.part(AuthState)
    user = auth.add_user(
        "wren@sandbox.example", name="Wren Sandbox", email="wren@sandbox.example", organization="Sandbox Lab"
    )
    auth.default_user = user
    project = Project(new_id(), "Sandbox project", user.username, admin_ids=(user.id,))
    auth.registry.keep_project(project)
    native = auth.add_native_app("Sandbox native app", project_id=project.id)
    app = auth.add_confidential_app("Sandbox confidential app", redirect_uris=_REDIRECTS, project_id=project.id)
    if app.secret is None or app.identity is None:
        raise RuntimeError("a confidential app has a secret and an identity")
    return FirstPeople(user, native.client_id, app.client_id, app.secret, app.identity)
