from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .jwk import Key

def encode(
    claims: Mapping[str, Any],
    key: str | Mapping[str, str] | Key,
    algorithm: str = "HS256",
    headers: Mapping[str, str] | None = None,
    access_token: str | None = None,
) -> str: ...
def decode(
    token: str,
    key: str | Mapping[str, Any] | Key,
    algorithms: str | Sequence[str] | None = None,
    options: Mapping[str, bool | int] | None = None,
    audience: str | None = None,
    issuer: str | Iterable[str] | None = None,
    subject: str | None = None,
    access_token: str | None = None,
) -> dict[str, Any]: ...
def get_unverified_header(token: str) -> dict[str, Any]: ...
def get_unverified_claims(token: str) -> dict[str, Any]: ...
