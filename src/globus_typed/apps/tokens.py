"""`TokenStorageData`: the tokens for one resource server, as they are stored."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from typing_extensions import Self

from globus_typed.core.documents import Document
from globus_typed.core.fields import SecretText
from globus_typed.core.http_info import Secret

__all__ = ["TokenStorageData"]


def _sendable(token: str) -> str:
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError("must be a token: ASCII without spaces and line breaks")
    return token


_Token = Annotated[SecretText, AfterValidator(_sendable)]


class TokenStorageData(Document, frozen=True):
    """The tokens for one resource server, as a token store keeps them. Its repr shows no token."""

    resource_server: str
    """The service that takes the tokens, such as ``transfer.api.globus.org``."""
    identity_id: str | None = None
    """The id of the identity that the tokens belong to, a UUID; None if that is not known."""
    scope: str
    """The scopes of the access token, separated by spaces."""
    access_token: _Token
    """The token to send as ``Bearer`` to the resource server."""
    refresh_token: _Token | None = None
    """The token to get new access tokens with; None if refresh tokens were not requested."""
    expires_at_seconds: int = Field(strict=True)
    """When the access token expires, in seconds since the epoch."""
    token_type: str | None = None
    """How the access token is sent: ``Bearer``."""

    @property
    def extra(self) -> dict[str, Any]:
        """Further members, as they were stored; they are kept."""
        return dict(self.model_extra or {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The tokens from plain JSON data. Raises `pydantic.ValidationError`, which names the member."""
        return cls.model_validate(dict(data))

    def to_dict(self) -> dict[str, Any]:
        """The tokens as plain JSON data, without what is not known."""
        return {name: value for name, value in self.model_dump().items() if value is not None}

    def _shown(self, name: str | None, value: object) -> object:
        return Secret() if name in (self.model_extra or ()) else value
