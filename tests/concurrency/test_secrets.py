"""No repr, text or format of anything shows a secret, and over real HTTP neither does any log or URL."""

import logging
import pprint
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import anyio
import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncConfidentialAppAuthClient,
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    AuthClient,
    BasicAuthorizer,
    ConfidentialAppAuthClient,
    GlobusError,
    NativeAppAuthClient,
    RefreshTokenAuthorizer,
    TransferClient,
)
from globus_typed.auth.documents.token import DependentTokenResponse, Token, TokenResponse
from globus_typed.core.http_info import Secret
from globus_typed.core.request import Request
from globus_typed.sandbox import Sandbox

from .jewels import ACCESS, CODE, ID, REFRESH, SECRET, SERVED, TOKENS, VERIFIER, leaks, shown, shows

AUTH = "https://auth.example/"


def holders() -> Iterator[object]:
    """Whatever of the package holds a secret."""
    native = NativeAppAuthClient(ID, base_url=AUTH)
    secret = ConfidentialAppAuthClient(ID, SECRET, base_url=AUTH)
    yield native.oauth2_start_flow(verifier=VERIFIER)
    yield secret.oauth2_start_flow("https://app.example/")
    yield AsyncNativeAppAuthClient(ID, base_url=AUTH).oauth2_start_flow(verifier=VERIFIER)
    yield native.oauth2_start_flow(verifier=VERIFIER).flow
    yield native.oauth2_start_flow(verifier=VERIFIER).flow.token_form(CODE)
    authorizers = (
        AccessTokenAuthorizer(ACCESS),
        BasicAuthorizer(ID, SECRET),
        RefreshTokenAuthorizer(REFRESH, native, ACCESS, 4_000_000_000),
        RefreshTokenAuthorizer(REFRESH, secret),
    )
    for authorizer in authorizers:
        yield authorizer
        yield [authorizer.header()]
        yield TransferClient(authorizer)
        yield AsyncTransferClient(authorizer)
        yield AuthClient(ID, authorizer)
        yield TransferClient(authorizer).with_options(timeout=1)
    for auth_client in (native, secret, AsyncConfidentialAppAuthClient(ID, SECRET, base_url=AUTH)):
        yield auth_client
        yield RefreshTokenAuthorizer(REFRESH, auth_client).renewal()
        yield auth_client.refresh_token_request(REFRESH)


def token_documents() -> Iterator[object]:
    """Whatever holds the tokens of an answer."""
    tokens = TokenResponse.model_validate(TOKENS)
    yield tokens
    yield tokens.other_tokens
    yield tokens.other_tokens[0]
    yield tokens.by_resource_server
    yield tokens.by_scopes
    yield from tokens.by_resource_server.values()
    yield tokens.model_copy()
    dependent = DependentTokenResponse(tokens=[tokens, *tokens.other_tokens])
    yield dependent
    yield list(dependent)
    yield dependent.by_resource_server

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=TOKENS)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    client = NativeAppAuthClient(ID, base_url=AUTH, http_client=http)
    received = client.oauth2_refresh_token(REFRESH)
    assert received.access_token == f"{SERVED}-access"
    yield received
    yield received.http
    low_level = client.post("/v2/oauth2/token", text_body={"refresh_token": REFRESH})
    assert low_level["access_token"] == f"{SERVED}-access"
    yield low_level


def test_nothing_that_holds_a_secret_shows_it() -> None:
    for holder in (*holders(), *token_documents()):
        texts = (repr(holder), str(holder), f"{holder}", f"{holder!r}", f"{[holder]}", pprint.pformat({"x": holder}))
        assert not any(map(shows, texts)), type(holder)


def test_not_even_the_members_of_what_is_sent_show_a_secret() -> None:
    for holder in holders():
        if hasattr(holder, "__dict__"):
            assert not shows(shown(vars(holder))), type(holder)


def test_a_request_made_by_hand_does_not_show_what_it_sends() -> None:
    headers = {"Authorization": ACCESS}
    for request in (
        Request("POST", "/x", Token, form={"a": REFRESH}, headers=headers),
        Request("POST", "/x", Token, content=ACCESS.encode(), authorization=Secret(ACCESS)),
        Request("POST", "/x", Token, json={"a": ACCESS}),
    ):
        assert not shows(f"{request} {request!r}")


def test_what_shows_no_secret_says_what_it_is() -> None:
    assert repr(AccessTokenAuthorizer(ACCESS)) == "AccessTokenAuthorizer(<redacted>)"
    client = TransferClient(AccessTokenAuthorizer(ACCESS), base_url=AUTH)
    assert repr(client) == f"TransferClient(base_url='{AUTH}', authorizer=AccessTokenAuthorizer(<redacted>))"
    assert "resource_server='transfer.api.globus.org'" in repr(TokenResponse.model_validate(TOKENS))
    assert "access_token=<redacted>" in str(TokenResponse.model_validate(TOKENS))


class Secrets:
    """The secrets of a session on the sandbox, which come by chance."""

    def __init__(self, *known: str | None) -> None:
        self.known = {secret for secret in known if secret}

    def add(self, tokens: TokenResponse) -> TokenResponse:
        found = [tokens.id_token]
        for token in (tokens, *tokens.other_tokens):
            found += [token.access_token, token.refresh_token]
        self.known |= {secret for secret in found if secret}
        return tokens

    def none_in(self, text: str) -> bool:
        return not any(secret in text for secret in self.known)


@pytest.fixture
def records() -> Iterator[list[str]]:
    """What all loggers of the process say, at DEBUG."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.name} {self.format(record)} {record.args!r}")

    ear, root = Ear(), logging.getLogger()
    loggers = [root, *(logger for logger in root.manager.loggerDict.values() if isinstance(logger, logging.Logger))]
    levels = [(logger, logger.level, logger.disabled) for logger in loggers]
    root.addHandler(ear)
    for logger in loggers:
        logger.disabled = False
        logger.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(ear)
    for logger, level, disabled in levels:
        logger.disabled = disabled
        logger.setLevel(level)


def code_of(url: str) -> str:
    """The code that the user who follows the URL brings back."""
    return httpx.get(url, headers={"Accept": "text/plain"}).text


def test_a_session_over_http_logs_no_secret(globus_sandbox: Sandbox, records: list[str]) -> None:
    secrets = Secrets(globus_sandbox.client_secret, globus_sandbox.access_token())
    errors: list[GlobusError] = []
    with (
        NativeAppAuthClient(globus_sandbox.native_client_id) as native,
        ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret) as secret,
    ):
        flow = native.oauth2_start_flow(refresh_tokens=True, verifier=VERIFIER)
        url = flow.get_authorize_url()
        assert not shows(url)
        code = code_of(url)
        secrets.known |= {code, VERIFIER}
        tokens = secrets.add(flow.exchange_code_for_tokens(code))
        transfer_token = tokens.by_resource_server["transfer.api.globus.org"]
        refresh = transfer_token["refresh_token"]
        auth_token = tokens.by_resource_server["auth.globus.org"]["access_token"]
        authorizer = RefreshTokenAuthorizer(refresh, native, "expired", 1, on_refresh=secrets.add)
        with TransferClient(authorizer) as tc, AuthClient(authorizer=AccessTokenAuthorizer(auth_token)) as user:
            tc.get_endpoint(globus_sandbox.source.id)
            user.oauth2_userinfo()
            secrets.add(native.oauth2_refresh_token(refresh))
            secrets.add(secret.oauth2_client_credentials_tokens())
            secret.oauth2_token_introspect(transfer_token["access_token"])
            native.post(
                "/v2/oauth2/token/revoke",
                text_body={"token": transfer_token["access_token"], "client_id": str(native.client_id)},
            )
            native.oauth2_revoke_token(refresh)
            wrong_user = AuthClient(authorizer=AccessTokenAuthorizer(refresh))
            wrong_app = ConfidentialAppAuthClient(ID, SECRET)
            revoked = TransferClient(AccessTokenAuthorizer(transfer_token["access_token"]))
            over = TransferClient(RefreshTokenAuthorizer(refresh, native))
            nobody = TransferClient(
                AccessTokenAuthorizer(ACCESS), base_url="http://127.0.0.1:9/", sleep=lambda seconds: None
            )
            with wrong_user, wrong_app, revoked, over, nobody:
                for fails in (
                    lambda: flow.exchange_code_for_tokens(code),
                    lambda: native.oauth2_refresh_token(refresh),
                    lambda: tc.get_endpoint(ID),
                    lambda: wrong_user.oauth2_userinfo(),
                    lambda: wrong_app.oauth2_client_credentials_tokens(),
                    lambda: revoked.get_endpoint(ID),
                    lambda: over.get_endpoint(ID),
                    lambda: nobody.get_endpoint(ID),
                ):
                    with pytest.raises(GlobusError) as caught:
                        fails()
                    errors.append(caught.value)

    heard = "\n".join(records)
    assert {"httpx", "httpcore.http11", "globus_typed"} <= {record.partition(" ")[0] for record in records}
    assert "/v2/oauth2/token" in heard
    assert len(secrets.known) >= 9
    assert secrets.none_in(heard)
    assert not shows(heard)
    for error in errors:
        assert not leaks(error)
        assert secrets.none_in(f"{error} {error!r} {vars(error)}")


def test_an_async_session_over_http_logs_no_secret(globus_sandbox: Sandbox, records: list[str]) -> None:
    secrets = Secrets(globus_sandbox.client_secret)

    async def main() -> None:
        async with AsyncNativeAppAuthClient(globus_sandbox.native_client_id) as native:
            flow = native.oauth2_start_flow(refresh_tokens=True, verifier=VERIFIER)
            code = code_of(flow.get_authorize_url())
            secrets.known.add(code)
            tokens = secrets.add(await flow.exchange_code_for_tokens(code))
            refresh = tokens.by_resource_server["transfer.api.globus.org"]["refresh_token"]
            authorizer = RefreshTokenAuthorizer(refresh, native, "expired", 4e9, on_refresh=secrets.add)
            async with AsyncTransferClient(authorizer) as tc:
                await tc.get_endpoint(globus_sandbox.source.id)
                with pytest.raises(GlobusError) as caught:
                    await tc.get_endpoint(ID)
                assert not leaks(caught.value)
                await native.oauth2_revoke_token(refresh)
                with pytest.raises(GlobusError) as caught:
                    await native.oauth2_refresh_token(refresh)
                assert not leaks(caught.value)

    anyio.run(main)
    heard = "\n".join(records)
    assert {"httpx", "httpcore.http11", "globus_typed"} <= {record.partition(" ")[0] for record in records}
    assert len(secrets.known) >= 6
    assert secrets.none_in(heard)
    assert not shows(heard)


def test_the_urls_of_a_session_hold_only_what_they_must(globus_sandbox: Sandbox, records: list[str]) -> None:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as native:
        code = code_of(native.oauth2_start_flow(verifier=VERIFIER).get_authorize_url())
        tokens = native.oauth2_exchange_code_for_tokens(code)
        native.oauth2_revoke_token(tokens.access_token)
    urls: list[str] = re.findall(r"http://\S+", "\n".join(records))
    members = {name for url in urls for name, _ in parse_qsl(urlsplit(url.strip("'\"")).query)}
    assert members == {
        *("client_id", "redirect_uri", "scope", "state", "response_type", "access_type"),
        *("code_challenge", "code_challenge_method"),
    }
