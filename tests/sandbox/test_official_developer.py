"""The official SDK as the client of Auth's developer API, whose answers by the sandbox it accepts."""

import uuid
from typing import Any, cast

import globus_sdk
import pytest
from globus_sdk.scopes import AuthScopes, TransferScopes

from globus_typed.sandbox import Sandbox

DEVELOPER_METHODS = {
    *("get_identity_providers", "get_project", "get_projects", "create_project", "update_project", "delete_project"),
    *("get_policy", "get_policies", "create_policy", "update_policy", "delete_policy"),
    *("get_client", "get_clients", "create_client", "update_client", "delete_client"),
    *("get_client_credentials", "create_client_credential", "delete_client_credential"),
    *("get_scope", "get_scopes", "create_scope", "update_scope", "delete_scope"),
}


@pytest.fixture
def ac(globus_sandbox: Sandbox) -> globus_sdk.AuthClient:
    """The official client of a user who manages projects; it finds the sandbox by the environment."""
    token = globus_sandbox.access_token((str(AuthScopes.manage_projects),))
    return globus_sdk.AuthClient(authorizer=globus_sdk.AccessTokenAuthorizer(token))


@pytest.fixture
def project_id(ac: globus_sdk.AuthClient, globus_sandbox: Sandbox) -> str:
    made = ac.create_project("Reeds", "ops@reeds.example", admin_ids=globus_sandbox.user.id)
    return cast(str, made["project"]["id"])


def test_the_official_client_has_no_method_of_the_developer_api_that_is_not_called_here() -> None:
    client = globus_sdk.AuthClient
    assert {name for name in dir(client) if callable(getattr(client, name))} >= DEVELOPER_METHODS
    known = {"get_identities", "get_consents", "get_openid_configuration", "get_jwk"}
    starts = ("get_", "create_", "update_", "delete_")
    assert {name for name in dir(client) if name.startswith(starts)} - known == DEVELOPER_METHODS


def test_identity_providers(ac: globus_sdk.AuthClient, globus_sandbox: Sandbox) -> None:
    (by_domain,) = ac.get_identity_providers(domains=["sandbox.example", "nowhere.example"])
    assert by_domain["id"] == globus_sandbox.user.identity_provider
    assert list(ac.get_identity_providers(ids=uuid.UUID(by_domain["id"]))) == [by_domain]


def test_projects(ac: globus_sdk.AuthClient, globus_sandbox: Sandbox) -> None:
    (of_the_sandbox,) = ac.get_projects()
    assert of_the_sandbox["display_name"] == "Sandbox project"
    group = uuid.uuid4()
    made = ac.create_project("Reeds", "ops@reeds.example", admin_ids=globus_sandbox.user.id, admin_group_ids=[group])
    assert made.http_status == 201
    project = made["project"]
    assert project["admin_group_ids"] == [str(group)]
    assert ac.get_project(project["id"])["project"] == project
    assert [each["id"] for each in ac.get_projects()] == [of_the_sandbox["id"], project["id"]]
    changed = ac.update_project(project["id"], display_name="Beds", contact_email="beds@reeds.example")["project"]
    assert (changed["project_name"], changed["contact_email"]) == ("Beds", "beds@reeds.example")
    with pytest.raises(globus_sdk.AuthAPIError) as caught:
        ac.delete_project(of_the_sandbox["id"])
    assert (caught.value.http_status, caught.value.code) == (409, "CONFLICT")
    assert ac.delete_project(project["id"])["project"] == changed
    with pytest.raises(globus_sdk.AuthAPIError) as caught:
        ac.get_project(project["id"])
    assert (caught.value.http_status, caught.value.code) == (404, "NOT_FOUND")


def test_policies(ac: globus_sdk.AuthClient, project_id: str) -> None:
    made = ac.create_policy(
        project_id=project_id,
        display_name="Staff",
        description="Accounts of the lab",
        high_assurance=True,
        authentication_assurance_timeout=3600,
        required_mfa=True,
        domain_constraints_include=["lab.example"],
    )["policy"]
    assert (made["high_assurance"], made["authentication_assurance_timeout"], made["required_mfa"]) == (
        True,
        3600,
        True,
    )
    assert ac.get_policy(made["id"])["policy"] == made
    assert list(ac.get_policies()) == [made]
    changed = ac.update_policy(made["id"], domain_constraints_include=None, required_mfa=False)["policy"]
    assert changed == {**made, "domain_constraints_include": None, "required_mfa": False}
    assert ac.delete_policy(made["id"])["policy"] == changed
    assert list(ac.get_policies()) == []


def test_clients_and_their_credentials(ac: globus_sdk.AuthClient, globus_sandbox: Sandbox, project_id: str) -> None:
    made = ac.create_client(
        "Reed count",
        project_id,
        client_type="confidential_client",
        visibility="private",
        redirect_uris=["https://reeds.example/back"],
        terms_and_conditions="https://reeds.example/terms",
        privacy_policy="https://reeds.example/privacy",
        required_idp=globus_sandbox.user.identity_provider,
        preselect_idp=globus_sandbox.user.identity_provider,
        additional_fields={"prompt_for_named_grant": True},
    )["client"]
    assert made["prompt_for_named_grant"] is True
    assert ac.get_client(client_id=made["id"])["client"] == made
    assert made["id"] in {client["id"] for client in ac.get_clients()}
    with pytest.raises(globus_sdk.AuthAPIError) as caught:
        ac.get_client(fqdn="reeds.example")
    assert (caught.value.http_status, caught.value.code) == (404, "NOT_FOUND")
    changed = ac.update_client(made["id"], name="Count", redirect_uris=[])["client"]
    assert changed == {**made, "name": "Count", "redirect_uris": []}

    credential = ac.create_client_credential(made["id"], "spring key")["credential"]
    assert list(ac.get_client_credentials(made["id"])) == [{**credential, "secret": None}]
    app = globus_sdk.ConfidentialAppAuthClient(made["id"], credential["secret"])
    assert app.oauth2_client_credentials_tokens(TransferScopes.all).by_resource_server["transfer.api.globus.org"]
    assert ac.delete_client_credential(made["id"], credential["id"])["credential"]["name"] == "spring key"
    with pytest.raises(globus_sdk.AuthAPIError) as caught:
        app.oauth2_client_credentials_tokens(TransferScopes.all)
    assert caught.value.http_status == 401
    assert ac.delete_client(made["id"])["client"] == changed


def test_scopes(ac: globus_sdk.AuthClient, globus_sandbox: Sandbox, project_id: str) -> None:
    client_id = ac.create_client("Reed count", project_id, public_client=False)["client"]["id"]
    (transfer,) = ac.get_scopes(scope_strings=[str(TransferScopes.all)])
    made = ac.create_scope(
        client_id,
        "Hand in",
        "Hand in counts of birds",
        "submit",
        required_domains=["lab.example"],
        dependent_scopes=[globus_sdk.DependentScopeSpec(transfer["id"], False, True)],
        advertised=True,
        allows_refresh_token=True,
    )["scope"]
    assert made["scope_string"] == f"https://auth.globus.org/scopes/{client_id}/submit"
    assert made["dependent_scopes"] == [{"scope": transfer["id"], "optional": False, "requires_refresh_token": True}]
    assert ac.get_scope(made["id"])["scope"] == made
    assert list(ac.get_scopes()) == list(ac.get_scopes(ids=uuid.UUID(made["id"]))) == [made]
    changed = ac.update_scope(made["id"], description="Hand in", scope_suffix="hand_in", dependent_scopes=[])["scope"]
    assert changed["scope_string"].endswith("/hand_in")
    native = globus_sdk.NativeAppAuthClient(globus_sandbox.native_client_id)
    native.oauth2_start_flow(changed["scope_string"])
    code = globus_sdk.AuthClient().get(native.oauth2_get_authorize_url(), headers={"Accept": "text/plain"}).text
    tokens: Any = native.oauth2_exchange_code_for_tokens(code).by_resource_server
    assert set(tokens) == {client_id}
    assert ac.delete_scope(made["id"])["scope"] == changed
    assert list(ac.get_scopes()) == []


def test_a_child_client(globus_sandbox: Sandbox) -> None:
    app = globus_sdk.ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret)
    child = app.create_child_client("Child", client_type="client_identity", visibility="private")["client"]
    assert child["parent_client"] == globus_sandbox.client_id
    basic = globus_sdk.BasicAuthorizer(globus_sandbox.client_id, globus_sandbox.client_secret)
    parent = globus_sdk.AuthClient(authorizer=basic)
    credential = parent.create_client_credential(child["id"], "key")["credential"]
    own = globus_sdk.ConfidentialAppAuthClient(child["id"], credential["secret"])
    assert own.oauth2_client_credentials_tokens(TransferScopes.all)["access_token"]
    assert parent.get_client(client_id=child["id"])["client"] == child
    assert parent.delete_client(child["id"])["client"] == child


def test_an_instance_of_a_native_app(globus_sandbox: Sandbox) -> None:
    native = globus_sdk.NativeAppAuthClient(globus_sandbox.native_client_id)
    made = native.create_native_app_instance(globus_sandbox.native_client_id, "On hide-3")
    assert made["client"]["parent_client"] == globus_sandbox.native_client_id
    credential = made["included"]["client_credential"]
    own = globus_sdk.ConfidentialAppAuthClient(made["client"]["id"], credential["secret"])
    assert own.oauth2_client_credentials_tokens(TransferScopes.all)["access_token"]


def test_who_may_not_is_told_so(globus_sandbox: Sandbox) -> None:
    token = globus_sandbox.access_token((str(AuthScopes.view_identities),))
    ac = globus_sdk.AuthClient(authorizer=globus_sdk.AccessTokenAuthorizer(token))
    with pytest.raises(globus_sdk.AuthAPIError) as caught:
        ac.get_projects()
    assert (caught.value.http_status, caught.value.code) == (403, "FORBIDDEN")
    assert "manage_projects" in (caught.value.message or "")
