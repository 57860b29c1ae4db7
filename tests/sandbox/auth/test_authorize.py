"""GET /v2/oauth2/authorize: which logins are granted, and who is told when one is not."""

import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_SERVER

from .service import BASE, DEFAULT_SCOPES, VERIFIER, Service, bearer, challenge, start, tokens_of

AUTHORIZE = "/v2/oauth2/authorize"


def test_a_program_gets_the_bare_code(service: Service) -> None:
    response = service.get(AUTHORIZE, service.query(service.native), headers={"Accept": "text/plain"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text
    assert response.text.strip() == response.text
    assert service.redeem(service.native, response.text).status_code == 200


def test_the_page_escapes_what_it_shows(service: Service) -> None:
    for query in ({"code": '"><script>x</script>'}, {"error": "<script>", "error_description": "<script>"}):
        assert "<script" not in service.get("/v2/web/auth-code", query).text
    assert service.get("/v2/web/auth-code").status_code == 400


def test_consents_are_recorded_once_with_their_dependencies(service: Service) -> None:
    submit = f"https://auth.globus.org/scopes/{service.confidential.client_id}/submit"
    scope = f"openid {submit}[{DEFAULT_SCOPES.split()[-1]} *email]"
    service.code(service.native, scope=scope)
    service.time += 10
    service.code(service.native, scope=scope, access_type="offline")
    consents = service.state.consents.of_user(service.user.id)
    assert [(consent.scope, consent.dependency_path) for consent in consents] == [
        ("openid", (1,)),
        (submit, (2,)),
        (DEFAULT_SCOPES.split()[-1], (2, 3)),
        ("email", (2, 4)),
    ]
    assert [consent.atomically_revocable for consent in consents] == [False, False, False, True]
    assert {consent.client_id for consent in consents} == {service.native.client_id}
    assert all(consent.allows_refresh and consent.updated == consent.created + 10 for consent in consents)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"client_id": None}, "client_id"),
        ({"client_id": "nobody"}, "client_id"),
        ({"redirect_uri": None}, "redirect_uri"),
        ({"redirect_uri": "http://evil.example/login"}, "redirect_uri"),
        ({"redirect_uri": "http://localhost:8000/other"}, "redirect_uri"),
        ({"redirect_uri": "http://localhost:8000@evil.example/callback"}, "redirect_uri"),
        ({"redirect_uri": "http://[::1/callback"}, "redirect_uri"),
        ({"scope": "openid urn:globus:auth:scope:transfer.api.globus.org:al"}, "transfer.api.globus.org:al"),
        ({"scope": f"https://auth.globus.org/scopes/{'0' * 8}/x"}, "unknown scope"),
        ({"response_type": None}, "response_type"),
        ({"response_type": "token"}, "response_type"),
        ({"scope": None}, "no scope"),
        ({"scope": "openid[email"}, "not closed"),
        ({"scope": "openid ]"}, "]"),
        ({"scope": "*openid"}, "*"),
        ({"access_type": "ofline"}, "access_type"),
        ({"code_challenge": None, "code_challenge_method": None}, "code_challenge"),
        ({"code_challenge": "short"}, "code_challenge"),
        ({"code_challenge_method": "plain"}, "code_challenge_method"),
        ({"code_challenge_method": None}, "code_challenge_method"),
        ({"prompt": "none"}, "prompt"),
        ({"session_required_mfa": "maybe"}, "session_required_mfa"),
        ({"session_required_policies": "staff"}, "session_required_policies"),
        ({"session_required_single_domain": "a.example,,b.example"}, "session_required_single_domain"),
        ({"session_required_identities": "nobody"}, "session_required_identities"),
        ({"session_required_identities": "wren@sandbox.example,new@sandbox.example"}, "session_required_identities"),
    ],
)
def test_a_wrong_request_is_a_400_and_never_a_redirect(
    service: Service, changes: dict[str, str | None], named: str
) -> None:
    query = service.query(service.native, **changes)
    for accept in ("text/html", "text/plain", "application/json"):
        response = service.get(AUTHORIZE, query, headers={"Accept": accept})
        assert response.status_code == 400
        assert response.headers["content-type"].startswith(accept)
        assert named in response.text
    (entry,) = service.get(AUTHORIZE, query, headers={"Accept": "application/json"}).json()["errors"]
    assert entry["status"] == "400"
    assert entry["code"] in {"INVALID_PARAMETERS", "UNKNOWN_SCOPE_ERROR"}


def test_no_person_can_be_required_to_be_an_app(service: Service) -> None:
    query = service.query(service.native, session_required_identities=service.confidential.client_id)
    response = service.get(AUTHORIZE, query)
    assert response.status_code == 400
    assert "is an app" in response.text


@pytest.mark.parametrize("name", ["scope", "redirect_uri", "client_id", "state"])
def test_a_parameter_given_twice_is_refused(service: Service, name: str) -> None:
    query = service.query(service.native)
    response = service.get(AUTHORIZE, [*query.items(), (name, query[name])])
    assert response.status_code == 400
    assert f"{name}: given twice" in response.text


def test_a_program_logs_in_as_whoever_the_request_asks_for(service: Service) -> None:
    kim = service.state.add_user("kim@larkspur.example")

    def subject(**changes: str) -> str:
        document = service.login(service.native, **changes)
        token = tokens_of(document)[AUTH_SERVER]["access_token"]
        sub: str = service.get("/v2/oauth2/userinfo", headers=bearer(token)).json()["sub"]
        return sub

    assert subject() == service.user.id
    assert subject(login_hint="Kim@larkspur.example") == kim.id
    assert subject(login_hint="nobody@larkspur.example") == service.user.id
    assert subject(login_hint=f"{service.confidential.client_id}@clients.auth.globus.org") == service.user.id
    assert subject(session_required_identities=kim.id) == kim.id
    assert subject(session_required_single_domain="elsewhere.example,larkspur.example", prompt="login") == kim.id
    assert subject(login_hint="kim@larkspur.example", session_required_identities=service.user.username) == (
        service.user.id
    )
    refused = service.query(service.native, session_required_single_domain="elsewhere.example")
    response = service.get(AUTHORIZE, refused, headers={"Accept": "text/plain"})
    assert response.status_code == 400
    assert "access_denied" in response.text


def test_nobody_to_log_in_is_a_400_for_a_program(service: Service) -> None:
    service.state.default_user = None
    response = service.get(AUTHORIZE, service.query(service.native), headers={"Accept": "text/plain"})
    assert response.status_code == 400
    assert "access_denied" in response.text


def test_parameters_unknown_here_are_ignored(service: Service) -> None:
    assert service.code(service.native, session_message="please", prefill_named_grant="laptop", anything="else")


def test_a_native_app_may_listen_on_any_loopback_port(service: Service) -> None:
    assert service.code(service.native, redirect_uri="http://localhost:49152/callback")
    elsewhere = service.query(service.confidential, redirect_uri="http://127.0.0.1:49152/login")
    assert service.get(AUTHORIZE, elsewhere).status_code == 400


def test_a_confidential_app_may_use_pkce_and_must_not_use_the_page_for_copying(service: Service) -> None:
    code = service.code(service.confidential, code_challenge=challenge(VERIFIER), code_challenge_method="S256")
    assert service.redeem(service.confidential, code).status_code == 400
    assert service.redeem(service.confidential, code, code_verifier=VERIFIER).status_code == 200
    page = service.query(service.confidential, redirect_uri=f"{BASE}/v2/web/auth-code")
    assert service.get(AUTHORIZE, page).status_code == 400


def test_the_default_redirect_follows_the_address_of_the_sandbox() -> None:
    service = start()
    service.state.base_url = "http://127.0.0.1:4321/"
    assert service.code(service.native, redirect_uri="http://127.0.0.1:4321/v2/web/auth-code")
    assert service.get(AUTHORIZE, service.query(service.native)).status_code == 400
