"""Plain data of answers and frames of low-level calls show no secret."""

import json
import traceback
from base64 import b64decode
from collections.abc import Callable
from typing import Any, cast

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    ConfidentialAppAuthClient,
    GlobusError,
    NativeAppAuthClient,
    TransferClient,
)
from globus_typed.auth import ClientCredentialResult, OAuthClientResult
from globus_typed.auth.documents.token import DependentTokenResponse, TokenResponse

from .jewels import ACCESS, ID, JEWEL, REFRESH, SECRET, TOKENS, leaks, shows


def test_no_plain_data_shows_a_secret() -> None:
    tokens = TokenResponse.model_validate(TOKENS)
    many = DependentTokenResponse.from_body(json.dumps([TOKENS]).encode())
    credential = ClientCredentialResult.model_validate({"credential": {"id": ID, "secret": SECRET}})
    made = OAuthClientResult.model_validate({"client": {}, "included": {"client_credential": {"secret": SECRET}}})
    for held in (
        tokens.data,
        tokens["other_tokens"],
        tokens["access_token"],
        tokens.get("new_token"),
        tokens.other_tokens[0].data,
        many.data,
        many["tokens"],
        credential.data,
        credential["credential"],
        credential.credential["secret"],
        made.data,
        made["included"],
    ):
        assert not shows(repr(held))
    assert tokens.data == TOKENS
    assert json.loads(json.dumps(tokens.data)) == TOKENS


def refusing(request: httpx.Request) -> httpx.Response:
    return httpx.Response(400, text=request.headers["Authorization"])


def lost(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("gone")


CALLS: list[Callable[[TransferClient], Any]] = [
    lambda tc: tc.post("/x", {"client_secret": SECRET}),
    lambda tc: tc.put("/x", {"client_secret": SECRET}),
    lambda tc: tc.post("/x", text_body={"client_secret": SECRET}),
    lambda tc: tc.post("/x", text_body=f"token={SECRET}"),
    lambda tc: tc.put("/x", text_body={"token": REFRESH}),
    lambda tc: tc.get("/x", params={"key": f"{JEWEL}-query"}),
    lambda tc: tc.delete("/x", params={"key": f"{JEWEL}-query"}),
    lambda tc: tc.get("/x", headers={"X-Key": ACCESS}),
    lambda tc: tc.get("/x", headers={"X-Key": f"{ACCESS}\n"}),
    lambda tc: tc.get("/x", headers={"X-Key": cast(Any, ACCESS.encode())}),
    lambda tc: tc.get("/x", params={"access_token": f"{ACCESS}\ud800"}),
    lambda tc: tc.post("/x", {"client_secret": SECRET, "x": cast(Any, object())}),
    lambda tc: tc.post("/x", {"client_secret": SECRET}, text_body=SECRET),
]


@pytest.mark.parametrize("service", [refusing, lost])
@pytest.mark.parametrize("call", CALLS)
def test_no_frame_of_a_low_level_call_shows_a_secret(
    call: Callable[[TransferClient], Any], service: Callable[[httpx.Request], httpx.Response]
) -> None:
    http = httpx.Client(transport=httpx.MockTransport(service))
    tc = TransferClient(AccessTokenAuthorizer(ACCESS), http_client=http, sleep=lambda seconds: None)
    with pytest.raises(GlobusError) as caught:
        call(tc)
    assert not leaks(caught.value)
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert told.stack


ECHOED: list[Callable[[TransferClient], Any]] = [
    lambda tc: tc.post("/x", text_body='{"client_secret": "s3s\\u0061me\\ud800", "a": 1}'),
    lambda tc: tc.post("/x", {"a": [{"client_secret": 's3s"ame'}]}),
    lambda tc: tc.get("/x", {"access_token": "s3s ame"}),
    lambda tc: tc.get("/x", headers={"X-Api-Key": "s3same"}),
    lambda tc: tc.get("/x", headers={"Cookie": "session=s3same"}),
]


@pytest.mark.parametrize("call", ECHOED)
def test_a_page_that_echoes_a_request_shows_none_of_its_secrets(call: Callable[[TransferClient], Any]) -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        sent = (request.content.decode(), str(request.url), request.headers.get("X-Api-Key", ""))
        return httpx.Response(400, text="\n".join((*sent, request.headers.get("Cookie", ""), "the end")))

    tc = TransferClient(AccessTokenAuthorizer(ACCESS), http_client=httpx.Client(transport=httpx.MockTransport(echo)))
    with pytest.raises(GlobusError, match=r"<redacted>.*the end") as caught:
        call(tc)
    assert "s3s" not in f"{caught.value} {caught.value!r} {vars(caught.value)}"


def test_a_page_that_decodes_the_authorization_of_an_app_shows_no_secret() -> None:
    def debug_page(request: httpx.Request) -> httpx.Response:
        return httpx.Response(
            400, text=f"user={b64decode(request.headers['Authorization'].split()[1]).decode()}; the end"
        )

    app = ConfidentialAppAuthClient(ID, SECRET, http_client=httpx.Client(transport=httpx.MockTransport(debug_page)))
    with pytest.raises(GlobusError, match=rf"user={ID}:<redacted>; the end") as caught:
        app.oauth2_client_credentials_tokens()
    assert not leaks(caught.value)


def test_a_secret_among_the_options_is_not_shown() -> None:
    with pytest.raises(GlobusError) as caught:
        NativeAppAuthClient(ID, **cast(Any, {"client_secret": SECRET}))
    assert not leaks(caught.value)
