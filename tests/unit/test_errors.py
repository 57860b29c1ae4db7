"""Every exception: what it tells, what catches it, and that it survives copies and processes."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest

import globus_typed
from globus_typed import (
    AuthAPIError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ConsentRequiredError,
    GlobusAPIError,
    GlobusConnectionError,
    GlobusError,
    GlobusOptionalDependencyError,
    GlobusTimeoutError,
    GlobusUsageError,
    HTTPInfo,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    ResponseShapeError,
    ServiceUnavailableError,
    TransferAPIError,
)
from globus_typed.errors import api_error
from globus_typed.wire import network_error

SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all[*https://auth.globus.org/scopes/x/data_access]"
MEANINGS: dict[int, type[GlobusAPIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: BadRequestError,
    429: RateLimitedError,
    503: ServiceUnavailableError,
}


def http(status: int, body: bytes, **headers: str) -> HTTPInfo:
    return HTTPInfo("GET", "https://x.example/v0.10/y?secret=1", status, httpx.Headers(headers), body)


def transfer_error(status: int, body: bytes, **headers: str) -> GlobusAPIError:
    return api_error(TransferAPIError, http(status, body, **headers))


def auth_error(status: int, body: bytes) -> GlobusAPIError:
    return api_error(AuthAPIError, http(status, body))


@pytest.mark.parametrize("service", [TransferAPIError, AuthAPIError, GlobusAPIError])
@pytest.mark.parametrize("status", [*MEANINGS, 402, 405, 418, 500, 502, 504])
def test_a_refusal_is_caught_by_its_service_and_by_what_it_means(service: type[GlobusAPIError], status: int) -> None:
    error = api_error(service, http(status, b'{"code": "X", "message": "no"}'))
    assert isinstance(error, service)
    assert isinstance(error, GlobusError)
    meant = {each for each in MEANINGS.values() if isinstance(error, each)}
    assert meant == ({MEANINGS[status]} if status in MEANINGS else set())


def test_the_class_of_an_error_is_made_once_and_named_for_both() -> None:
    kinds = {type(transfer_error(404, b"")) for _ in range(3)}
    assert [kind.__name__ for kind in kinds] == ["TransferNotFoundError"]
    assert type(auth_error(404, b"")).__name__ == "AuthNotFoundError"


def test_an_error_of_transfer_tells_all_that_it_was_sent() -> None:
    body = b'{"code": "EndpointNotFound", "message": "No such endpoint", "request_id": "r1", "resource": "/y"}'
    error = transfer_error(404, body)
    assert (error.http_status, error.code, error.message) == (404, "EndpointNotFound", "No such endpoint")
    assert error.request_id == "r1"
    assert error.raw_text == body.decode()
    assert error.raw_json is not None
    assert error.raw_json["resource"] == "/y"
    assert error.args == (404, "EndpointNotFound", "No such endpoint", "r1")
    assert str(error) == "404 EndpointNotFound: No such endpoint (GET https://x.example/v0.10/y, request id r1)"


@pytest.mark.parametrize(
    ("body", "code", "message", "request_id"),
    [
        (b'{"code": "X", "message": "no"}', "X", "no", None),
        (b'{"code": "X", "request_id": "r1"}', "X", '{"code": "X", "request_id": "r1"}', "r1"),
        (b'{"message": "no", "request_id": "r1"}', "Error", "no", "r1"),
        (b'{"code": 7, "message": null}', "Error", '{"code": 7, "message": null}', None),
        (b"invalid authN token", "Error", "invalid authN token", None),
        (b"<html>busy</html>", "Error", "<html>busy</html>", None),
        (b"", "Error", "", None),
        (b"[]", "Error", "[]", None),
        (b'"no"', "Error", '"no"', None),
        (b"\xff\xfe", "Error", "\ufffd\ufffd", None),
        (b'{"errors": [{"status": "404", "code": "NOT_FOUND", "title": "t", "detail": "d"}]}', "NOT_FOUND", "d", None),
        (b'{"errors": [{"code": "X", "title": "t"}]}', "X", "t", None),
        (b'{"errors": [], "code": "X", "message": "no"}', "X", "no", None),
        (b'{"errors": ["odd"], "code": "X", "message": "no"}', "X", "no", None),
        (b'{"errors": {"odd": 1}, "code": "X", "message": "no"}', "X", "no", None),
    ],
)
def test_an_error_that_misses_members_still_has_those_it_has(
    body: bytes, code: str, message: str, request_id: str | None
) -> None:
    error = transfer_error(404, body)
    assert (error.code, error.message, error.request_id) == (code, message, request_id)
    assert error.raw_text == body.decode(errors="replace")
    assert error.raw_json is None or error.raw_text.startswith("{")
    assert "404" in str(error)


@pytest.mark.parametrize(
    ("body", "code", "message", "request_id"),
    [
        (
            b'{"errors": [{"status": "401", "id": "de9f50a8", "code": "UNAUTHORIZED", "title": "Unauthorized", '
            b'"detail": "No usable token"}], "error": "unauthorized", "error_description": "Unauthorized"}',
            "UNAUTHORIZED", "No usable token", "de9f50a8",
        ),
        (b'{"error": "invalid_grant", "error_description": "It is old"}', "invalid_grant", "It is old", None),
        (b'{"error": "invalid_grant"}', "invalid_grant", '{"error": "invalid_grant"}', None),
        (b'{"code": "X", "message": "no"}', "X", "no", None),
    ],
)  # fmt: skip
def test_auth_tells_its_errors_in_three_shapes(body: bytes, code: str, message: str, request_id: str | None) -> None:
    error = auth_error(401, body)
    assert isinstance(error, AuthenticationError)
    assert (error.code, error.message, error.request_id) == (code, message, request_id)


def test_the_request_id_may_stand_in_a_header() -> None:
    answer = HTTPInfo("GET", "u", 502, {}, b"<html>", "r7")
    assert api_error(TransferAPIError, answer).request_id == "r7"


@pytest.mark.parametrize(
    ("body", "scopes"),
    [
        (f'{{"code": "ConsentRequired", "required_scopes": ["{SCOPE}"]}}', (SCOPE,)),
        (f'{{"code": "ConsentRequired", "required_scope": "{SCOPE}"}}', (SCOPE,)),
        (f'{{"code": "PermissionDenied", "required_scopes": ["{SCOPE}", 7, "b"]}}', (SCOPE, "b")),
        ('{"code": "ConsentRequired"}', ()),
        ('{"code": "ConsentRequired", "required_scopes": "odd"}', ()),
    ],
)
def test_a_consent_that_is_missing_names_its_scopes(body: str, scopes: tuple[str, ...]) -> None:
    error = transfer_error(403, body.encode())
    assert isinstance(error, ConsentRequiredError)
    assert isinstance(error, PermissionDeniedError)
    assert isinstance(error, TransferAPIError)
    assert error.required_scopes == scopes


def test_only_a_403_asks_for_consent() -> None:
    assert not isinstance(transfer_error(404, b'{"code": "ConsentRequired"}'), ConsentRequiredError)
    assert not isinstance(transfer_error(403, b'{"code": "PermissionDenied"}'), ConsentRequiredError)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_says_how_long_to_wait(status: int) -> None:
    error = transfer_error(status, b"", **{"Retry-After": "7"})
    assert isinstance(error, (RateLimitedError, ServiceUnavailableError))
    assert error.retry_after == 7.0
    without = transfer_error(status, b"")
    assert isinstance(without, (RateLimitedError, ServiceUnavailableError))
    assert without.retry_after is None


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (httpx.ConnectError("refused"), GlobusConnectionError),
        (httpx.RemoteProtocolError("gone"), GlobusConnectionError),
        (httpx.ProxyError("no"), GlobusConnectionError),
        (httpx.ConnectTimeout("late"), GlobusTimeoutError),
        (httpx.ReadTimeout("late"), GlobusTimeoutError),
        (httpx.PoolTimeout("full"), GlobusTimeoutError),
        (httpx.TooManyRedirects("round"), NetworkError),
        (httpx.DecodingError("garbled"), NetworkError),
    ],
)
def test_what_the_transport_raised_has_a_class_here(raised: httpx.HTTPError, kind: type[NetworkError]) -> None:
    error = network_error(raised, httpx.Request("GET", "https://x.example/v0.10/y?secret=1"))
    assert type(error) is kind
    assert error.underlying_exception is raised
    assert str(error) == f"GET https://x.example/v0.10/y: {type(raised).__name__} {raised}"


ERRORS: list[GlobusError] = [
    GlobusError("x"),
    GlobusUsageError("name: wrong"),
    GlobusOptionalDependencyError(["jose"], "decode_id_token", "oidc"),
    ResponseShapeError("Endpoint", [("id", "Field required")], http(200, b"{}", **{"Content-Type": "text/html"})),
    NetworkError("x"),
    GlobusTimeoutError("x"),
    GlobusConnectionError("x"),
    *(
        api_error(service, http(status, b'{"code": "X", "message": "no", "request_id": "r1"}', **{"Retry-After": "7"}))
        for service in (TransferAPIError, AuthAPIError, GlobusAPIError)
        for status in (*MEANINGS, 500)
    ),
    transfer_error(403, b'{"code": "ConsentRequired", "required_scopes": ["a"]}'),
]


def test_every_public_exception_is_among_those_that_are_tried() -> None:
    public = {
        value for value in (getattr(globus_typed, name) for name in globus_typed.__all__) if isinstance(value, type)
    }
    exceptions = {kind for kind in public if issubclass(kind, BaseException)}
    assert exceptions <= {kind for error in ERRORS for kind in type(error).__mro__}
    assert all(issubclass(kind, GlobusError) for kind in exceptions)


def pickled(error: GlobusError) -> Any:
    return pickle.loads(pickle.dumps(error))


@pytest.mark.parametrize("clone", [copy.copy, copy.deepcopy, pickled])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_copies_and_processes(error: GlobusError, clone: Callable[[GlobusError], Any]) -> None:
    again = clone(error)
    assert type(again) is type(error)
    assert (str(again), repr(again), again.args) == (str(error), repr(error), error.args)
    for name in ("http_status", "code", "message", "request_id", "raw_json", "raw_text", "retry_after"):
        assert getattr(again, name, None) == getattr(error, name, None)
    for name in ("required_scopes", "document", "problems", "dependency_names", "feature_name", "extra"):
        assert getattr(again, name, None) == getattr(error, name, None)
    assert again is not error


def test_notes_and_what_was_raised_beneath_stay_where_they_were() -> None:
    beneath = httpx.ConnectError("refused", request=httpx.Request("GET", "https://x.example/"))
    error = GlobusConnectionError("x", beneath)
    assert copy.copy(error).underlying_exception is beneath
    assert pickled(error).underlying_exception is None


def test_a_missing_package_says_what_to_install() -> None:
    error = GlobusOptionalDependencyError(["jose"], "decode_id_token", "oidc")
    assert isinstance(error, NotImplementedError)
    assert str(error) == 'decode_id_token needs jose: pip install "globus-typed[oidc]"'
    assert str(GlobusOptionalDependencyError(["a", "b"], "x")) == "x needs a, b: pip install a b"
