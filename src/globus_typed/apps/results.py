"""Results of logins and logouts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["LoginResult", "LogoutFailure", "LogoutReport"]


@dataclass(frozen=True)
class LoginResult:
    """The outcome of `login`: whose tokens there are, for which services, and until when."""

    identity_id: str | None
    """The id of the identity that logged in, a UUID; None if that is not known."""
    username: str | None
    """The username of the identity, such as ``ada@example.org``; None if the tokens were there before."""
    expires: Mapping[str, datetime] = field(hash=False)
    """When the access token for each resource server expires."""
    renewable: bool
    """Whether the app gets new access tokens without a login."""
    declined_scopes: tuple[str, ...] = ()
    """The optional scopes that the user did not consent to, such as ``transfer:all[data_access]``; they are not asked
    for again by themselves."""
    was_needed: bool = True
    """Whether a login was made; False if the stored tokens sufficed."""

    @property
    def resource_servers(self) -> tuple[str, ...]:
        """The resource servers that there are tokens for."""
        return tuple(self.expires)

    @property
    def expires_at(self) -> datetime | None:
        """When the first of the access tokens expires; None if there is none."""
        return min(self.expires.values(), default=None)


@dataclass(frozen=True)
class LogoutFailure:
    """A token that could not be revoked. It was forgotten nonetheless."""

    resource_server: str
    """The resource server that the token is for."""
    error: Exception
    """The exception that the revocation raised."""


@dataclass(frozen=True)
class LogoutReport:
    """The outcome of `logout`."""

    revoked: tuple[str, ...]
    """The resource servers whose tokens were revoked and forgotten."""
    failures: tuple[LogoutFailure, ...]
    """The tokens that could not be revoked; the store has forgotten them as well."""
