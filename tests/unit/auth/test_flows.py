"""The login flows: what goes into the URL, what into the form, and what is refused."""

import copy
import pickle
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest

from globus_typed.auth.flows import AuthorizationCodeFlow, NativeAppFlow, code_challenge, requested_scopes_text
from globus_typed.auth.scopes import AuthScopes
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.scopes import TransferScopes

AUTH_URL = "https://auth.example/"
CLIENT = "9b3f60d2-4e7a-4c15-b8f6-21a5d0e80001"
REDIRECT = "https://portal.example/login?next=1"
# The pair that RFC 7636 gives in its appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
DEFAULT_SCOPES = "openid profile email urn:globus:auth:scope:transfer.api.globus.org:all"


def native(**more: Any) -> NativeAppFlow:
    options: dict[str, Any] = {"verifier": VERIFIER, "base_url": AUTH_URL, **more}
    return NativeAppFlow(CLIENT, **options)


def web(**more: Any) -> AuthorizationCodeFlow:
    return AuthorizationCodeFlow(CLIENT, REDIRECT, base_url=AUTH_URL, **more)


def query(url: str) -> dict[str, str]:
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True, strict_parsing=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_the_native_login_asks_for_all_that_is_documented() -> None:
    url = native().get_authorize_url()
    assert url.startswith("https://auth.example/v2/oauth2/authorize?")
    assert query(url) == {
        "client_id": CLIENT,
        "redirect_uri": "https://auth.example/v2/web/auth-code",
        "scope": DEFAULT_SCOPES,
        "state": "_default",
        "response_type": "code",
        "access_type": "online",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    assert VERIFIER not in url


def test_the_native_login_takes_its_options_in_the_documented_order() -> None:
    flow = NativeAppFlow(CLIENT, "openid", REDIRECT, "s&t", VERIFIER, True, "My laptop", base_url=AUTH_URL)
    asked = query(flow.get_authorize_url())
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"] == REDIRECT
    assert asked["state"] == "s&t"
    assert asked["access_type"] == "offline"
    assert asked["prefill_named_grant"] == "My laptop"


def test_the_web_login_has_no_challenge() -> None:
    assert query(web(refresh_tokens=True, state="visitor-7").get_authorize_url()) == {
        "client_id": CLIENT,
        "redirect_uri": REDIRECT,
        "scope": DEFAULT_SCOPES,
        "state": "visitor-7",
        "response_type": "code",
        "access_type": "offline",
    }


def test_additional_params_win() -> None:
    asked = query(native().get_authorize_url({"access_type": "offline", "nonce": "n 1", "prompt": "x"}, prompt="login"))
    assert asked["access_type"] == "offline"
    assert asked["nonce"] == "n 1"
    assert asked["prompt"] == "x"


def test_session_parameters() -> None:
    url = web().get_authorize_url(
        session_required_identities=[UUID(CLIENT), "wren@larkspur.example"],
        session_required_single_domain="larkspur.example,meadow.example",
        session_required_policies=UUID(CLIENT),
        session_required_mfa=False,
        session_message="Once more, please",
        prompt="login",
    )
    asked = query(url)
    assert asked["session_required_identities"] == f"{CLIENT},wren@larkspur.example"
    assert asked["session_required_single_domain"] == "larkspur.example,meadow.example"
    assert asked["session_required_policies"] == CLIENT
    assert asked["session_required_mfa"] == "False"
    assert asked["session_message"] == "Once more, please"
    assert asked["prompt"] == "login"


def test_the_forms() -> None:
    assert native().token_form(" the-code\n") == {
        "grant_type": "authorization_code",
        "client_id": CLIENT,
        "code": "the-code",
        "code_verifier": VERIFIER,
        "redirect_uri": "https://auth.example/v2/web/auth-code",
    }
    assert web().token_form("the-code") == {
        "grant_type": "authorization_code",
        "code": "the-code",
        "redirect_uri": REDIRECT,
    }


def test_the_url_that_the_browser_came_back_to_is_a_code_too() -> None:
    flow = web(state="a+b/c=")
    assert flow.token_form(f"{REDIRECT}&code=the-code&state=a%2Bb%2Fc%3D")["code"] == "the-code"
    app = native(redirect_uri="org.example.app:/login")
    assert app.token_form("org.example.app:/login?code=the-code&state=_default")["code"] == "the-code"


@pytest.mark.parametrize(
    ("brought", "problem"),
    [
        ("", "must be the code, or the complete URL"),
        ("two words", "must be the code, or the complete URL"),
        ("https://portal.example/login?state=mine", "no code"),
        ("https://portal.example/login?code=SECRET", "somebody else's"),
        ("https://portal.example/login?code=SECRET&state=theirs", "somebody else's"),
        ("https://portal.example/login?code=SECRET&state=mine&state=theirs", "more than one state"),
        ("https://portal.example/login?code=SECRET&code=OTHER&state=mine", "more than one code"),
        ("https://portal.example/login?code=+&state=mine", "must be the code, or the complete URL"),
        ("https://[portal.example/login?code=SECRET", "cannot be read"),
        (
            "https://p.example/?error=access_denied&error_description=No%0Aentry&state=mine",
            r"access_denied: No entry",
        ),
        (None, "auth_code: must be a string, got NoneType"),
    ],
)
def test_what_is_no_code_of_this_login_is_refused_without_showing_it(brought: Any, problem: str) -> None:
    with pytest.raises(GlobusUsageError, match=problem) as caught:
        web(state="mine").token_form(brought)
    assert "SECRET" not in str(caught.value)


def test_the_state_is_compared() -> None:
    flow = web(state="mine-é")
    flow.check_state("mine-é")
    for other in ("theirs", "", None):
        with pytest.raises(GlobusUsageError, match="state"):
            flow.check_state(other)


@pytest.mark.parametrize("verifier", ["a" * 43, "~_.-" * 32])
def test_verifiers_within_the_rule_are_taken(verifier: str) -> None:
    assert native(verifier=verifier).token_form("c")["code_verifier"] == verifier


@pytest.mark.parametrize("verifier", ["", "a" * 42, "a" * 129, "a" * 42 + "+", "a" * 43 + "\n", "é" * 43, 7])
def test_verifiers_outside_the_rule_are_refused_without_showing_them(verifier: Any) -> None:
    with pytest.raises(GlobusUsageError, match="43 to 128") as caught:
        native(verifier=verifier)
    assert not verifier or f"{verifier}" not in str(caught.value)
    with pytest.raises(GlobusUsageError, match="43 to 128"):
        code_challenge(verifier)


def test_each_native_login_has_a_verifier_of_its_own() -> None:
    first, second = native(verifier=None), native(verifier=None)
    assert first.verifier != second.verifier
    assert len(first.verifier) == 43


def test_a_flow_is_a_value_that_hides_its_verifier() -> None:
    flow = native(requested_scopes=["openid"])
    for clone in (copy.copy(flow), copy.deepcopy(flow), pickle.loads(pickle.dumps(flow))):
        assert clone == flow
        assert hash(clone) == hash(flow)
        assert clone.get_authorize_url() == flow.get_authorize_url()
        assert VERIFIER not in repr(clone) + str(clone)
    shown = repr(flow.token_form("SECRET-CODE"))
    assert "SECRET-CODE" not in shown
    assert VERIFIER not in shown
    with pytest.raises(AttributeError):
        flow.state = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (None, DEFAULT_SCOPES),
        ("openid", "openid"),
        ("  openid \n email ", "openid email"),
        ([AuthScopes.openid, TransferScopes.all], "openid urn:globus:auth:scope:transfer.api.globus.org:all"),
        ((scope for scope in ("openid email", "a[b *c]")), "openid email a[b *c]"),
    ],
)
def test_scopes_come_in_many_forms(given: Any, text: str) -> None:
    assert requested_scopes_text(given) == text
    assert web(requested_scopes=text).scopes == text


@pytest.mark.parametrize("given", ["", " ", [], [""], ["openid", None], b"openid", 7, ["openid", b"email"]])
def test_what_names_no_scope_is_refused(given: Any) -> None:
    with pytest.raises(GlobusUsageError, match=r"^requested_scopes: must "):
        native(requested_scopes=given)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"redirect_uri": "/login"}, "redirect_uri"),
        ({"redirect_uri": ""}, "redirect_uri"),
        ({"redirect_uri": "https://"}, "redirect_uri"),
        ({"redirect_uri": "https://[portal.example"}, "redirect_uri"),
        ({"redirect_uri": "https://portal.example/#there"}, "redirect_uri"),
        ({"redirect_uri": "https://portal.example/a b"}, "redirect_uri"),
        ({"redirect_uri": 7}, "redirect_uri"),
        ({"state": None}, "state"),
        ({"refresh_tokens": "yes"}, "refresh_tokens"),
        ({"prefill_named_grant": 7}, "prefill_named_grant"),
        ({"base_url": "auth.example"}, "base_url"),
        ({"base_url": "ftp://auth.example"}, "base_url"),
        ({"base_url": None}, "base_url"),
    ],
)
def test_wrong_arguments_are_refused_by_name(wrong: Mapping[str, Any], name: str) -> None:
    with pytest.raises(GlobusUsageError, match=f"^{name}: "):
        native(**wrong)


@pytest.mark.parametrize("client_id", [None, "", " ", 7])
def test_a_login_needs_a_client_id(client_id: Any) -> None:
    with pytest.raises(GlobusUsageError, match=r"^client_id: "):
        NativeAppFlow(client_id, base_url=AUTH_URL)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"session_required_identities": []}, "session_required_identities"),
        ({"session_required_identities": [None]}, "session_required_identities"),
        ({"session_required_single_domain": ""}, "session_required_single_domain"),
        ({"session_required_policies": 7}, "session_required_policies"),
        ({"session_required_mfa": "yes"}, "session_required_mfa"),
        ({"session_message": 7}, "session_message"),
        ({"prompt": True}, "prompt"),
        ({"additional_params": {"max_age": 7}}, "additional_params: max_age"),
        ({"additional_params": "max_age=7"}, "additional_params"),
    ],
)
def test_wrong_url_parameters_are_refused_by_name(wrong: Mapping[str, Any], name: str) -> None:
    with pytest.raises(GlobusUsageError, match=f"^{name}: "):
        web().get_authorize_url(**wrong)
