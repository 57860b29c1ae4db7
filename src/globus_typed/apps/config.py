"""`GlobusAppConfig`: how an app logs users in, and where it keeps tokens."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, runtime_checkable

from typing_extensions import Self

from globus_typed import config
from globus_typed.apps.errors import IdentityMismatchError, TokenValidationError
from globus_typed.apps.login_flows.redirect_uri import check_redirect_uri
from globus_typed.auth import documents
from globus_typed.core.json_data import unchecked
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    from globus_typed.apps.login_flows import base as flows
    from globus_typed.apps.login_flows import pending
    from globus_typed.apps.storage import base as stores
else:
    flows = Later("globus_typed.apps.login_flows.base")
    pending = Later("globus_typed.apps.login_flows.pending")
    stores = Later("globus_typed.apps.storage.base")

__all__ = [
    "GlobusAppConfig",
    "IDTokenDecoder",
    "IDTokenDecoderProvider",
    "LoginFlowManagerProvider",
    "TokenResponseDecoder",
    "TokenStorageProvider",
    "TokenValidationErrorHandler",
    "resolve_by_login_flow",
]

LoginFlowName: TypeAlias = Literal["auto", "command-line", "local-server", "notebook"]
StorageName: TypeAlias = Literal["json", "sqlite", "keyring", "memory"]


class LoginFlowManagerProvider(Protocol):
    """A class that makes the login flow of an app."""

    def for_globus_app(
        self, app_name: str, login_client: "pending.LoginClient", config: "GlobusAppConfig"
    ) -> "flows.LoginFlowManager":
        """The login flow for an app."""
        ...


class TokenStorageProvider(Protocol):
    """A class that makes the token store of an app."""

    def for_globus_app(
        self, *, app_name: str, config: "GlobusAppConfig", client_id: str, namespace: str
    ) -> "stores.TokenStorage":
        """The token store for an app."""
        ...


class IDTokenDecoder(Protocol):
    """An object that verifies id_tokens."""

    def decode(self, id_token: str, /) -> Mapping[str, Any]:
        """The claims of the id_token, of which ``sub`` is the identity; an exception for one that is not valid."""
        ...


class TokenResponseDecoder(Protocol):
    """An object that verifies the id_token of a response, such as by ``tokens.decode_id_token(…)``."""

    def decode(self, tokens: "documents.TokenResponse") -> str:
        """The id of the identity, which is the claim ``sub``. The parameter has this name."""
        ...


@runtime_checkable
class IDTokenDecoderProvider(Protocol):
    """A class, or another object, that makes the verification of id_tokens of an app."""

    def for_globus_app(
        self, *, app_name: str, config: "GlobusAppConfig", login_client: "pending.LoginClient"
    ) -> IDTokenDecoder | TokenResponseDecoder:
        """The verification for an app."""
        ...


class LoginApp(Protocol):
    """An app, as far as a handler of unfit tokens needs it."""

    def login(self, *, force: bool = False) -> object:
        """Log in."""
        ...


TokenValidationErrorHandler: TypeAlias = Callable[[LoginApp, TokenValidationError], object]
"""A function that is called with the app when stored tokens do not suffice, and makes that they do, or raises."""


def resolve_by_login_flow(app: LoginApp, error: TokenValidationError) -> None:
    """Log in when stored tokens do not suffice. Raises the error if they are another identity's."""
    if isinstance(error, IdentityMismatchError):
        raise error
    app.login(force=True)


@dataclass(frozen=True)
class GlobusAppConfig:
    """How an app logs users in, and where it keeps their tokens."""

    login_flow_manager: "LoginFlowName | LoginFlowManagerProvider | flows.LoginFlowManager | None" = None
    """The login flow: a name, a flow such as ``CommandLineLoginFlowManager(ask=…)``, or a class of one. None:
    ``"auto"``, which looks at the surroundings: a browser, a terminal, a notebook, or nobody to ask."""
    login_redirect_uri: str | None = None
    """The URL to which users return with the code, one of those the app is registered with; None for the usual one of
    the flow. A confidential app needs one."""
    token_storage: "StorageName | TokenStorageProvider | stores.TokenStorage" = "json"
    """The token store: a name, a store such as ``JSONTokenStorage(path)``, or a class of one."""
    request_refresh_tokens: bool = False
    """Whether to request refresh tokens, with which the app goes on without a login until nobody has used it for six
    months."""
    auto_redrive_gares: bool = False
    """Whether a call that is refused for want of a consent or of a fresh login makes that login, once, and is then made
    again."""
    token_validation_error_handler: TokenValidationErrorHandler | None = resolve_by_login_flow
    """The function that is called when stored tokens do not suffice; None raises the error instead."""
    id_token_decoder: IDTokenDecoder | TokenResponseDecoder | IDTokenDecoderProvider | None = None
    """The verification of id_tokens, or what makes one by ``for_globus_app``. None: they come from Globus Auth by TLS,
    which OpenID Connect (3.1.3.7) accepts in place of a check of the signature; issuer and audience are checked."""
    environment: str | None = None
    """The environment of Globus; None for the configured one, production as a rule."""
    interactive: bool | None = None
    """Whether there is a person to ask; None if that is to be found out. With False a login that is needed raises
    `LoginRequiredError` at once."""
    namespace: str = "DEFAULT"
    """The part of the token store that the app uses: one for each identity of a user."""
    on_insecure: Literal["repair", "refuse"] = "repair"
    """The treatment of a token file that others can read: repair its mode and warn, or refuse it."""
    clock: Callable[[], float] = field(default=time.time, repr=False)
    """The time in seconds since the epoch; for tests."""

    def __post_init__(self) -> None:
        _one_of("login_flow_manager", self.login_flow_manager, ("auto", "command-line", "local-server", "notebook"))
        _one_of("token_storage", self.token_storage, ("json", "sqlite", "keyring", "memory"))
        for name in ("request_refresh_tokens", "auto_redrive_gares"):
            if not isinstance(getattr(self, name), bool):
                raise GlobusUsageError(f"{name}: must be True or False, got {getattr(self, name)!r}")
        handler: object = self.token_validation_error_handler
        if handler is not None and not callable(handler):
            raise GlobusUsageError("token_validation_error_handler: must be a function of the app and the error")
        if self.login_redirect_uri is not None:
            check_redirect_uri("login_redirect_uri", self.login_redirect_uri)
        if not isinstance(unchecked(self.namespace), str) or not self.namespace:
            raise GlobusUsageError(f"namespace: must be a string that is not empty, got {self.namespace!r}")
        if not callable(unchecked(self.clock)):
            raise GlobusUsageError(f"clock: must be a function such as time.time, got {self.clock!r}")
        if self.on_insecure not in ("repair", "refuse"):
            raise GlobusUsageError(f"on_insecure: must be 'repair' or 'refuse', got {self.on_insecure!r}")
        if self.interactive not in (True, False, None):
            raise GlobusUsageError(f"interactive: must be True, False or None, got {self.interactive!r}")

    @property
    def environment_name(self) -> str:
        """The environment given, else the configured one."""
        return config.environment_name(self.environment)

    def without_people(self) -> Self:
        """The same, for a place where there is nobody to ask."""
        from dataclasses import replace

        return replace(self, login_flow_manager=None, interactive=False)


def _one_of(name: str, value: object, names: tuple[str, ...]) -> None:
    if isinstance(value, str):
        if value not in names:
            raise GlobusUsageError(f"{name}: must be one of {', '.join(names)}, or an object, got {value!r}")
    elif value is None:
        if name == "token_storage":
            raise GlobusUsageError(f"{name}: must be one of {', '.join(names)}, or an object, got None")
    elif isinstance(value, (int, float, bytes, PurePath)) or (
        isinstance(value, type) and not hasattr(value, "for_globus_app")
    ):
        example = "JSONTokenStorage(path)" if name == "token_storage" else "CommandLineLoginFlowManager()"
        raise GlobusUsageError(f"{name}: must be one of {', '.join(names)}, or an object such as {example}")
