"""Who logged in, from the id_token of a login."""

import base64
import inspect
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json
from typing_extensions import TypeIs

from globus_typed.apps.config import GlobusAppConfig, IDTokenDecoder, IDTokenDecoderProvider, TokenResponseDecoder
from globus_typed.apps.errors import MissingIdentityError
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_list, is_object
from globus_typed.core.lazy import Later

if TYPE_CHECKING:
    from globus_typed.apps.login_flows import pending
    from globus_typed.auth import documents
else:
    documents = Later("globus_typed.auth.documents")
    pending = Later("globus_typed.apps.login_flows.pending")

__all__ = ["claims_of"]


def claims_of(
    response: "documents.TokenResponse",
    config: GlobusAppConfig,
    *,
    client_id: str,
    app_name: str,
    login_client: "pending.LoginClient",
) -> dict[str, Any]:
    """The claims of the id_token of a login, of which ``sub`` is the identity.

    Raises `MissingIdentityError` if there is none, or it is another app's; and what the configured verification raises.
    """
    if response.id_token is None:
        raise MissingIdentityError("the login gave no id_token, so that it is not known who logged in")
    decoder = config.id_token_decoder
    if isinstance(decoder, IDTokenDecoderProvider):
        decoder = decoder.for_globus_app(app_name=app_name, config=config, login_client=login_client)
    if decoder is None:
        claims = _unverified(response.id_token)
        audience: object = claims.get("aud")
        if client_id not in (audience if is_list(audience) else [audience]):
            raise MissingIdentityError("the id_token of the login was issued to another app")
    else:
        claims = _verified(decoder, response, Secret(response.id_token))
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise MissingIdentityError("the id_token of the login names no identity")
    return claims


def _verified(
    decoder: IDTokenDecoder | TokenResponseDecoder, response: "documents.TokenResponse", id_token: Secret
) -> dict[str, Any]:
    if _takes_response(decoder):
        return {"sub": decoder.decode(response)}
    return dict(decoder.decode(id_token))


def _takes_response(decoder: IDTokenDecoder | TokenResponseDecoder) -> TypeIs[TokenResponseDecoder]:
    # Only the name of the parameter says it.
    return next(iter(inspect.signature(decoder.decode).parameters), None) == "tokens"


def _unverified(id_token: str) -> dict[str, Any]:
    """The claims of an id_token that came from Globus Auth itself, by TLS (OpenID Connect Core 1.0, 3.1.3.7)."""
    try:
        payload = Secret(id_token).split(".")[1]
        claims: object = from_json(base64.urlsafe_b64decode(f"{payload}=="))
    except (IndexError, ValueError):
        claims = None
    if not is_object(claims):
        raise MissingIdentityError("the id_token of the login cannot be read")
    return claims
