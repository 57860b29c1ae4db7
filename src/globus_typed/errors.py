"""The exception tree. Each service adds its own `GlobusAPIError`, which is found here by its name too."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from typing_extensions import Self

from globus_typed import registry
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.base_errors import GlobusError, GlobusUsageError, GlobusWarning
from globus_typed.core.error_info import ErrorInfoContainer
from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.json_data import is_list, is_object
from globus_typed.core.outside_text import clean, without_secrets

__all__ = [
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "ConsentRequiredError",
    "ErrorSubdocument",
    "GlobusAPIError",
    "GlobusConnectionError",
    "GlobusConnectionTimeoutError",
    "GlobusError",
    "GlobusOptionalDependencyError",
    "GlobusSDKUsageError",
    "GlobusTimeoutError",
    "GlobusUsageError",
    "GlobusWarning",
    "LoginRequiredError",
    "NetworkError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitedError",
    "ReauthenticationRequiredError",
    "RedirectedError",
    "ResponseShapeError",
    "ServiceUnavailableError",
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


_ErrorT = TypeVar("_ErrorT", bound=GlobusError)


class GlobusOptionalDependencyError(GlobusError, NotImplementedError):
    """A feature needs packages that are not installed."""

    def __init__(self, dependency_names: Sequence[str], feature_name: str, extra: str | None = None) -> None:
        self.dependency_names: tuple[str, ...] = tuple(dependency_names)
        self.feature_name = feature_name
        self.extra = extra
        install = f'pip install "globus-typed[{extra}]"' if extra else f"pip install {' '.join(self.dependency_names)}"
        super().__init__(f"{feature_name} needs {', '.join(self.dependency_names)}: {install}")

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[str, ...], str, str | None], dict[str, object]]:
        state: dict[str, object] = {"submission_id": self.submission_id}
        return type(self), (self.dependency_names, self.feature_name, self.extra), state


class LoginRequiredError(GlobusError):
    """Only a person can go on, by logging in: an app has nobody to ask, or a refresh token or code is used, expired or
    revoked.

    Where Globus Auth refused the token or code (400 or 401 ``invalid_grant``), it is an `AuthAPIError` too.
    """

    authorize_url: str | None = None
    """The URL to open for the login; None if it is not known."""
    scopes: tuple[str, ...] = ()
    """The scopes that the login has to ask for; empty if they are not known."""
    reason: str | None = None
    """The reason why the program cannot go on by itself, which is in the message too; None if that is not known."""
    hint: str | None = "log in again to get new tokens"
    """The cure, such as the command to run."""
    resource_server: str | None = None
    """The resource server whose tokens are missing; None if it is not known."""
    authorization_parameters: AuthorizationParameters | None = None
    """The whole login that would help, with its scopes; None if it is not known."""

    def __init__(
        self,
        message: str,
        *,
        authorize_url: str | None = None,
        scopes: Sequence[str] = (),
        reason: str | None = None,
        hint: str | None = None,
        resource_server: str | None = None,
    ) -> None:
        super().__init__(message)
        self.authorize_url, self.scopes, self.resource_server = authorize_url, tuple(scopes), resource_server
        self.reason = reason
        if hint is not None:
            self.hint = hint

    def __str__(self) -> str:
        return "; ".join(filter(None, (super().__str__(), self.hint)))


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
        shown = clean("; ".join(f"{member or 'body'}: {reason}" for member, reason in self.problems[:5]))
        kind = clean(http.headers.get("Content-Type", "no content type"), http.secrets, _SHORT)
        super().__init__(
            f"{http.place} answered {http.status} ({kind}, {len(http.body)} bytes), which is no {document}: {shown}"
        )

    def __copy__(self) -> Self:
        return _with_id_of(self, type(self)(self.document, self.problems, self.http))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...], dict[str, object]]:
        # An unexpected body may hold anything, tokens too: it does not leave the process.
        state: dict[str, object] = {"args": self.args, "submission_id": self.submission_id}
        return type(self), (self.document, self.problems, replace(self.http, body=b"")), state


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
        return _with_id_of(self, type(self)(str(self), self.underlying_exception, self.was_sent))

    def __reduce__(self) -> tuple[type[Self], tuple[str, None, bool], dict[str, object]]:
        # httpx's exception holds sockets and the request: neither may leave the process.
        return type(self), (str(self), None, self.was_sent), {"submission_id": self.submission_id}


class GlobusTimeoutError(NetworkError):
    """The service did not respond in time."""


class GlobusConnectionError(NetworkError):
    """The connection could not be made, or was lost."""


GlobusSDKUsageError = GlobusUsageError
GlobusConnectionTimeoutError = GlobusTimeoutError

_SHORT = 200
"""The characters of a code or an id that a message holds."""
_MOST = 20
"""The errors of a list that a message tells one by one."""


@dataclass(frozen=True)
class ErrorSubdocument:
    """One error of the list that an error document holds."""

    code: str | None
    """The service's code for it; None if it sent none."""
    message: str | None
    """The message, in the service's words; None if it sent none."""
    raw: Mapping[str, Any] = field(hash=False, repr=False)
    """The error as it was sent."""

    def get(self, key: str, default: Any = None) -> Any:
        """The member of that name as it was sent, or the default."""
        return self.raw.get(key, default)


class GlobusAPIError(GlobusError):
    """The service refused a request. Subclasses tell the service, and the meaning.

    Texts of the service are cut, on one line and without the secrets that were sent; `raw_text` is the whole body.
    """

    http: HTTPInfo
    """The HTTP exchange, with the headers and the body of the response."""
    http_status: int
    """The HTTP status."""
    code: str
    """The service's own code, such as ``EndpointNotFound``; ``"Error"`` if it sent none."""
    message: str
    """The service's own message, of all `errors` where it sent several, or the body if it is not an error document."""
    errors: tuple[ErrorSubdocument, ...]
    """The errors in the document, where it holds a list of them; empty for a document about one error."""
    authorization_parameters: AuthorizationParameters | None
    """The login that would let the request through, in whichever form the service asked for it; None for none."""
    request_id: str | None
    """The service's id of the request, to give to support@globus.org; None where it sent none."""
    raw_json: dict[str, Any] | None
    """The body as it was sent, if it is a JSON object."""

    final_codes: ClassVar[frozenset[str]] = frozenset()
    """The codes, up to the first dot, that sending the request again will not change."""

    def __init__(self, http: HTTPInfo) -> None:
        self.http = http
        self.http_status = http.status
        self.raw_json = without_secrets(http.json_object, http.secrets) if http.secrets else http.json_object
        body = self.raw_json or {}
        self.errors = _subdocuments(body, http.secrets)
        detail = self.errors[0].raw if self.errors else body
        self.authorization_parameters = AuthorizationParameters.from_body(body)
        code = _text(detail, "code", "error") or _text(body, "code", "error")
        self.code = clean(code or "", http.secrets, _SHORT) or "Error"
        self.message = _message(self.errors) or clean(_text(body, *_MESSAGES) or self.raw_text, http.secrets)
        meta: object = body.get("meta")
        in_meta = _text(meta, "request_id") if is_object(meta) else None
        request_id = _text(detail, "request_id", "id") or _text(body, "request_id") or in_meta or http.request_id
        self.request_id = clean(request_id, http.secrets, _SHORT) if request_id else None
        # Not the next class: of one that is a LoginRequiredError too, that would be made in another way.
        GlobusError.__init__(self, self.http_status, self.code, self.message)

    @property
    def raw_text(self) -> str:
        """The body as it was sent."""
        return self.http.body.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """The body as it was sent; the same as `raw_text`."""
        return self.raw_text

    @property
    def info(self) -> ErrorInfoContainer:
        """The login and the consents that the service asked for, in two parts that are false where it asked for none.

        `authorization_parameters` has both, as `get_authorize_url` takes them.
        """
        return ErrorInfoContainer.of(
            self.authorization_parameters,
            is_there=is_object((self.raw_json or {}).get("authorization_parameters")),
            required_scopes=self.required_scopes if isinstance(self, ConsentRequiredError) else (),
        )

    def __str__(self) -> str:
        request = f"{self.http.place}, request id {self.request_id}" if self.request_id else self.http.place
        return f"{self.http_status} {self.code}: {self.message} ({request})"

    def __reduce__(self) -> tuple[Callable[..., "GlobusAPIError"], tuple[object, ...], dict[str, object]]:
        return type(self), (self.http,), {"submission_id": self.submission_id}


class BadRequestError(GlobusAPIError):
    """400: the request is malformed, or the document in it is wrong."""


class AuthenticationError(GlobusAPIError):
    """401: no token, or one that is wrong, expired or revoked."""


class PermissionDeniedError(GlobusAPIError):
    """403: the caller has no permission to do this."""


class ConsentRequiredError(GlobusAPIError):
    """The user has to consent to more scopes first; `required_scopes` names them. Of any status: 400, 401, 403, 502.

    One that came with 403 is also a `PermissionDeniedError`, one with 401 an `AuthenticationError`, and so on.
    """

    @property
    def required_scopes(self) -> tuple[str, ...]:
        """The scopes to ask for in a new login."""
        return self.authorization_parameters.required_scopes if self.authorization_parameters else ()


class ReauthenticationRequiredError(GlobusAPIError):
    """The user has to log in again, as `authorization_parameters` says: with an identity, a second factor, lately, …
    Of any status: 401, 403, 502.

    One that came with 403 is also a `PermissionDeniedError`, one with 401 an `AuthenticationError`, and so on.
    """

    @property
    def required_scopes(self) -> tuple[str, ...]:
        """The scopes to ask for in that login besides; empty for none."""
        return self.authorization_parameters.required_scopes if self.authorization_parameters else ()


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


_MESSAGES = ("message", "detail", "error_description", "title", "msg")


def _with_id_of(error: GlobusError, other: _ErrorT) -> _ErrorT:
    other.submission_id = error.submission_id
    return other


def _subdocuments(body: Mapping[str, Any], secrets: Sequence[str]) -> tuple[ErrorSubdocument, ...]:
    for name in ("errors", "detail"):
        given: object = body.get(name)
        if is_list(given):
            found = [each for each in given if is_object(each)]
            if found:
                return tuple(_subdocument(each, secrets) for each in found)
    return ()


def _subdocument(raw: Mapping[str, Any], secrets: Sequence[str]) -> ErrorSubdocument:
    code, message = _text(raw, "code", "error"), _text(raw, *_MESSAGES)
    place: object = raw.get("loc")
    if message and is_list(place) and place:
        message = f"{'.'.join(map(str, place))}: {message}"
    return ErrorSubdocument(
        None if code is None else clean(code, secrets, _SHORT),
        None if message is None else clean(message, secrets),
        raw,
    )


def _message(errors: Sequence[ErrorSubdocument]) -> str:
    """The messages of all errors, each once; a code before those that are of another kind than the first."""
    said: dict[str, None] = {}
    for error in errors:
        other = error.code if error.code != errors[0].code else None
        text = f"{other}: {error.message}" if other and error.message else error.message or other
        if text:
            said[text] = None
    texts = list(said)
    more = [f"and {len(texts) - _MOST} more errors"] if len(texts) > _MOST else []
    return clean("; ".join((*texts[:_MOST], *more)))


def _text(body: Mapping[str, Any], *names: str) -> str | None:
    return next((body[name] for name in names if isinstance(body.get(name), str) and body[name]), None)
