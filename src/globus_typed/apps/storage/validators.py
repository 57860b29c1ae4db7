"""The checks that a `ValidatingTokenStorage` makes."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from globus_typed.apps.errors import (
    ExpiredTokenError,
    IdentityMismatchError,
    MissingIdentityError,
    MissingTokenError,
    UnmetScopeRequirementsError,
)
from globus_typed.apps.requirements import ScopeRequirements
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusError
from globus_typed.scopes.scope import Scope, Scopes

if TYPE_CHECKING:
    from globus_typed.auth import client
else:
    client = Later("globus_typed.auth.client")

__all__ = [
    "HasRefreshTokensValidator",
    "NotExpiredValidator",
    "ScopeRequirementsValidator",
    "TokenDataValidator",
    "TokenValidationContext",
    "UnchangingIdentityIDValidator",
]

_KEPT = 60.0
"""Seconds that consents are kept, since they can be withdrawn elsewhere."""


@dataclass(frozen=True)
class TokenValidationContext:
    """The facts that a validator is told besides the tokens."""

    prior_identity_id: str | None
    """The identity whose tokens were stored before; None if there was none, or if it is not known."""
    token_data_identity_id: str | None
    """The identity of the tokens; None if that is not known."""


class TokenDataValidator(ABC):
    """Base class of checks of tokens. Both methods raise `TokenValidationError` for what they refuse."""

    @abstractmethod
    def before_store(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Check tokens that are about to be stored."""

    @abstractmethod
    def after_retrieve(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Check tokens that were read."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class _OnReading(TokenDataValidator, ABC):
    def before_store(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Do nothing: all tokens may be stored."""


class HasRefreshTokensValidator(_OnReading):
    """Wants a refresh token with each token that is read, and raises `MissingTokenError`."""

    def after_retrieve(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Check that there are refresh tokens."""
        for name, token in token_data_by_resource_server.items():
            if token.refresh_token is None:
                raise MissingTokenError(f"there is no refresh token for {name}", name)


class NotExpiredValidator(_OnReading):
    """Wants each token that is read to be valid still, and raises `ExpiredTokenError`.

    Parameters: `clock`, the time in seconds since the epoch.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock

    def after_retrieve(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Check that no token has expired."""
        for token in token_data_by_resource_server.values():
            if token.expires_at_seconds <= self._clock():
                raise ExpiredTokenError(token.expires_at_seconds)


class UnchangingIdentityIDValidator(TokenDataValidator):
    """Wants all tokens that are stored to be those of one identity.

    Raises `MissingIdentityError` for tokens of which it is not known whose they are, and `IdentityMismatchError` for
    those of another identity than the one whose tokens are stored.
    """

    def before_store(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Check the identity."""
        if context.token_data_identity_id is None:
            raise MissingIdentityError("the tokens do not say whose they are; ask for the scope openid as well")
        if context.prior_identity_id not in (None, context.token_data_identity_id):
            raise IdentityMismatchError(
                f"the tokens are those of {context.token_data_identity_id}, but the stored ones are those of "
                f"{context.prior_identity_id}: remove those first, or use another namespace",
                str(context.prior_identity_id),
                context.token_data_identity_id,
            )

    def after_retrieve(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Do nothing: what is stored was checked."""


class ScopeRequirementsValidator(TokenDataValidator):
    """Wants the tokens to have the required scopes, and, when they are read, the consents that these depend on.

    What is optional is not wanted, at any level. Consents are asked for (``GET /v2/api/identities/{id}/consents``) only
    where a scope depends on another and the identity is known, and kept for a minute. A failure of that call refuses no
    token. Raises `UnmetScopeRequirementsError`.

    Parameters: `scope_requirements`, by resource server; `consent_client`, an `AuthClient` with a token of the app;
    `clock`, the time in seconds since the epoch.
    """

    def __init__(
        self,
        scope_requirements: Mapping[str, Scopes],
        consent_client: "client.AuthClient",
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._requirements = ScopeRequirements(scope_requirements)
        self._client = consent_client
        self._clock = clock
        self._known: tuple[str, float, documents.Consents] | None = None

    @property
    def scope_requirements(self) -> dict[str, list[Scope]]:
        """The required scopes, by resource server: a copy."""
        return self._requirements.by_resource_server

    def before_store(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Check the scopes of the tokens."""
        for name, token in token_data_by_resource_server.items():
            if lacking := self._requirements.unmet(name, token.scope):
                raise UnmetScopeRequirementsError(f"the token for {name} lacks {', '.join(lacking)}", tuple(lacking))

    def after_retrieve(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        """Check the scopes of the tokens, and the consents."""
        self.before_store(token_data_by_resource_server, context)
        identity = context.token_data_identity_id
        needed = [
            scope
            for name in token_data_by_resource_server
            for scope in self._requirements.of(name)
            if not scope.optional and any(not dependency.optional for dependency in scope.dependencies)
        ]
        if not needed or identity is None or self._has_consents(identity, needed):
            return
        self._known = None  # they may have been given since
        if not self._has_consents(identity, needed):
            texts = tuple(map(str, needed))
            raise UnmetScopeRequirementsError(f"there is no consent for all of {', '.join(texts)}", texts)

    def _has_consents(self, identity: str, needed: list[Scope]) -> bool:
        known = self._known
        if known is None or known[0] != identity or self._clock() - known[1] >= _KEPT:
            try:
                consents = self._client.get_consents(identity)
            except GlobusError:
                return True  # the call that needs them will tell
            known = self._known = identity, self._clock(), consents
        return known[2].meets_scope_requirements(needed)
