"""Auth's developer API through this package's own clients: every method of theirs, against the sandbox."""

from datetime import timedelta
from uuid import UUID

import anyio
import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncAuthClient,
    AuthAPIError,
    AuthClient,
    BadRequestError,
    BasicAuthorizer,
    ConfidentialAppAuthClient,
    ConflictError,
    NativeAppAuthClient,
    NotFoundError,
    PermissionDeniedError,
)
from globus_typed.auth import DependentScopeSpec, PolicyCreate, ProjectUpdate
from globus_typed.sandbox import Sandbox

MANAGE = "urn:globus:auth:scope:auth.globus.org:manage_projects"
TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
TERMS, PRIVACY = "https://reeds.example/terms", "https://reeds.example/privacy"


def client(sandbox: Sandbox) -> AuthClient:
    """The client of the sandbox's user, who manages projects."""
    return AuthClient(authorizer=AccessTokenAuthorizer(sandbox.access_token((MANAGE,))))


def test_identity_providers(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as ac:
        (provider,) = ac.get_identity_providers(domains=["sandbox.example", "nowhere.example"])
        assert (provider.id, provider.domains) == (globus_sandbox.user.identity_provider, ["sandbox.example"])
        assert list(ac.get_identity_providers(ids=UUID(provider.id))) == [provider]


def test_projects(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as ac:
        (of_the_sandbox,) = ac.get_projects()
        assert of_the_sandbox.display_name == "Sandbox project"
        project = ac.create_project("Reeds", "ops@reeds.example", admin_ids=globus_sandbox.user.id).project
        assert project.admins is not None
        assert [identity.username for identity in project.admins.identities or ()] == ["wren@sandbox.example"]
        assert ac.get_project(project.id).project == project
        assert ac.update_project(project.id, ProjectUpdate(display_name="Beds")).project.project_name == "Beds"
        with pytest.raises(ConflictError, match=globus_sandbox.client_id) as caught:
            ac.delete_project(of_the_sandbox.id)
        assert isinstance(caught.value, AuthAPIError)
        assert caught.value.code == "CONFLICT"
        assert ac.delete_project(project.id).project.display_name == "Beds"
        with pytest.raises(NotFoundError, match=project.id):
            ac.get_project(project.id)


def test_policies(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as ac:
        (project,) = ac.get_projects()
        data = PolicyCreate(project_id=project.id, display_name="Staff", description="The lab", high_assurance=True)
        policy = ac.create_policy(data).policy
        assert (policy.high_assurance, policy.required_mfa) == (True, False)
        assert ac.get_policy(policy.id).policy == policy
        assert list(ac.get_policies()) == [policy]
        changed = ac.update_policy(
            policy.id,
            authentication_assurance_timeout=3600,
            required_mfa=True,
            domain_constraints_include=["lab.example"],
        ).policy
        assert (changed.authentication_assurance_timeout, changed.required_mfa) == (3600, True)
        assert changed.domain_constraints_include == ["lab.example"]
        cleared = ac.update_policy(policy.id, authentication_assurance_timeout=None, domain_constraints_include=None)
        assert cleared.policy.required_mfa is True
        assert ac.delete_policy(policy.id).policy == cleared.policy
        assert list(ac.get_policies()) == []


def test_clients_and_their_credentials(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as ac:
        (project,) = ac.get_projects()
        made = ac.create_client(
            "Reed count",
            project.id,
            client_type="confidential_client",
            visibility="private",
            redirect_uris=["https://reeds.example/back"],
            required_idp=globus_sandbox.user.identity_provider,
            userinfo_from_effective_identity=False,
            terms_and_conditions=TERMS,
            privacy_policy=PRIVACY,
        ).client
        assert made.id is not None
        assert made.links is not None
        assert (made.links.terms_and_conditions, made.links.privacy_policy) == (TERMS, PRIVACY)
        assert made.userinfo_from_effective_identity is False
        assert ac.get_client(client_id=made.id).client == made
        found = ac.get_clients(project_id=project.id)
        assert [each.id for each in found] == [globus_sandbox.native_client_id, globus_sandbox.client_id, made.id]
        with pytest.raises(NotFoundError, match=r"reeds\.example"):
            ac.get_client(fqdn="reeds.example")
        changed = ac.update_client(made.id, redirect_uris=[], privacy_policy=None, terms_and_conditions=None).client
        assert (changed.redirect_uris, changed.required_idp) == ([], globus_sandbox.user.identity_provider)

        credential = ac.create_client_credential(made.id, "spring key").credential
        assert credential.secret is not None
        assert credential.created is not None
        assert credential.created.utcoffset() == timedelta(0)
        (shown,) = ac.get_client_credentials(made.id)
        assert (shown.id, shown.secret) == (credential.id, None)
        with ConfidentialAppAuthClient(made.id, credential.secret) as app:
            assert app.oauth2_client_credentials_tokens(TRANSFER).access_token
            assert ac.delete_client_credential(made.id, credential.id).credential.name == "spring key"
            with pytest.raises(AuthAPIError, match="secret"):
                app.oauth2_client_credentials_tokens(TRANSFER)
        assert ac.delete_client(made.id).client == changed


def test_scopes(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as ac, NativeAppAuthClient(globus_sandbox.native_client_id) as native:
        client_id = globus_sandbox.client_id
        (transfer,) = ac.get_scopes(scope_strings=TRANSFER)
        needs = DependentScopeSpec(scope=transfer.id, optional=False, requires_refresh_token=False)
        scope = ac.create_scope(client_id, "Hand in", "Hand in counts", "submit", dependent_scopes=[needs]).scope
        assert scope.scope_string == f"https://auth.globus.org/scopes/{client_id}/submit"
        assert ac.get_scope(scope.id).scope == scope
        assert list(ac.get_scopes()) == list(ac.get_scopes(ids=[UUID(scope.id)])) == [scope]
        changed = ac.update_scope(scope.id, scope_suffix="hand_in", advertised=True).scope
        assert changed.scope_string == f"https://auth.globus.org/scopes/{client_id}/hand_in"

        flow = native.oauth2_start_flow(changed.scope_string)
        code = httpx.get(flow.get_authorize_url(), headers={"Accept": "text/plain"}).text
        tokens = flow.exchange_code_for_tokens(code)
        assert tokens.resource_server == client_id
        with ConfidentialAppAuthClient(client_id, globus_sandbox.client_secret) as app:
            dependent = app.oauth2_get_dependent_tokens(tokens.access_token)
            assert [token.scope for token in dependent.tokens] == [TRANSFER]
        assert ac.delete_scope(scope.id).scope == changed
        with pytest.raises(NotFoundError):
            ac.update_scope(scope.id, name="late")


def test_child_clients_and_instances(globus_sandbox: Sandbox) -> None:
    basic = BasicAuthorizer(globus_sandbox.client_id, globus_sandbox.client_secret)
    with (
        ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret) as app,
        NativeAppAuthClient(globus_sandbox.native_client_id) as native,
        AuthClient(authorizer=basic) as parent,
    ):
        child = app.create_child_client("Child", public_client=True).client
        assert (child.parent_client, child.client_type) == (globus_sandbox.client_id, "public_installed_client")
        assert child.id is not None
        assert parent.delete_client(child.id).client == child
        made = native.create_native_app_instance(globus_sandbox.native_client_id, "On hide-3")
        assert made.included is not None
        assert made.included.client_credential is not None
        assert made.included.client_credential.secret is not None
        assert made.client.id is not None
        with ConfidentialAppAuthClient(made.client.id, made.included.client_credential.secret) as own:
            assert own.oauth2_client_credentials_tokens(TRANSFER).access_token
        with pytest.raises(BadRequestError, match="template_id"):
            native.create_native_app_instance(globus_sandbox.client_id, "On hide-3")


def test_who_may_not_is_told_so(globus_sandbox: Sandbox) -> None:
    token = globus_sandbox.access_token(("openid",))
    with AuthClient(authorizer=AccessTokenAuthorizer(token)) as ac, pytest.raises(PermissionDeniedError) as caught:
        ac.get_projects()
    assert MANAGE in str(caught.value)


def test_the_async_client_does_the_same(globus_sandbox: Sandbox) -> None:
    async def names() -> list[str | None]:
        authorizer = AccessTokenAuthorizer(globus_sandbox.access_token((MANAGE,)))
        async with AsyncAuthClient(authorizer=authorizer) as ac:
            made = await ac.create_project("Reeds", "ops@reeds.example", admin_ids=globus_sandbox.user.id)
            await ac.create_client("Count", made.project.id, public_client=True)
            return [each.name for each in await ac.get_clients(project_id=made.project.id)]

    assert anyio.run(names) == ["Count"]
