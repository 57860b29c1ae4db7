"""How often a call is sent when the service fails or no answer comes, and after what pauses."""

import copy
import json
import pickle
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from globus_typed import (
    DeleteData,
    GlobusConnectionError,
    GlobusError,
    GlobusTimeoutError,
    NetworkError,
    RateLimitedError,
    ResponseShapeError,
    RetryPolicy,
    ServiceUnavailableError,
    TransferAPIError,
    TransferData,
)

from .async_service import ID, NOW, OTHER, Answer, Service, error, ok

pytestmark = pytest.mark.anyio

Call = Callable[[Service], Awaitable[object]]


async def exchange(service: Service) -> object:
    app = service.native()
    app.oauth2_start_flow()
    return await app.oauth2_exchange_code_for_tokens("code")


ONCE: dict[str, Call] = {
    "mkdir": lambda service: service.transfer().operation_mkdir(ID, "/~/x/"),
    "rename": lambda service: service.transfer().operation_rename(ID, "/~/x", "/~/y"),
    "post": lambda service: service.transfer().post("bookmark", {}),
    "code": exchange,
    "refresh": lambda service: service.native().oauth2_refresh_token("refresh"),
    "token": lambda service: service.native().oauth2_token({"grant_type": "x"}),
}
AGAIN: dict[str, Call] = {
    "get": lambda service: service.transfer().get_task(ID),
    "put": lambda service: service.transfer().update_task(ID, {"label": "x"}),
    "delete": lambda service: service.transfer().delete(f"bookmark/{ID}"),
    "cancel": lambda service: service.transfer().cancel_task(ID),
    "revoke": lambda service: service.native().oauth2_revoke_token("token"),
    "introspect": lambda service: service.confidential().oauth2_token_introspect("token"),
    "credentials": lambda service: service.confidential().oauth2_client_credentials_tokens(),
    "userinfo": lambda service: service.native().oauth2_userinfo(),
}
LOST: dict[str, Answer] = {
    "500": error(500),
    "502": error(502),
    "503": error(503, headers={"Retry-After": "1"}),
    "504": error(504),
    "read error": httpx.ReadError("gone"),
    "no answer": httpx.RemoteProtocolError("Server disconnected without sending a response."),
    "half sent": httpx.WriteError("broken pipe"),
    "late": httpx.ReadTimeout("late"),
}
UNSENT: dict[str, Answer] = {
    "refused": httpx.ConnectError("refused"),
    "no way": httpx.ConnectTimeout("late"),
    "no room": httpx.PoolTimeout("full"),
}


def each(cases: dict[str, Any], name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(name, cases.values(), ids=cases.keys())


@each(LOST, "answer")
@each(ONCE, "call")
async def test_what_may_have_acted_is_sent_once(call: Call, answer: Answer) -> None:
    service = Service(answer)
    with pytest.raises(GlobusError):
        await call(service)
    assert len(service.requests) == 1
    assert not service.pauses


@each(LOST, "answer")
@each(AGAIN, "call")
async def test_what_does_no_harm_is_sent_six_times(call: Call, answer: Answer) -> None:
    service = Service(answer)
    with pytest.raises(GlobusError):
        await call(service)
    assert len({request.content for request in service.requests}) == 1
    assert len(service.requests) == 6
    assert len(service.pauses) == 5


@each(UNSENT, "answer")
@each({**ONCE, **AGAIN}, "call")
async def test_what_never_left_is_sent_three_times_whatever_it_is(call: Call, answer: Answer) -> None:
    service = Service(answer)
    with pytest.raises((GlobusConnectionError, GlobusTimeoutError)):
        await call(service)
    assert len(service.requests) == 3
    assert all(0.25 * 2**turn <= pause <= 0.75 * 2**turn for turn, pause in enumerate(service.pauses))


@each({**ONCE, **AGAIN}, "call")
async def test_what_was_turned_away_is_sent_again_when_the_service_says(call: Call) -> None:
    service = Service(error(429, headers={"Retry-After": "30"}))
    with pytest.raises(RateLimitedError):
        await call(service)
    assert service.pauses == [30] * 5


@each({**LOST, **UNSENT, "proxy": httpx.ProxyError("403 Forbidden")}, "answer")
@each({**ONCE, **AGAIN}, "call")
async def test_an_error_says_whether_the_request_may_have_arrived(call: Call, answer: Answer) -> None:
    with pytest.raises(GlobusError) as caught:
        await call(Service(answer))
    if isinstance(caught.value, NetworkError):
        never = isinstance(answer, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError))
        for error in (caught.value, copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):
            assert error.was_sent is not never


BROKEN: dict[str, Answer] = {
    "cut": httpx.Response(200, content=b'{"DATA_TYPE": "task", "task_id": "7a1d'),
    "empty": httpx.Response(200),
    "a page": httpx.Response(200, text="<html>Please log in to the hotel's network</html>"),
    "garbage": httpx.Response(200, content=b"\x00\xff\xfe"),
    "no gzip": httpx.DecodingError("incorrect header check"),
}


@each(BROKEN, "answer")
async def test_a_body_that_is_broken_is_asked_for_again_where_that_does_no_harm(answer: Answer) -> None:
    service = Service(answer, ok(task_id=ID))
    assert (await service.transfer().get_task(ID)).task_id == ID
    assert len(service.requests) == 2
    service = Service(answer)
    with pytest.raises((ResponseShapeError, GlobusConnectionError)):
        await service.transfer().operation_mkdir(ID, "/~/x/")
    assert len(service.requests) == 1
    data = transfer_data()
    service = Service(ok(value=OTHER), answer, ok(202, task_id=ID))
    await service.transfer().submit_transfer(data)
    assert_one_task(service, data, 2)


async def test_a_body_that_is_another_document_is_not_asked_for_again() -> None:
    service = Service(ok(nothing="x"))
    with pytest.raises(ResponseShapeError):
        await service.transfer().get_task(ID)
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("total", "pauses"), [(None, [119] * 5), (30, []), (119, []), (120, [119]), (300, [119, 119]), (9999, [119] * 5)]
)
async def test_a_call_has_a_time_limit_of_its_own(total: float | None, pauses: list[float]) -> None:
    service = Service(error(503, headers={"Retry-After": "119"}))
    tc = service.transfer().with_options(retry=RetryPolicy(total_timeout=total))
    tc.clock = lambda: NOW + sum(service.pauses)
    with pytest.raises(ServiceUnavailableError):
        await tc.get_task(ID)
    assert service.pauses == pauses
    timeouts = [request.extensions["timeout"]["read"] for request in service.requests]
    assert timeouts == [60 if total is None else max(1, min(60, total - 119 * turn)) for turn in range(len(pauses) + 1)]


def transfer_data() -> TransferData:
    data = TransferData(ID, ID)
    data.add_item("/~/a", "/~/b")
    return data


async def test_a_submission_is_the_same_task_however_often_it_is_sent() -> None:
    service = Service(ok(value=OTHER), httpx.ReadTimeout("late"), error(503), ok(202, task_id=ID))
    data = transfer_data()
    for _ in range(2):
        assert (await service.transfer().submit_transfer(data)).task_id == ID
    assert_one_task(service, data)


async def test_a_delete_is_the_same_task_however_often_it_is_sent() -> None:
    service = Service(ok(value=OTHER), httpx.ReadTimeout("late"), error(503), ok(202, task_id=ID))
    data = DeleteData(ID)
    data.add_item("/~/a")
    for _ in range(2):
        assert (await service.transfer().submit_delete(data)).task_id == ID
    assert_one_task(service, data)


def assert_one_task(service: Service, data: TransferData | DeleteData, count: int = 4) -> None:
    bodies = [request.content for request in service.requests[1:]]
    assert len(bodies) == count
    assert len(set(bodies)) == 1
    assert json.loads(bodies[0])["submission_id"] == data.submission_id == OTHER


async def test_a_submission_that_is_refused_keeps_its_id_for_the_next_try() -> None:
    data = transfer_data()
    service = Service(ok(value=OTHER), error(403, "PermissionDenied"), ok(202, task_id=ID))
    with pytest.raises(TransferAPIError):
        await service.transfer().submit_transfer(data)
    assert data.submission_id == OTHER
    await service.transfer().submit_transfer(data)
    assert len(service.requests) == 3


async def test_a_document_tells_how_often_it_was_asked_for() -> None:
    service = Service(error(503), httpx.ReadError("gone"), ok(id=ID))
    endpoint = await service.transfer().get_endpoint(ID)
    assert endpoint.http is not None
    assert endpoint.http.attempts == 3


async def test_retries_can_be_switched_off_for_one_call() -> None:
    service = Service(error(503, headers={"Retry-After": "1"}))
    tc = service.transfer()
    never = tc.with_options(retry=RetryPolicy(max_retries=0))
    for _ in range(2):
        with pytest.raises(ServiceUnavailableError) as caught:
            await never.get_endpoint(ID)
        assert caught.value.retry_after == 1
    assert len(service.requests) == 2
    with pytest.raises(ServiceUnavailableError):
        await tc.get_endpoint(ID)
    assert len(service.requests) == 8


async def test_other_options_leave_the_client_as_it_was() -> None:
    service = Service(ok(id=ID))
    tc = service.transfer()
    tc.set_app_name("one")
    retry, timeout = tc.retry, tc.timeout
    other = tc.with_options(timeout=5, retry=RetryPolicy(max_retries=1), app_name="two")
    unlimited = tc.with_options(timeout=-1)
    for client in (tc, other, unlimited):
        await client.get_endpoint(ID)
    agents = [request.headers["User-Agent"] for request in service.requests]
    timeouts = [request.extensions["timeout"]["read"] for request in service.requests]
    assert timeouts == [60, 5, None]
    assert [agent.rpartition(" ")[2] for agent in agents] == ["one", "two", "one"]
    assert (tc.retry, tc.timeout, tc.app_name) == (retry, timeout, "one")
    assert other.authorizer is tc.authorizer
