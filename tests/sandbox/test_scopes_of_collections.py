"""Scopes of collections that there are not, or that have none, are refused wherever scopes are asked for."""

import httpx
import pytest

from globus_typed import AuthAPIError, ConfidentialAppAuthClient, NativeAppAuthClient
from globus_typed.sandbox import Sandbox

NOWHERE = "2b1c7a8e-64f3-4d0a-9a57-0c4d1e9f3b21"
TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"


def login(sandbox: Sandbox, scope: str) -> httpx.Response:
    app = NativeAppAuthClient(sandbox.native_client_id)
    app.oauth2_start_flow(scope)
    return httpx.get(app.oauth2_get_authorize_url(), headers={"Accept": "text/plain"})


@pytest.mark.parametrize("form", ["{}", "{transfer}[{}]", "{transfer}[*{}]", "openid {}"])
def test_they_are_refused_at_login_and_token_route(globus_sandbox: Sandbox, form: str) -> None:
    mapped = globus_sandbox.add_collection("Mapped", data_access=True)
    app = ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret)
    for collection, name in (
        (NOWHERE, "data_access"),
        (NOWHERE, "https"),
        (globus_sandbox.source.id, "data_access"),
        (globus_sandbox.source.id, "htps"),
        (mapped.id, "data_acess"),
    ):
        scope = f"https://auth.globus.org/scopes/{collection}/{name}"
        asked = form.format(scope, transfer=TRANSFER)
        refused = login(globus_sandbox, asked)
        assert refused.status_code == 400
        assert "UNKNOWN_SCOPE_ERROR" in refused.text
        assert scope in refused.text
        with pytest.raises(AuthAPIError) as raised:
            app.oauth2_client_credentials_tokens(asked)
        assert raised.value.http_status == 400
    for known in (mapped.data_access_scope, mapped.https_scope, globus_sandbox.source.https_scope):
        good = form.format(known, transfer=TRANSFER)
        assert login(globus_sandbox, good).status_code == 200
        assert app.oauth2_client_credentials_tokens(good).access_token
