"""Codes exchanged for tokens of all that the user has allowed the app so far."""

import base64
import hashlib

import httpx

from globus_typed.sandbox import Sandbox

VERIFIER = "v" * 43
REDIRECT = "http://localhost:8080/"
TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"


def servers(sandbox: Sandbox, scope: str, **query: str) -> list[str]:
    """The resource servers of the tokens for a login that asks for that scope."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    asked = {"response_type": "code", "code_challenge": challenge, "code_challenge_method": "S256", "scope": scope}
    app = {"client_id": sandbox.native_client_id, "redirect_uri": REDIRECT}
    with httpx.Client(base_url=f"{sandbox.url}/v2/oauth2") as http:
        code = http.get("/authorize", params={**asked, **app}, headers={"Accept": "text/plain"}).text
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER, **app}
        answer = http.post("/token", data=form, params=query)
        assert answer.is_success, answer.text
        tokens = answer.json()
    return sorted(token["resource_server"] for token in (tokens, *tokens["other_tokens"]))


def test_a_code_can_be_exchanged_for_all_that_was_allowed(globus_sandbox: Sandbox) -> None:
    both = ["auth.globus.org", "transfer.api.globus.org"]
    assert servers(globus_sandbox, "openid", include_consented_scopes="true") == both[:1]
    assert servers(globus_sandbox, TRANSFER) == both[1:]
    assert servers(globus_sandbox, "openid", include_consented_scopes="true") == both
    assert servers(globus_sandbox, "openid", include_consented_scopes="false") == both[:1]
