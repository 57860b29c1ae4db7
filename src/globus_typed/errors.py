"""The exception tree. Each service adds its own `GlobusAPIError`, which is found here by its name too."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from typing_extensions import Self

from globus_typed import registry
from globus_typed.core.http_info import HTTPInfo

__all__ = [
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "ConsentRequiredError",
    "GlobusAPIError",
    "GlobusConnectionError",
    "GlobusError",
    "GlobusOptionalDependencyError",
    "GlobusTimeoutError",
    "GlobusUsageError",
    "GlobusWarning",
    "LoginRequiredError",
    "NetworkError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitedError",
    "RedirectedError",
    "ResponseShapeError",
    "ServiceUnavailableError",
    "required_scopes",
]

if not TYPE_CHECKING:  # a module with __getattr__ has, to a type checker, every name there is

    def __getattr__(name: str) -> object:
        for service in () if name.startswith("_") else registry.services():
            if name in service.errors:
                value = globals()[name] = getattr(registry.part(service.name, "errors"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *(name for service in registry.services() for name in service.errors)})


class GlobusError(Exception):
    """Base class of all exceptions of this package."""


class GlobusUsageError(GlobusError, ValueError):
    """A wrong argument, or calls in the wrong order, found before anything was sent."""


class GlobusWarning(UserWarning):
    """A document that the service would accept, but that is probably not what was meant."""


class GlobusOptionalDependencyError(GlobusError, NotImplementedError):
    """A feature needs packages that are not installed."""

    def __init__(self, dependency_names: Sequence[str], feature_name: str, extra: str | None = None) -> None:
        self.dependency_names: tuple[str, ...] = tuple(dependency_names)
        self.feature_name = feature_name
        self.extra = extra
        install = f'pip install "globus-typed[{extra}]"' if extra else f"pip install {' '.join(self.dependency_names)}"
        super().__init__(f"{feature_name} needs {', '.join(self.dependency_names)}: {install}")

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[str, ...], str, str | None]]:
        return type(self), (self.dependency_names, self.feature_name, self.extra)


class ResponseShapeError(GlobusError):
    """A successful response that is not the document expected."""

    document: str
    """The name of the document that was expected."""
    problems: tuple[tuple[str, str], ...]
    """The mismatches, as (member, reason), the member by its place in the document, such as ``DATA.3.name``."""
    http: HTTPInfo
    """The HTTP exchange, with the body of the response, which is left out when the error is pickled."""

    def __init__(self, document: str, problems: Sequence[tuple[str, str]], http: HTTPInfo) -> None:
        self.document, self.problems, self.http = document, tuple(problems), http
        shown = "; ".join(f"{member or 'body'}: {reason}" for member, reason in self.problems[:5])
        kind = http.headers.get("Content-Type", "no content type")
        super().__init__(
            f"{http.place} answered {http.status} ({kind}, {len(http.body)} bytes), which is no {document}: {shown}"
        )

    def __copy__(self) -> Self:
        return type(self)(self.document, self.problems, self.http)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...], dict[str, object]]:
        # An unexpected body may hold anything, tokens too: it does not leave the process.
        return type(self), (self.document, self.problems, replace(self.http, body=b"")), {"args": self.args}


class NetworkError(GlobusError):
    """No response came. httpx's own exception is the `__cause__`, and `underlying_exception`."""

    underlying_exception: Exception | None
    """The exception beneath; None when the error was pickled."""
    was_sent: bool
    """False if the request certainly did not reach the service, so that it can be made again without harm; True if it
    may have, in whole or in part."""

    def __init__(self, message: str, underlying_exception: Exception | None = None, was_sent: bool = True) -> None:
        super().__init__(message)
        self.underlying_exception = underlying_exception
        self.was_sent = was_sent

    def __copy__(self) -> Self:
        return type(self)(str(self), self.underlying_exception, self.was_sent)

    def __reduce__(self) -> tuple[type[Self], tuple[str, None, bool]]:
        # httpx's exception holds sockets and the request: neither may leave the process.
        return type(self), (str(self), None, self.was_sent)


class GlobusTimeoutError(NetworkError):
    """The service did not respond in time."""


class GlobusConnectionError(NetworkError):
    """The connection could not be made, or was lost."""


class GlobusAPIError(GlobusError):
    """The service refused a request. Subclasses tell the service, and the meaning."""

    http: HTTPInfo
    """The HTTP exchange, with the headers and the body of the response."""
    http_status: int
    """The HTTP status."""
    code: str
    """The service's own code, such as ``EndpointNotFound``; ``"Error"`` if it sent none."""
    message: str
    """The service's own message, or the body if it is not an error document."""
    request_id: str | None
    """The service's id of the request, to give to support@globus.org; None where it sent none."""
    raw_json: dict[str, Any] | None
    """The body as it was sent, if it is a JSON object."""

    final_codes: ClassVar[frozenset[str]] = frozenset()
    """The codes, up to the first dot, that sending the request again will not change."""

    def __init__(self, http: HTTPInfo) -> None:
        self.http = http
        self.http_status = http.status
        self.raw_json = http.json_object
        detail = _first_error(self.raw_json or {})
        self.code = _text(detail, "code", "error") or "Error"
        self.message = _text(detail, "message", "detail", "error_description", "title") or self.raw_text
        meta: object = (self.raw_json or {}).get("meta")
        in_meta = _text(cast("dict[str, Any]", meta), "request_id") if isinstance(meta, dict) else None
        self.request_id = _text(detail, "request_id", "id") or in_meta or http.request_id
        super().__init__(self.http_status, self.code, self.message)

    @property
    def raw_text(self) -> str:
        """The body as it was sent."""
        return self.http.body.decode("utf-8", "replace")

    def __str__(self) -> str:
        request = f"{self.http.place}, request id {self.request_id}" if self.request_id else self.http.place
        return f"{self.http_status} {self.code}: {self.message} ({request})"

    def __reduce__(self) -> tuple[Callable[..., "GlobusAPIError"], tuple[object, ...]]:
        return type(self), (self.http,)


class BadRequestError(GlobusAPIError):
    """400: the request is malformed, or the document in it is wrong."""


class AuthenticationError(GlobusAPIError):
    """401: no token, or one that is wrong, expired or revoked."""


class LoginRequiredError(AuthenticationError):
    """400 or 401 ``invalid_grant``: the refresh token or code was used, is expired or revoked. The user has to log in
    again."""

    def __str__(self) -> str:
        return f"{super().__str__()}; log in again to get new tokens"


class PermissionDeniedError(GlobusAPIError):
    """403: the caller has no permission to do this."""


class ConsentRequiredError(PermissionDeniedError):
    """403: the user has to consent to more scopes first; `required_scopes` names them."""

    @property
    def required_scopes(self) -> tuple[str, ...]:
        """The scopes to ask for in a new login."""
        return required_scopes(self.raw_json or {})


class NotFoundError(GlobusAPIError):
    """404: there is no such resource, or none that the caller may see."""


class ConflictError(GlobusAPIError):
    """409: the request conflicts with the state of the resource."""


class RedirectedError(GlobusAPIError):
    """3xx: the service, or something before it, sent the request elsewhere. No redirect is followed with a token."""

    def __str__(self) -> str:
        return (
            f"{super().__str__()}; redirected to {self.location.partition('?')[0] or 'nowhere'}, which is not followed"
        )

    @property
    def location(self) -> str:
        """The ``Location``, without control characters, user and password, and cut after 1,000 characters; it may be
        empty."""
        sent = "".join(filter(str.isprintable, self.http.headers.get("Location", "")))[:1000]
        return re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*@", r"\1//", sent).partition("#")[0]


class RateLimitedError(GlobusAPIError):
    """429: too many requests; `retry_after` says how long to wait."""

    @property
    def retry_after(self) -> float | None:
        """The seconds to wait, counted from the response; None if the service did not say."""
        return self.http.retry_after


class ServiceUnavailableError(GlobusAPIError):
    """503: the service is down or too busy; `retry_after` says how long to wait."""

    @property
    def retry_after(self) -> float | None:
        """The seconds to wait, counted from the response; None if the service did not say."""
        return self.http.retry_after


def _first_error(body: Mapping[str, Any]) -> Mapping[str, Any]:
    errors: object = body.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return cast("dict[str, Any]", errors[0])
    return body


def required_scopes(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The scopes that an error document says are missing, in any of its forms."""
    one: object = body.get("required_scope")
    many: object = body.get("required_scopes")
    scopes = cast("list[object]", many) if isinstance(many, list) else [one]
    found = tuple(scope for scope in scopes if isinstance(scope, str))
    if found:
        return found
    parameters: object = body.get("authorization_parameters")
    if isinstance(parameters, dict):
        return required_scopes(cast("dict[str, Any]", parameters))
    errors: object = body.get("errors")
    first: object = cast("list[object]", errors)[0] if isinstance(errors, list) and errors else None
    unapproved: object = cast("dict[str, object]", first).get("unapproved_scopes") if isinstance(first, dict) else None
    return required_scopes({"required_scopes": unapproved}) if isinstance(unapproved, list) else ()


def _text(body: Mapping[str, Any], *names: str) -> str | None:
    return next((body[name] for name in names if isinstance(body.get(name), str) and body[name]), None)
