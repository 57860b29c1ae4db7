"""Who may read and write what, and what those are told who may not."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import httpx

from globus_typed import ConfidentialAppAuthClient, TransferClient
from globus_typed.sandbox import Sandbox, SandboxCollection, SandboxUser
from globus_typed.transfer import AccessRuleCreate

PATH = "/project1/readme.txt"
PROGRAM = {"X-Requested-With": "XMLHttpRequest"}


def ask(
    collection: SandboxCollection,
    path: str = PATH,
    *,
    token: str | None = None,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    authorization = {} if token is None else {"Authorization": f"Bearer {token}"}
    content = b"new" if method == "PUT" else None
    url = f"{collection.https_server}{path}"
    return httpx.request(method, url, headers={**authorization, **(headers or {})}, content=content)


def token_of(sandbox: Sandbox, user: SandboxUser | None = None) -> str:
    return sandbox.access_token(sandbox.source.https_scope, user=user)


def give(
    client: TransferClient, sandbox: Sandbox, path: str, permissions: str, user: SandboxUser | None = None
) -> None:
    """Make an access rule on the source: for anybody, or for a user."""
    kind = "anonymous" if user is None else "identity"
    client.add_endpoint_acl_rule(
        sandbox.source.id,
        AccessRuleCreate.model_validate(
            {"principal_type": kind, "principal": user.id if user else "", "path": path, "permissions": permissions}
        ),
    )


def test_without_a_token_browsers_go_to_the_login(globus_sandbox: Sandbox) -> None:
    response = ask(globus_sandbox.source)
    location = urlsplit(response.headers["location"])
    assert (response.status_code, response.content) == (302, b"")
    assert f"{location.scheme}://{location.netloc}" == globus_sandbox.url
    assert location.path == "/v2/oauth2/authorize"
    query = parse_qs(location.query)
    assert query["client_id"] == [globus_sandbox.source.id]
    assert query["scope"] == [globus_sandbox.source.https_scope]


def test_without_a_token_programs_are_told(globus_sandbox: Sandbox) -> None:
    response = ask(globus_sandbox.source, headers=PROGRAM)
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


def test_a_token_that_is_not_good_is_refused(globus_sandbox: Sandbox) -> None:
    good = token_of(globus_sandbox)
    assert ask(globus_sandbox.source, token=good).status_code == 200
    globus_sandbox.revoke_token(good)
    expired = globus_sandbox.access_token(globus_sandbox.source.https_scope, lifetime=-1)
    for token in (good, expired, "nonsense"):
        assert ask(globus_sandbox.source, token=token).status_code == 401


def test_a_token_for_something_else_is_none(globus_sandbox: Sandbox) -> None:
    others = [
        globus_sandbox.access_token(),
        globus_sandbox.access_token("openid"),
        globus_sandbox.access_token(globus_sandbox.destination.https_scope),
    ]
    for token in others:
        assert ask(globus_sandbox.source, token=token).status_code == 302
        assert ask(globus_sandbox.source, token=token, headers=PROGRAM).status_code == 401


def test_transfer_takes_no_token_of_a_collection(globus_sandbox: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {token_of(globus_sandbox)}"}
    response = httpx.get(f"{globus_sandbox.url}/v0.10/endpoint/{globus_sandbox.source.id}", headers=headers)
    assert response.status_code == 403


def test_a_mapped_collection_needs_data_access_as_well(globus_sandbox: Sandbox) -> None:
    mapped = globus_sandbox.add_collection("Mapped", data_access=True)
    (mapped.root / "a").write_text("hello")
    refused = ask(mapped, "/a", token=globus_sandbox.access_token(mapped.https_scope))
    assert refused.status_code == 403
    assert refused.json()["code"] == "ConsentRequired"
    assert refused.json()["authorization_parameters"]["required_scopes"] == [mapped.data_access_scope]
    both = f"{mapped.https_scope} {mapped.data_access_scope}"
    assert ask(mapped, "/a", token=globus_sandbox.access_token(both)).text == "hello"
    scope = parse_qs(urlsplit(ask(mapped, "/a").headers["location"]).query)["scope"]
    assert scope == [both]


def test_the_rules_of_the_collection_decide(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    lark = globus_sandbox.add_user("lark@sandbox.example")
    token = token_of(globus_sandbox, lark)
    assert ask(globus_sandbox.source, token=token).status_code == 403
    give(globus_transfer_client, globus_sandbox, "/project1/", "r", lark)
    assert ask(globus_sandbox.source, token=token).status_code == 200
    assert ask(globus_sandbox.source, "/welcome.txt", token=token).status_code == 403
    assert ask(globus_sandbox.source, "/nowhere.txt", token=token).status_code == 403
    assert ask(globus_sandbox.source, token=token, method="PUT").status_code == 403
    assert ask(globus_sandbox.source, token=token, method="DELETE").status_code == 403
    give(globus_transfer_client, globus_sandbox, "/project1/data/", "rw", lark)
    assert ask(globus_sandbox.source, "/project1/data/new", token=token, method="PUT").status_code == 200
    assert ask(globus_sandbox.source, "/project1/data/new", token=token, method="DELETE").status_code == 204


def test_what_anybody_may_read_needs_no_token(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    give(globus_transfer_client, globus_sandbox, "/project1/", "r")
    assert ask(globus_sandbox.source).text.startswith("Readings")
    assert ask(globus_sandbox.source, token=token_of(globus_sandbox)).status_code == 200
    assert ask(globus_sandbox.source, "/project1/nowhere").status_code == 404
    assert ask(globus_sandbox.source, "/welcome.txt").status_code == 302
    assert ask(globus_sandbox.source, method="PUT").status_code == 302
    assert ask(globus_sandbox.source, token="nonsense").status_code == 401


def test_those_who_have_logged_in_are_not_anybody(
    globus_sandbox: Sandbox, globus_transfer_client: TransferClient
) -> None:
    shared = globus_sandbox.add_collection("Shared", public=True)
    (shared.root / "a").write_text("hello")
    lark = globus_sandbox.add_user("lark@sandbox.example")
    token = globus_sandbox.access_token(shared.https_scope, user=lark)
    assert ask(shared, "/a").status_code == 302
    assert ask(shared, "/a", token=token).text == "hello"
    assert ask(shared, "/a", token=token, method="PUT").status_code == 403
    (rule,) = [rule for rule in globus_transfer_client.endpoint_acl_list(shared.id) if rule.role_id is None]
    assert (rule.principal_type, rule.permissions) == ("all_authenticated_users", "r")


def test_an_app_may_be_a_principal(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    app = ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret)
    tokens = app.oauth2_client_credentials_tokens(globus_sandbox.source.https_scope)
    assert tokens.resource_server == globus_sandbox.source.id
    token = tokens.access_token
    assert ask(globus_sandbox.source, token=token).status_code == 403
    give(globus_transfer_client, globus_sandbox, "/", "r", globus_sandbox.app_identity)
    assert ask(globus_sandbox.source, token=token).status_code == 200


def test_a_newer_login_may_be_demanded(globus_sandbox: Sandbox) -> None:
    globus_sandbox.demand_login(globus_sandbox.source, mfa=True)
    refused = ask(globus_sandbox.source, token=token_of(globus_sandbox))
    assert refused.status_code == 403
    assert refused.json()["authorization_parameters"]["session_required_mfa"] is True


def test_a_guest_collection_on_a_guest_collection_has_a_server(
    globus_sandbox: Sandbox, globus_transfer_client: TransferClient
) -> None:
    share = {"host_endpoint": globus_sandbox.source.id, "host_path": "/~/project1/", "display_name": "Share"}
    made = globus_transfer_client.get_endpoint(globus_transfer_client.create_shared_endpoint(share).id)
    assert (made.entity_type, made.host_endpoint_id) == ("GCSv5_guest_collection", globus_sandbox.source.id)
    token = globus_sandbox.access_token(f"https://auth.globus.org/scopes/{made.id}/https")
    headers = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{made.https_server}/readme.txt", headers=headers).status_code == 200
    globus_transfer_client.delete_endpoint(made.id)
    assert httpx.get(f"{made.https_server}/readme.txt", headers=headers).status_code == 404


def test_nobody_learns_what_is_there_without_a_token(globus_sandbox: Sandbox) -> None:
    assert ask(globus_sandbox.source, "/nowhere").status_code == 302
