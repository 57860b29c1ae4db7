# Generated from test_async_surroundings.py by tools/unasync.py: change that file.
"""Whatever a program's surroundings are like, a call raises an exception of this package, which says what to do."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    GlobusConnectionError,
    GlobusError,
    GlobusUsageError,
    NativeAppAuthClient,
    NetworkError,
    RefreshTokenAuthorizer,
    RetryPolicy,
    TransferAPIError,
    TransferClient,
)
from globus_typed.core.transport import made_context
from globus_typed.errors import GlobusOptionalDependencyError

from .service import ID, NOW, Service, error

pytestmark = pytest.mark.anyio

CLOSED = "http://127.0.0.1:9/"
"""Where nothing listens."""

Variables = dict[str, str]


def each(cases: dict[str, Any], names: str) -> pytest.MarkDecorator:
    values: list[Any] = [*cases.values()]
    return pytest.mark.parametrize(names, values, ids=cases.keys())


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
        "ssl_cert_file",
        "ssl_cert_dir",
        "sslkeylogfile",
    ):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made_context.cache_clear()


def call(base_url: str = CLOSED, **options: Any) -> GlobusError:
    """What a call raises."""
    with (
        pytest.raises(GlobusError) as caught,
        TransferClient(
            AccessTokenAuthorizer("the-token"), base_url=base_url, retry=RetryPolicy(max_retries=0), **options
        ) as tc,
    ):
        tc.get_endpoint(ID)
    assert "the-token" not in str(caught.value)
    return caught.value


@each(
    {
        "no proxy, names and addresses": "localhost,[::1]",
        "networks": "127.0.0.0/8,fe80::/10,::1/128,10.0.0.0/99",
        "nonsense": "[::1,]x,*.,://,..,%%%,\N{SNOWMAN}",
        "ports": "127.0.0.1:9,[::1]:9,localhost:x",
        "all": "*",
    },
    "no_proxy",
)
@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:9", "127.0.0.1:9"])
def test_hosts_without_a_proxy(monkeypatch: pytest.MonkeyPatch, no_proxy: str, proxy: str | None) -> None:
    monkeypatch.setenv("NO_PROXY", no_proxy)
    if proxy is not None:
        monkeypatch.setenv("HTTP_PROXY", proxy)
    raised = call()
    assert isinstance(raised, GlobusConnectionError)
    assert raised.was_sent is False


@each(
    {
        "unknown scheme": ("gopher://proxy.example:1", GlobusUsageError),
        "no host": ("http://", GlobusUsageError),
        "no port": ("http://proxy.example:port", GlobusUsageError),
        "no address": ("http://[::1", GlobusUsageError),
        "half an address": ("http://[bad", GlobusUsageError),
        "long name": (f"http://{'x' * 64}.example:1", GlobusUsageError),
        "socks": ("socks5://127.0.0.1:9", GlobusOptionalDependencyError),
        "nobody there": ("http://127.0.0.1:9", GlobusConnectionError),
        "TLS, nobody there": ("https://127.0.0.1:9", GlobusConnectionError),
    },
    "proxy, kind",
)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
def test_proxies(monkeypatch: pytest.MonkeyPatch, variable: str, proxy: str, kind: type[GlobusError]) -> None:
    secret = proxy.replace("://", "://me:s3cret@")
    monkeypatch.setenv(variable, secret)
    raised = call("https://transfer.example/")
    assert type(raised) is kind
    assert "s3cret" not in str(raised)
    if not isinstance(raised, NetworkError):
        assert variable in str(raised)


@each(
    {"missing": None, "empty": b"", "no PEM": b"\x00\xff" * 99, "cut": b"-----BEGIN CERTIFICATE-----\nMIIB"}, "content"
)
@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "GLOBUS_SDK_VERIFY_SSL", "GLOBUS_SDK_SSL_VERIFY"])
def test_certificates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, content: bytes | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv(variable, str(file))
    raised = call()
    assert isinstance(raised, GlobusUsageError)
    assert variable in str(raised)
    assert str(file) in str(raised)


def test_a_directory_of_certificates_and_a_log_of_keys_that_are_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "no" / "keys"))
    raised = call()
    assert isinstance(raised, GlobusUsageError)
    assert "SSLKEYLOGFILE" in str(raised)


@each(
    {
        "a label too long": f"https://{'x' * 64}.example/",
        "an empty label": "https://transfer..example/",
        "no IDNA": "https://xn--a.\N{SNOWMAN}\N{SNOWMAN}/",
    },
    "url",
)
def test_hosts_that_no_name_server_can_be_asked_for(url: str) -> None:
    assert isinstance(call(url), GlobusError)
    with pytest.raises(GlobusError):
        Service(error(500)).transfer().get(url)


@each(
    {
        "year": "Tue, 14 Nov 99999 22:13:27 GMT",
        "first year": "Mon, 01 Jan 0001 00:00:00 +2359",
        "last year": "Fri, 31 Dec 9999 23:59:59 -2359",
        "zone": "Tue, 14 Nov 2023 22:13:27 +999999",
        "larger zone": f"Tue, 14 Nov 2023 22:13:27 +{'9' * 30}",
        "day": "Tue, 99 Nov 2023 22:13:27 GMT",
        "hour": f"Tue, 14 Nov 2023 {'9' * 400}:13:27 GMT",
        "digits": "9" * 5000,
        "nothing": "   ",
        "comma": ",,,,",
    },
    "header",
)
@pytest.mark.parametrize("status", [429, 503])
def test_dates_that_no_clock_can_hold(header: str, status: int) -> None:
    with pytest.raises(TransferAPIError) as caught:
        Service(error(status, headers={"Retry-After": header})).transfer().get_endpoint(ID)
    after = caught.value.http.retry_after
    assert after is None or after == 0 or after > 120


def test_a_lifetime_that_no_clock_can_hold() -> None:
    token = {"access_token": "new", "resource_server": "transfer.api.globus.org", "expires_in": int("9" * 400)}
    auth, service = Service(httpx.Response(200, json=token)), Service(httpx.Response(200, json={"id": ID}))
    tc = service.transfer(RefreshTokenAuthorizer("refresh", auth.native(), clock=lambda: NOW))
    for _ in range(2):
        tc.get_endpoint(ID)
    assert len(auth.requests) == 1
    tokens = auth.native().oauth2_refresh_token("refresh")
    assert tokens.by_resource_server["transfer.api.globus.org"].expires_at_seconds > NOW


def test_an_id_token_of_nothing_but_brackets() -> None:
    import base64

    header = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 100_000).decode().rstrip("=")
    token = {"access_token": "a", "resource_server": "auth.globus.org", "expires_in": 9, "id_token": f"{header}.e30.AA"}
    provider: dict[str, Any] = {
        "issuer": "https://auth.example",
        "authorization_endpoint": "https://auth.example/a",
        "token_endpoint": "https://auth.example/t",
        "jwks_uri": "https://auth.example/jwk.json",
        "keys": [],
    }
    tokens = Service(httpx.Response(200, json=token)).native().oauth2_refresh_token("refresh")
    with pytest.raises(GlobusError):
        Service(httpx.Response(200, json=provider)).native().decode_id_token(tokens)


def test_an_http_client_that_is_closed() -> None:
    http = httpx.Client()
    http.close()
    raised = call(http_client=http)
    assert isinstance(raised, GlobusUsageError)
    assert "http_client: " in str(raised)


@each(
    {
        "value": ValueError("x"),
        "runtime": RuntimeError("x"),
        "index": IndexError("x"),
        "unicode": UnicodeError("label empty or too long"),
        "descriptor": OSError(9, "Bad file descriptor"),
        "decoding": httpx.DecodingError("no gzip"),
        "url": httpx.InvalidURL("x"),
        "stream": httpx.StreamClosed(),
        "recursion": RecursionError("x"),
    },
    "error",
)
def test_whatever_breaks_beneath(error: Exception) -> None:
    service = Service(error)
    with pytest.raises(GlobusError) as caught:
        service.transfer().post("x", {})
    assert caught.value.__cause__ is error
    assert len(service.requests) == 1
    assert isinstance(caught.value, GlobusUsageError) or getattr(caught.value, "was_sent", None) is True


def circle() -> dict[str, Any]:
    document: dict[str, Any] = {}
    document["x"] = document
    return document


CANNOT_BE_SENT: dict[str, dict[str, Any]] = {
    "a circle": {"path": "x", "json_body": circle()},
    "an object": {"path": "x", "json_body": {"x": object()}},
    "a surrogate": {"path": "x", "json_body": {"x": "\ud800"}},
    "a number in the query": {"path": "x", "params": {"n": 10**5000}},
    "a surrogate in the query": {"path": "x", "params": {"n": "\ud800"}},
    "a surrogate in the path": {"path": "\ud800"},
    "a path without end": {"path": "x" * 70_000},
    "a port": {"path": "https://transfer.example:99999/x"},
    "a line break in a header": {"path": "x", "headers": {"X": "a\r\nb"}},
}


@each(CANNOT_BE_SENT, "arguments")
def test_what_cannot_be_sent(arguments: dict[str, Any]) -> None:
    service = Service(error(500))
    with pytest.raises(GlobusUsageError):
        service.transfer().post(**arguments)
    assert not service.requests


def test_an_app_that_is_not_there_is_told_by_its_own_error() -> None:
    app = NativeAppAuthClient(ID, base_url=CLOSED, retry=RetryPolicy(max_retries=0))
    service = Service(error(500))
    with pytest.raises(GlobusConnectionError, match=CLOSED):
        service.transfer(RefreshTokenAuthorizer("refresh", app)).get_endpoint(ID)
    app.close()
    assert not service.requests
