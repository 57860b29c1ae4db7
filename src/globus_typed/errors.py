"""Every exception of this package, and the way from a failed answer to the exception that says what happened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timezone
from typing import Any, ClassVar, cast

from pydantic_core import from_json
from typing_extensions import Self

from globus_typed.documents import HTTPInfo


class GlobusError(Exception):
    """Whatever this package raises while it works for a correct program."""


class GlobusUsageError(GlobusError, ValueError):
    """A wrong argument, or calls in a wrong order: found before anything was sent."""


class GlobusWarning(UserWarning):
    """A document that the service would take, but that is hardly what was meant."""


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
    """The service answered with success, but not with the document that the method promises."""

    document: str
    """The name of the document that was expected."""
    problems: tuple[tuple[str, str], ...]
    """What did not fit: (member, reason), the member by its place in the document, such as ``DATA.3.name``."""
    http: HTTPInfo
    """How the answer came, its body included; pickled, the error leaves the body behind."""

    def __init__(self, document: str, problems: Sequence[tuple[str, str]], http: HTTPInfo) -> None:
        self.document, self.problems, self.http = document, tuple(problems), http
        shown = "; ".join(f"{member or 'body'}: {reason}" for member, reason in self.problems[:5])
        kind = http.headers.get("Content-Type", "no content type")
        super().__init__(
            f"{http.method} {_place(http)} answered {http.status} ({kind}, {len(http.body)} bytes), "
            f"which is no {document}: {shown}"
        )

    def __copy__(self) -> Self:
        return type(self)(self.document, self.problems, self.http)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...], dict[str, object]]:
        # A body that is not what was promised may hold anything, tokens too: it does not leave the process.
        return type(self), (self.document, self.problems, replace(self.http, body=b"")), {"args": self.args}


class NetworkError(GlobusError):
    """No answer came. The transport's own exception is the `__cause__`, and `underlying_exception`."""

    def __init__(self, message: str, underlying_exception: Exception | None = None) -> None:
        super().__init__(message)
        self.underlying_exception = underlying_exception

    def __copy__(self) -> Self:
        return type(self)(str(self), self.underlying_exception)

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        # The transport's exception holds sockets and the request: neither may leave the process.
        return type(self), (str(self),)


class GlobusTimeoutError(NetworkError):
    """The service did not answer in time."""


class GlobusConnectionError(NetworkError):
    """The connection could not be made, or broke."""


class IdTokenError(GlobusError):
    """An id_token that is not to be believed. Its subclasses say why."""


class IdTokenMalformedError(IdTokenError):
    """It is no signed token, or lacks what an id_token has to say."""


class IdTokenAlgorithmError(IdTokenError):
    """It is signed by an algorithm that the provider does not use, or that anybody could sign with."""


class IdTokenUnknownKeyError(IdTokenError):
    """It does not say which published key signed it, or names one that is not published."""


class IdTokenSignatureError(IdTokenError):
    """The published key did not sign it, or it was changed since."""


class IdTokenIssuerError(IdTokenError):
    """It is the word of another provider."""


class IdTokenAudienceError(IdTokenError):
    """It was made for another app."""


class IdTokenExpiredError(IdTokenError):
    """Its time is over."""


class IdTokenNotYetValidError(IdTokenError):
    """It was made in the future: one of the two clocks is wrong."""


class IdTokenAccessTokenError(IdTokenError):
    """It came with another access token."""


class IdTokenNonceError(IdTokenError):
    """It belongs to another login."""


class GlobusAPIError(GlobusError):
    """The service refused a request. Its subclasses say which service it was and what it meant."""

    http: HTTPInfo
    """How the answer came, its headers and body included."""
    http_status: int
    """The HTTP status."""
    code: str
    """The service's own code, such as ``EndpointNotFound``; ``"Error"`` where it sent none."""
    message: str
    """The service's own message, or the body where it is no error document."""
    request_id: str | None
    """The service's id of the request, to give to support@globus.org; None where it sent none."""
    raw_json: dict[str, Any] | None
    """The body as it was sent, if it is a JSON object."""

    def __init__(self, http: HTTPInfo) -> None:
        self.http = http
        self.http_status = http.status
        try:
            body = from_json(http.body)
        except ValueError:
            body = None
        self.raw_json = cast("dict[str, Any]", body) if isinstance(body, dict) else None
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
        asked = f"{self.http.method} {_place(self.http)}"
        request = f"{asked}, request id {self.request_id}" if self.request_id else asked
        return f"{self.http_status} {self.code}: {self.message} ({request})"

    _service: ClassVar["type[GlobusAPIError] | None"] = None

    def __reduce__(self) -> tuple[Callable[..., "GlobusAPIError"], tuple[object, ...]]:
        return (type(self), (self.http,)) if self._service is None else (api_error, (self._service, self.http))


class BadRequestError(GlobusAPIError):
    """400: the service cannot make sense of the request, or the document in it is wrong."""


class AuthenticationError(GlobusAPIError):
    """401: no token, or one that is wrong, expired or revoked."""


class LoginRequiredError(AuthenticationError):
    """400 or 401 ``invalid_grant``: the refresh token or code is used up, expired or revoked. The user has to log in
    again."""

    def __str__(self) -> str:
        return f"{super().__str__()}; log in again to get new tokens"


class PermissionDeniedError(GlobusAPIError):
    """403: the caller may not do this."""


class ConsentRequiredError(PermissionDeniedError):
    """403: the user has to consent to more scopes first; `required_scopes` names them."""

    @property
    def required_scopes(self) -> tuple[str, ...]:
        """The scopes to ask for in a new login."""
        return _required_scopes(self.raw_json or {})


class NotFoundError(GlobusAPIError):
    """404: there is no such thing, or none that the caller may see."""


class ConflictError(GlobusAPIError):
    """409: what was asked is at odds with what is there."""


class RateLimitedError(GlobusAPIError):
    """429: too many requests; `retry_after` says how long to wait."""

    @property
    def retry_after(self) -> float | None:
        """How many seconds to wait, counted from the answer; None where the service did not say."""
        return retry_after(self.http)


class ServiceUnavailableError(GlobusAPIError):
    """503: the service is down or too busy; `retry_after` says how long to wait."""

    @property
    def retry_after(self) -> float | None:
        """How many seconds to wait, counted from the answer; None where the service did not say."""
        return retry_after(self.http)


class TransferAPIError(GlobusAPIError):
    """Globus Transfer refused a request."""

    def __init__(self, http: HTTPInfo) -> None:
        super().__init__(http)
        self.args: tuple[Any, ...] = (self.http_status, self.code, self.message, self.request_id)


class AuthAPIError(GlobusAPIError):
    """Globus Auth refused a request."""


_MEANINGS: dict[int, type[GlobusAPIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: BadRequestError,
    429: RateLimitedError,
    503: ServiceUnavailableError,
}


def api_error(service_error: type[GlobusAPIError], http: HTTPInfo) -> GlobusAPIError:
    """The error for an answer: of the service's class, and of the class for what it means."""
    plain = service_error(http)
    meaning = _MEANINGS.get(http.status)
    if http.status == 403 and (plain.code == "ConsentRequired" or _required_scopes(plain.raw_json or {})):
        meaning = ConsentRequiredError
    if plain.code == "invalid_grant":
        meaning = LoginRequiredError
    if meaning is None:
        return plain
    return meaning(http) if issubclass(meaning, service_error) else _joined(service_error, meaning)(http)


def retry_after(http: HTTPInfo) -> float | None:
    """The seconds that a ``Retry-After`` header asks to wait, given in seconds or as a date; None without one."""
    text = http.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    from email.utils import parsedate_to_datetime  # here, because it takes half of Python's email package along

    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    # All dates in headers are in UTC.
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp() - http.received_at)


_JOINED: dict[tuple[type[GlobusAPIError], type[GlobusAPIError]], type[GlobusAPIError]] = {}


def _joined(service: type[GlobusAPIError], meaning: type[GlobusAPIError]) -> type[GlobusAPIError]:
    known = _JOINED.get((service, meaning))
    if known is not None:
        return known
    name = service.__name__.removesuffix("APIError").removeprefix("Globus") + meaning.__name__
    members = {"__doc__": meaning.__doc__, "__module__": __name__, "_service": service}
    return _JOINED.setdefault((service, meaning), type(name, (service, meaning), members))


def _first_error(body: Mapping[str, Any]) -> Mapping[str, Any]:
    errors: object = body.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return cast("dict[str, Any]", errors[0])
    return body


def _required_scopes(body: Mapping[str, Any]) -> tuple[str, ...]:
    one: object = body.get("required_scope")
    many: object = body.get("required_scopes")
    scopes = cast("list[object]", many) if isinstance(many, list) else [one]
    found = tuple(scope for scope in scopes if isinstance(scope, str))
    if found:
        return found
    parameters: object = body.get("authorization_parameters")
    if isinstance(parameters, dict):
        return _required_scopes(cast("dict[str, Any]", parameters))
    errors: object = body.get("errors")
    first: object = cast("list[object]", errors)[0] if isinstance(errors, list) and errors else None
    unapproved: object = cast("dict[str, object]", first).get("unapproved_scopes") if isinstance(first, dict) else None
    return _required_scopes({"required_scopes": unapproved}) if isinstance(unapproved, list) else ()


def _text(body: Mapping[str, Any], *names: str) -> str | None:
    return next((body[name] for name in names if isinstance(body.get(name), str) and body[name]), None)


def _place(http: HTTPInfo) -> str:
    return http.url.partition("?")[0]
