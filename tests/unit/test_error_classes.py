"""What the errors of every service have in common: no class is forgotten, and no body breaks the telling."""

import copy
import inspect
import json
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from globus_typed import (
    AuthAPIError,
    GlobusAPIError,
    GlobusError,
    GlobusOptionalDependencyError,
    HTTPInfo,
    ResponseShapeError,
    Task,
    TaskFailedError,
    TaskReport,
    TaskTimeoutError,
    TransferAPIError,
    errors,
)
from globus_typed.core.refusal import api_error
from globus_typed.core.wire import network_error

TASK = Task(task_id="7a1d3c52-0b6e-4f19-9c44-3e8a51d20001", status="FAILED")
SERVICES: list[type[GlobusAPIError]] = [TransferAPIError, AuthAPIError]


def answer(status: int, body: object) -> HTTPInfo:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTPInfo("GET", "https://x.example/v2/tunnels?code=hush", status, httpx.Headers({}), content, "header")


def test_a_service_that_lacks_consents_for_its_own_tokens_is_told_which() -> None:
    scope = "https://auth.globus.org/scopes/x/submit[email]"
    body = {"error": "dependent_consent_required", "errors": [{"unapproved_scopes": [scope]}]}
    error = api_error(AuthAPIError, answer(403, body))
    assert isinstance(error, errors.ConsentRequiredError)
    assert error.required_scopes == (scope,)


@pytest.mark.parametrize("body", [{"errors": []}, {"errors": ["x"]}, {"errors": [{"unapproved_scopes": "x"}]}, {}])
def test_a_refusal_without_scopes_asks_for_no_consent(body: object) -> None:
    assert not isinstance(api_error(AuthAPIError, answer(403, body)), errors.ConsentRequiredError)


def one_of_every_class() -> list[GlobusError]:
    refused = answer(403, {"code": "ConsentRequired", "message": "no", "required_scopes": ["a"]})
    found: list[GlobusError] = []
    for _, kind in inspect.getmembers(errors, inspect.isclass):
        if kind is ResponseShapeError:
            found.append(ResponseShapeError("Task", [("DATA.0.id", "missing")], answer(200, {})))
        elif kind is GlobusOptionalDependencyError:
            found.append(GlobusOptionalDependencyError(["jose"], "decode_id_token", "oidc"))
        elif kind is TaskFailedError:
            found.append(TaskFailedError(TASK, TaskReport(TASK), "what was wrong"))
        elif kind is TaskTimeoutError:
            found.append(TaskTimeoutError(TASK, 60))
        elif issubclass(kind, GlobusError):
            found.append(kind(refused) if issubclass(kind, GlobusAPIError) else kind("what was wrong"))
    return found


def pickled(error: GlobusError) -> Any:
    return pickle.loads(pickle.dumps(error))


@pytest.mark.parametrize("clone", [pickled, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("error", one_of_every_class(), ids=lambda error: type(error).__name__)
def test_every_class_pickles_and_copies_though_no_service_raises_it(
    error: GlobusError, clone: Callable[[GlobusError], Any]
) -> None:
    error.submission_id = "an id"
    other = clone(error)
    assert type(other) is type(error)
    assert (str(other), other.args, other.submission_id) == (str(error), error.args, "an id")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 503])
def test_an_error_of_one_service_is_not_caught_as_another_s(status: int) -> None:
    for service, other in (SERVICES, SERVICES[::-1]):
        assert not isinstance(api_error(service, answer(status, {"code": "X"})), other)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"code": "A"', b'{"code": ' + b"9" * 5000 + b"}", b"\x00", 7, None])
def test_no_body_breaks_the_error(body: object) -> None:
    error = api_error(TransferAPIError, answer(503, body))
    assert error.code == "Error"
    assert error.raw_text == error.http.body.decode()
    assert len(error.message) < 2100
    assert str(error).startswith("503 Error: ")


@pytest.mark.parametrize(
    ("body", "request_id"),
    [
        ({"errors": [{"code": "X", "detail": "d"}], "meta": {"request_id": "r9"}}, "r9"),
        ({"errors": [{"code": "X", "detail": "d", "id": "r1"}], "meta": {"request_id": "r9"}}, "r1"),
        ({"errors": [{"code": "X", "detail": "d"}], "meta": {"request_id": 9}}, "header"),
        ({"errors": [{"code": "X", "detail": "d"}], "meta": None}, "header"),
        ({"errors": [{"code": "X", "detail": "d"}], "meta": ["r9"]}, "header"),
        ({"detail": [{"loc": ["body", "data"], "msg": "Field required", "type": "missing"}]}, "header"),
    ],
)
def test_an_error_of_json_api_has_its_request_id(body: object, request_id: str) -> None:
    error = api_error(TransferAPIError, answer(404, body))
    assert error.request_id == request_id
    assert f"request id {request_id}" in str(error)


def test_a_query_which_may_hold_a_code_is_in_no_message() -> None:
    http = answer(400, {"code": "X"})
    lost = httpx.ReadError("gone")
    sent = httpx.Request("GET", http.url, headers={"Authorization": "Bearer hush"})
    for error in (
        *(api_error(service, http) for service in SERVICES),
        ResponseShapeError("Task", [("", "no")], http),
        network_error(lost, sent),
    ):
        assert "https://x.example/v2/tunnels" in str(error)
        assert "hush" not in f"{error} {error!r}"
    assert "Authorization" not in sent.headers  # the transport's exception holds the request
