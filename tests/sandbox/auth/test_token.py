"""POST /v2/oauth2/token: what is given for what, and what is refused in which words."""

from typing import Any

import httpx
import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_SERVER

from .service import DEFAULT_SCOPES, TRANSFER_ALL, TRANSFER_SERVER, VERIFIER, Service, basic, bearer, start, tokens_of

TOKEN = "/v2/oauth2/token"


def refused(response: httpx.Response, status: int, error: str, named: str = "") -> None:
    assert response.status_code == status, response.text
    document = response.json()
    assert set(document) == {"error", "error_description"}
    assert document["error"] == error
    assert named in document["error_description"]


def test_a_login_gives_a_token_for_each_resource_server(service: Service) -> None:
    document = service.login(service.native)
    tokens = tokens_of(document)
    assert {server: token["scope"] for server, token in tokens.items()} == {
        AUTH_SERVER: "openid profile email",
        TRANSFER_SERVER: TRANSFER_ALL,
    }
    assert document["state"] == "_default"
    assert "id_token" in document
    for token in tokens.values():
        assert (token["token_type"], token["expires_in"]) == ("Bearer", 172800)
        assert "refresh_token" not in token
    assert len({token["access_token"] for token in tokens.values()}) == 2
    for other in document["other_tokens"]:
        assert not {"id_token", "state", "other_tokens"} & set(other)


def test_the_answer_is_for_no_cache(service: Service) -> None:
    response = service.redeem(service.native, service.code(service.native))
    assert response.headers["cache-control"] == "no-store"


def test_without_openid_there_is_no_id_token_and_without_state_none(service: Service) -> None:
    document = service.login(service.native, scope=TRANSFER_ALL, state=None)
    assert document["other_tokens"] == []
    assert not {"id_token", "state"} & set(document)


def test_offline_access_gives_refresh_tokens(service: Service) -> None:
    tokens = tokens_of(service.login(service.native, access_type="offline"))
    assert len({token["refresh_token"] for token in tokens.values()}) == 2


def test_the_token_works_where_it_is_for(service: Service) -> None:
    tokens = tokens_of(service.login(service.confidential))
    caller = service.state.authenticate(
        bearer(tokens[TRANSFER_SERVER]["access_token"])["Authorization"], scope=TRANSFER_ALL
    )
    assert (caller.user.id, caller.client_id) == (service.user.id, service.confidential.client_id)
    assert caller.scopes == {TRANSFER_ALL}


@pytest.mark.parametrize(
    ("changes", "status", "error", "named"),
    [
        ({"code_verifier": None}, 400, "invalid_request", "code_verifier: missing"),
        ({"code_verifier": "short"}, 400, "invalid_request", "code_verifier"),
        ({"code_verifier": VERIFIER[:-1] + "!"}, 400, "invalid_request", "code_verifier"),
        ({"code_verifier": VERIFIER + "x"}, 401, "invalid_grant", "code_verifier"),
        ({"code": "guessed"}, 401, "invalid_grant", "unknown"),
        ({"code": None}, 400, "invalid_request", "code: missing"),
        ({"code": ""}, 400, "invalid_request", "code: missing"),
        ({"redirect_uri": None}, 400, "invalid_request", "redirect_uri: missing"),
        ({"redirect_uri": "http://localhost:8000/callback"}, 401, "invalid_grant", "redirect_uri"),
        ({"client_id": None}, 401, "invalid_client", "client_id"),
        ({"client_id": "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"}, 401, "invalid_client", "client_id"),
        ({"grant_type": None}, 400, "invalid_request", "grant_type: missing"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", "grant_type"),
        ({"code_verifer": "x"}, 400, "invalid_request", "code_verifer: unknown"),
        ({"client_secret": "x"}, 400, "invalid_request", "client_secret: unknown"),
    ],
)
def test_a_wrong_code_exchange_is_refused_and_leaves_the_code_good(
    service: Service, changes: dict[str, str | None], status: int, error: str, named: str
) -> None:
    code = service.code(service.native)
    refused(service.redeem(service.native, code, **changes), status, error, named)
    assert service.redeem(service.native, code).status_code == 200


def test_a_code_is_for_the_client_it_was_given_to(service: Service) -> None:
    other = service.state.add_native_app("Another program")
    code = service.code(service.native)
    refused(service.redeem(service.native, code, client_id=other.client_id), 401, "invalid_grant", "another client")


def test_a_verifier_without_a_challenge_is_refused(service: Service) -> None:
    code = service.code(service.confidential)
    refused(service.redeem(service.confidential, code, code_verifier=VERIFIER), 401, "invalid_grant", "code_challenge")


def test_a_code_soon_expires(service: Service) -> None:
    code = service.code(service.native)
    service.time += service.state.ledger.code_lifetime
    refused(service.redeem(service.native, code), 401, "invalid_grant", "expired")


def test_a_code_used_twice_revokes_what_it_gave(service: Service) -> None:
    code = service.code(service.confidential, access_type="offline")
    document = service.redeem(service.confidential, code).json()
    token = tokens_of(document)[AUTH_SERVER]
    renewed = service.refresh(service.confidential, token["refresh_token"]).json()
    refused(service.redeem(service.confidential, code), 401, "invalid_grant", "used before")
    assert service.introspect(token["access_token"]) == {"active": False}
    assert service.introspect(renewed["access_token"]) == {"active": False}
    refused(service.refresh(service.confidential, token["refresh_token"]), 400, "invalid_grant")


def test_a_refresh_gives_one_token_of_the_same_kind(service: Service) -> None:
    for app in (service.native, service.confidential):
        token = tokens_of(service.login(app, access_type="offline"))[TRANSFER_SERVER]
        service.time += 200_000
        response = service.refresh(app, token["refresh_token"])
        assert response.status_code == 200
        renewed = response.json()
        assert renewed["access_token"] != token["access_token"]
        assert (renewed["resource_server"], renewed["scope"]) == (TRANSFER_SERVER, TRANSFER_ALL)
        assert renewed["other_tokens"] == []
        assert not {"id_token", "state"} & set(renewed)
        # Programs that store each response whole keep their login.
        assert renewed["refresh_token"] == token["refresh_token"]
        assert service.refresh(app, renewed["refresh_token"]).status_code == 200


def test_a_refresh_token_is_for_its_client_and_is_no_access_token(service: Service) -> None:
    token = service.login(service.native, access_type="offline")
    refused(service.refresh(service.confidential, token["refresh_token"]), 400, "invalid_grant")
    refused(service.refresh(service.native, token["access_token"]), 400, "invalid_grant")
    refused(service.refresh(service.native, "unknown"), 400, "invalid_grant")
    form = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"]}
    refused(service.post(TOKEN, form), 401, "invalid_client")


def test_a_refresh_token_lives_as_long_as_it_is_used(service: Service) -> None:
    refresh_token = service.login(service.native, access_type="offline")["refresh_token"]
    for _ in range(3):
        service.time += 100 * 86400
        assert service.refresh(service.native, refresh_token).status_code == 200
    service.time += 180 * 86400
    refused(service.refresh(service.native, refresh_token), 400, "invalid_grant", "expired")


def test_rotation_replaces_refresh_tokens_and_ends_a_login_whose_old_one_comes_again() -> None:
    service = start(rotation="strict")
    first = service.login(service.confidential, access_type="offline")
    second = service.refresh(service.confidential, first["refresh_token"]).json()
    third = service.refresh(service.confidential, second["refresh_token"]).json()
    assert len({document["refresh_token"] for document in (first, second, third)}) == 3
    refused(service.refresh(service.confidential, first["refresh_token"]), 400, "invalid_grant")
    refused(service.refresh(service.confidential, third["refresh_token"]), 400, "invalid_grant")
    assert service.introspect(third["access_token"]) == {"active": False}


def test_lifetimes_can_be_set() -> None:
    service = start(token_lifetime=5, code_lifetime=1)
    assert service.login(service.native)["expires_in"] == 5
    code = service.code(service.native)
    service.time += 1
    refused(service.redeem(service.native, code), 401, "invalid_grant", "expired")


def credentials(service: Service, scope: str | None = DEFAULT_SCOPES, **fields: str) -> httpx.Response:
    form = {"grant_type": "client_credentials", **({} if scope is None else {"scope": scope}), **fields}
    return service.token(service.confidential, form)


def test_client_credentials_give_the_app_its_own_tokens(service: Service) -> None:
    document = credentials(service).json()
    tokens = tokens_of(document)
    assert set(tokens) == {AUTH_SERVER, TRANSFER_SERVER}
    assert not any("refresh_token" in token for token in tokens.values())
    header = bearer(tokens[TRANSFER_SERVER]["access_token"])["Authorization"]
    user = service.state.authenticate(header, scope=TRANSFER_ALL).user
    assert user == service.confidential.identity
    assert user.username == f"{service.confidential.client_id}@clients.auth.globus.org"


def test_scopes_decide_the_resource_servers(service: Service) -> None:
    other = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
    scopes = f"https://auth.globus.org/scopes/{other}/data_access email {TRANSFER_ALL} email[openid]"
    tokens = tokens_of(credentials(service, scopes).json())
    assert list(tokens) == [other, AUTH_SERVER, TRANSFER_SERVER]
    assert tokens[AUTH_SERVER]["scope"] == "email"


def test_wrong_scopes_are_named(service: Service) -> None:
    response = credentials(service, f"openid urn:globus:auth:scope:auth.globus.org:all_of_it {TRANSFER_ALL}")
    assert response.status_code == 400
    (entry,) = response.json()["errors"]
    assert entry["code"] == "UNKNOWN_SCOPE_ERROR"
    assert "auth.globus.org:all_of_it" in entry["detail"]
    refused(credentials(service, "openid["), 400, "invalid_scope", "not closed")
    refused(credentials(service, None), 400, "invalid_request", "scope: missing")


def test_a_native_app_has_no_credentials(service: Service) -> None:
    form = {"grant_type": "client_credentials", "scope": "openid", "client_id": service.native.client_id}
    refused(service.post(TOKEN, form), 400, "unauthorized_client")


def test_who_sends_the_request_is_checked(service: Service) -> None:
    form = {"grant_type": "client_credentials", "scope": "openid"}
    app = service.confidential
    wrong: list[dict[str, str]] = [
        basic(app.client_id, "wrong"),
        basic("ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001", app.secret),
        basic(service.native.client_id, ""),
        bearer("token"),
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic bm9jb2xvbg=="},
    ]
    for headers in wrong:
        response = service.post(TOKEN, form, headers)
        refused(response, 401, "invalid_client")
        assert response.headers["www-authenticate"].startswith("Basic")
    refused(service.post(TOKEN, form), 401, "invalid_client")
    refused(service.post(TOKEN, {**form, "client_id": app.client_id}), 401, "invalid_client", "secret")
    mine = basic(app.client_id, app.secret)
    refused(service.post(TOKEN, {**form, "client_id": service.native.client_id}, mine), 400, "invalid_request")
    assert service.post(TOKEN, {**form, "client_id": app.client_id}, mine).status_code == 200


def test_the_body_must_be_one_plain_form(service: Service) -> None:
    headers = basic(service.confidential.client_id, service.confidential.secret)

    def send(body: str, content_type: str = "application/x-www-form-urlencoded", query: str = "") -> httpx.Response:
        return service.send_raw(TOKEN + query, body, {**headers, "Content-Type": content_type})

    good = "grant_type=client_credentials&scope=openid"
    assert send(good, "application/x-www-form-urlencoded; charset=utf-8").status_code == 200
    refused(send(good + "&scope=email"), 400, "invalid_request", "scope: given twice")
    refused(send(good, query="?token=x"), 400, "invalid_request", "URL")
    refused(send('{"grant_type": "client_credentials"}', "application/json"), 400, "invalid_request", "urlencoded")
    refused(send("grant_type"), 400, "invalid_request", "urlencoded")
    refused(send("grant_type=%ff"), 400, "invalid_request", "urlencoded")
    refused(send(""), 400, "invalid_request", "grant_type: missing")


def dependent(service: Service, token: str, **fields: str) -> httpx.Response:
    form = {"grant_type": "urn:globus:auth:grant_type:dependent_token", "token": token, **fields}
    return service.token(service.confidential, form)


def token_for_the_app(service: Service) -> str:
    scope = f"https://auth.globus.org/scopes/{service.confidential.client_id}/submit[{TRANSFER_ALL} *openid]"
    token: str = service.login(service.native, scope=scope)["access_token"]
    return token


def test_an_app_gets_dependent_tokens_for_a_token_given_to_it(service: Service) -> None:
    response = dependent(service, token_for_the_app(service))
    assert response.status_code == 200
    documents: list[dict[str, Any]] = response.json()
    assert [document["resource_server"] for document in documents] == [TRANSFER_SERVER, AUTH_SERVER]
    for document in documents:
        assert set(document) == {"access_token", "scope", "expires_in", "token_type", "resource_server"}
        assert document["token_type"] == "bearer"
    caller = service.state.authenticate(bearer(documents[0]["access_token"])["Authorization"], scope=TRANSFER_ALL)
    assert (caller.user.id, caller.client_id) == (service.user.id, service.confidential.client_id)


def test_dependent_tokens_can_be_chosen_and_refreshed(service: Service) -> None:
    token = token_for_the_app(service)
    (document,) = dependent(service, token, scope=TRANSFER_ALL, access_type="offline").json()
    assert service.refresh(service.confidential, document["refresh_token"]).status_code == 200
    missing = dependent(service, token, scope="email")
    assert (missing.status_code, missing.json()["error"]) == (403, "dependent_consent_required")
    refused(dependent(service, token, access_type="both"), 400, "invalid_request", "access_type")
    refused(dependent(service, token, refresh_tokens="true"), 400, "invalid_request", "refresh_tokens: unknown")


def test_dependent_tokens_need_a_good_token_for_this_app(service: Service) -> None:
    tokens = service.login(service.confidential, access_type="offline")
    refused(dependent(service, tokens["access_token"]), 401, "invalid_grant", "another resource server")
    refused(dependent(service, tokens["refresh_token"]), 401, "invalid_grant")
    refused(dependent(service, "unknown"), 401, "invalid_grant")
    token = token_for_the_app(service)
    service.time += 200_000
    refused(dependent(service, token), 401, "invalid_grant", "expired")
    form = {"grant_type": "urn:globus:auth:grant_type:dependent_token", "client_id": service.native.client_id}
    refused(service.post(TOKEN, {**form, "token": token}), 400, "unauthorized_client")
