"""The login that an error asks for, in every form and with every status; and what a message holds of a text from
outside."""

import copy
import json
import pickle
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from globus_typed import (
    AuthAPIError,
    AuthorizationParameters,
    BadRequestError,
    ConsentRequiredError,
    GlobusAPIError,
    GlobusUsageError,
    HTTPInfo,
    NativeAppAuthClient,
    PermissionDeniedError,
    ReauthenticationRequiredError,
    TransferAPIError,
)
from globus_typed.core.http_info import Secret
from globus_typed.core.refusal import api_error

POLICY = "4560c71f-72e5-44a1-a3f0-2254336e0001"
OTHER = "4560c71f-72e5-44a1-a3f0-2254336e0002"
STATUSES = [400, 401, 403, 502]


def refused(body: object, status: int = 403, secrets: tuple[Secret, ...] = ()) -> GlobusAPIError:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    http = HTTPInfo("GET", "https://x.example/y?code=hush", status, httpx.Headers({}), content, "r", secrets=secrets)
    return api_error(TransferAPIError, http)


def parameters(**members: object) -> dict[str, object]:
    return {"code": "AuthorizationRequired", "authorization_parameters": members}


SESSIONS: list[tuple[dict[str, Any], AuthorizationParameters]] = [
    (parameters(session_required_policies=[POLICY]), AuthorizationParameters(session_required_policies=(POLICY,))),
    (parameters(session_required_policies=POLICY), AuthorizationParameters(session_required_policies=(POLICY,))),
    (
        parameters(session_required_policies=f"{POLICY}, {OTHER}"),
        AuthorizationParameters(session_required_policies=(POLICY, OTHER)),
    ),
    (parameters(session_required_mfa="true"), AuthorizationParameters(session_required_mfa=True)),
    (
        parameters(session_required_mfa="yes", session_required_single_domain=["a.example"]),
        AuthorizationParameters(session_required_single_domain=("a.example",)),
    ),
    (
        parameters(session_required_identities=["wren@a"]),
        AuthorizationParameters(session_required_identities=("wren@a",)),
    ),
    (parameters(prompt="login", required_scopes=None), AuthorizationParameters(prompt="login")),
    (parameters(session_message="hello"), AuthorizationParameters(session_message="hello")),
    (parameters(prompt="login", novelty=1), AuthorizationParameters(prompt="login", extra={"novelty": 1})),
    (
        {"authorization_parameters": {"session_required_single_domain": "a.example,b.example"}},
        AuthorizationParameters(session_required_single_domain=("a.example", "b.example")),
    ),
    (
        {"errors": [{"code": "X", "detail": "d"}, parameters(prompt="login")]},
        AuthorizationParameters(prompt="login"),
    ),
    ({"detail": [parameters(prompt="login")]}, AuthorizationParameters(prompt="login")),
    (
        {
            "DATA_TYPE": "result#1.1.0",
            "authorization_parameters": None,
            "detail": {"DATA_TYPE": "not_from_allowed_domain#1.0.0", "allowed_domains": ["a.example"]},
        },
        AuthorizationParameters(session_required_single_domain=("a.example",)),
    ),
    (
        {"detail": {"DATA_TYPE": "authentication_timeout#1.1.0", "require_mfa": True, "high_assurance": True}},
        AuthorizationParameters(session_required_mfa=True, prompt="login"),
    ),
]

CONSENTS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"code": "ConsentRequired", "message": "m", "required_scopes": ["a[b c]"]}, ("a[b c]",)),
    ({"code": "ConsentRequired", "required_scope": "a", "description": "d"}, ("a",)),
    (
        {"error": "dependent_consent_required", "errors": [{"unapproved_scopes": ["a"]}, {"unapproved_scopes": ["b"]}]},
        ("a", "b"),
    ),
    (parameters(required_scopes=["a"]), ("a",)),
    ({"detail": {"DATA_TYPE": "missing_required_scopes#1.0.0", "required_scopes": ["a"]}}, ("a",)),
    ({"code": "ConsentRequired"}, ()),
]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("body", "asked"), SESSIONS)
def test_a_new_login_is_asked_for_in_every_form_and_with_every_status(
    body: dict[str, Any], asked: AuthorizationParameters, status: int
) -> None:
    error = refused(body, status)
    assert isinstance(error, ReauthenticationRequiredError)
    assert isinstance(error, PermissionDeniedError) is (status == 403)
    assert error.authorization_parameters == asked
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is type(error)
        assert (str(other), other.authorization_parameters) == (str(error), asked)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("body", "scopes"), CONSENTS)
def test_a_consent_is_asked_for_in_every_form_and_with_every_status(
    body: dict[str, Any], scopes: tuple[str, ...], status: int
) -> None:
    error = refused(body, status)
    assert isinstance(error, ConsentRequiredError)
    assert error.required_scopes == scopes
    assert isinstance(error, BadRequestError) is (status == 400)


def test_both_together_are_one_login() -> None:
    error = refused(parameters(prompt="login", required_scopes=["a"]))
    assert isinstance(error, ReauthenticationRequiredError)
    assert not isinstance(error, ConsentRequiredError)
    assert error.required_scopes == ("a",)


@pytest.mark.parametrize(
    "body",
    [
        parameters(),
        parameters(session_required_mfa=None, required_scopes=None),
        parameters(session_required_mfa="yes", session_required_policies=[7]),
        {"error": "dependent_consent_required", "errors": []},
        ["x"],
        None,
    ],
)
def test_nothing_asked_is_no_login(body: object) -> None:
    error = refused(body)
    assert error.authorization_parameters is None
    assert not isinstance(error, (ReauthenticationRequiredError, ConsentRequiredError))


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_the_authorize_url_takes_them_as_they_are() -> None:
    client = NativeAppAuthClient(POLICY)
    flow = client.oauth2_start_flow("openid")
    asked = refused(parameters(session_required_policies=POLICY, prompt="login", required_scopes=["openid", "email"]))
    given = asked.authorization_parameters
    assert given is not None
    for url in (
        flow.get_authorize_url(given),
        flow.flow.get_authorize_url(authorization_parameters=given),
        client.oauth2_get_authorize_url(given),
        client.oauth2_get_authorize_url(authorization_parameters=given),
    ):
        sent = query(url)
        assert sent["session_required_policies"] == [POLICY]
        assert (sent["prompt"], sent["scope"]) == (["login"], ["openid email"])
    assert query(flow.get_authorize_url(given, session_required_policies=OTHER))["session_required_policies"] == [OTHER]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (AuthorizationParameters(prompt="none"), "prompt"),
        (AuthorizationParameters(session_required_policies=("x",)), "session_required_policies"),
        (AuthorizationParameters(required_scopes=("a[",)), "required_scopes"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_name(given: AuthorizationParameters, named: str) -> None:
    with pytest.raises(GlobusUsageError, match=named):
        NativeAppAuthClient(POLICY).oauth2_start_flow().get_authorize_url(given)


def test_all_errors_of_a_list_are_told() -> None:
    error = refused({"errors": [{"code": "A", "detail": "one"}, {"code": "B", "message": "two"}, "x"]}, 400)
    assert [(each.code, each.message) for each in error.errors] == [("A", "one"), ("B", "two")]
    assert (error.code, error.message) == ("A", "one; B: two")
    assert refused({"code": "A", "message": "m"}).errors == ()
    many = refused({"errors": [{"detail": f"d{number}"} for number in range(1000)]})
    assert len(many.errors) == 1000
    assert "and 980 more errors" in str(many)


@pytest.mark.parametrize(
    "body", [b"x" * 60_000_000, json.dumps({"code": "c" * 10**6, "message": "m" * 10**6}).encode()]
)
def test_a_large_text_is_cut(body: bytes) -> None:
    error = refused(body, 500)
    assert len(str(error)) < 3000
    assert len(error.raw_text) == len(body)


def test_control_characters_are_in_no_message() -> None:
    text = "a\r\nb\x1b[31mc\u202ed\u2028e\x00"
    error = refused({"code": text, "message": text, "request_id": text, "errors": [{"code": text, "detail": text}]})
    for said in (str(error), repr(error), error.code, error.message):
        assert not set("\r\n\x1b\u202e\u2028\x00") & set(said)


def test_a_page_that_echoes_the_request_shows_no_secret() -> None:
    token = Secret("Bearer sesame-token")
    page = f"<pre>Authorization: {token}</pre> sesame-\ntoken".encode()
    error = refused(page + b"x" * 5000, 500, (token, Secret("sesame-token")))
    assert "sesame-token" not in f"{error} {error!r} {error.http!r}"
    assert "sesame-token" in error.raw_text
    assert b"sesame-token" not in pickle.dumps(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_refused_call_knows_what_it_sent() -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, text=f"{dict(request.headers)} {request.content.decode()}")

    client = NativeAppAuthClient(POLICY, http_client=httpx.Client(transport=httpx.MockTransport(echo)))
    with pytest.raises(AuthAPIError) as caught:
        client.oauth2_refresh_token("sesame+refresh/1")
    assert "sesame" not in f"{caught.value} {caught.value!r}"
    assert "<redacted>" in caught.value.message
