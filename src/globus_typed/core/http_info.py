"""`HTTPInfo`, the HTTP exchange behind a document or an error; `Secret`, a string that no repr shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timezone
from functools import cached_property
from typing import Any

from pydantic_core import from_json

from globus_typed.core.json_data import is_object

__all__ = ["HTTPInfo", "Secret", "without_lone_surrogates"]


class Secret(str):
    """A string that shows itself as ``<redacted>`` in a repr, and so in tracebacks and in the models that hold it."""

    __slots__ = ()

    @classmethod
    def of(cls, value: object) -> "Secret":
        """The secret that an argument is, so that no traceback shows it; an empty one, to be refused, for no string."""
        return cls(value) if isinstance(value, str) else cls()

    def __repr__(self) -> str:
        return "<redacted>"


@dataclass(frozen=True, repr=False)
class HTTPInfo:
    """The HTTP exchange behind a document or an error: status, headers, request id, attempts, URL and body."""

    method: str
    """The HTTP method of the request."""
    url: str = field(repr=False)
    """The URL of the request, with its query, which may hold what is private: no repr shows it."""
    status: int
    """The HTTP status of the response."""
    headers: Mapping[str, str] = field(repr=False, hash=False)
    """The headers of the response; looked up without regard to case."""
    body: bytes = field(repr=False)
    """The body of the response, byte for byte. It may hold tokens, so it is in no repr."""
    request_id: str | None = None
    """The service's id of the request, to give to Globus support; None where the service sent none."""
    attempts: int = 1
    """The number of times that the request was sent, this response being to the last."""
    received_at: float = 0.0
    """When the response came, in seconds since the epoch, by the client's clock."""
    secrets: tuple[Secret, ...] = field(default=(), repr=False, compare=False)
    """The tokens and other secrets that were sent, of a refused request: no message shows them, and no pickle."""

    def __repr__(self) -> str:
        shown = f"request_id={self.request_id!r}, attempts={self.attempts}, received_at={self.received_at}"
        return f"HTTPInfo({self.place!r}, status={self.status}, {shown})"

    def __deepcopy__(self, memo: dict[int, Any]) -> "HTTPInfo":
        return self

    def __getstate__(self) -> dict[str, Any]:
        # What the service echoed leaves the process without the secrets that were sent, and a query may hold one.
        state: dict[str, Any] = {**vars(self), "secrets": ()}
        if not 200 <= self.status < 300:
            state["url"] = self.url.partition("?")[0]
        body = self.body
        for secret in self.secrets:
            body = body.replace(secret.encode(errors="replace"), b"<redacted>")
        state["body"] = body
        if self.secrets:
            state.pop("json_object", None)
        return state

    @cached_property
    def json_object(self) -> dict[str, Any] | None:
        """The body as a JSON object, parsed once; None where it is none."""
        try:
            value = from_json(without_lone_surrogates(self.body) or self.body)
        except ValueError:
            return None
        return value if is_object(value) else None

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON; one that was cut, or comes from something between here and the service, is not."""
        try:
            from_json(without_lone_surrogates(self.body) or self.body)
        except ValueError:
            return False
        return True

    @property
    def retry_after(self) -> float | None:
        """The seconds that a ``Retry-After`` header asks to wait, counted from the response; None without one."""
        text = self.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        from email.utils import parsedate_to_datetime  # here, because it takes half of Python's email package along

        try:
            date = parsedate_to_datetime(text)
            # All dates in headers are in UTC.
            seconds = (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()
        except (ValueError, OverflowError, TypeError):  # a year or a zone that no clock can hold
            return None
        return max(0.0, seconds - self.received_at)

    @property
    def place(self) -> str:
        """The method and the URL without its query, which may hold what is private."""
        return f"{self.method} {self.url.partition('?')[0]}"


_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def without_lone_surrogates(body: bytes) -> bytes | None:
    """The JSON body with U+FFFD for halves of characters, which UTF-8 cannot hold; None for one that has none."""
    if not _ESCAPED_SURROGATE.search(body):
        return None
    import json  # here, since such a body is rare

    try:
        text = json.dumps(json.loads(body), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    mended, count = _SURROGATE.subn("\ufffd", text)
    return mended.encode() if count else None
