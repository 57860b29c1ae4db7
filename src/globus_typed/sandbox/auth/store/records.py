"""What the sandbox's Auth remembers: people, apps, consents, codes and tokens."""

from dataclasses import dataclass, field
from typing import Literal

from globus_typed.sandbox.auth.scope_syntax import Scope


@dataclass(frozen=True)
class SandboxUser:
    """An identity: a person, or an app acting for itself."""

    id: str
    username: str
    name: str | None = None
    email: str | None = None
    organization: str | None = None
    identity_provider: str = ""
    status: Literal["used", "unused"] = "used"
    identity_type: Literal["login", "link"] = "login"


@dataclass(frozen=True)
class IdentityProvider:
    """Who vouches for the identities of a domain."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class App:
    """A registered app, as its logins need it; `identity` is None for a native one, which can keep no secret.

    `secret` is the one it was registered with by Python code, for that code alone to read: the registry knows which
    secrets are good.
    """

    client_id: str
    name: str
    redirect_uris: tuple[str, ...] = ()
    secret: str | None = field(default=None, repr=False)
    identity: SandboxUser | None = None

    @property
    def native(self) -> bool:
        return self.identity is None


@dataclass(frozen=True)
class Caller:
    """What a good access token says: who calls, through which app, with which scopes.

    `granted` are the scopes with what they depended on when the token was made.
    """

    user: SandboxUser
    client_id: str
    scopes: frozenset[str]
    granted: tuple[Scope, ...] = ()


@dataclass(frozen=True)
class Consent:
    """A user's yes to one scope for one app; `dependency_path` leads from the scope asked for down to this one.

    Times are in seconds since the epoch.
    """

    id: int
    client_id: str
    user_id: str
    scope: str
    dependency_path: tuple[int, ...]
    created: float
    updated: float
    last_used: float
    allows_refresh: bool
    atomically_revocable: bool
    auto_approved: bool


@dataclass(frozen=True)
class Grant:
    """One login or one client-credentials request: what all tokens that come of it share."""

    id: str
    client_id: str
    user_id: str
    authenticated_at: int
    offline: bool = False


@dataclass(frozen=True)
class CodeRecord:
    """What an authorization code stands for, and what must be shown to redeem it."""

    grant: Grant
    scopes: tuple[Scope, ...]
    redirect_uri: str
    state: str | None
    code_challenge: str | None
    nonce: str | None
    expires_at: float


@dataclass(frozen=True)
class TokenRecord:
    """An access or refresh token as the service knows it: everything but its text, which is kept as a digest only."""

    kind: Literal["access", "refresh"]
    grant: Grant
    resource_server: str
    scopes: tuple[Scope, ...]
    issued_at: int
    expires_at: float
    refreshed_by: str | None = None

    @property
    def scope(self) -> str:
        """The scope names, as the `scope` field of a token answer has them."""
        return " ".join(scope.name for scope in self.scopes)

    @property
    def scope_names(self) -> frozenset[str]:
        return frozenset(scope.name for scope in self.scopes)
