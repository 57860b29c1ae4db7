"""`App`: what a client needs of an app."""

from typing import Protocol, TypeGuard

from globus_typed.core.authorizers import GlobusAuthorizer
from globus_typed.core.documents import Document
from globus_typed.core.request import Request
from globus_typed.core.service import Service
from globus_typed.errors import GlobusAPIError, GlobusUsageError
from globus_typed.scopes import Scopes

__all__ = ["App", "attached", "login_may_help"]


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


def attached(
    app: App,
    service: Service,
    *,
    app_scopes: Scopes | None,
    authorizer: GlobusAuthorizer | None,
    environment: str | None,
) -> GlobusAuthorizer:
    """The authorizer that an app gives to a client of a service.

    Raises `GlobusUsageError` if the client has an authorizer too, is for another environment, or for no service that
    an app could have tokens for.
    """
    if not callable(getattr(app, "authorizer_for", None)):
        raise GlobusUsageError(f"app: must be an app, such as UserApp(name, client_id=…), got {type(app).__name__}")
    if authorizer is not None:
        raise GlobusUsageError("app, authorizer: only one of the two can be given; an app brings its own authorizer")
    if environment is not None and environment != app.environment:
        raise GlobusUsageError(
            f"environment: {environment!r} is not that of the app, {app.environment!r}; "
            "give it to the app alone: GlobusAppConfig(environment=…)"
        )
    if service.resource_server is None:
        raise GlobusUsageError(f"app: {service.title} has no resource server that an app could have tokens for")
    return app.authorizer_for(service.resource_server, service.default_scopes if app_scopes is None else app_scopes)


def login_may_help(error: Exception, request: Request[Document]) -> TypeGuard[GlobusAPIError]:
    """Whether a login would let a refused call through, which certainly had no effect or is repeatable."""
    if not isinstance(error, GlobusAPIError) or error.authorization_parameters is None or request.authorization:
        return False
    return error.http_status in (401, 403) or request.may_repeat
