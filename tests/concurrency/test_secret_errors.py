"""Whatever goes wrong, no secret is in the error: neither in its text nor in its traceback nor in its pickle."""

import copy
import inspect
import json
import logging
import pickle
from collections.abc import Callable
from typing import Any, cast

import anyio
import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncAuthClient,
    AsyncConfidentialAppAuthClient,
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    AuthClient,
    BasicAuthorizer,
    ConfidentialAppAuthClient,
    GlobusError,
    GlobusUsageError,
    NativeAppAuthClient,
    RefreshTokenAuthorizer,
    ResponseShapeError,
    RetryPolicy,
    TransferClient,
)

from .jewels import ACCESS, CODE, ID, REFRESH, SECRET, TOKENS, VERIFIER, leaks, shows

AUTH, TRANSFER = "https://auth.example/", "https://transfer.example/"
Answer = httpx.Response | httpx.HTTPError
REFUSED = {"error": "invalid_grant", "errors": [{"code": "UNAUTHORIZED", "detail": "no", "status": "401", "id": "r1"}]}
ANSWERS: dict[str, Answer] = {
    **{str(status): httpx.Response(status, json=REFUSED) for status in (400, 401, 403, 404, 409, 429, 500, 503)},
    "page": httpx.Response(502, html="<h1>Bad gateway</h1>"),
    "refused": httpx.ConnectError("refused"),
    "lost": httpx.ReadError("gone"),
    "late": httpx.ReadTimeout("late"),
    "strange": httpx.DecodingError("not gzip"),
    "empty": httpx.Response(200),
    "text": httpx.Response(200, text=f"access_token={TOKENS['access_token']}"),
    "cut": httpx.Response(200, content=json.dumps(TOKENS)[:-20].encode()),
    "list": httpx.Response(200, json=[TOKENS["access_token"], {**TOKENS, "expires_in": "long"}]),
    "nameless": httpx.Response(200, json={**TOKENS, "resource_server": None, "sub": None, "active": None}),
    "number": httpx.Response(200, json={**TOKENS, "access_token": 7, "sub": 7, "active": "perhaps"}),
    "nested": httpx.Response(200, json={**TOKENS, "other_tokens": [{"access_token": [TOKENS["access_token"]]}]}),
    "deep": httpx.Response(200, json={"access_token": {"access_token": TOKENS["access_token"]}}),
}


Clients = dict[str, Any]
CALLS: dict[str, Callable[[Clients], Any]] = {
    "exchange": lambda c: c["native"].oauth2_exchange_code_for_tokens(CODE),
    "exchange_url": lambda c: c["native"].oauth2_exchange_code_for_tokens(f"{AUTH}?code={CODE}&state=_default"),
    "exchange_by_flow": lambda c: c["flow"].exchange_code_for_tokens(CODE),
    "refresh": lambda c: c["native"].oauth2_refresh_token(REFRESH),
    "revoke": lambda c: c["native"].oauth2_revoke_token(ACCESS),
    "token": lambda c: c["native"].oauth2_token({"grant_type": "x", "refresh_token": REFRESH}),
    "introspect": lambda c: c["secret"].oauth2_token_introspect(ACCESS, include=["session_info"]),
    "dependent": lambda c: c["secret"].oauth2_get_dependent_tokens(ACCESS),
    "credentials": lambda c: c["secret"].oauth2_client_credentials_tokens(),
    "userinfo": lambda c: c["user"].oauth2_userinfo(),
    "endpoint": lambda c: c["transfer"].get_endpoint(ID),
    "renewal": lambda c: c["renewing"].get_endpoint(ID),
    "secret_renewal": lambda c: c["secret_renewing"].get_endpoint(ID),
}


def answering(answer: Answer) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        assert not shows(request.url)
        assert not shows(request.headers.get("Referer"))
        if isinstance(answer, httpx.HTTPError):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    return httpx.MockTransport(handle)


def sync_clients(answer: Answer) -> Clients:
    def sleep(seconds: float) -> None: ...

    http = httpx.Client(transport=answering(answer))
    more: Any = {"http_client": http, "retry": RetryPolicy(max_retries=1), "sleep": sleep}
    native = NativeAppAuthClient(ID, base_url=AUTH, **more)
    secret = ConfidentialAppAuthClient(ID, SECRET, base_url=AUTH, **more)
    return {
        "native": native,
        "flow": native.oauth2_start_flow(verifier=VERIFIER, refresh_tokens=True),
        "secret": secret,
        "user": AuthClient(authorizer=AccessTokenAuthorizer(ACCESS), base_url=AUTH, **more),
        "transfer": TransferClient(AccessTokenAuthorizer(ACCESS), base_url=TRANSFER, **more),
        "renewing": TransferClient(RefreshTokenAuthorizer(REFRESH, native), base_url=TRANSFER, **more),
        "secret_renewing": TransferClient(
            RefreshTokenAuthorizer(REFRESH, secret, ACCESS, 1), base_url=TRANSFER, **more
        ),
    }


def async_clients(answer: Answer) -> Clients:
    async def sleep(seconds: float) -> None: ...

    http = httpx.AsyncClient(transport=answering(answer))
    more: Any = {"http_client": http, "retry": RetryPolicy(max_retries=1), "sleep": sleep}
    native = AsyncNativeAppAuthClient(ID, base_url=AUTH, **more)
    secret = AsyncConfidentialAppAuthClient(ID, SECRET, base_url=AUTH, **more)
    return {
        "native": native,
        "flow": native.oauth2_start_flow(verifier=VERIFIER, refresh_tokens=True),
        "secret": secret,
        "user": AsyncAuthClient(authorizer=AccessTokenAuthorizer(ACCESS), base_url=AUTH, **more),
        "transfer": AsyncTransferClient(AccessTokenAuthorizer(ACCESS), base_url=TRANSFER, **more),
        "renewing": AsyncTransferClient(RefreshTokenAuthorizer(REFRESH, native), base_url=TRANSFER, **more),
        "secret_renewing": AsyncTransferClient(
            RefreshTokenAuthorizer(REFRESH, secret, ACCESS, 1), base_url=TRANSFER, **more
        ),
    }


def outcome(clients: Clients, call: Callable[[Clients], Any]) -> object:
    """What a call gives or raises, sync or async."""

    async def main() -> object:
        result = call(clients)
        return await result if inspect.isawaitable(result) else result

    try:
        return anyio.run(main)
    except GlobusError as error:
        return error


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("make", [sync_clients, async_clients], ids=["sync", "async"])
def test_no_error_of_a_call_shows_a_secret(
    make: Callable[[Answer], Clients], call: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    raised = 0
    for name, answer in ANSWERS.items():
        result = outcome(make(answer), CALLS[call])
        if isinstance(result, GlobusError):
            raised += 1
            assert not leaks(result), name
        else:
            assert not shows(repr(result) + str(result) + f"{result}"), name
    # Some of the odd answers are no tokens, but what else was asked for.
    assert raised >= len(ANSWERS) - 5
    assert not shows(caplog.text)


def hidden_in(traceback_of: Callable[[], object]) -> list[str]:
    """The places that show a secret when a wrong argument is refused."""
    try:
        traceback_of()
    except GlobusUsageError as error:
        return leaks(error)
    raise AssertionError("nothing was refused")


@pytest.mark.parametrize(
    "refused",
    [
        lambda: AccessTokenAuthorizer(f"{ACCESS}\n"),
        lambda: AccessTokenAuthorizer(f" {ACCESS}"),
        lambda: AccessTokenAuthorizer(f"{ACCESS}ä"),
        lambda: AccessTokenAuthorizer(cast(Any, ACCESS.encode())),
        lambda: BasicAuthorizer(ID, f"{SECRET}\n"),
        lambda: BasicAuthorizer("a:b", SECRET),
        lambda: RefreshTokenAuthorizer(f"{REFRESH}\n", NativeAppAuthClient(ID), ACCESS),
        lambda: RefreshTokenAuthorizer(REFRESH, NativeAppAuthClient(ID), f"{ACCESS}\n"),
        lambda: RefreshTokenAuthorizer(REFRESH, cast(Any, None), ACCESS),
        lambda: RefreshTokenAuthorizer(REFRESH, NativeAppAuthClient(ID), ACCESS, cast(Any, "soon")),
        lambda: TransferClient(cast(Any, ACCESS)),
        lambda: AuthClient(ID, client_secret=cast(Any, SECRET)),
        lambda: ConfidentialAppAuthClient(ID, f"{SECRET}\n"),
        lambda: ConfidentialAppAuthClient(ID, SECRET, authorizer=cast(Any, 1)),
        lambda: ConfidentialAppAuthClient(ID, SECRET, base_url="ftp://x"),
        lambda: ConfidentialAppAuthClient(ID, SECRET, timeout=-7),
        lambda: ConfidentialAppAuthClient(ID, cast(Any, SECRET.encode())),
        lambda: NativeAppAuthClient(ID).oauth2_refresh_token(f"{REFRESH}\n"),
        lambda: NativeAppAuthClient(ID).oauth2_refresh_token(cast(Any, REFRESH.encode())),
        lambda: NativeAppAuthClient(ID).oauth2_revoke_token(f" {REFRESH}"),
        lambda: ConfidentialAppAuthClient(ID, SECRET).oauth2_token_introspect(f"{ACCESS} "),
        lambda: ConfidentialAppAuthClient(ID, SECRET).oauth2_get_dependent_tokens(f"{ACCESS}ü"),
        lambda: NativeAppAuthClient(ID).oauth2_exchange_code_for_tokens(CODE),
        lambda: started().oauth2_exchange_code_for_tokens(f"{CODE} {CODE}"),
        lambda: started().oauth2_exchange_code_for_tokens(cast(Any, CODE.encode())),
        lambda: started().oauth2_exchange_code_for_tokens(f"https://app.example/?code={CODE}&state=another"),
        lambda: started().oauth2_exchange_code_for_tokens(f"https://app.example/?code={CODE}&code={CODE}"),
        lambda: started().oauth2_exchange_code_for_tokens(f"https://app.example/?cod={CODE}&state=_default"),
        lambda: started().oauth2_start_flow(verifier=VERIFIER).exchange_code_for_tokens(f"{CODE} {CODE}"),
    ],
)
def test_no_refusal_of_an_argument_shows_a_secret(refused: Callable[[], object]) -> None:
    assert not hidden_in(refused)


def started() -> NativeAppAuthClient:
    client = NativeAppAuthClient(ID)
    client.oauth2_start_flow(verifier=VERIFIER)
    return client


def test_a_client_that_cannot_be_made_does_not_show_the_configured_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOBUS_SDK_TRANSFER_TOKEN", ACCESS)
    assert not hidden_in(lambda: TransferClient(timeout=-7))
    assert not shows(repr(TransferClient()))
    monkeypatch.setenv("GLOBUS_SDK_TRANSFER_TOKEN", f"{ACCESS}\n\n{ACCESS}")
    assert not hidden_in(TransferClient)


def test_a_token_that_no_header_can_carry_is_refused_when_it_comes() -> None:
    for wrong in (f"{ACCESS}\n", f" {ACCESS}", f"{ACCESS}é", ""):
        clients = sync_clients(httpx.Response(200, json={**TOKENS, "access_token": wrong, "other_tokens": []}))
        error = outcome(clients, CALLS["renewal"])
        assert isinstance(error, GlobusError)
        assert "access_token" in str(error)
        assert not leaks(error)


def test_a_body_that_does_not_fit_stays_in_the_process() -> None:
    error = outcome(sync_clients(ANSWERS["nameless"]), CALLS["refresh"])
    assert isinstance(error, ResponseShapeError)
    for clone in (copy.copy(error), copy.deepcopy(error)):
        assert clone.http == error.http
        assert "resource_server" in str(clone)
    distant = pickle.loads(pickle.dumps(error))
    assert (str(distant), distant.problems, distant.document) == (str(error), error.problems, error.document)
    assert (distant.http.status, distant.http.body) == (200, b"")
