"""GET /v2/oauth2/authorize: which logins are granted, and who is told when one is not."""

from urllib.parse import urlsplit

import pytest

from .service import BASE, DEFAULT_SCOPES, LOGIN, VERIFIER, Service, challenge, returned, start

AUTHORIZE = "/v2/oauth2/authorize"


def test_a_program_gets_the_bare_code(service: Service) -> None:
    response = service.get(AUTHORIZE, service.query(service.native), headers={"Accept": "text/plain"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text
    assert response.text.strip() == response.text
    assert service.redeem(service.native, response.text).status_code == 200


def test_a_browser_is_sent_to_the_app_with_code_and_state(service: Service) -> None:
    query = service.query(service.confidential, state="a state & more")
    response = service.get(AUTHORIZE, query, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.headers["location"].startswith(f"{LOGIN}?")
    brought = returned(response)
    assert brought["state"] == "a state & more"
    assert service.redeem(service.confidential, brought["code"]).status_code == 200


def test_the_query_of_a_redirect_uri_is_kept(service: Service) -> None:
    uri = "http://localhost:5000/login?next=1"
    response = service.get(AUTHORIZE, service.query(service.confidential, redirect_uri=uri, state=None))
    assert set(returned(response)) == {"next", "code"}


def test_a_native_app_shows_the_code_for_copying(service: Service) -> None:
    response = service.get(AUTHORIZE, service.query(service.native), headers={"Accept": "text/html"})
    location = urlsplit(response.headers["location"])
    page = service.get(f"{location.path}?{location.query}")
    assert page.status_code == 200
    assert f'value="{returned(response)["code"]}"' in page.text
    assert '<html lang="en">' in page.text
    assert '<label for="code">' in page.text


def test_the_page_escapes_what_it_shows(service: Service) -> None:
    for query in ({"code": '"><script>x</script>'}, {"error": "<script>", "error_description": "<script>"}):
        assert "<script>" not in service.get("/v2/web/auth-code", query).text
    assert service.get("/v2/web/auth-code").status_code == 400


def test_consents_are_recorded_once_with_their_dependencies(service: Service) -> None:
    submit = f"https://auth.globus.org/scopes/{service.confidential.client_id}/submit"
    scope = f"openid {submit}[{DEFAULT_SCOPES.split()[-1]} *email]"
    service.code(service.native, scope=scope)
    service.time += 10
    service.code(service.native, scope=scope, access_type="offline")
    consents = service.state.ledger.consents(service.user.id)
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
        ({"client_id": "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"}, "client_id"),
        ({"redirect_uri": None}, "redirect_uri"),
        ({"redirect_uri": "http://evil.example/login"}, "redirect_uri"),
        ({"redirect_uri": "http://localhost:8000/other"}, "redirect_uri"),
        ({"redirect_uri": "http://localhost:8000@evil.example/callback"}, "redirect_uri"),
        ({"redirect_uri": "http://[::1/callback"}, "redirect_uri"),
        ({"scope": "openid urn:globus:auth:scope:transfer.api.globus.org:al"}, "transfer.api.globus.org:al"),
        ({"scope": f"https://auth.globus.org/scopes/{'0' * 8}/x"}, "unknown scope"),
    ],
)
def test_what_cannot_go_back_to_the_app_is_a_400_here(
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


@pytest.mark.parametrize(
    ("changes", "error", "named"),
    [
        ({"response_type": None}, "invalid_request", "response_type"),
        ({"response_type": "token"}, "unsupported_response_type", "response_type"),
        ({"scope": None}, "invalid_scope", "no scope"),
        ({"scope": "openid[email"}, "invalid_scope", "not closed"),
        ({"scope": "openid ]"}, "invalid_scope", "]"),
        ({"scope": "*openid"}, "invalid_scope", "*"),
        ({"access_type": "ofline"}, "invalid_request", "access_type"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request", "code_challenge"),
        ({"code_challenge": "short"}, "invalid_request", "code_challenge"),
        ({"code_challenge_method": "plain"}, "invalid_request", "code_challenge_method"),
        ({"code_challenge_method": None}, "invalid_request", "code_challenge_method"),
    ],
)
def test_other_mistakes_go_to_the_app(service: Service, changes: dict[str, str | None], error: str, named: str) -> None:
    query = service.query(service.native, **changes)
    brought = returned(service.get(AUTHORIZE, query, headers={"Accept": "text/html"}))
    assert brought["error"] == error
    assert named in brought["error_description"]
    assert brought["state"] == "_default"
    assert "code" not in brought
    bare = service.get(AUTHORIZE, query, headers={"Accept": "text/plain"})
    assert bare.status_code == 400
    assert error in bare.text


def test_a_parameter_given_twice_is_refused(service: Service) -> None:
    twice = [*service.query(service.native).items(), ("scope", "email")]
    assert returned(service.get(AUTHORIZE, twice))["error"] == "invalid_request"
    twice = [*service.query(service.native).items(), ("redirect_uri", f"{BASE}/v2/web/auth-code")]
    assert service.get(AUTHORIZE, twice).status_code == 400


def test_nobody_to_log_in_is_access_denied(service: Service) -> None:
    service.state.default_user = None
    assert returned(service.get(AUTHORIZE, service.query(service.native)))["error"] == "access_denied"


def test_parameters_unknown_here_are_ignored(service: Service) -> None:
    assert service.code(service.native, session_message="please", prefill_named_grant="laptop", anything="else")


def test_a_native_app_may_listen_on_any_loopback_port(service: Service) -> None:
    uri = "http://localhost:49152/callback"
    assert returned(service.get(AUTHORIZE, service.query(service.native, redirect_uri=uri)))["code"]
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
    moved = "http://127.0.0.1:4321/v2/web/auth-code"
    assert returned(service.get(AUTHORIZE, service.query(service.native, redirect_uri=moved)))["code"]
    assert service.get(AUTHORIZE, service.query(service.native)).status_code == 400
