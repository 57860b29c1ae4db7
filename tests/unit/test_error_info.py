"""What an error asks for, by the forms of globus-sdk: ``error.info`` and ``error.text``."""

import json
from typing import Any

import httpx
import pytest

from globus_typed import GlobusAPIError, HTTPInfo, TransferAPIError
from globus_typed.core.refusal import api_error


def refused(status: int, body: dict[str, Any]) -> GlobusAPIError:
    content = json.dumps(body).encode()
    return api_error(TransferAPIError, HTTPInfo("GET", "https://x.example/", status, httpx.Headers({}), content))


def test_the_text_is_the_body() -> None:
    assert refused(404, {"code": "NotFound"}).text == '{"code": "NotFound"}'


def test_an_error_that_asks_for_nothing_has_info_that_is_false() -> None:
    info = refused(404, {"code": "NotFound", "message": "no"}).info
    assert not info.consent_required
    assert not info.authorization_parameters
    assert (info.consent_required.required_scopes, info.authorization_parameters.session_message) == ((), None)


@pytest.mark.parametrize("scopes", [{"required_scopes": ["a", "b"]}, {"required_scope": "a"}])
def test_consents_that_are_missing(scopes: dict[str, Any]) -> None:
    info = refused(403, {"code": "ConsentRequired", "message": "no", **scopes}).info
    assert info.consent_required
    assert info.consent_required.required_scopes == tuple(scopes.get("required_scopes", ["a"]))
    assert not info.authorization_parameters


def test_a_login_that_is_asked_for() -> None:
    parameters = {
        "session_message": "Log in.",
        "session_required_identities": ["x@example.org"],
        "session_required_policies": "p1,p2",
        "session_required_single_domain": ["example.org"],
        "session_required_mfa": True,
    }
    info = refused(403, {"code": "PermissionDenied", "authorization_parameters": parameters}).info
    assert info.authorization_parameters
    assert not info.consent_required
    assert info.authorization_parameters.session_message == "Log in."
    assert info.authorization_parameters.session_required_identities == ["x@example.org"]
    assert info.authorization_parameters.session_required_policies == ["p1", "p2"]
    assert info.authorization_parameters.session_required_single_domain == ["example.org"]
    assert info.authorization_parameters.session_required_mfa is True


def test_parameters_that_demand_nothing_are_there_all_the_same() -> None:
    info = refused(403, {"code": "Forbidden", "authorization_parameters": {"session_message": "Hello."}}).info
    assert info.authorization_parameters
    assert info.authorization_parameters.session_required_mfa is None
    assert info.authorization_parameters.session_required_identities is None
