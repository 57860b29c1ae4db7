"""`ErrorInfoContainer`: what an error asks for, as ``error.info`` tells it in globus-sdk."""

from collections.abc import Sequence
from dataclasses import dataclass

from globus_typed.core.authorization_parameters import AuthorizationParameters

__all__ = ["AuthorizationParameterInfo", "ConsentRequiredInfo", "ErrorInfoContainer"]


@dataclass(frozen=True)
class AuthorizationParameterInfo:
    """The login that an error asks for; false where it asks for none."""

    session_message: str | None = None
    """A message to show to the user on the login page."""
    session_required_identities: list[str] | None = None
    """Identities, by id or username, of which the user must log in with one."""
    session_required_single_domain: list[str] | None = None
    """Domains, of which the user must log in with an identity of one."""
    session_required_policies: list[str] | None = None
    """Ids of the policies that the login must meet."""
    session_required_mfa: bool | None = None
    """Whether the user must show a second factor."""
    is_there: bool = False
    """Whether the error asks for a login; the truth value."""

    def __bool__(self) -> bool:
        return self.is_there


@dataclass(frozen=True)
class ConsentRequiredInfo:
    """The consents that an error asks for; false where it asks for none."""

    required_scopes: tuple[str, ...]
    """The scopes to ask for in a new login."""

    def __bool__(self) -> bool:
        return bool(self.required_scopes)


@dataclass(frozen=True)
class ErrorInfoContainer:
    """The demands of an error. `GlobusAPIError.authorization_parameters` has the same, as a login takes it."""

    authorization_parameters: AuthorizationParameterInfo
    """The login that it asks for."""
    consent_required: ConsentRequiredInfo
    """The consents that it asks for."""

    @classmethod
    def of(
        cls, parameters: AuthorizationParameters | None, *, is_there: bool, required_scopes: Sequence[str]
    ) -> "ErrorInfoContainer":
        """The information in the parameters of an error, and in the scopes that lack consents."""
        session = AuthorizationParameterInfo()
        if parameters is not None:
            session = AuthorizationParameterInfo(
                parameters.session_message,
                [*parameters.session_required_identities] or None,
                [*parameters.session_required_single_domain] or None,
                [*parameters.session_required_policies] or None,
                parameters.session_required_mfa,
                is_there or parameters.requires_session,
            )
        return cls(session, ConsentRequiredInfo(tuple(required_scopes)))
