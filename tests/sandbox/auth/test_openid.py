"""OpenID Connect: id_tokens against the published key, userinfo by scope, the configuration, logging out."""

from typing import Any

import pytest
from jose import jwt
from jose.exceptions import JWTError

from globus_typed.sandbox.auth.own_scopes import AUTH_SERVER

from .service import BASE, START, TRANSFER_SERVER, Service, bearer, tokens_of

NOW = {"verify_exp": False, "verify_iat": False}


def claims_of(service: Service, document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    keys = {key["kid"]: key for key in service.get("/jwk.json").json()["keys"]}
    header = jwt.get_unverified_header(document["id_token"])
    arguments: dict[str, Any] = {
        "algorithms": ["RS512"],
        "options": NOW,
        "issuer": BASE,
        "audience": service.confidential.client_id,
        "access_token": document["access_token"],
    }
    return jwt.decode(document["id_token"], keys[header["kid"]], **(arguments | changes))


def test_the_id_token_verifies_with_the_published_key(service: Service) -> None:
    document = service.login(service.confidential, nonce="once")
    claims = claims_of(service, document)
    assert {name: claims[name] for name in ("iss", "aud", "sub", "iat", "exp", "nonce")} == {
        "iss": BASE,
        "aud": service.confidential.client_id,
        "sub": service.user.id,
        "iat": int(START),
        "exp": int(START) + 172800,
        "nonce": "once",
    }
    assert claims["at_hash"]
    assert (claims["preferred_username"], claims["email"]) == ("wren@sandbox.example", "wren@mail.example")
    assert claims["last_authentication"] == int(START)
    assert [entry["sub"] for entry in claims["identity_set"]] == [service.user.id]


def test_the_id_token_is_bound_to_app_issuer_and_access_token(service: Service) -> None:
    document = service.login(service.confidential)
    other = tokens_of(document)[TRANSFER_SERVER]["access_token"]
    for changes in ({"audience": "another"}, {"issuer": "http://other"}, {"access_token": other}):
        with pytest.raises(JWTError):
            claims_of(service, document, **changes)
    head, payload, signature = document["id_token"].split(".")
    with pytest.raises(JWTError):
        claims_of(service, {**document, "id_token": f"{head}.{payload}.{signature[::-1]}"})


def test_an_id_token_says_no_more_than_the_scopes_allow(service: Service) -> None:
    claims = claims_of(service, service.login(service.confidential, scope="openid"))
    assert set(claims) == {"iss", "aud", "sub", "iat", "exp", "at_hash"}


def test_client_credentials_with_openid_are_about_the_app(service: Service) -> None:
    form = {"grant_type": "client_credentials", "scope": "openid"}
    claims = claims_of(service, service.token(service.confidential, form).json())
    assert claims["sub"] == claims["aud"] == service.confidential.client_id


def test_the_key_is_published_without_its_secret_half(service: Service) -> None:
    (key,) = service.get("/jwk.json").json()["keys"]
    assert set(key) == {"kty", "alg", "use", "kid", "n", "e"}
    assert (key["kty"], key["alg"], key["use"], key["e"]) == ("RSA", "RS512", "sig", "AQAB")
    assert "PRIVATE" not in repr(service.state.signing_key())


def test_the_configuration_names_routes_that_exist(service: Service) -> None:
    configuration = service.get("/.well-known/openid-configuration").json()
    assert configuration["issuer"] == BASE
    assert configuration["id_token_signing_alg_values_supported"] == ["RS512"]
    endpoints = {name: url for name, url in configuration.items() if name.endswith(("_endpoint", "_uri"))}
    assert len(endpoints) == 5
    for name, url in endpoints.items():
        assert url.startswith(f"{BASE}/")
        send = service.post if name in ("token_endpoint", "revocation_endpoint") else service.get
        assert send(url.removeprefix(BASE), {}).status_code not in (404, 405), name


@pytest.mark.parametrize(
    ("scope", "fields"),
    [
        ("openid", {"sub"}),
        ("openid email", {"sub", "email"}),
        (
            "openid profile",
            {
                "sub",
                "preferred_username",
                "name",
                "organization",
                "identity_provider",
                "identity_provider_display_name",
                "last_authentication",
                "identity_set",
            },
        ),
        ("openid urn:globus:auth:scope:auth.globus.org:view_identity_set", {"sub", "identity_set"}),
    ],
)
def test_userinfo_says_what_the_scopes_allow(service: Service, scope: str, fields: set[str]) -> None:
    token = service.login(service.native, scope=scope)["access_token"]
    response = service.get("/v2/oauth2/userinfo", headers=bearer(token))
    assert response.status_code == 200
    info = response.json()
    assert set(info) == fields
    assert info["sub"] == service.user.id
    for identity in info.get("identity_set", ()):
        assert identity["username"] == "wren@sandbox.example"
        assert identity["status"] == "used"
        assert "email" not in identity
        assert ("name" in identity) == ("profile" in scope)


def test_userinfo_refuses_other_tokens(service: Service) -> None:
    tokens = tokens_of(service.login(service.native, access_type="offline"))
    wrong: list[tuple[dict[str, str], int, str]] = [
        ({}, 401, "UNAUTHORIZED"),
        (bearer("unknown"), 401, "UNAUTHORIZED"),
        (bearer(tokens[AUTH_SERVER]["refresh_token"]), 401, "UNAUTHORIZED"),
        ({"Authorization": "Basic eDp5"}, 401, "UNAUTHORIZED"),
        (bearer(tokens[TRANSFER_SERVER]["access_token"]), 403, "FORBIDDEN"),
    ]
    for headers, status, code in wrong:
        response = service.get("/v2/oauth2/userinfo", headers=headers)
        assert response.status_code == status
        document = response.json()
        assert set(document) == {"errors", "error", "error_description"}
        (entry,) = document["errors"]
        assert set(entry) == {"status", "id", "code", "title", "detail"}
        assert (entry["status"], entry["code"]) == (str(status), code)
        assert document["error"] == code.lower()
        assert response.headers.get("www-authenticate") == ("Bearer" if status == 401 else None)
    service.time += 200_000
    expired = service.get("/v2/oauth2/userinfo", headers=bearer(tokens[AUTH_SERVER]["access_token"]))
    assert expired.status_code == 401
    assert "expired" in expired.json()["errors"][0]["detail"]


def test_logging_out_leads_back_to_the_app(service: Service) -> None:
    query = {
        "client": service.confidential.client_id,
        "redirect_uri": 'http://127.0.0.1:5000/?a=1&b="',
        "redirect_name": "The <portal>",
    }
    page = service.get("/v2/web/logout", query)
    assert page.status_code == 200
    assert 'href="http://127.0.0.1:5000/?a=1&amp;b=&#34;"' in page.text
    assert "The &lt;portal&gt;" in page.text
    assert service.get("/v2/web/logout").status_code == 200
    for wrong in ({"redirect_uri": "javascript:alert(1)"}, {"redirect_uri": "http://[::1"}, {"client": "nobody"}):
        assert service.get("/v2/web/logout", wrong).status_code == 400
