"""Whether a request goes out again, and after how long."""

from typing import Any

import pytest

from globus_typed import GlobusConnectionError, GlobusTimeoutError, HTTPInfo, Request, Response, RetryPolicy
from globus_typed.core.refusal import api_error
from globus_typed.core.request import Method
from globus_typed.errors import GlobusError, ResponseShapeError
from globus_typed.transfer.errors import TransferAPIError

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
POLICY = RetryPolicy(jitter=lambda: 0.5)
LOST = GlobusConnectionError("gone")
UNSENT = GlobusConnectionError("refused", was_sent=False)


def request(method: Method = "GET", repeatable: bool | None = None) -> Request[Response]:
    return Request(method, ("x",), Response, repeatable=repeatable)


def refused(status: int, code: str = "Broken", after: str | None = None) -> GlobusError:
    headers = {} if after is None else {"Retry-After": after}
    return api_error(
        TransferAPIError, HTTPInfo("GET", "u", status, headers, f'{{"code": "{code}"}}'.encode(), None, 1, NOW)
    )


def test_the_pauses_double_from_half_a_second_to_ten_and_end_after_five() -> None:
    pauses = [POLICY.delay(request(), refused(503), attempt) for attempt in range(1, 8)]
    assert pauses == [0.5, 1, 2, 4, 8, None, None]
    patient = RetryPolicy(max_retries=7, max_backoff=10, jitter=lambda: 0.5)
    assert [patient.delay(request(), refused(503), attempt) for attempt in (5, 6, 7)] == [8, 10, 10]


@pytest.mark.parametrize(("chance", "first"), [(0.0, 0.25), (1.0, 0.75)])
def test_chance_spreads_the_pauses(chance: float, first: float) -> None:
    assert RetryPolicy(jitter=lambda: chance).delay(request(), LOST, 1) == first


def test_every_policy_has_its_own_chance_by_default() -> None:
    assert len({RetryPolicy().delay(request(), LOST, 1) for _ in range(20)}) > 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_that_passes_is_tried_again(status: int) -> None:
    assert POLICY.delay(request(), refused(status), 1) == 0.5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 422, 501, 505])
def test_a_status_that_stays_is_not_tried_again(status: int) -> None:
    assert POLICY.delay(request(), refused(status, after="1"), 1) is None


@pytest.mark.parametrize(
    "error", [refused(500), refused(502), refused(503), refused(504), refused(503, after="1"), LOST]
)
@pytest.mark.parametrize(("method", "repeatable"), [("POST", None), ("PATCH", None), ("GET", False)])
def test_what_may_have_acted_is_sent_once(error: GlobusError, method: Method, repeatable: bool | None) -> None:
    assert POLICY.delay(request(method, repeatable), error, 1) is None


@pytest.mark.parametrize("error", [refused(503), LOST, GlobusTimeoutError("late")])
def test_what_may_be_repeated_is_sent_again(error: GlobusError) -> None:
    for method, repeatable in (("GET", None), ("PUT", None), ("DELETE", None), ("POST", True)):
        assert POLICY.delay(request(method, repeatable), error, 1) == 0.5  # type: ignore[arg-type]  # a literal in a tuple


def test_what_surely_did_not_act_is_sent_again_whatever_it_is() -> None:
    assert POLICY.delay(request("POST"), refused(429), 1) == 0.5
    assert [POLICY.delay(request("POST"), UNSENT, attempt) for attempt in (1, 2, 3)] == [0.5, 1, None]
    never = RetryPolicy(max_retries=1, max_connect_retries=9, jitter=lambda: 0.5)
    assert [never.delay(request("POST"), UNSENT, attempt) for attempt in (1, 2)] == [0.5, None]


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        (" 7 ", 7),
        ("120", 120),
        ("121", None),
        ("Tue, 14 Nov 2023 22:13:27 GMT", 7),
        ("Tue, 14 Nov 2023 23:13:27 +0100", 7),
        ("Tue, 14 Nov 2023 22:13:10 GMT", 0),
        ("Tue, 14 Nov 2023 23:13:20 GMT", None),
        ("soon", 0.5),
        ("-7", 0.5),
        ("7.5", 0.5),
        ("", 0.5),
        ("Tue, 14 Nov 2023 22:13:27", 7),
        ("²", 0.5),
        ("9" * 400, None),
        ("Tue, 14 Nov 99999 22:13:27 GMT", 0.5),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_in_seconds_and_as_a_date_up_to_two_minutes(
    after: str, seconds: float | None, status: int
) -> None:
    assert POLICY.delay(request(), refused(status, after=after), 1) == seconds


def test_retry_after_means_nothing_on_other_statuses() -> None:
    assert POLICY.delay(request(), refused(500, after="3600"), 1) == 0.5


@pytest.mark.parametrize(
    "code", ["ExternalError", "ExternalError.DirListingFailed.GCDisconnected", "EndpointError", "EndpointError.x"]
)
def test_an_endpoints_own_failure_is_not_tried_again(code: str) -> None:
    assert POLICY.delay(request(), refused(502, code), 1) is None
    assert POLICY.delay(request(), refused(502, f"Not{code}"), 1) == 0.5
    assert POLICY.delay(request(), refused(503, code, after="7"), 1) == 7  # the service asks to wait


def test_never_means_never() -> None:
    never = RetryPolicy(max_retries=0)
    for error in (refused(503), refused(429, after="1"), LOST, UNSENT):
        assert never.delay(request(), error, 1) is None


def test_a_policy_can_be_another() -> None:
    policy = RetryPolicy(statuses={418}, final_codes=(), max_retry_after=3600, jitter=lambda: 0.5)
    assert policy.delay(request(), refused(418), 1) == 0.5
    assert policy.delay(request(), refused(503), 1) is None
    other: dict[str, Any] = {"statuses": {429, 502}, "final_codes": (), "max_retry_after": 3600}
    policy = RetryPolicy(jitter=lambda: 0.5, **other)
    assert policy.delay(request(), refused(429, after="3600"), 1) == 3600
    assert policy.delay(request(), refused(502, "ExternalError"), 1) == 0.5


def test_what_asks_for_a_login_is_not_sent_again() -> None:
    body = b'{"code": "Broken", "authorization_parameters": {"session_required_mfa": true}}'
    for status in (502, 503, 429):
        error = api_error(TransferAPIError, HTTPInfo("GET", "u", status, {}, body, None, 1, NOW))
        assert POLICY.delay(request(), error, 1) is None


@pytest.mark.parametrize(("body", "delay"), [(b'{"x": ', 0.5), (b'["\\ud83d"]', None), (b"[]", None)])
def test_json_of_another_shape_is_no_body_that_was_cut(body: bytes, delay: float | None) -> None:
    error = ResponseShapeError("Response", [], HTTPInfo("GET", "u", 200, {}, body, None, 1, NOW))
    assert POLICY.delay(request(), error, 1) == delay
