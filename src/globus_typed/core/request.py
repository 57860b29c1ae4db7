"""`Request[T]`: a value that says what to send and which document answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import NoneType
from typing import Any, Generic, Literal, TypeAlias, TypeGuard
from urllib.parse import quote
from uuid import UUID

from typing_extensions import TypeVar

from globus_typed.core.documents import Document
from globus_typed.core.http_info import Secret
from globus_typed.core.payloads import Payload
from globus_typed.errors import GlobusAPIError, GlobusUsageError

__all__ = ["Body", "DocumentT", "Method", "Part", "QueryValue", "Request", "check_kinds", "is_query_value"]

DocumentT = TypeVar("DocumentT", bound=Document, default=Document)
AnswerT_co = TypeVar("AnswerT_co", bound=Document, default=Document, covariant=True)

Method: TypeAlias = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
QueryValue: TypeAlias = str | int | float | bool | UUID | Iterable[str] | None
"""None is left out, a bool is sent as ``true`` or ``false``, several strings as a repeated parameter."""


def is_query_value(value: object) -> TypeGuard[QueryValue]:
    """Whether a query parameter can have this value."""
    return value is None or (
        isinstance(value, (str, int, float, UUID, Iterable)) and not isinstance(value, (bytes, Mapping))
    )


@dataclass(frozen=True)
class Part:
    """A segment of a path that the caller gives, with the name of its parameter."""

    name: str
    value: object

    def __str__(self) -> str:
        # Bytes that are no UTF-8 become characters that cannot be printed.
        text = self.value.decode(errors="surrogateescape") if isinstance(self.value, bytes) else str(self.value)
        # None would be sent as "None".
        known = isinstance(self.value, (str, bytes, int, UUID)) and not isinstance(self.value, bool)
        if not known or text in {"", ".", ".."} or "/" in text or not text.isprintable():
            raise GlobusUsageError(
                f"{self.name}: must be one segment of a path, not empty and without a slash, got {self.value!r}"
            )
        return quote(text, safe="")


@dataclass(frozen=True)
class Body:
    """A JSON document to send, in parts. A large one is streamed part by part, and can be sent again."""

    parts: tuple[bytes, ...] = field(repr=False)
    """The parts of the document, in order."""

    @property
    def length(self) -> int:
        """The number of bytes."""
        return sum(map(len, self.parts))


@dataclass(frozen=True)
class Request(Generic[AnswerT_co]):
    """A request, and the document expected in return: `client.send(request)` sends it, typed like any method."""

    method: Method
    """The HTTP method."""
    path: tuple[str | Part, ...] | str
    """The segments of the path, each quoted; or one str, a whole path or URL that is used as it is."""
    answer: type[AnswerT_co]
    """The document of a successful response."""
    query: Mapping[str, QueryValue] = field(default_factory=dict[str, QueryValue], repr=False)
    """The query parameters; those that are None are left out."""
    json: Payload | Mapping[str, Any] | None = field(default=None, repr=False)
    """The document to send."""
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """The form to send, where the route takes a form."""
    content: bytes | Body | None = field(default=None, repr=False)
    """The raw body to send, if it is neither JSON nor a form."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Further headers."""
    repeatable: bool | None = None
    """Whether it may be sent again if it may have arrived; None: all methods but POST and PATCH may."""
    retry_401: bool = True
    """Whether a 401 makes the authorizer renew its token and the request be sent once more."""
    authorization: Secret | Literal[False] | None = None
    """The Authorization header, instead of the client's; False for none at all."""
    statuses: Collection[int] = ()
    """The HTTP statuses, besides 2xx, of a successful response, such as 303. Redirects are never followed."""
    error_class: type[GlobusAPIError] | None = None
    """The exception raised when the service refuses; None: the client's."""
    target: str = field(init=False, repr=False, compare=False)
    """The path, quoted."""

    def __post_init__(self) -> None:
        if isinstance(self.path, str):
            target = self.path
        else:
            target = "/" + "/".join(part if isinstance(part, str) else str(part) for part in self.path)
        object.__setattr__(self, "target", target)
        if any(isinstance(value, Iterator) for value in self.query.values()):
            # An iterator would be empty when the request is sent again.
            query = {name: tuple(value) if isinstance(value, Iterator) else value for name, value in self.query.items()}
            object.__setattr__(self, "query", query)

    @property
    def may_repeat(self) -> bool:
        """Whether it may be sent again although it may have arrived before."""
        return self.method not in {"POST", "PATCH"} if self.repeatable is None else self.repeatable

    def with_query(self, **params: QueryValue) -> "Request[AnswerT_co]":
        """The same request with these query parameters set."""
        return replace(self, query={**self.query, **params})


_MAPPING = (Mapping, NoneType), "a mapping, such as a dict"
_KINDS: dict[str, tuple[tuple[type[object], ...], str]] = {
    "path": ((str,), "a str"),
    "params": _MAPPING,
    "query_params": _MAPPING,
    "headers": _MAPPING,
    "json_body": ((Mapping, Payload, NoneType), "a mapping, such as a dict"),
    "text_body": ((str, Mapping, NoneType), "a str, or a mapping for a form"),
    "data": ((Mapping, Payload, str, bytes, NoneType), "a mapping, such as a dict, a payload, a str or bytes"),
}


def check_kinds(*, response_class: object = None, **arguments: object) -> None:
    """`GlobusUsageError`, by name, for an argument of a low-level call that has a wrong type."""
    for name, value in arguments.items():
        kinds, expected = _KINDS[name]
        if not isinstance(value, kinds):
            # The value may be a secret.
            raise GlobusUsageError(f"{name}: must be {expected}, got {type(value).__name__}")
        if name in {"text_body", "data"} and isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise GlobusUsageError(f"{name}: must be encodable as UTF-8, with no lone surrogates")
    if response_class is not None and not (isinstance(response_class, type) and issubclass(response_class, Document)):
        raise GlobusUsageError(f"response_class: must be a class of documents, got {response_class!r}")
