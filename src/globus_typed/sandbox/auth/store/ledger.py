"""Authorization codes, access and refresh tokens: the records, and the ledger that keeps them."""

import hashlib
import secrets
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Literal

from globus_typed.sandbox.auth.resource_servers import by_resource_server
from globus_typed.sandbox.auth.scope_syntax import Scope, merge
from globus_typed.sandbox.known_scopes import KnownScopes
from globus_typed.sandbox.rotation import Rotation


@dataclass(frozen=True)
class Grant:
    """One login or one client-credentials request: what all tokens that come of it share."""

    id: str
    client_id: str
    user_id: str
    authenticated_at: int
    offline: bool = False
    login: "Login | None" = None


@dataclass(frozen=True)
class Login:
    """The requirements that a person's login has met."""

    number: int
    """How many logins there have been, with this one."""
    policies: tuple[str, ...]
    """The ids of the policies that it was asked to satisfy."""
    mfa: bool
    """Whether a second factor was asked for."""
    authenticated_at: int = 0
    """When the person logged in, in seconds since the epoch. Refreshes do not change it."""


@dataclass(frozen=True)
class CodeRecord:
    """An authorization code: what it is redeemed for, and what is required for that."""

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
    predecessor: str | None = None
    """The digest of the refresh token that this one ends with its first use."""

    @property
    def scope(self) -> str:
        """The scope names, as the `scope` field of a token answer has them."""
        return " ".join(scope.name for scope in self.scopes)

    @property
    def scope_names(self) -> frozenset[str]:
        return frozenset(scope.name for scope in self.scopes)


@dataclass(frozen=True)
class GivenToken:
    """A token on its way out: the only moment its text is known here."""

    text: str = field(repr=False)
    record: TokenRecord
    refresh: str | None = field(default=None, repr=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Ledger:
    """Codes and tokens; texts of codes and tokens are kept as digests only."""

    def __init__(
        self,
        lock: RLock,
        known: KnownScopes,
        *,
        clock: Callable[[], float],
        token_lifetime: int,
        code_lifetime: int,
        refresh_token_lifetime: int,
        rotation: Rotation,
    ) -> None:
        self._lock = lock
        self._known = known
        self._clock = clock
        self.token_lifetime = token_lifetime
        self.code_lifetime = code_lifetime
        self.refresh_token_lifetime = refresh_token_lifetime
        self.logins: int = 0
        self.rotation: Rotation = rotation
        self._codes: dict[str, CodeRecord] = {}
        self._tokens: dict[str, TokenRecord] = {}
        self._spent: dict[str, str] = {}

    # Authorization codes

    def new_grant(
        self,
        client_id: str,
        user_id: str,
        *,
        offline: bool = False,
        authenticated_at: int | None = None,
        login: Login | None = None,
    ) -> Grant:
        """A new grant, which the tokens of one login share; `authenticated_at` None is for a login now."""
        if authenticated_at is None:
            authenticated_at = int(self._clock())
        return Grant(str(uuid.uuid4()), client_id, user_id, authenticated_at, offline, login)

    def new_login(self, policies: tuple[str, ...], mfa: bool, authenticated_at: int | None = None) -> Login:
        """A person's login, which has satisfied these policies, and the demand for a second factor."""
        with self._lock:
            self.logins += 1
            at = int(self._clock()) if authenticated_at is None else authenticated_at
            return Login(self.logins, policies, mfa, at)

    def new_code(
        self,
        grant: Grant,
        scopes: tuple[Scope, ...],
        *,
        redirect_uri: str,
        state: str | None,
        code_challenge: str | None,
        nonce: str | None,
    ) -> str:
        """A code that can be redeemed once, for `code_lifetime` seconds."""
        text = secrets.token_urlsafe(24)
        with self._lock:
            self._codes[_digest(text)] = CodeRecord(
                grant, scopes, redirect_uri, state, code_challenge, nonce, self._clock() + self.code_lifetime
            )
        return text

    def find_code(self, text: str) -> CodeRecord | None:
        """The record of an unspent code. A spent one revokes all that it gave: somebody else may have it too."""
        with self._lock:
            digest = _digest(text)
            if digest in self._spent:
                self._revoke_grant(self._spent[digest])
                return None
            return self._codes.get(digest)

    def redeem(self, text: str, further: Iterable[Scope] = ()) -> list[GivenToken] | None:
        """Use an unspent code up, for tokens of its scopes and further ones; None when another request was faster."""
        with self._lock:
            record = self.find_code(text)
            if record is None:
                return None
            del self._codes[_digest(text)]
            self._spent[_digest(text)] = record.grant.id
            return self.new_tokens(record.grant, merge((*record.scopes, *further)))

    # Tokens

    def new_tokens(self, grant: Grant, scopes: Iterable[Scope]) -> list[GivenToken]:
        """One access token a resource server of the scopes, each with a refresh token when the grant is offline."""
        with self._lock:
            given: list[GivenToken] = []
            for server, of_server in by_resource_server(scopes, self._known).items():
                refresh = self._new_refresh_token(grant, server, of_server) if grant.offline else None
                given.append(self.new_access_token(grant, server, of_server, refresh=refresh))
            return given

    def new_access_token(
        self,
        grant: Grant,
        resource_server: str,
        scopes: tuple[Scope, ...],
        *,
        refresh: str | None = None,
        lifetime: int | None = None,
    ) -> GivenToken:
        now = int(self._clock())
        lifetime = self.token_lifetime if lifetime is None else lifetime
        refreshed_by = None if refresh is None else _digest(refresh)
        record = TokenRecord("access", grant, resource_server, scopes, now, now + lifetime, refreshed_by)
        return GivenToken(self._keep(record), record, refresh)

    def refresh(self, text: str, client_id: str) -> GivenToken | None:
        """A new access token for a good refresh token of this client, with the refresh token that `rotation` gives.

        None when the text is no such token.

        A refresh token that rotation has ended revokes, when it comes again, all of its login.
        """
        with self._lock:
            digest = _digest(text)
            if digest in self._spent:
                self._revoke_grant(self._spent[digest])
                return None
            record = self._tokens.get(digest)
            if record is None or record.kind != "refresh" or record.grant.client_id != client_id:
                return None
            if record.expires_at <= self._clock():
                return None
            if record.predecessor is not None and self._tokens.pop(record.predecessor, None) is not None:
                self._spent[record.predecessor] = record.grant.id
            if self.rotation in ("never", "omit"):
                self._tokens[digest] = replace(record, expires_at=self._clock() + self.refresh_token_lifetime)
                given = self.new_access_token(record.grant, record.resource_server, record.scopes, refresh=text)
                return given if self.rotation == "never" else replace(given, refresh=None)
            if self.rotation == "strict":
                del self._tokens[digest]
                self._spent[digest] = record.grant.id
            predecessor = digest if self.rotation == "grace" else None
            successor = self._new_refresh_token(record.grant, record.resource_server, record.scopes, predecessor)
            return self.new_access_token(record.grant, record.resource_server, record.scopes, refresh=successor)

    def _new_refresh_token(
        self, grant: Grant, resource_server: str, scopes: tuple[Scope, ...], predecessor: str | None = None
    ) -> str:
        now = int(self._clock())
        expires_at = now + self.refresh_token_lifetime
        return self._keep(
            TokenRecord("refresh", grant, resource_server, scopes, now, expires_at, predecessor=predecessor)
        )

    def _keep(self, record: TokenRecord) -> str:
        text = f"Ag{secrets.token_urlsafe(36)}"
        with self._lock:
            self._tokens[_digest(text)] = record
        return text

    def find(self, text: str) -> TokenRecord | None:
        """The access or refresh token with this text, be it expired; None when it is unknown or was revoked."""
        with self._lock:
            return self._tokens.get(_digest(text))

    def active(self, text: str) -> TokenRecord | None:
        """The access or refresh token with this text; None when it is not good any more, or never was."""
        record = self.find(text)
        return record if record is not None and record.expires_at > self._clock() else None

    def revoke(self, text: str) -> None:
        """End a token; with a refresh token end all that came of it, and what it came of."""
        with self._lock:
            ended = self._tokens.pop(_digest(text), None)
            if ended is not None and ended.kind == "refresh":
                family = (ended.grant.id, ended.resource_server)
                self._drop(lambda record: (record.grant.id, record.resource_server) == family)

    def end_tokens(
        self,
        client_id: str,
        user_id: str,
        *,
        kind: Literal["access", "refresh"] | None = None,
        resource_server: str | None = None,
        scope: str | None = None,
    ) -> int:
        """End the tokens that a client has for a user: of one kind, for one resource server, with one scope, or all.

        Those of the other kind live on. Gives how many there were.
        """
        with self._lock:
            before = len(self._tokens)
            self._drop(
                lambda record: (
                    (record.grant.client_id, record.grant.user_id) == (client_id, user_id)
                    and kind in (None, record.kind)
                    and resource_server in (None, record.resource_server)
                    and (scope is None or scope in record.scope_names)
                )
            )
            return before - len(self._tokens)

    def end_client(self, client_id: str) -> None:
        """End the codes and tokens that a client has got, as itself or for users, and those for it as a service."""
        with self._lock:
            self._codes = {
                digest: record for digest, record in self._codes.items() if record.grant.client_id != client_id
            }
            self._drop(
                lambda record: client_id in (record.grant.client_id, record.grant.user_id, record.resource_server)
            )

    def end_logins(self, client_id: str, user_id: str) -> None:
        """End the codes and tokens that a client has got for a user."""
        with self._lock:
            condemned = (client_id, user_id)
            self._codes = {
                digest: record
                for digest, record in self._codes.items()
                if (record.grant.client_id, record.grant.user_id) != condemned
            }
            self._drop(lambda record: (record.grant.client_id, record.grant.user_id) == condemned)

    def _revoke_grant(self, grant_id: str) -> None:
        self._drop(lambda record: record.grant.id == grant_id)

    def _drop(self, condemned: Callable[[TokenRecord], bool]) -> None:
        self._tokens = {digest: record for digest, record in self._tokens.items() if not condemned(record)}
