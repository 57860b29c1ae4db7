"""The exceptions of apps: of token stores, of logins, and of stored tokens that do not suffice."""

from globus_typed.errors import GlobusError

__all__ = [
    "CommandLineLoginFlowEOFError",
    "ExpiredTokenError",
    "IdentityMismatchError",
    "IdentityValidationError",
    "LocalServerEnvironmentalLoginError",
    "LocalServerLoginError",
    "LoginDeniedError",
    "LoginError",
    "MissingIdentityError",
    "MissingTokenError",
    "PreflightError",
    "StoreDamagedError",
    "StoreError",
    "StoreKeyError",
    "StoreLockedError",
    "StorePermissionError",
    "TokenValidationError",
    "UnmetScopeRequirementsError",
]


class StoreError(GlobusError):
    """A token store could not be read or written. The message names the place, and what to do."""


class StoreLockedError(StoreError):
    """Another process held the lock of a token store for too long."""


class StoreDamagedError(StoreError):
    """A file in the place of a token store is none, or a damaged one. It is never taken for an empty one."""


class StoreKeyError(StoreError):
    """The key of an encrypted token store is missing, or is another one. The tokens are still there."""


class StorePermissionError(StoreError):
    """A token store belongs to another user, can be read by others, or cannot be written."""


class LoginError(GlobusError):
    """A login did not succeed."""


class LoginDeniedError(LoginError):
    """The user, or Globus Auth, refused the login.

    `error` and `error_description` are the words of Globus Auth, such as ``access_denied``.
    """

    error: str
    """The code, such as ``access_denied``."""
    error_description: str | None
    """The explanation; None if there was none."""

    def __init__(self, error: str, error_description: str | None = None) -> None:
        self.error, self.error_description = error, error_description
        super().__init__(error, error_description)

    def __str__(self) -> str:
        return f"the login was refused: {self.error}" + (f": {self.error_description}" * bool(self.error_description))


class CommandLineLoginFlowEOFError(LoginError, EOFError):
    """The input ended where the user should have pasted the code."""


class LocalServerLoginError(LoginError):
    """A login by a browser on this machine did not succeed."""


class LocalServerEnvironmentalLoginError(LocalServerLoginError):
    """There is no browser on this machine that could come back to a local server."""


class PreflightError(GlobusError):
    """A stored login will not last or suffice: what `raise_for_problems` of a `PreflightReport` raises."""


class TokenValidationError(GlobusError):
    """Stored tokens, or those of a login, do not suffice."""


class IdentityValidationError(TokenValidationError):
    """Base class of what is wrong with the identity that tokens belong to."""


class MissingIdentityError(IdentityValidationError):
    """The tokens of a login do not say whose they are, for want of an id_token."""


class IdentityMismatchError(IdentityValidationError):
    """Another identity logged in than the one whose tokens are stored."""

    stored_id: str
    """The id of the identity whose tokens are stored, a UUID."""
    new_id: str
    """The id of the identity that logged in, a UUID."""

    def __init__(self, message: str, stored_id: str, new_id: str) -> None:
        self.stored_id, self.new_id = stored_id, new_id
        super().__init__(message, stored_id, new_id)

    def __str__(self) -> str:
        return str(self.args[0])


class MissingTokenError(TokenValidationError):
    """There is no stored token for a resource server, or no refresh token where one was requested."""

    def __init__(self, message: str, resource_server: str | None = None) -> None:
        self.resource_server = resource_server
        super().__init__(message, resource_server)

    def __str__(self) -> str:
        return str(self.args[0])


class ExpiredTokenError(TokenValidationError):
    """A stored token has expired, and there is no refresh token."""

    def __init__(self, expires_at_seconds: int) -> None:
        self.expires_at_seconds = expires_at_seconds
        super().__init__(expires_at_seconds)

    def __str__(self) -> str:
        return f"the token expired at {self.expires_at_seconds}, in seconds since the epoch"


class UnmetScopeRequirementsError(TokenValidationError):
    """A token does not have all the scopes that are required."""

    def __init__(self, message: str, scope_requirements: "tuple[str, ...]" = ()) -> None:
        self.scope_requirements = scope_requirements
        super().__init__(message, scope_requirements)

    def __str__(self) -> str:
        return str(self.args[0])
