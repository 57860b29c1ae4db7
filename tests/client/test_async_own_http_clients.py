"""What an HTTP client of the program's own brings along: each of its settings is used, or refused by name."""

from typing import Any

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    ConsentRequiredError,
    GlobusAPIError,
    GlobusUsageError,
    NetworkError,
    NotFoundError,
    RedirectedError,
    RetryPolicy,
)

from .async_service import ID, Service, error, ok

pytestmark = pytest.mark.anyio

URL = "https://transfer.example/"
TOKEN = "the-token-of-this-test"


def client(service: Service, options: dict[str, Any] | None = None, /, **settings: Any) -> AsyncTransferClient:
    """A client over an HTTP client with those settings."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(service), **settings)
    return AsyncTransferClient(
        AccessTokenAuthorizer(TOKEN), base_url=URL, http_client=http, sleep=service.sleep, **(options or {})
    )


async def refuse(response: httpx.Response) -> None:
    response.raise_for_status()


async def read_and_refuse(response: httpx.Response) -> None:
    await response.aread()
    response.raise_for_status()


async def quote(response: httpx.Response) -> None:
    raise LookupError(f"{response.request.headers['Authorization']} was of no use")


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ({"auth": ("name", "s3same")}, r"http_client: must have no auth: .* authorizer=…"),
        ({"headers": {"Authorization": "Bearer s3same"}}, r"must have no Authorization header: .* authorizer=…"),
        ({"params": {"a": "s3same"}}, r"http_client: must have no params: .* query_params=…"),
        ({"base_url": "https://else.example"}, r"http_client: must have no base_url: calls go to https://transfer"),
    ],
)
async def test_what_a_call_would_not_respect_is_refused_by_name(settings: dict[str, Any], refused: str) -> None:
    with pytest.raises(GlobusUsageError, match=refused) as caught:
        client(Service(ok(id=ID)), **settings)
    assert "s3same" not in str(caught.value)


async def test_the_base_url_may_be_the_same() -> None:
    for url in (URL, URL.rstrip("/"), "https://Transfer.Example"):
        assert (await client(Service(ok(id=ID)), base_url=url).get_endpoint(ID)).id == ID


@pytest.mark.parametrize(
    ("options", "settings", "expected"),
    [
        ({}, {}, [60.0] * 4),
        ({}, {"timeout": 7}, [7.0] * 4),
        ({}, {"timeout": None}, [None] * 4),
        ({}, {"timeout": httpx.Timeout(30, connect=3)}, [3.0, 30.0, 30.0, 30.0]),
        ({"timeout": 9}, {"timeout": 7}, [9] * 4),
        ({"timeout": -1}, {"timeout": 7}, [None] * 4),
        ({"retry": RetryPolicy(total_timeout=5)}, {"timeout": httpx.Timeout(30, connect=3)}, [3.0, 5.0, 5.0, 5.0]),
    ],
)
async def test_its_timeout_holds_unless_another_is_given(
    options: dict[str, Any], settings: dict[str, Any], expected: list[float | None]
) -> None:
    service = Service(ok(id=ID))
    await client(service, {"clock": lambda: 0.0, **options}, **settings).get_endpoint(ID)
    timeouts = service.requests[0].extensions["timeout"]
    assert [timeouts[kind] for kind in ("connect", "read", "write", "pool")] == expected


async def test_its_timeout_gives_way_to_that_of_an_option() -> None:
    service = Service(ok(id=ID))
    tc = client(service, timeout=httpx.Timeout(30, connect=3))
    assert tc.timeout == 30
    await tc.with_options(timeout=4).get_endpoint(ID)
    await tc.with_options(app_name="x").get_endpoint(ID)
    tc.timeout = 8
    await tc.get_endpoint(ID)
    assert [request.extensions["timeout"]["connect"] for request in service.requests] == [4, 3, 8]


async def test_its_cookies_go_along() -> None:
    service = Service(ok(id=ID))
    await client(service, cookies={"session": "x"}).get_endpoint(ID)
    assert service.requests[0].headers["Cookie"] == "session=x"


async def test_a_cookie_of_the_service_does_not_make_it_unfit_for_another_client() -> None:
    service = Service(httpx.Response(200, json={"id": ID}, headers={"Set-Cookie": "balance=1; Path=/"}))
    http = httpx.AsyncClient(transport=httpx.MockTransport(service))
    for _ in range(2):
        await AsyncTransferClient(base_url=URL, http_client=http).get_endpoint(ID)
    assert http.cookies["balance"] == "1"


async def test_it_follows_no_redirect_with_the_token() -> None:
    service = Service(httpx.Response(307, headers={"Location": "/elsewhere"}))
    with pytest.raises(RedirectedError):
        await client(service, follow_redirects=True).get_endpoint(ID)
    assert len(service.requests) == 1


async def test_a_hook_that_refuses_a_status_leaves_the_error_that_it_is() -> None:
    missing = error(404, "EndpointNotFound")

    def unread(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, stream=httpx.ByteStream(missing.content))

    with pytest.raises(NotFoundError) as caught:
        await client(Service(missing), event_hooks={"response": [read_and_refuse]}).get_endpoint(ID)
    assert (caught.value.code, caught.value.message, caught.value.request_id) == ("EndpointNotFound", "no", "r1")
    with pytest.raises(NotFoundError) as caught:
        await client(Service(unread), event_hooks={"response": [refuse]}).get_endpoint(ID)
    assert (caught.value.http_status, caught.value.raw_text) == (404, "")
    consent = httpx.Response(403, json={"code": "ConsentRequired", "required_scopes": ["x"]})
    with pytest.raises(ConsentRequiredError):
        await client(Service(consent), event_hooks={"response": [read_and_refuse]}).get_endpoint(ID)


async def test_a_hook_that_refuses_a_status_keeps_no_call_from_being_tried_again() -> None:
    service = Service(error(503), ok(id=ID))
    assert (await client(service, event_hooks={"response": [refuse]}).get_endpoint(ID)).id == ID
    assert (len(service.requests), len(service.pauses)) == (2, 1)


async def test_whatever_else_a_hook_raises_becomes_an_error_of_this_package() -> None:
    service = Service(ok(id=ID))

    async def break_down(request: httpx.Request) -> None:
        raise LookupError("no such key")

    with pytest.raises(NetworkError, match="LookupError no such key") as caught:
        await client(service, event_hooks={"request": [break_down]}).get_endpoint(ID)
    assert isinstance(caught.value.__cause__, LookupError)
    assert not service.requests
    assert not service.pauses


async def test_no_token_is_in_what_a_hook_raises() -> None:
    with pytest.raises(NetworkError, match="<redacted> was of no use") as caught:
        await client(Service(ok(id=ID)), event_hooks={"response": [quote]}).get_endpoint(ID)
    assert caught.value.__cause__ is caught.value.underlying_exception
    assert TOKEN not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__cause__}"


async def test_a_hook_may_raise_an_error_of_this_package() -> None:
    mine = GlobusUsageError("not today")

    async def stop(request: httpx.Request) -> None:
        raise mine

    with pytest.raises(GlobusUsageError) as caught:
        await client(Service(ok(id=ID)), event_hooks={"request": [stop]}).get_endpoint(ID)
    assert caught.value is mine
    assert not isinstance(caught.value, GlobusAPIError)
