"""Everything public that takes a secret is called with one, and whatever comes of it is looked at from all sides."""

import inspect
import logging
import pprint
import re
import socket
import struct
import threading
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

import anyio
import httpx
import pytest
from rich.pretty import pretty_repr

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    BasicAuthorizer,
    GlobusError,
    GlobusUsageError,
    HTTPInfo,
    NativeAppAuthClient,
    Request,
    RetryPolicy,
    TransferClient,
    registry,
)
from globus_typed.core.async_client import AsyncClient
from globus_typed.core.client import Client

from .jewels import ACCESS, CODE, ID, JEWEL, REFRESH, SECRET, TOKENS, VERIFIER, family, leaks, shown, shows

PACKAGES = ["globus_typed", *(f"globus_typed.{service}" for service in registry.names()), "globus_typed.exc"]
NAMES: dict[str, Any] = {
    f"{package}.{name}": getattr(import_module(package), name)
    for package in PACKAGES
    for name in getattr(import_module(package), "__all__", ())
}
SECRETIVE = re.compile(
    r"(?<!_refresh_)(?<!next_)token$|^tokens$|secret|passw|passphrase|auth_code|verifier|assertion|header|body|"
    r"(?<!plat)form(?!at)|^params$|additional_params|requirements_data|(?<!last)_key$"
)
"""The parameters that a program gives a secret to. A page's token and key and the key of a task are none."""

ECHO = "what was sent, as a page for debugging shows it: {}"


def echo(request: httpx.Request) -> httpx.Response:
    return httpx.Response(400, text=ECHO.format([*request.headers.items(), request.content, request.url]))


def refused(request: httpx.Request) -> httpx.Response:
    errors = [{"code": "X", "detail": f"{request.headers.get('Authorization')} {request.content!r}"}]
    return httpx.Response(403, json={"error": "x", "errors": errors})


def tokens(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json=TOKENS)


def other_json(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json=[{"deep": [TOKENS["access_token"], {"client_secret": SECRET, "secret": SECRET}]}])


def new_secret(request: httpx.Request) -> httpx.Response:
    secretive = {"id": ID, "client": ID, "secret": SECRET, "credential_secret": SECRET, "data": {"token": SECRET}}
    nested = {"client_credential": secretive, "included": {"client_credential": secretive}, "credential": secretive}
    return httpx.Response(200, json={**secretive, **nested})


def cut(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=f'{{"access_token": "{TOKENS["access_token"]}')


def lost(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError(f"gone: {request.headers.get('Authorization')}")


SERVICES = [echo, refused, tokens, other_json, new_secret, cut, lost]

GIVEN: dict[str, Any] = {
    "access_token": ACCESS,
    "refresh_token": REFRESH,
    "token": ACCESS,
    "client_secret": SECRET,
    "auth_code": CODE,
    "verifier": VERIFIER,
    "password": SECRET,
    "response_class": None,
    "fields": {"client_secret": SECRET},
}
MAPPINGS = {"form_data", "additional_params", "params", "headers", "json_body"}


def values(name: str, *, spoilt: bool) -> Any:
    """A value for a parameter of that name: a secret where it takes one, which no request can carry if `spoilt`."""
    end = "\ud800\n" if spoilt else ""
    if name in MAPPINGS:
        return {"client_secret": f"{SECRET}{end}", "X-Access-Token": f"{ACCESS}{end}"}
    if name == "requirements_data":
        given = [{"type": "myproxy", "name": name, "value": f"{SECRET}{end}"} for name in ("passphrase", "password")]
        return {"DATA_TYPE": "activation_requirements", "DATA": given}
    if name in GIVEN:
        return f"{GIVEN[name]}{end}" if isinstance(GIVEN[name], str) else GIVEN[name]
    return f"{JEWEL}-{name}{end}" if SECRETIVE.search(name) else ID


def arguments(function: Callable[..., Any], *, spoilt: bool) -> dict[str, Any] | None:
    """Arguments with a secret wherever one may be given; None for a function that takes none."""
    parameters = inspect.signature(function).parameters.values()
    named = [each for each in parameters if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)]
    if not any(SECRETIVE.search(each.name) for each in named):
        return None
    given = {
        each.name: values(each.name, spoilt=spoilt)
        for each in named
        if each.name != "self" and (each.default is each.empty or SECRETIVE.search(each.name))
    }
    if {"json_body", "text_body"} <= given.keys():
        del given["text_body"]
    return given


METHODS: dict[str, tuple[type, str]] = {
    f"{kind.__name__}.{name}": (kind, name)
    for kind in sorted(
        {value for value in NAMES.values() if isinstance(value, type) and issubclass(value, (Client, AsyncClient))},
        key=lambda kind: kind.__name__,
    )
    for name, member in inspect.getmembers(kind, inspect.isfunction)
    if not name.startswith("_") and arguments(member, spoilt=False) is not None
}


def made(kind: type, service: Callable[[httpx.Request], httpx.Response]) -> Any:
    """A client of that class, with a secret wherever it has one."""

    async def rest(seconds: float) -> None: ...

    def at_once(seconds: float) -> None: ...

    is_async = issubclass(kind, AsyncClient)
    transport = httpx.MockTransport(service)
    options: dict[str, Any] = {
        "base_url": "https://service.example/",
        "http_client": httpx.AsyncClient(transport=transport) if is_async else httpx.Client(transport=transport),
        "retry": RetryPolicy(max_retries=1),
        "sleep": rest if is_async else at_once,
    }
    needed = inspect.signature(kind).parameters
    if "client_secret" in needed and needed["client_secret"].default is inspect.Parameter.empty:
        client: Any = kind(ID, SECRET, **options)
    elif "NativeApp" in kind.__name__:
        client = kind(ID, **options)
    else:
        client = kind(authorizer=AccessTokenAuthorizer(ACCESS), **options)
    if hasattr(client, "oauth2_start_flow"):
        start: Any = client.oauth2_start_flow
        start(
            **({"redirect_uri": "https://app.example/"} if "Confidential" in kind.__name__ else {"verifier": VERIFIER})
        )
    return client


def outcome(call: Callable[[], Any]) -> object:
    """What a call gives, its pages or its exception."""

    async def main() -> object:
        try:
            result = call()
            if hasattr(result, "first"):
                result = result.first()
            return await result if inspect.isawaitable(result) else result
        except Exception as error:
            return error  # in here, where its traceback has no frames of event loops yet

    return anyio.run(main)


def seen(value: object) -> list[str]:
    """The ways of looking at a value that show a secret."""
    # These two hold what was received, and what a program gave for sending, as it is.
    members = shown(vars(value)) if hasattr(value, "__dict__") and type(value) not in (HTTPInfo, Request) else ""
    ways = {
        "repr": repr(value),
        "str": str(value),
        "format": f"{value} {value!r:>20}",
        "in a list": str([value]),
        "pprint": pprint.pformat({"x": value}),
        "rich": pretty_repr(value),
        "rich, in a list": pretty_repr([value, {"x": value}]),
        "vars": members,
        "http": repr(getattr(value, "http", None)),
    }
    return [way for way, text in ways.items() if shows(text)]


def seen_in_error(error: BaseException) -> list[str]:
    """The places of an exception that show a secret, with the frames of all packages that it came through."""
    places: list[str] = []
    for each in family(error):
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if frame.f_code.co_filename != __file__:
                place = f"{frame.f_code.co_name} ({frame.f_code.co_filename})"
                places += [f"{name} in {place}" for name, value in frame.f_locals.items() if shows(shown(value))]
        places += [text for text in (repr(each), str(each)) if shows(text)]
    return [*places, *(leaks(error) if isinstance(error, GlobusError) else [])]


def faults(result: object) -> list[str]:
    if isinstance(result, BaseException):
        return seen_in_error(result)
    # A URL to open in a browser holds what the program put there.
    return [] if isinstance(result, str) else seen(result)


def test_the_walk_comes_by_what_takes_secrets() -> None:
    assert METHODS.keys() >= {
        *("NativeAppAuthClient.oauth2_refresh_token", "AsyncNativeAppAuthClient.oauth2_revoke_token"),
        *("ConfidentialAppAuthClient.oauth2_token_introspect", "TransferClient.post", "AsyncTransferClient.get"),
        *("AuthClient.oauth2_token", "TransferClient.endpoint_activate", "AuthClient.decode_id_token"),
    }
    assert len(METHODS) > 60


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("method", METHODS)
def test_no_method_that_takes_a_secret_shows_it(method: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "globus_typed")
    caplog.set_level(logging.WARNING, "httpx")  # which tells of whole URLs, of its own clients
    kind, name = METHODS[method]
    for service in SERVICES:
        for spoilt in (False, True):
            client = made(kind, service)
            function = getattr(client, name)
            given = arguments(function, spoilt=spoilt) or {}
            assert not faults(outcome(partial(function, **given))), (service, given)
            assert not seen(client)
    assert not shows("\n".join(record.getMessage() for record in caplog.records if record.name == "globus_typed"))


@pytest.mark.parametrize(
    "half_made",
    [
        lambda: TransferClient(AccessTokenAuthorizer(ACCESS), timeout=-7),
        lambda: NativeAppAuthClient(ID).oauth2_start_flow(verifier=f"{JEWEL} with spaces"),
        lambda: NativeAppAuthClient(ID).oauth2_start_flow(redirect_uri="nowhere", verifier=VERIFIER),
        lambda: AccessTokenAuthorizer(f"{ACCESS}\n"),
    ],
)
def test_a_traceback_can_show_what_was_not_made_to_the_end(half_made: Callable[[], object]) -> None:
    error = outcome(half_made)
    assert isinstance(error, GlobusUsageError)
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert not shows([frame.locals for frame in told.stack if frame.filename != __file__])


CLASSES: dict[str, Any] = {
    name: value
    for name, value in NAMES.items()
    if callable(value) and not (isinstance(value, type) and issubclass(value, BaseException))
}


def signature(value: Any) -> inspect.Signature | None:
    try:
        return inspect.signature(value)
    except (TypeError, ValueError):
        return None


TAKING: dict[str, Any] = {
    name: value
    for name, value in CLASSES.items()
    if signature(value) is not None and arguments(value, spoilt=False) is not None
}


@pytest.mark.parametrize("name", TAKING)
def test_no_class_or_function_that_takes_a_secret_shows_it(name: str) -> None:
    for spoilt in (False, True):
        given = arguments(TAKING[name], spoilt=spoilt) or {}
        if "auth_client" in given:
            given["auth_client"] = NativeAppAuthClient(ID)
        elif "client" in given:
            given["client"] = NativeAppAuthClient(ID)
        assert not faults(outcome(partial(TAKING[name], **given))), given
        wrong = {
            each: value.encode(errors="replace") if shows(value) and isinstance(value, str) else value
            for each, value in given.items()
        }
        assert not faults(outcome(partial(TAKING[name], **wrong))), wrong


@pytest.fixture(params=["late", "reset"])
def breaking(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that reads nothing of what it is sent, or ends the connection while it is sent."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            if request.param == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
            else:
                held.append(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for connection in held:
        connection.close()
    thread.join()


@pytest.mark.parametrize("kind", [TransferClient, AsyncTransferClient])
def test_no_frame_on_the_way_to_the_socket_shows_what_was_sent(kind: Any, breaking: str) -> None:
    async def main() -> object:
        client = kind(AccessTokenAuthorizer(ACCESS), base_url=breaking, timeout=0.05, retry=RetryPolicy(max_retries=0))
        try:
            result = client.post("/x", {"client_secret": SECRET * 300_000}, params={"token": ACCESS})
            return await result if inspect.isawaitable(result) else result
        except GlobusError as error:
            return error
        finally:
            closing = client.aclose() if isinstance(client, AsyncClient) else client.close()
            if closing is not None:
                await closing

    error = anyio.run(main)
    assert isinstance(error, GlobusError)
    assert error.__cause__ is not None
    assert not seen_in_error(error)


def test_the_walk_would_see_a_secret() -> None:
    class Careless:
        def __init__(self) -> None:
            self.token = ACCESS

        def __repr__(self) -> str:
            return f"Careless({self.token})"

    assert len(seen(Careless())) >= 7
    assert seen_in_error(GlobusError(ACCESS))
    assert not seen(BasicAuthorizer(ID, SECRET))
