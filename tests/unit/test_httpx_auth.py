"""Authorizers as httpx takes them: `httpx.get(url, auth=authorizer)`, sync and async."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncNativeAppAuthClient,
    BasicAuthorizer,
    GlobusUsageError,
    NativeAppAuthClient,
    NullAuthorizer,
    RefreshTokenAuthorizer,
)

ID = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
URL = "https://data.example/file"
Ask = Callable[..., list[str | None]]


class Service:
    """A service that takes the newest token alone, and Globus Auth, which gives it."""

    def __init__(self) -> None:
        self.seen: list[str | None] = []
        self.refreshes = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v2/oauth2/token":
            self.refreshes += 1
            token = {"access_token": f"token-{self.refreshes}", "resource_server": "data", "expires_in": 3600}
            return httpx.Response(200, json={**token, "scope": "all", "token_type": "Bearer"})
        self.seen.append(request.headers.get("Authorization"))
        good = self.seen[-1] in (f"Bearer token-{self.refreshes}", "Basic bmFtZTpwYXNz")
        return httpx.Response(200 if good else 401)


def sync_get(service: Service, auth: httpx.Auth, url: str = URL, **options: object) -> int:
    with httpx.Client(transport=httpx.MockTransport(service)) as http:
        return http.request("POST" if options else "GET", url, auth=auth, **options).status_code  # type: ignore[arg-type]  # options of httpx


def async_get(service: Service, auth: httpx.Auth, url: str = URL) -> int:
    async def get() -> int:
        async with httpx.AsyncClient(transport=httpx.MockTransport(service)) as http:
            return (await http.get(url, auth=auth)).status_code

    return asyncio.run(get())


WAYS = pytest.mark.parametrize("get", [sync_get, async_get])


@WAYS
def test_a_header_that_stays_goes_along(get: Callable[..., int]) -> None:
    service = Service()
    assert get(service, BasicAuthorizer("name", "pass")) == 200
    assert get(service, AccessTokenAuthorizer("token-0")) == 200
    assert get(service, NullAuthorizer()) == 401
    assert service.seen == ["Basic bmFtZTpwYXNz", "Bearer token-0", None]


def renewing(service: Service, *, is_async: bool, **token: object) -> httpx.Auth:
    if is_async:
        http = httpx.AsyncClient(transport=httpx.MockTransport(service))
        return RefreshTokenAuthorizer("refresh", AsyncNativeAppAuthClient(ID, http_client=http), **token)  # type: ignore[arg-type]  # its own options
    sync = httpx.Client(transport=httpx.MockTransport(service))
    return RefreshTokenAuthorizer("refresh", NativeAppAuthClient(ID, http_client=sync), **token)  # type: ignore[arg-type]  # its own options


@pytest.mark.parametrize(("get", "is_async"), [(sync_get, False), (async_get, False), (async_get, True)])
def test_a_token_is_renewed_where_there_is_none_and_where_it_is_refused(
    get: Callable[..., int], is_async: bool
) -> None:
    service = Service()
    auth = renewing(service, is_async=is_async)
    assert [get(service, auth), get(service, auth)] == [200, 200]
    assert service.refreshes == 1
    service.refreshes += 1  # the service takes the newest token alone
    assert get(service, auth) == 200
    assert service.seen[-2:] == ["Bearer token-1", "Bearer token-3"]


def test_one_of_an_async_client_says_so_to_a_sync_program() -> None:
    service = Service()
    with pytest.raises(GlobusUsageError, match="sync one here"):
        sync_get(service, renewing(service, is_async=True))
    assert not service.seen


def test_a_refusal_that_stays_is_told_once() -> None:
    service = Service()
    auth = renewing(service, is_async=False, access_token="old", expires_at=4e9)
    service.refreshes = 7
    assert sync_get(service, auth) == 200
    assert service.seen == ["Bearer old", "Bearer token-8"]
    assert sync_get(service, AccessTokenAuthorizer("never")) == 401
    assert service.seen[2:] == ["Bearer never"]


def test_a_stream_is_not_sent_twice() -> None:
    service = Service()
    auth = renewing(service, is_async=False, access_token="old", expires_at=4e9)
    service.refreshes = 7

    def chunks() -> Iterator[bytes]:
        yield b"x"

    class Sending(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            assert isinstance(request.stream, httpx.SyncByteStream)
            assert b"".join(request.stream) == b"x"
            return service(request)

    with httpx.Client(transport=Sending()) as http:
        assert http.post(URL, auth=auth, content=chunks()).status_code == 401
    assert len(service.seen) == 1


@WAYS
@pytest.mark.parametrize("url", ["http://data.example/", "http://127.0.0.1.data.example/", "http://user@data.example/"])
def test_a_token_goes_by_https_alone(get: Callable[..., int], url: str) -> None:
    service = Service()
    with pytest.raises(GlobusUsageError, match="by https alone"):
        get(service, AccessTokenAuthorizer("secret-token"), url)
    assert not service.seen
    for this_machine in ("http://127.0.0.1:8000/", "http://localhost/", "http://[::1]:80/"):
        get(service, AccessTokenAuthorizer("token-0"), this_machine)
    assert len(service.seen) == 3


def test_a_redirect_to_another_origin_loses_it() -> None:
    seen: list[tuple[str, str | None]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.host, request.headers.get("Authorization")))
        there = request.url.host == "data.example"
        return httpx.Response(302, headers={"Location": "https://other.example/"}) if there else httpx.Response(200)

    with httpx.Client(transport=httpx.MockTransport(answer), follow_redirects=True) as http:
        http.get(URL, auth=AccessTokenAuthorizer("token"))
    assert seen == [("data.example", "Bearer token"), ("other.example", None)]


@pytest.mark.parametrize("first", ["import httpx", "pass"])
def test_the_order_of_imports_does_not_matter(first: str) -> None:
    program = f"""
{first}
from globus_typed import AccessTokenAuthorizer
auth = AccessTokenAuthorizer("token")
import sys
assert ("httpx" in sys.modules) == ({first!r} != "pass")
import httpx
transport = httpx.MockTransport(lambda request: httpx.Response(200, text=request.headers["Authorization"]))
print(httpx.Client(transport=transport).get("https://data.example/", auth=auth).text)
assert isinstance(auth, httpx.Auth)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("Bearer token\n", "")
