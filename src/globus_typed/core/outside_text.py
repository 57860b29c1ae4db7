"""Text that came from outside, as a message may hold it: cut, on one line, and free of the secrets that were sent."""

import contextlib
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl, unquote_plus

from pydantic_core import from_json

from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_list, is_object

__all__ = ["Hidden", "HiddenText", "clean", "hidden", "secretive", "sent_secrets", "without_secrets"]

T = TypeVar("T")

LONGEST = 2000
"""The characters of a text from outside that a message holds."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]+")
"""Control and escape characters, line separators, what turns the direction of writing, and lone surrogates."""
_SECRETIVE = re.compile(
    r"(?<!dependent_)(token|secret|password|passphrase|verifier|assertion)s?$|^code$", re.IGNORECASE
)
"""The names of members and form fields whose values are secrets."""
_SECRET_HEADER = re.compile(r"authorization|cookie|token|secret|key|password")
"""The names of headers whose values are secrets."""
_JSON_MEMBER = re.compile(r'"([^"\\]{1,64})"\s*:\s*"((?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*)"')
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


def sent_secrets(
    headers: Mapping[str, str], *, form: bytes = b"", query: bytes = b"", json: bytes = b"", more: Iterable[str] = ()
) -> tuple[Secret, ...]:
    """The secrets in what was sent, as a page that echoes it may show them: the longest first.

    Parameters: `headers`, by names in lower case; `form` and `query`, URL-encoded; `json`, a document; `more`, others.
    """
    found = {str.__str__(secret) for secret in more}
    for name, value in headers.items():
        if _SECRET_HEADER.search(name):
            found |= {value, value.partition(" ")[2], _password(value)}
    for encoded in filter(None, (form, query)):
        text = encoded.decode("utf-8", "replace")
        found.update(value for name, value in parse_qsl(text) if _SECRETIVE.search(name))
        # A page may quote the raw form.
        for pair in text.split("&"):
            name, _, value = pair.partition("=")
            if _SECRETIVE.search(unquote_plus(name)):
                found.add(value)
    for name, value in _JSON_MEMBER.findall(json.decode("utf-8", "replace")):
        if _SECRETIVE.search(name):
            found.add(value)
            with contextlib.suppress(ValueError):  # half a character
                found.add(from_json(f'"{value}"'))
    return tuple(Secret(text) for text in sorted(found, key=len, reverse=True) if len(text) >= 4)


def _password(header: str) -> str:
    """The password in a ``Basic`` header, which a page may show decoded; empty where there is none."""
    kind, _, encoded = header.partition(" ")
    with contextlib.suppress(ValueError):
        if kind.lower() == "basic":
            return b64decode(encoded).decode("utf-8", "replace").partition(":")[2]
    return ""


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


def without_secrets(value: object, secrets: Iterable[str]) -> Any:
    """JSON data in which texts that hold one of the secrets are in no repr."""
    if isinstance(value, str):
        return HiddenText(value) if any(secret in value for secret in secrets) else value
    if is_object(value):
        return {name: without_secrets(item, secrets) for name, item in value.items()}
    if is_list(value):
        return [without_secrets(item, secrets) for item in value]
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


class _HiddenDict(dict[str, Any]):
    def __repr__(self) -> str:
        return _REDACTED


class Hidden(Mapping[str, Any]):
    """A mapping of a caller's, which may hold secrets, and which no repr shows."""

    __slots__ = ("given",)

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given: Mapping[str, Any] = given

    def __getitem__(self, key: str) -> Any:
        value = self.given[key]
        return hidden(value) if isinstance(value, str) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def copy(self) -> dict[str, Any]:
        """The mapping as a dict, which no repr shows either."""
        return _HiddenDict(self.given)

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
