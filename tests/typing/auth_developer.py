# Generated from async_auth_developer.py by tools/unasync.py: change that file.
# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of Auth's developer API. Checked, never run: every ignored line must be an error."""

from uuid import UUID

from typing_extensions import assert_type

from globus_typed import (
    MISSING,
    AuthClient,
    ConfidentialAppAuthClient,
    Consents,
    Identities,
    NativeAppAuthClient,
    OAuthClient,
    Policy,
    Project,
    UserInfo,
)
from globus_typed.auth import (
    ClientCredentialResult,
    ClientCredentials,
    DependentScopeSpec,
    IdentityProviders,
    JSONWebKeySet,
    OAuthClientCreate,
    OAuthClientResult,
    OAuthClients,
    OpenIDConfiguration,
    Policies,
    PolicyResult,
    PolicyUpdate,
    ProjectCreate,
    ProjectResult,
    Projects,
    ProjectUpdate,
    ScopeDefinitions,
    ScopeResult,
    ScopeUpdate,
)

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
U = UUID(A)


def openid(client: AuthClient, as_pem: bool) -> None:
    assert_type(client.userinfo(), UserInfo)
    assert_type(client.get_openid_configuration(), OpenIDConfiguration)
    assert_type(client.get_jwk(), JSONWebKeySet)
    assert_type(client.get_jwk(as_pem=False), JSONWebKeySet)
    assert_type(client.get_jwk(client.get_openid_configuration(), as_pem=True), str)
    assert_type(client.get_jwk(as_pem=as_pem), JSONWebKeySet | str)
    client.get_jwk("https://a.example/")  # type: ignore[call-overload]  # a configuration, not an address
    client.get_jwk(None, True)  # type: ignore[call-overload]  # by keyword


def identities(client: AuthClient) -> None:
    assert_type(client.get_identities(ids=[U, A]), Identities)
    assert_type(client.get_identity_providers(domains=["a.example"]), IdentityProviders)
    assert_type(client.get_consents(U, all=True), Consents)
    client.get_identity_providers("a.example")  # type: ignore[call-arg]  # by keyword
    client.get_identity_providers(ids=5)  # type: ignore[arg-type]  # ids are texts or UUIDs
    client.get_consents()  # type: ignore[call-arg]  # whose?


def projects(client: AuthClient) -> None:
    result = client.get_project(A)
    assert_type(result, ProjectResult)
    assert_type(result.project, Project)
    found = client.get_projects()
    assert_type(found, Projects)
    assert_type(list(found), list[Project])
    assert_type(client.create_project("n", "a@b.example", admin_ids=U), ProjectResult)
    assert_type(client.create_project("n", contact_email="a@b.example", admin_group_ids=[A, U]), ProjectResult)
    assert_type(client.create_project({"display_name": "n"}), ProjectResult)
    data = ProjectCreate(display_name="n", contact_email="a@b.example", admin_ids=[A])
    assert_type(client.create_project(data), ProjectResult)
    assert_type(client.update_project(A, display_name="n", admin_ids=None), ProjectResult)
    assert_type(client.update_project(A, admin_ids=MISSING, admin_group_ids=(U,)), ProjectResult)
    assert_type(client.update_project(A, ProjectUpdate(display_name="n")), ProjectResult)
    assert_type(client.delete_project(A), ProjectResult)
    client.create_project("n")  # type: ignore[call-overload]  # no address
    client.create_project("n", "a@b.example", admins=[A])  # type: ignore[call-overload]  # a misspelt field
    client.create_project("n", "a@b.example", admin_ids=5)  # type: ignore[call-overload]  # ids
    client.create_project(data, admin_ids=[A])  # type: ignore[call-overload]  # both
    client.update_project(A, display_name=None)  # type: ignore[arg-type]  # the service has no null there
    client.update_project(A, data)  # type: ignore[arg-type]  # that makes one
    client.update_project(A, "n")  # type: ignore[arg-type]  # by keyword
    client.delete_project()  # type: ignore[call-arg]  # which?


def policies(client: AuthClient) -> None:
    assert_type(client.get_policy(A).policy, Policy)
    assert_type(client.get_policies(), Policies)
    policy = client.create_policy(
        project_id=U, display_name="n", description="d", high_assurance=True, authentication_assurance_timeout=60
    )
    assert_type(policy, PolicyResult)
    assert_type(policy.policy.domain_constraints_include, list[str] | None)
    assert_type(client.update_policy(A, domain_constraints_include=None, required_mfa=True), PolicyResult)
    assert_type(client.update_policy(A, PolicyUpdate(project_id=A)), PolicyResult)
    assert_type(client.delete_policy(A), PolicyResult)
    client.create_policy(project_id=A, display_name="n")  # type: ignore[call-overload]  # no description
    client.create_policy(A, "n", "d")  # type: ignore[call-overload]  # by keyword
    client.update_policy(A, high_assurance=True)  # type: ignore[call-arg]  # that stays
    client.update_policy(A, required_mfa=None)  # type: ignore[arg-type]  # the service has no null there
    client.update_policy(A, authentication_assurance_timeout="60")  # type: ignore[arg-type]  # a number
    print(policy.display_name)  # type: ignore[attr-defined]  # it is in .policy


def clients(client: AuthClient) -> None:
    assert_type(client.get_client(client_id=A).client, OAuthClient)
    found = client.get_clients(project_id=U)
    assert_type(found, OAuthClients)
    assert_type(found.items[0].project, str | None)
    assert_type(client.create_client("n", U, client_type="resource_server", visibility="public"), OAuthClientResult)
    data = OAuthClientCreate(name="n", project=A, public_client=True)
    assert_type(client.create_client(data), OAuthClientResult)
    assert_type(client.update_client(A, privacy_policy="x", terms_and_conditions="y"), OAuthClientResult)
    assert_type(client.update_client(A, required_idp=None, redirect_uris=()), OAuthClientResult)
    assert_type(client.delete_client(A), OAuthClientResult)
    assert_type(client.get_client_credentials(A), ClientCredentials)
    made = client.create_client_credential(A, "n")
    assert_type(made, ClientCredentialResult)
    assert_type(made.credential.secret, str | None)
    assert_type(client.create_client_credential(A, {"name": "n"}), ClientCredentialResult)
    assert_type(client.delete_client_credential(A, U), ClientCredentialResult)
    client.get_client(A)  # type: ignore[call-arg]  # by keyword
    client.create_client("n", public_client=True)  # type: ignore[call-overload]  # no project
    client.create_client("n", A, client_type="app")  # type: ignore[call-overload]  # a misspelt value
    client.create_client("n", A, visibility="hidden")  # type: ignore[call-overload]  # a misspelt value
    client.update_client(A, public_client=True)  # type: ignore[call-arg]  # that stays
    client.update_client(A, name=None)  # type: ignore[arg-type]  # the service has no null there
    client.create_client_credential(A)  # type: ignore[call-arg]  # no name
    client.delete_client_credential(A)  # type: ignore[call-arg]  # which?


def scopes(client: AuthClient) -> None:
    assert_type(client.get_scope(A), ScopeResult)
    found = client.get_scopes(scope_strings=["openid"])
    assert_type(found, ScopeDefinitions)
    assert_type(found.items[0].scope_string, str | None)
    spec = DependentScopeSpec(scope=A, optional=False, requires_refresh_token=True)
    assert_type(client.create_scope(A, "n", "d", "s", dependent_scopes=[spec]), ScopeResult)
    assert_type(client.create_scope(A, {"name": "n"}), ScopeResult)
    assert_type(client.update_scope(A, advertised=True, required_domains=("a.example",)), ScopeResult)
    assert_type(client.update_scope(A, ScopeUpdate(name="n")), ScopeResult)
    assert_type(client.delete_scope(A), ScopeResult)
    client.create_scope(A, "n", "d")  # type: ignore[call-overload]  # no suffix
    client.create_scope(A, "n", "d", "s", dependent_scopes=["openid"])  # type: ignore[list-item]  # specs
    client.update_scope(A, advertised=None)  # type: ignore[arg-type]  # the service has no null there
    client.update_scope(A, suffix="s")  # type: ignore[call-arg]  # a misspelt field
    client.get_scopes("openid")  # type: ignore[call-arg]  # by keyword


def apps(native: NativeAppAuthClient, confidential: ConfidentialAppAuthClient) -> None:
    instance = native.create_native_app_instance(U, "n")
    assert_type(instance, OAuthClientResult)
    assert instance.included is not None
    assert instance.included.client_credential is not None
    assert_type(instance.included.client_credential.secret, str | None)
    assert_type(confidential.create_child_client("n", public_client=False), OAuthClientResult)
    assert_type(confidential.create_child_client({"name": "n"}), OAuthClientResult)
    native.create_native_app_instance(A)  # type: ignore[call-arg]  # no name
    native.create_child_client("n")  # type: ignore[attr-defined]  # that needs a secret
    confidential.create_child_client("n", project=A)  # type: ignore[call-arg]  # it has none
