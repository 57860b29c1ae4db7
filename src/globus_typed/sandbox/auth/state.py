"""The sandbox's Auth service without HTTP: who exists, who agreed to what, which tokens are good."""

import secrets
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import RLock

from globus_typed.sandbox.auth.own_scopes import OWN_SCOPES
from globus_typed.sandbox.auth.resource_servers import by_resource_server
from globus_typed.sandbox.auth.scope_syntax import Scope, ScopeSyntaxError, innermost, parse_scopes
from globus_typed.sandbox.auth.store.consents import Consents
from globus_typed.sandbox.auth.store.developer import Client, ClientType, Registry
from globus_typed.sandbox.auth.store.directory import App, Directory, SandboxUser
from globus_typed.sandbox.auth.store.keys import SigningKey, signing_key
from globus_typed.sandbox.auth.store.ledger import Ledger, Login, TokenRecord
from globus_typed.sandbox.auth.store.sessions import Sessions
from globus_typed.sandbox.known_scopes import KnownScopes
from globus_typed.sandbox.rotation import Rotation

MADE_WITH_THE_CLIENT = "Made with the client"
"""The name of the credential that a client is made with."""

__all__ = ["MADE_WITH_THE_CLIENT", "App", "AuthState", "Caller", "SandboxUser", "TokenRefused"]


class TokenRefused(Exception):
    """An access token does not do; `reason` says why.

    `status` is 401 for one that is missing, unknown, expired or revoked, 403 for one that is good for something else.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class Caller:
    """The caller that a good access token stands for: a user, through an app, with scopes.

    `granted` are the scopes with what they depended on when the token was made; `login` is the person's, None for an
    app and for a token that was made without one.
    """

    user: SandboxUser
    client_id: str
    scopes: frozenset[str]
    granted: tuple[Scope, ...] = ()
    login: Login | None = None


class AuthState:
    """Apps, identities, consents and tokens of one sandbox; every method may be called from any thread.

    `known` are the scopes of all services (None: Auth's own alone). `clock` gives seconds since the epoch. Lifetimes
    are in seconds: `token_lifetime` of access tokens, `code_lifetime` of authorization codes,
    `refresh_token_lifetime` of refresh tokens since their last use. `rotation` is what becomes of a refresh token that
    is used; with `strict_apps` apps that are not registered cannot log in.
    """

    def __init__(
        self,
        known: KnownScopes | None = None,
        *,
        clock: Callable[[], float] = time.time,
        token_lifetime: int = 172800,
        code_lifetime: int = 600,
        refresh_token_lifetime: int = 180 * 86400,
        rotation: Rotation = "never",
        strict_apps: bool = False,
    ) -> None:
        lock = RLock()
        self.known: KnownScopes = known or KnownScopes([OWN_SCOPES])
        self.clock = clock
        self.base_url = "http://127.0.0.1"
        self._strict_apps = strict_apps
        self.default_user: SandboxUser | None = None
        self.declined_scopes: frozenset[str] = frozenset()
        self.directory: Directory = Directory(lock)
        self.registry: Registry = Registry(lock, self.known, clock=clock)
        self.consents: Consents = Consents(lock, clock=clock)
        self.ledger: Ledger = Ledger(
            lock,
            self.known,
            clock=clock,
            token_lifetime=token_lifetime,
            code_lifetime=code_lifetime,
            refresh_token_lifetime=refresh_token_lifetime,
            rotation=rotation,
        )
        self.sessions: Sessions = Sessions(clock=clock)
        self._own_client_id = str(uuid.uuid4())

    @property
    def issuer(self) -> str:
        """The issuer of id_tokens: `base_url` without a slash at its end."""
        return self.base_url.rstrip("/")

    @property
    def native_redirect_uri(self) -> str:
        """The redirect URI that shows the code of a native app for copying; every native app may use it."""
        return f"{self.issuer}/v2/web/auth-code"

    def signing_key(self) -> SigningKey:
        """The key that signs id_tokens, one a process."""
        return signing_key()

    def add_user(
        self,
        username: str,
        *,
        name: str | None = None,
        email: str | None = None,
        organization: str | None = None,
        linked_to: SandboxUser | None = None,
        second_factor: bool = True,
    ) -> SandboxUser:
        """A new identity `name@domain`, in the identity set of `linked_to` when given.

        ValueError when the name is taken or has another form.
        """
        return self.directory.add_user(
            username,
            name=name,
            email=email,
            organization=organization,
            linked_to=linked_to,
            status="used",
            second_factor=second_factor,
        )

    def add_native_app(
        self,
        name: str,
        *,
        redirect_uris: Sequence[str] = (),
        client_id: str | None = None,
        project_id: str | None = None,
    ) -> App:
        """A registered app without a secret; it may redirect to `native_redirect_uri` and to `redirect_uris`."""
        app = self.directory.add_app(name, redirect_uris=redirect_uris, client_id=client_id, confidential=False)
        self.registry.keep_client(
            Client(app.client_id, "public_installed_client", project=project_id, declares_scopes=False)
        )
        return app

    def first_seen(self, client_id: str) -> App | None:
        """A native app that is registered now, because a program carries its id: one line on stderr says so.

        None for what is no UUID, for an app that was deleted, and where apps are strict.
        """
        try:
            known = str(uuid.UUID(client_id)) != client_id or self.directory.find_user(id=client_id) is not None
        except ValueError:
            return None
        if self._strict_apps or known or self.directory.was_dropped(client_id):
            return None
        try:
            app = self.add_native_app(f"App {client_id}", client_id=client_id)
        except ValueError:  # another request was faster
            return self.directory.app(client_id)
        sys.stderr.write(f"sandbox: {client_id} is registered as a native app, since a program uses it\n")
        return app

    def add_confidential_app(
        self,
        name: str,
        *,
        redirect_uris: Sequence[str] = (),
        client_id: str | None = None,
        secret: str | None = None,
        project_id: str | None = None,
    ) -> App:
        """A registered app with a secret and an identity of its own, `<client_id>@clients.auth.globus.org`."""
        secret = secret or secrets.token_urlsafe(32)
        app = self.directory.add_app(
            name, redirect_uris=redirect_uris, client_id=client_id, confidential=True, secret=secret
        )
        kind: ClientType = "hybrid_confidential_client_resource_server"
        self.registry.keep_client(Client(app.client_id, kind, project=project_id, declares_scopes=False))
        self.registry.add_credential(app.client_id, MADE_WITH_THE_CLIENT, secret)
        return app

    def drop_app(self, client_id: str) -> None:
        """Forget an app, and end the tokens that were made for it, by it and of it."""
        self.registry.drop_client(client_id)
        self.directory.drop_app(client_id)
        self.consents.withdraw(client_id)
        self.ledger.end_client(client_id)

    def authenticate(self, authorization: str | None, *, scope: str) -> Caller:
        """The caller, from an `Authorization: Bearer ...` header; TokenRefused when the token does not give `scope`."""
        caller = self.caller(authorization)
        if scope not in caller.scopes:
            raise TokenRefused(403, f"The token does not give the scope {scope}")
        return caller

    def caller(self, authorization: str | None) -> Caller:
        """The caller, whatever the scopes; raises TokenRefused with status 401 when there is no good token."""
        record = self.bearer(authorization)
        user = self.directory.user(record.grant.user_id)
        return Caller(user, record.grant.client_id, record.scope_names, record.scopes, record.grant.login)

    def has_consent(self, caller: Caller, scope: str, dependency: str) -> bool:
        """Whether the user has allowed the caller's app `dependency` by way of `scope`: at its login, or since."""
        names = (scope, dependency)
        if self.consents.given(caller.client_id, caller.user.id, names):
            return True
        of_token = (below.name for each in caller.granted if each.name == scope for below in each.dependencies)
        return dependency in of_token and not self.consents.was_withdrawn(caller.client_id, caller.user.id, names)

    def withdraw_consent(self, user: SandboxUser, client_id: str) -> None:
        """Take back all that the user has allowed an app, and with it the app's tokens for the user."""
        self.consents.withdraw(client_id, user.id)
        self.ledger.end_logins(client_id, user.id)

    def withdraw_scopes(self, user: SandboxUser, client_id: str, scopes: Iterable[Scope]) -> None:
        """Take back the innermost of these scopes, and what depends on them.

        Tokens live on as far as they have other scopes: those alone end that have the scope itself.
        """
        for path in (path for scope in scopes for path in innermost(scope)):
            self.consents.withdraw_path(client_id, user.id, path)
            if len(path) == 1:
                self.ledger.end_tokens(client_id, user.id, scope=path[0])

    def unmet(self, user: SandboxUser, policies: Iterable[str], mfa: bool) -> str | None:
        """The requirement on a login that this user cannot meet, in words; None when they can meet all."""
        known = [policy for policy in map(self.registry.policy, policies) if policy is not None]
        if (mfa or any(policy.required_mfa for policy in known)) and not user.second_factor:
            return f"{user.username} has no second factor"
        domain = user.username.rpartition("@")[2]
        for policy in known:
            wanted, unwanted = policy.domain_constraints_include, policy.domain_constraints_exclude or ()
            if domain in unwanted or (wanted is not None and domain not in wanted):
                return f"{user.username} is of no domain that the policy {policy.display_name} accepts"
        return None

    def bearer(self, authorization: str | None) -> TokenRecord:
        """The record of the token in an `Authorization: Bearer ...` header; raises TokenRefused with status 401."""
        if authorization is None:
            raise TokenRefused(401, "No access token was sent: the Authorization header is missing")
        kind, _, token = authorization.partition(" ")
        token = token.strip()
        if kind.lower() != "bearer" or not token:
            raise TokenRefused(401, "The Authorization header is not 'Bearer <access token>'")
        record = self.ledger.find(token)
        if record is None or record.kind != "access":
            raise TokenRefused(401, "The access token is unknown or was revoked")
        if record.expires_at <= self.clock():
            raise TokenRefused(401, "The access token has expired")
        return record

    def issue_access_token(
        self, user: SandboxUser, scopes: Iterable[str], *, client_id: str | None = None, lifetime: int | None = None
    ) -> str:
        """An access token for scopes of one resource server, without a login.

        `lifetime` is in seconds, negative for a token that has expired. ValueError for scopes that no token can have.
        """
        text = " ".join(scopes)
        try:
            parsed = parse_scopes(text)
        except ScopeSyntaxError as error:
            raise ValueError(f"scopes: {error}: {text!r}") from None
        if unknown := self.registry.unknown_scopes(parsed):
            raise ValueError(f"scopes: unknown: {', '.join(unknown)}")
        grouped = by_resource_server(self.registry.with_dependencies(parsed), self.known)
        if len(grouped) != 1:
            raise ValueError(f"scopes: a token is for one resource server, these are for {', '.join(grouped)}")
        self.directory.user(user.id)
        grant = self.ledger.new_grant(client_id or self._own_client_id, user.id)
        ((server, of_server),) = grouped.items()
        return self.ledger.new_access_token(grant, server, of_server, lifetime=lifetime).text
