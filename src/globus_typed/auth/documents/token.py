"""The responses of Globus Auth to requests for tokens, and to their revocation."""

import math
import time
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Protocol, TypeVar, overload

from pydantic import BeforeValidator
from typing_extensions import Self

from globus_typed.auth import documents
from globus_typed.auth.documents.official_forms import ByScopes
from globus_typed.auth.official_forms import DEFAULT_LEEWAY, JWTParams
from globus_typed.core.documents import Document
from globus_typed.core.fields import NULL_IS_ABSENT, SecretText
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_list, is_object
from globus_typed.core.outside_text import HiddenText
from globus_typed.core.whole_bodies import ArrayBody

__all__ = ["DependentTokenResponse", "ResourceServerToken", "Token", "TokenResponse", "TokenRevocation"]


class ResourceServerToken(dict[str, "str | int | None"]):
    """The token for one resource server: ``token.access_token`` and ``token["access_token"]`` are the same.

    It is a plain JSON object, so that a web session can store it; its repr does not show the tokens.
    """

    __slots__ = ()

    @property
    def access_token(self) -> str:
        """The token to send as ``Bearer`` to the resource server."""
        return self["access_token"]

    @property
    def refresh_token(self) -> str | None:
        """The token to get new access tokens with, without the user; None if refresh tokens were not requested."""
        token: str | None = self["refresh_token"]
        return token

    @property
    def expires_at_seconds(self) -> int:
        """When the access token expires, in seconds since the epoch."""
        return self["expires_at_seconds"]

    @property
    def scope(self) -> str | None:
        """The scopes of the token, separated by spaces."""
        return self["scope"]

    @property
    def token_type(self) -> str | None:
        """How the token is sent: ``Bearer``."""
        return self["token_type"]

    @property
    def resource_server(self) -> str:
        """The service that takes the token, such as ``transfer.api.globus.org``, or the id of a client."""
        return self["resource_server"]

    # Any for the refresh token: pyright narrows no item of a class of one's own, so that no check for None would help.
    @overload
    def __getitem__(self, key: Literal["access_token", "resource_server"], /) -> str: ...
    @overload
    def __getitem__(self, key: Literal["expires_at_seconds"], /) -> int: ...
    @overload
    def __getitem__(self, key: Literal["scope", "token_type"], /) -> str | None: ...
    @overload
    def __getitem__(self, key: Literal["refresh_token"], /) -> Any: ...
    @overload
    def __getitem__(self, key: str, /) -> str | int | None: ...
    def __getitem__(self, key: str, /) -> str | int | None:
        return super().__getitem__(key)

    def __repr__(self) -> str:
        shown = {name: Secret(value) if name.endswith("_token") and value else value for name, value in self.items()}
        return repr(shown)


def _whole_seconds(value: object) -> object:
    """A lifetime that a clock can hold: a fraction is dropped, and one of thousands of years is cut."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:20])
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) else _LONGEST
    return min(value, _LONGEST) if isinstance(value, int) else value


_LONGEST = 10**10
_Lifetime = Annotated[int, BeforeValidator(_whole_seconds)]


class _HoldsTokens(Document, frozen=True):
    """A document whose repr shows neither tokens nor what it does not know, which may be tokens too."""

    def _shown(self, name: str | None, value: object) -> object:
        return Secret() if name in (self.model_extra or ()) else value

    @property
    def data(self) -> Any:
        """The document as plain JSON data, as it was sent; its repr shows no token."""
        return _concealed(super().data)

    def __getitem__(self, key: str) -> Any:
        return _concealed({key: super().__getitem__(key)})[key]


_PUBLIC = {"resource_server", "scope", "token_type", "state"}


def _concealed(value: object, name: str = "") -> Any:
    """JSON data whose texts, but for those known to be harmless, no repr shows."""
    if is_object(value):
        return {key: _concealed(item, key) for key, item in value.items()}
    if is_list(value):
        return [_concealed(item, name) for item in value]
    return HiddenText(value) if isinstance(value, str) and name not in _PUBLIC else value


class Token(_HoldsTokens, frozen=True):
    """A token for one resource server."""

    access_token: SecretText
    """The token to send as ``Bearer`` to the resource server."""
    resource_server: str
    """The service that takes the token, such as ``transfer.api.globus.org``, or the id of a client."""
    scope: str | None = None
    """The scopes of the token, separated by spaces."""
    expires_in: _Lifetime | None = None
    """For how many seconds the access token is good, counted from the answer; 172800 as a rule."""
    token_type: str | None = None
    """How the token is sent: ``Bearer``, in lower case in some answers."""
    refresh_token: SecretText | None = None
    """The token to get new access tokens with, without the user; None if refresh tokens were not requested."""


class _TokenAnswer(_HoldsTokens, frozen=True):
    """An answer with tokens, which count their seconds from when it came."""

    # A slot, because a private attribute would make two readings of one answer unequal.
    __slots__ = ("_made_at",)

    def model_post_init(self, context: Any, /) -> None:
        _stamp(self, time.time())

    def _by_resource_server(self, tokens: Iterable[Token]) -> dict[str, ResourceServerToken]:
        started = self.http.received_at if self.http else _made_at(self)
        return {
            token.resource_server: ResourceServerToken(
                access_token=token.access_token,
                refresh_token=token.refresh_token,
                expires_at_seconds=int(started + min(token.expires_in or 0, 10**12)),
                scope=token.scope,
                token_type=token.token_type,
                resource_server=token.resource_server,
            )
            for token in tokens
        }

    def __copy__(self) -> Self:
        return _stamp(super().__copy__(), _made_at(self))

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return _stamp(super().__deepcopy__(memo), _made_at(self))

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "_made_at": _made_at(self)}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        _stamp(self, state["_made_at"])


_AnswerT = TypeVar("_AnswerT", bound=_TokenAnswer)


def _made_at(answer: _TokenAnswer) -> float:
    return getattr(answer, "_made_at", 0.0)


def _stamp(answer: _AnswerT, made_at: float) -> _AnswerT:
    object.__setattr__(answer, "_made_at", made_at)
    return answer


_ReadT = TypeVar("_ReadT", covariant=True)


class IdTokenDecoder(Protocol[_ReadT]):
    """An app's Auth client, sync or async, as far as `TokenResponse.decode_id_token` needs it."""

    def decode_id_token(
        self,
        tokens: "TokenResponse",
        *,
        nonce: str | None = None,
        leeway: float = ...,
        openid_configuration: "documents.OpenIDConfiguration | None" = None,
        jwt_params: JWTParams | None = None,
    ) -> _ReadT:
        """The claims of the id_token among the tokens."""
        ...


class TokenResponse(Token, _TokenAnswer, frozen=True):
    """The tokens of a login, a refresh, or an app's own: one at the top, those for other services beside it.

    Read them with `by_resource_server`. Neither its repr nor its str shows a token.
    """

    state: str | None = None
    """The state that the login was started with; None for other grants."""
    id_token: SecretText | None = None
    """Who the user is, as a signed token (JWT); None where the scope ``openid`` was not asked for."""
    other_tokens: list[Token] = []
    """The tokens for further resource servers."""

    @property
    def by_resource_server(self) -> dict[str, ResourceServerToken]:
        """The tokens by the resource server that takes them; JSON data, fit for a web session.

        ``expires_at_seconds`` counts from when the answer came, and for a document made by hand from when it was made.
        """
        return self._by_resource_server((self, *self.other_tokens))

    @property
    def by_scopes(self) -> ByScopes[ResourceServerToken]:
        """The tokens by each scope that they are good for; ``by_scopes["openid email"]`` for several of one token."""
        return _by_scopes(self.by_resource_server)

    def decode_id_token(
        self,
        auth_client: IdTokenDecoder[_ReadT],
        *,
        nonce: str | None = None,
        leeway: float = DEFAULT_LEEWAY,
        openid_configuration: "documents.OpenIDConfiguration | None" = None,
        jwt_params: JWTParams | None = None,
    ) -> _ReadT:
        """Who logged in: the `IdToken` of this answer, once it is verified; from an async client, to be awaited.

        Parameters: `auth_client`, the app's, which the tokens were given to; the others as for its `decode_id_token`.
        Sends, raises and needs what the client's `decode_id_token` does.
        """
        return auth_client.decode_id_token(
            self, nonce=nonce, leeway=leeway, openid_configuration=openid_configuration, jwt_params=jwt_params
        )


class DependentTokenResponse(ArrayBody[Token], _TokenAnswer, frozen=True):
    """The tokens that a service got in exchange for the token it was called with: iterate it, or index it.

    The service sends a JSON array; `data` gives it as such. Neither its repr nor its str shows a token.
    """

    tokens: list[Token]
    """The tokens, one for each resource server downstream."""

    @property
    def by_resource_server(self) -> dict[str, ResourceServerToken]:
        """The tokens by the resource server that takes them; JSON data, fit for a web session.

        ``expires_at_seconds`` counts from when the answer came, and for a document made by hand from when it was made.
        """
        return self._by_resource_server(self.tokens)

    @property
    def by_scopes(self) -> ByScopes[ResourceServerToken]:
        """The tokens by each scope that they are good for; several scopes of one token may be given together."""
        return _by_scopes(self.by_resource_server)

    @property
    def _entries(self) -> list[Token]:
        return self.tokens


def _by_scopes(tokens: dict[str, ResourceServerToken]) -> ByScopes[ResourceServerToken]:
    return ByScopes({scope: token for token in tokens.values() for scope in (token.scope or "").split()})


class TokenRevocation(Document, frozen=True):
    """The answer to a revocation; a token that was dead before is answered the same."""

    active: Annotated[bool, NULL_IS_ABSENT] = False
    """Whether the token is still good: False."""
