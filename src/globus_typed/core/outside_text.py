"""Text that came from outside, as a message may hold it: cut, on one line, and free of the secrets that were sent."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl, unquote_plus

from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_list

__all__ = ["Hidden", "HiddenText", "clean", "hidden", "secretive", "sent_secrets"]

T = TypeVar("T")

LONGEST = 2000
"""The characters of a text from outside that a message holds."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]+")
"""Control and escape characters, line separators, what turns the direction of writing, and lone surrogates."""
_SECRETIVE = re.compile(
    r"(?<!dependent_)(token|secret|password|passphrase|verifier|assertion)s?$|^code$", re.IGNORECASE
)
"""The names of members and form fields whose values are secrets."""
_REDACTED = "<redacted>"


def clean(text: str, secrets: Iterable[str] = (), longest: int = LONGEST) -> str:
    """The text cut after `longest` characters, without control characters, and with `secrets` redacted."""
    known = [secret for secret in secrets if secret]
    # A secret that lies across the cut has to be seen whole, and one may be written over several lines.
    start = text[: longest + max(map(len, known), default=0)]
    for secret in known:
        start = start.replace(secret, _REDACTED)
    cleaned = _UNPRINTABLE.sub(" ", start).strip()
    for secret in known:
        cleaned = cleaned.replace(secret, _REDACTED)
    if len(text) <= longest and len(cleaned) <= longest:
        return cleaned
    return f"{cleaned[:longest]}..."


def sent_secrets(authorization: str | None, form: bytes) -> tuple[Secret, ...]:
    """The secrets in what was sent, as a page that echoes it may show them: the longest first."""
    found: set[str] = set()
    if authorization:
        found |= {authorization, authorization.partition(" ")[2]}
    for name, value in parse_qsl(form.decode("utf-8", "replace")) if form else ():
        if _SECRETIVE.search(name):
            found.add(value)
    # A page may quote the raw form.
    if form:
        for pair in form.decode("utf-8", "replace").split("&"):
            name, _, value = pair.partition("=")
            if _SECRETIVE.search(unquote_plus(name)):
                found.add(value)
    return tuple(Secret(text) for text in sorted(found, key=len, reverse=True) if len(text) >= 4)


def secretive(value: object) -> Any:
    """JSON data in which tokens and other secrets, known by the names of their members, are in no repr."""
    if isinstance(value, Mapping):
        members = cast("Mapping[str, Any]", value)
        return {
            name: Secret(item) if isinstance(item, str) and _SECRETIVE.search(name) else secretive(item)
            for name, item in members.items()
        }
    if is_list(value):
        return [secretive(item) for item in value]
    return value


class HiddenText(str):
    """Text that may hold a secret, and which no repr shows; what is known to be one is a `Secret`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return _REDACTED


class HiddenBytes(bytes):
    """Bytes that may hold a secret, and which no repr shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return _REDACTED


class Hidden(Mapping[str, Any]):
    """A mapping of a caller's, which may hold secrets, and which no repr shows."""

    __slots__ = ("given",)

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given: Mapping[str, Any] = given

    def __getitem__(self, key: str) -> Any:
        return self.given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def __repr__(self) -> str:
        return _REDACTED


def hidden(given: T) -> T:
    """An argument that may hold secrets, so that no traceback shows them: a mapping, str or bytes of another repr."""
    shown: Any = given
    if isinstance(given, str):
        shown = HiddenText(str.__str__(given))  # which is the value of a str enum too
    elif isinstance(given, bytes):
        shown = HiddenBytes(given)
    elif isinstance(given, Mapping):
        shown = Hidden(cast("Mapping[str, Any]", given))
    return cast("T", shown)
