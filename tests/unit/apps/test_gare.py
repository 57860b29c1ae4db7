"""The login that an error asks for, as one document, in every form that services have for it."""

import copy
import json
import pickle
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from globus_typed import (
    GARE,
    AuthorizationParameters,
    GlobusAPIError,
    GlobusAuthorizationParameters,
    GlobusUsageError,
    GlobusWarning,
    HTTPInfo,
    TransferAPIError,
    has_gares,
    is_gare,
    to_gare,
    to_gares,
)
from globus_typed.core.refusal import api_error

POLICY = "4560c71f-72e5-44a1-a3f0-2254336e0001"
MODERN = {"code": "AuthorizationRequired", "authorization_parameters": {"session_required_policies": [POLICY]}}


def refused(body: object, status: int = 403) -> GlobusAPIError:
    return api_error(
        TransferAPIError,
        HTTPInfo("GET", "https://x.example/y", status, httpx.Headers({}), json.dumps(body).encode(), "r"),
    )


FORMS: list[tuple[dict[str, Any], str, AuthorizationParameters]] = [
    (MODERN, "AuthorizationRequired", AuthorizationParameters(session_required_policies=(POLICY,))),
    (
        {"code": "permission_denied", "authorization_parameters": {"prompt": "login"}},
        "permission_denied",
        AuthorizationParameters(prompt="login"),
    ),
    (
        {"authorization_parameters": {"session_required_policies": f"{POLICY},x"}},
        "AuthorizationRequired",
        AuthorizationParameters(session_required_policies=(POLICY, "x")),
    ),
    (
        {"authorization_parameters": {"required_scopes": ["a"]}},
        "AuthorizationRequired",
        AuthorizationParameters(required_scopes=("a",)),
    ),
    (
        {"code": "ConsentRequired", "message": "m", "required_scopes": ["a[b c]"], "request_id": "r"},
        "ConsentRequired",
        AuthorizationParameters(session_message="m", required_scopes=("a[b c]",)),
    ),
    (
        {"code": "ConsentRequired", "required_scope": "a[b c]", "description": "d"},
        "ConsentRequired",
        AuthorizationParameters(session_message="d", required_scopes=("a[b c]",)),
    ),
    (
        {"error": "dependent_consent_required", "errors": [{"unapproved_scopes": ["a"]}, {"unapproved_scopes": ["b"]}]},
        "ConsentRequired",
        AuthorizationParameters(required_scopes=("a", "b")),
    ),
    (
        {"error": {"code": "AuthenticationPolicyRequired", "authorization_parameters": {"prompt": "login"}}},
        "AuthenticationPolicyRequired",
        AuthorizationParameters(prompt="login"),
    ),
    (
        {"status": "INACTIVE", "details": {"code": "ConsentRequired", "required_scope": "a", "description": "d"}},
        "ConsentRequired",
        AuthorizationParameters(session_message="d", required_scopes=("a",)),
    ),
    (
        {"cause": "globus_auth_requirements", "detail": MODERN},
        "AuthorizationRequired",
        AuthorizationParameters(session_required_policies=(POLICY,)),
    ),
    (
        {
            "code": "permission_denied",
            "authorization_parameters": None,
            "detail": {"DATA_TYPE": "not_from_allowed_domain#1.0.0", "allowed_domains": ["a.example"]},
        },
        "AuthorizationRequired",
        AuthorizationParameters(session_required_single_domain=("a.example",)),
    ),
    (
        {"code": "x", "authorization_parameters": {"session_required_mfa": "false", "prompt": "login"}},
        "x",
        AuthorizationParameters(session_required_mfa=False, prompt="login"),
    ),
    (
        {"code": "x", "authorization_parameters": {"session_required_mfa": "yes", "prompt": "login"}},
        "x",
        AuthorizationParameters(prompt="login"),
    ),
    (
        {"code": "x", "authorization_parameters": {"required_scopes": "a[b c] d,e"}},
        "x",
        AuthorizationParameters(required_scopes=("a[b c]", "d", "e")),
    ),
]
NONE: list[Any] = [
    {"code": "x", "authorization_parameters": {}},
    {"code": "x", "authorization_parameters": {"session_required_mfa": None, "required_scopes": None}},
    {"code": "x", "authorization_parameters": {"session_required_policies": [7], "session_required_mfa": "yes"}},
    {"code": "ConsentRequired"},
    {"code": "ConsentRequired", "required_scopes": []},
    {"error": "dependent_consent_required", "errors": []},
    {"error": "dependent_consent_required"},
    {"code": "NotFound", "message": "m"},
    {},
    ["x"],
    "x",
    None,
    7,
]


@pytest.mark.parametrize(("body", "code", "asked"), FORMS)
def test_every_form_is_read(body: dict[str, Any], code: str, asked: AuthorizationParameters) -> None:
    errors: list[GlobusAPIError | Mapping[str, Any]] = [
        body,
        *(refused(body, status) for status in (400, 401, 403, 502)),
    ]
    for error in errors:
        gare = to_gare(error)
        assert gare is not None
        assert (gare.code, gare.authorization_parameters) == (code, asked)
        assert is_gare(error)
        assert has_gares([{"code": "x"}, error])
        assert to_gares([{"code": "x"}, error]) == [gare]
    listed = refused({"errors": [{"code": "other"}, body]})
    assert to_gare(listed.errors[1]) == to_gare(body)
    assert not is_gare(listed.errors[0])
    assert to_gares(listed.errors) == to_gares([listed]) == [to_gare(body)]


@pytest.mark.parametrize("body", NONE)
def test_what_asks_for_nothing_is_none(body: Any) -> None:
    for error in (body, refused(body)):
        assert to_gare(error) is None
        assert not is_gare(error)
    assert to_gares([body]) == []
    assert not has_gares([body])
    assert not has_gares([])


def test_several_errors_are_one_login_or_one_each() -> None:
    consent = {"code": "ConsentRequired", "required_scopes": ["a"]}
    error = refused({"errors": [consent, MODERN, consent]})
    one = to_gare(error)
    assert one is not None
    assert one.code == "AuthorizationRequired"
    assert one.authorization_parameters == error.authorization_parameters
    assert one.authorization_parameters.required_scopes == ("a",)
    assert to_gares([error, MODERN]) == [GARE.from_dict({**MODERN}), to_gare(consent)][::-1]


def test_a_document_comes_back_from_its_data() -> None:
    data = {
        "code": "c",
        "authorization_parameters": {
            "session_message": "m",
            "session_required_identities": ["i"],
            "session_required_single_domain": ["d"],
            "session_required_policies": [POLICY],
            "session_required_mfa": False,
            "required_scopes": ["a", "b"],
            "prompt": "login",
            "novelty": 1,
        },
        "reason": {"x": 1},
    }
    gare = GARE.from_dict(data)
    assert gare.extra == {"reason": {"x": 1}}
    assert gare.authorization_parameters.extra == {"novelty": 1}
    assert gare.authorization_parameters.required_scopes == ("a", "b")
    assert gare.to_dict(include_extra=True) == data
    assert json.loads(json.dumps(gare.to_dict()))["authorization_parameters"].keys() == {
        *data["authorization_parameters"]
    } - {"novelty"}
    assert GARE.from_dict(gare.to_dict(include_extra=True)) == gare
    assert hash(gare) == hash(GARE("c", gare.authorization_parameters))
    for other in (pickle.loads(pickle.dumps(gare)), copy.copy(gare), copy.deepcopy(gare)):
        assert other == gare
    assert is_gare(gare.to_dict())


def test_the_parameters_take_what_the_official_ones_take() -> None:
    assert GlobusAuthorizationParameters is AuthorizationParameters
    parameters = GlobusAuthorizationParameters(
        session_required_identities=["i"], required_scopes=["a"], session_required_policies=None, extra={"x": 1}
    )
    assert parameters.session_required_identities == ("i",)
    assert parameters.session_required_policies == ()
    assert parameters.required_scopes == ("a",)
    assert parameters.to_dict() == {"session_required_identities": ["i"], "required_scopes": ["a"]}
    assert parameters.to_dict(include_extra=True)["x"] == 1
    assert AuthorizationParameters.from_dict({"prompt": "login", "y": 2}).extra == {"y": 2}


@pytest.mark.parametrize("word", ["false", "True", "yes", 1])
def test_a_second_factor_in_words_is_refused(word: Any) -> None:
    with pytest.raises(GlobusUsageError, match="session_required_mfa: must be True or False"):
        AuthorizationParameters(session_required_mfa=word)


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("required_scopes", "openid a[b c] *d", ("openid", "a[b c]", "*d")),
        ("session_required_policies", "a, b", ("a", "b")),
        ("session_required_identities", "wren@a.example", ("wren@a.example",)),
    ],
)
def test_a_single_string_is_read_with_a_warning(name: str, text: str, read: tuple[str, ...]) -> None:
    given: dict[str, Any] = {name: text}
    with pytest.warns(GlobusWarning, match=f"{name}: is a tuple of strings") as caught:
        assert getattr(AuthorizationParameters(**given), name) == read
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"session_required_mfa": "yes"}, "session_required_mfa: must be True or False, got 'yes'"),
        ({"session_required_mfa": 1}, "session_required_mfa"),
        ({"session_required_policies": [7]}, "session_required_policies: must be strings, got int"),
        ({"required_scopes": 7}, "required_scopes: must be strings, got int"),
        ({"required_scopes": {"a": 1}}, "required_scopes"),
        ({"session_message": 7}, "session_message: must be a string, got int"),
        ({"extra": 7}, "extra: must be a mapping, got int"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(members: dict[str, Any], problem: str) -> None:
    with pytest.raises(GlobusUsageError, match=problem):
        AuthorizationParameters(**members)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"code": "c"}, "authorization_parameters: is missing"),
        ({"authorization_parameters": {}}, "code: is missing"),
        ({"code": 7, "authorization_parameters": {}}, "code: must be a string"),
        ({"code": "c", "authorization_parameters": ["x"]}, "authorization_parameters: must be"),
        ({"code": "c", "authorization_parameters": {"prompt": 7}}, "prompt"),
    ],
)
def test_a_wrong_document_is_refused_by_name(data: Mapping[str, Any], problem: str) -> None:
    with pytest.raises(GlobusUsageError, match=problem):
        GARE.from_dict(data)


def test_a_document_takes_plain_parameters() -> None:
    assert GARE("c", {"required_scopes": ["a"]}) == GARE("c", AuthorizationParameters(required_scopes=("a",)))
