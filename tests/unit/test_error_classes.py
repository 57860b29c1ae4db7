"""What an exception tells: which service, what it meant, what to do, and the same after a pickle or a copy."""

import copy
import inspect
import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

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
    errors,
)
from globus_typed.errors import api_error
from globus_typed.wire import network_error

NOW = 1_700_000_000.0
URL = "https://transfer.example/v0.10/endpoint/7"
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


def answer(status: int, body: object = None, headers: dict[str, str] | None = None) -> HTTPInfo:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTPInfo("GET", f"{URL}?a=b", status, httpx.Headers(headers), content, None, 2, NOW)


def refused(
    status: int, body: object, service: type[GlobusAPIError] = TransferAPIError, headers: dict[str, str] | None = None
) -> Any:
    return api_error(service, answer(status, body, headers))


def every_error() -> Iterator[GlobusError]:
    """One of every class there is, and of those that join a service and a meaning."""
    refusal = answer(403, {"code": "ConsentRequired", "message": "no", "request_id": "r1", "required_scopes": ["a"]})
    for _, kind in inspect.getmembers(errors, inspect.isclass):
        if kind is ResponseShapeError:
            yield kind("Task", [("DATA.0.id", "missing")], answer(200, {}))
        elif kind is GlobusOptionalDependencyError:
            yield kind(["jose"], "decode_id_token", "oidc")
        elif issubclass(kind, GlobusAPIError):
            yield kind(refusal)
        elif issubclass(kind, GlobusError):
            yield kind("what was wrong")
    for service in (GlobusAPIError, TransferAPIError, AuthAPIError):
        yield from (api_error(service, answer(status, {"code": "X"})) for status in (*MEANINGS, 500))
        yield api_error(service, refusal)


def pickled(error: GlobusError) -> Any:
    return pickle.loads(pickle.dumps(error))


@pytest.mark.parametrize("clone", [pickled, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("error", list(every_error()), ids=lambda error: type(error).__name__)
def test_every_error_pickles_and_copies(error: GlobusError, clone: Callable[[GlobusError], Any]) -> None:
    other = clone(error)
    assert type(other) is type(error)
    assert (str(other), other.args) == (str(error), error.args)
    for name in (
        *("http_status", "code", "message", "request_id", "raw_json", "raw_text", "required_scopes"),
        *("document", "problems", "dependency_names", "feature_name", "extra"),
    ):
        assert getattr(other, name, None) == getattr(error, name, None), name


@pytest.mark.parametrize("service", [TransferAPIError, AuthAPIError])
@pytest.mark.parametrize(("status", "meaning"), MEANINGS.items())
def test_an_error_is_caught_by_its_service_and_by_its_meaning(
    service: type[GlobusAPIError], status: int, meaning: type[GlobusAPIError]
) -> None:
    error: GlobusAPIError = refused(status, {"code": "X"}, service)
    assert error.http_status == status
    for kind in (service, meaning, GlobusAPIError, GlobusError):
        assert isinstance(error, kind)
    others: set[type[GlobusAPIError]] = {TransferAPIError, AuthAPIError, *MEANINGS.values()}
    for other in others - {service, meaning}:
        assert not isinstance(error, other)
    assert type(error) is type(refused(status, {}, service))


@pytest.mark.parametrize("status", [199, 405, 418, 500, 502, 504])
def test_a_status_without_a_meaning_is_an_error_of_the_service(status: int) -> None:
    assert type(refused(status, {"code": "X"})) is TransferAPIError


def test_an_error_of_transfer_has_what_the_document_says() -> None:
    body = {"code": "EndpointNotFound", "message": "No such endpoint '7'", "request_id": "Hh70iI89j", "resource": "/7"}
    error = refused(404, body)
    assert (error.code, error.message, error.request_id) == (body["code"], body["message"], body["request_id"])
    assert error.raw_json == body
    assert error.raw_text == json.dumps(body)
    assert error.args == (404, "EndpointNotFound", "No such endpoint '7'", "Hh70iI89j")
    assert str(error) == f"404 EndpointNotFound: No such endpoint '7' (GET {URL}, request id Hh70iI89j)"
    assert error.http.attempts == 2


AUTH = {
    "errors": [
        {"status": "401", "id": "de9f50a8", "code": "UNAUTHORIZED", "title": "Unauthorized", "detail": "No token"}
    ],
    "error": "unauthorized",
    "error_description": "Unauthorized",
}


@pytest.mark.parametrize(
    ("body", "code", "message", "request_id"),
    [
        (AUTH, "UNAUTHORIZED", "No token", "de9f50a8"),
        ({"errors": [{"code": "A", "detail": "first"}, {"code": "B", "detail": "second"}]}, "A", "first", None),
        ({"errors": [{"code": "A", "title": "Short"}]}, "A", "Short", None),
        ({"error": "invalid_grant", "error_description": "expired"}, "invalid_grant", "expired", None),
        ({"code": "OLD", "message": "simple"}, "OLD", "simple", None),
    ],
)
def test_the_three_shapes_of_auth_are_read(body: object, code: str, message: str, request_id: str | None) -> None:
    error = refused(401, body, AuthAPIError)
    assert (error.code, error.message, error.request_id) == (code, message, request_id)
    assert error.args == (401, code, message)


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"errors": []}, {"errors": ["odd"]}, {"errors": None}, {"errors": {"code": "A"}}),
        *({"code": 7, "message": None}, {"code": "", "message": ""}, {"code": ["A"], "message": {"detail": "b"}}),
        *([{"code": "A"}], "text", 7, None),
        *(b"<html>Bad gateway</html>", b"", b"\xff\xfe", b'{"code": "A"', b"[" * 10_000),
    ],
)
def test_a_body_that_is_no_error_document_is_the_message(body: object) -> None:
    error = refused(503, body)
    assert isinstance(error, ServiceUnavailableError)
    assert error.code == "Error"
    assert error.message == error.raw_text
    assert error.raw_json == (body if isinstance(body, dict) else None)
    assert error.request_id is None
    assert str(error).startswith("503 Error: ")
    assert "request id" not in str(error)


def test_a_member_that_is_missing_leaves_the_others() -> None:
    assert (refused(404, {"message": "gone"}).code, refused(404, {"message": "gone"}).message) == ("Error", "gone")
    error = refused(404, {"code": "EndpointDeleted"})
    assert (error.code, error.message) == ("EndpointDeleted", '{"code": "EndpointDeleted"}')
    assert error.args == (404, "EndpointDeleted", '{"code": "EndpointDeleted"}', None)


def test_the_request_id_may_stand_in_a_header() -> None:
    http = HTTPInfo("GET", URL, 502, {}, b"bad gateway", "r7")
    assert api_error(AuthAPIError, http).request_id == "r7"
    http = HTTPInfo("GET", URL, 502, {}, b'{"code": "X", "message": "m", "request_id": "r1"}', "r7")
    assert api_error(TransferAPIError, http).request_id == "r1"


@pytest.mark.parametrize(
    ("body", "scopes"),
    [
        ({"code": "ConsentRequired", "required_scopes": ["a", "b"]}, ("a", "b")),
        ({"code": "ConsentRequired", "required_scope": "a"}, ("a",)),
        ({"code": "Other", "required_scopes": ["a"]}, ("a",)),
        ({"code": "ConsentRequired"}, ()),
        ({"code": "ConsentRequired", "required_scopes": [7, "a", None]}, ("a",)),
    ],
)
def test_a_missing_consent_names_the_scopes(body: object, scopes: tuple[str, ...]) -> None:
    error = refused(403, body)
    assert isinstance(error, ConsentRequiredError)
    assert isinstance(error, PermissionDeniedError)
    assert isinstance(error, TransferAPIError)
    assert error.required_scopes == scopes
    assert not isinstance(refused(400, body), ConsentRequiredError)


def test_another_refusal_is_no_missing_consent() -> None:
    assert not isinstance(refused(403, {"code": "PermissionDenied", "required_scopes": []}), ConsentRequiredError)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("Tue, 14 Nov 2023 22:13:27 GMT", 7.0),
        ("Tue, 14 Nov 2023 22:13:19 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_who_is_told_to_wait_learns_how_long(status: int, text: str, seconds: float | None) -> None:
    assert refused(status, {}, headers={"Retry-After": text}).retry_after == seconds
    assert refused(status, {}, headers={"retry-after": text}).retry_after == seconds
    assert refused(status, {}).retry_after is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ReadTimeout("late"), GlobusTimeoutError),
        (httpx.ConnectTimeout("late"), GlobusTimeoutError),
        (httpx.PoolTimeout("late"), GlobusTimeoutError),
        (httpx.ConnectError("refused"), GlobusConnectionError),
        (httpx.RemoteProtocolError("gone"), GlobusConnectionError),
        (httpx.ReadError(""), GlobusConnectionError),
        (httpx.DecodingError("not gzip"), NetworkError),
        (httpx.TooManyRedirects("round"), NetworkError),
    ],
)
def test_no_answer_names_the_request_and_keeps_the_reason(error: httpx.HTTPError, kind: type[NetworkError]) -> None:
    sent = httpx.Request("GET", f"{URL}?code=hush", headers={"Authorization": "Bearer hush"})
    raised = network_error(error, sent)
    assert type(raised) is kind
    assert raised.underlying_exception is error
    assert str(raised) == f"GET {URL}: {type(error).__name__} {error}".rstrip()
    assert "hush" not in f"{raised!r} {sent.headers}"
    assert copy.copy(raised).underlying_exception is error
    assert pickled(raised).underlying_exception is None


def test_a_wrong_argument_is_a_value_error_and_a_missing_package_tells_what_to_install() -> None:
    assert issubclass(GlobusUsageError, ValueError)
    error = GlobusOptionalDependencyError(["jose"], "decode_id_token", "oidc")
    assert isinstance(error, NotImplementedError)
    assert str(error) == 'decode_id_token needs jose: pip install "globus-typed[oidc]"'
    assert str(GlobusOptionalDependencyError(["a", "b"], "x")) == "x needs a, b: pip install a b"


def test_a_query_is_in_no_message() -> None:
    secret = HTTPInfo("POST", "https://auth.example/v2/x?code=hush", 400, {}, b"{}")
    for error in (api_error(AuthAPIError, secret), ResponseShapeError("Task", [("", "no")], secret)):
        assert "https://auth.example/v2/x" in str(error)
        assert "hush" not in f"{error} {error!r}"
