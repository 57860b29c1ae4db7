"""`AppState`: what an app is, what scopes it needs, and where its tokens rest."""

import threading
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from types import TracebackType
from typing import TYPE_CHECKING
from uuid import UUID

from typing_extensions import Self

from globus_typed import config as configuration
from globus_typed.apps.app_arguments import checked_name, id_of
from globus_typed.apps.authorizers import AppAuthorizer
from globus_typed.apps.collections import KnownCollections
from globus_typed.apps.config import GlobusAppConfig
from globus_typed.apps.consents import ConsentCheck
from globus_typed.apps.errors import (
    MissingTokenError,
    StoreError,
    TokenValidationError,
    UnmetScopeRequirementsError,
)
from globus_typed.apps.records import ISSUED, requested_scopes
from globus_typed.apps.redrives import FailedLogins, Redrives
from globus_typed.apps.requirements import ScopeRequirements, scopes_of
from globus_typed.apps.results import LoginResult
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth.scopes import DEFAULT_REQUESTED_SCOPES
from globus_typed.core import forks
from globus_typed.core.authorizers import GlobusAuthorizer, early
from globus_typed.core.fields import is_id
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import unchecked
from globus_typed.core.lazy import Later
from globus_typed.core.retry import RetryPolicy
from globus_typed.errors import GlobusUsageError, GlobusWarning
from globus_typed.scopes.scope import Scope, Scopes

if TYPE_CHECKING:
    from globus_typed.apps.login_flows import pending
    from globus_typed.apps.storage import base as stores
else:
    pending = Later("globus_typed.apps.login_flows.pending")
    stores = Later("globus_typed.apps.storage.base")

__all__ = ["AppState"]

_RENEWAL = 25.0
"""The most seconds that a renewal takes: those who wait for the store give up after 30."""


class AppState(ABC):
    """The state of an app, beneath its methods. No login is made here, and nothing sent."""

    def __init__(
        self,
        app_name: str | None = None,
        *,
        login_client: "pending.LoginClient | None" = None,
        client_id: str | UUID | None = None,
        client_secret: str | None = None,
        scope_requirements: Mapping[str, Scopes] | None = None,
        config: GlobusAppConfig | None = None,
    ) -> None:
        """Make an app.

        Parameters: `app_name`, by which people know the program (None: the name of its file); either the `client_id`
        of the registered app, and the `client_secret` if it has one, or a `login_client`; `scope_requirements`, scopes
        by resource server, besides those that clients bring along; `config`.
        Raises `GlobusUsageError` for arguments that do not go together.
        """
        secret = None if client_secret is None else Secret.of(client_secret)
        client_secret = None
        self.config: GlobusAppConfig = GlobusAppConfig() if config is None else config
        if not isinstance(unchecked(self.config), GlobusAppConfig):
            raise GlobusUsageError(f"config: must be a GlobusAppConfig, got {type(config).__name__}")
        self._app_name = checked_name(app_name)
        if secret == "":
            raise GlobusUsageError("client_secret: must be a string that is not empty; an app without one needs none")
        if login_client is not None:
            if client_id is not None or secret is not None:
                raise GlobusUsageError("login_client, client_id: only one of the two can be given")
            client_id = id_of(login_client, self.config)
        if client_id is None:
            raise GlobusUsageError("client_id: must be given: the id of the registered app")
        if not is_id(str(client_id)):
            raise GlobusUsageError(f"client_id: must be a UUID, got {client_id!r}")
        self.client_id: str = str(client_id)
        self._secret = secret
        self._given_login_client = login_client
        # Dicts, into which of several threads that make one at the same time the first alone puts its own.
        self._own_login_client: dict[str, pending.LoginClient] = {}
        self._own_storage: dict[str, stores.TokenStorage] = {}
        self._requirements = ScopeRequirements(scope_requirements)
        self._requirements.add({"auth.globus.org": "openid"})  # says who logged in
        self._authorizers: dict[str, AppAuthorizer] = {}
        self._login_lock = threading.RLock()
        self._logins: int = 0
        self._redrives = Redrives()
        self._failed_logins = FailedLogins()
        self._consents = ConsentCheck(self)
        self._collections = KnownCollections()
        self._is_closed = False
        forks.watch(self)

    @property
    def app_name(self) -> str:
        """The name by which people know the program."""
        return self._app_name

    @property
    def environment(self) -> str:
        """The environment whose services the app uses."""
        return self.config.environment_name

    @property
    def clock(self) -> Callable[[], float]:
        """The time in seconds since the epoch."""
        return self.config.clock

    @property
    def logins(self) -> int:
        """How many logins the app has made in this process."""
        return self._logins

    @property
    def scope_requirements(self) -> dict[str, list[Scope]]:
        """The scopes that the app needs, by resource server: a copy."""
        return self._requirements.by_resource_server

    def add_scope_requirements(self, scope_requirements: Mapping[str, Scopes]) -> Self:
        """Need more scopes, by resource server; nothing is sent. Those that tokens lack are asked for when they are
        needed: at the next call of a client, or by `login`.

        Raises `GlobusUsageError` for what is no scope, and for a scope of another resource server.
        """
        for resource_server in self._requirements.add(scope_requirements):
            authorizer = self._authorizers.get(resource_server)
            if authorizer is not None:
                authorizer.reload()
        return self

    def require_stored_scopes(self) -> None:
        """Need all that the stored tokens are for, as where it is not known what the programs of the app need."""
        stored = self.token_storage.get_token_data_by_resource_server()
        self.add_scope_requirements(
            {server: requested_scopes(token) or token.scope for server, token in stored.items() if token.scope}
        )

    @property
    def token_storage(self) -> "stores.TokenStorage":
        """The token store of the app."""
        storage = self._own_storage.get("storage")
        if storage is None:
            from globus_typed.apps.storage.choice import storage_of

            made = storage_of(self.config, app_name=self._app_name, client_id=self.client_id)
            storage = self._own_storage.setdefault("storage", made)
        return storage

    @property
    def login_client(self) -> "pending.LoginClient":
        """The Auth client of the app, with its id and, if it has one, its secret."""
        if self._is_closed:
            raise GlobusUsageError("app: is closed; make a new one")
        if self._given_login_client is not None:
            return self._given_login_client
        client = self._own_login_client.get("client")
        if client is None:
            client = self._own_login_client.setdefault("client", self._made_login_client(self._secret))
        return client

    def get_authorizer(self, resource_server: str) -> AppAuthorizer:
        """The authorizer for a resource server, the same for all clients; nothing is sent.

        Raises `GlobusUsageError` for a resource server that the app has no scope requirement for.
        """
        if self._is_closed:
            raise GlobusUsageError("app: is closed; make a new one")
        if not self._requirements.of(resource_server):
            known = ", ".join(self.scope_requirements)
            raise GlobusUsageError(
                f"resource_server: the app has no scopes for {resource_server!r}, only for {known}; "
                "call add_scope_requirements first"
            )
        # Two threads that come together get the same one.
        return self._authorizers.get(resource_server) or self._authorizers.setdefault(
            resource_server, AppAuthorizer(self, resource_server)
        )

    def authorizer_for(self, resource_server: str, scopes: Scopes) -> AppAuthorizer:
        """The authorizer for a client that needs these scopes, which are requirements from now on."""
        self.add_scope_requirements({resource_server: scopes})
        return self.get_authorizer(resource_server)

    def authorization(self, authorizer: GlobusAuthorizer) -> Secret | None:
        """The Authorization header of an authorizer of this app, after a renewal or login if one is due."""
        return self.login_client.authorization(authorizer)

    def close(self) -> None:
        """Close what the app holds open; its tokens stay, and so do a `login_client` and a store of your own."""
        self._is_closed = True
        for client in self._own_login_client.values():
            client.close()
        for storage in self._own_storage.values():
            if storage is not self.config.token_storage:
                storage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        servers = ", ".join(self.scope_requirements)
        return f"{type(self).__name__}({self._app_name!r}, client_id={self.client_id!r}, for {servers})"

    @property
    def _renewing_client(self) -> "pending.LoginClient":
        """The Auth client for a renewal, which is made while others wait for the store."""
        return self.login_client.with_options(retry=RetryPolicy(total_timeout=_RENEWAL))

    @abstractmethod
    def _made_login_client(self, secret: Secret | None) -> "pending.LoginClient":
        """The Auth client for the id and the secret."""

    @abstractmethod
    def obtain(self, resource_server: str, known: str | None, is_urgent: bool) -> TokenStorageData:
        """Tokens for a resource server, other than the known access token.

        Parameters: `known`, the access token that is about to expire or was refused; None for none; `is_urgent`,
        whether there is no valid token.
        """

    def _unfit(self, resource_server: str, token: TokenStorageData | None) -> TokenValidationError | None:
        """The reason why stored tokens do not suffice; None if they do."""
        if token is None:
            return MissingTokenError(f"there is no token for {resource_server}", resource_server)
        if lacking := self._requirements.unmet(resource_server, token.scope):
            return UnmetScopeRequirementsError(
                f"the token for {resource_server} lacks {', '.join(lacking)}", tuple(lacking)
            )
        return None

    def _requested_scopes(self) -> tuple[Scope, ...]:
        """The scopes that a login asks for: what is required, or, before any client brought its scopes along, what
        logins ask for by default."""
        required = self._requirements.all()
        if [scope.scope_string for scope in required] == ["openid"]:
            return scopes_of("scopes", DEFAULT_REQUESTED_SCOPES)
        return required

    def _usable(self, resource_server: str, known: str | None) -> TokenStorageData | None:
        """The stored token, if it suffices, is not the known one, and need not be renewed."""
        token = self.token_storage.get_token_data(resource_server)
        if token is None or token.access_token == known or self._unfit(resource_server, token) is not None:
            return None
        issued: object = token.extra.get(ISSUED)
        lifetime = token.expires_at_seconds - issued if isinstance(issued, (int, float)) else float("inf")
        margin = early(lifetime) if token.refresh_token is not None or self.renews_itself else 0.0
        return token if self.clock() < token.expires_at_seconds - margin else None

    @property
    @abstractmethod
    def renews_itself(self) -> bool:
        """Whether tokens can be had anew without a refresh token."""

    def _result(
        self, stored: Mapping[str, TokenStorageData], *, was_needed: bool, username: str | None, declined: Iterable[str]
    ) -> LoginResult:
        own = {server: stored[server] for server in self.scope_requirements if server in stored}
        identities = {token.identity_id for token in own.values()} - {None}
        return LoginResult(
            identity_id=identities.pop() if len(identities) == 1 else None,
            username=username,
            expires={
                server: datetime.fromtimestamp(token.expires_at_seconds, timezone.utc) for server, token in own.items()
            },
            renewable=bool(own)
            and all(token.refresh_token is not None or self.renews_itself for token in own.values()),
            declined_scopes=tuple(declined),
            was_needed=was_needed,
        )

    @staticmethod
    def _warn_unstored(error: StoreError, *, rotated: bool) -> None:
        lost = "; the refresh token that is stored may be dead, as a new one came" if rotated else ""
        warnings.warn(f"the renewed token is used, but could not be stored: {error}{lost}", GlobusWarning, stacklevel=3)

    def _forget_tokens(self) -> None:
        for authorizer in [*self._authorizers.values()]:
            authorizer.reload()

    def after_fork(self) -> object:
        # A thread that does not exist here may hold it.
        lock, self._login_lock = self._login_lock, threading.RLock()
        return lock

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        storage = self.token_storage
        if not storage.is_shared:
            raise GlobusUsageError(
                f"app: cannot be pickled with its tokens in {storage.location}, which no other process can read; "
                "configure a store that is a file, such as JSONTokenStorage(path)"
            )
        from dataclasses import replace

        config = replace(self.config.without_people(), token_storage=storage, environment=self.environment)
        scopes = {server: [*map(str, own)] for server, own in self.scope_requirements.items()}
        return _reopened, (type(self), self._app_name, self.client_id, scopes, config)


def _reopened(
    kind: type[AppState], app_name: str, client_id: str, scopes: Mapping[str, Scopes], config: GlobusAppConfig
) -> object:
    """The app in another process, without secrets but those of the store and of the environment there."""
    app = kind.__new__(kind)
    # Not by its own constructor, which a class of one's own may have another one of, and which may want a secret.
    AppState.__init__(
        app, app_name, client_id=client_id, client_secret=configuration.app_secret(client_id), config=config
    )
    return app.add_scope_requirements(scopes)
