"""`App`: what a client needs of an app."""

from typing import Protocol, TypeGuard

from globus_typed.core.authorizers import GlobusAuthorizer
from globus_typed.core.documents import Document
from globus_typed.core.request import Request
from globus_typed.errors import GlobusAPIError, GlobusUsageError
from globus_typed.scopes.scope import Scopes

__all__ = ["App", "checked_app", "header_name", "login_may_help"]


class App(Protocol):
    """An app, such as a `UserApp` or a `ClientApp`, as far as clients need it.

    Its methods may wait, for a person or for other processes: async clients call `redrive` in a thread.
    """

    @property
    def app_name(self) -> str:
        """The name of the app, which its clients send in the User-Agent."""
        ...

    @property
    def environment(self) -> str:
        """The environment whose services the app uses."""
        ...

    @property
    def logins(self) -> int:
        """How many logins the app has made in this process."""
        ...

    def authorizer_for(self, resource_server: str, scopes: Scopes) -> GlobusAuthorizer:
        """The authorizer for a resource server; the scopes are requirements of the app from now on. Nothing is sent."""
        ...

    def redrive(self, error: GlobusAPIError, logins_before: int, redriven: int) -> bool:
        """Whether a refused call should be made once more, because a login was made that it asked for.

        Parameters: `logins_before`, the value of `logins` when the request was sent; `redriven`, how often this call
        was made again already.
        """
        ...


def checked_app(app: App, *, authorizer: GlobusAuthorizer | None, environment: str | None) -> None:
    """Raise `GlobusUsageError` where a client cannot be given the app: for an object that is none, a client that has an
    authorizer, or is for another environment."""
    if not callable(getattr(app, "authorizer_for", None)):
        raise GlobusUsageError(f"app: must be an app, such as UserApp(name, client_id=…), got {type(app).__name__}")
    if authorizer is not None:
        raise GlobusUsageError("app, authorizer: only one of the two can be given; an app brings its own authorizer")
    if environment is not None and environment != app.environment:
        raise GlobusUsageError(
            f"environment: {environment!r} is not that of the app, {app.environment!r}; "
            "give it to the app alone: GlobusAppConfig(environment=…)"
        )


def header_name(app: App) -> str:
    """The name of an app as a header can carry it."""
    return app.app_name.encode("ascii", "replace").decode()


def login_may_help(error: Exception, request: Request[Document]) -> TypeGuard[GlobusAPIError]:
    """Whether a login would let a refused call through, which certainly had no effect or is repeatable."""
    if not isinstance(error, GlobusAPIError) or error.authorization_parameters is None or request.authorization:
        return False
    return error.http_status in (401, 403) or request.may_repeat
