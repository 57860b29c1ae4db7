# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of the documents of Auth's developer API. Checked, never run: every ignored line must be an
error."""

from datetime import datetime

from typing_extensions import assert_type

from globus_typed import MISSING
from globus_typed.auth import (
    ChildClientCreate,
    ClientCredentialCreate,
    ClientCredentials,
    Consent,
    Consents,
    DependentScope,
    DependentScopeSpec,
    Identity,
    OAuthClientCreate,
    OAuthClientLinksSpec,
    OAuthClientUpdate,
    PolicyCreate,
    PolicyUpdate,
    Project,
    ProjectCreate,
    ProjectUpdate,
    Scope,
    ScopeCreate,
    ScopeDefinition,
    ScopeUpdate,
)

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


def received(project: Project, credentials: ClientCredentials, scope: ScopeDefinition, consents: Consents) -> None:
    assert_type(project.admin_ids, list[str] | None)
    assert project.admins is not None
    assert_type(project.admins.identities, list[Identity] | None)
    assert_type(credentials.items[0].created, datetime | None)
    assert_type(scope.dependent_scopes, list[DependentScope] | None)
    assert_type(list(consents), list[Consent])
    assert_type(consents.top_level(), list[Consent])
    assert_type(consents.children(consents.items[0]), list[Consent])
    assert_type(consents.items[0].dependency_path, list[int])
    assert_type(consents.items[0].last_used, datetime | None)
    assert_type(consents.contains("a[b]"), bool)
    assert_type(consents.contains([Scope("a"), "b"]), bool)
    consents.children(90211)  # type: ignore[arg-type]  # a consent, not its number
    consents.contains(consents.items[0])  # type: ignore[arg-type]  # a scope
    project.display_name = "n"  # type: ignore[misc]  # received documents stay as they are
    print(project.displayname)  # type: ignore[attr-defined]  # a misspelt field


def sent() -> None:
    ProjectCreate(display_name="n", contact_email="a@b.example", admin_ids=[A])
    ProjectCreate(display_name="n", admin_ids=[A])  # type: ignore[call-arg]  # no address
    ProjectUpdate(admin_ids=None, admin_group_ids=[A], display_name=MISSING)
    ProjectUpdate(display_name=None)  # type: ignore[arg-type]  # the service has no null there
    PolicyCreate(project_id=A, display_name="n", description="d", domain_constraints_include=["a.example"])
    PolicyCreate(project_id=A, display_name="n")  # type: ignore[call-arg]  # no description
    PolicyUpdate(authentication_assurance_timeout=None)
    PolicyUpdate(high_assurance=True)  # type: ignore[call-arg]  # that stays
    pages = OAuthClientLinksSpec(privacy_policy="x", terms_and_conditions="y")
    OAuthClientCreate(name="n", project=A, client_type="client_identity", links=pages)
    OAuthClientCreate(name="n", public_client=True)  # type: ignore[call-arg]  # no project
    OAuthClientCreate(name="n", project=A, client_type="app")  # type: ignore[arg-type]  # a misspelt value
    OAuthClientLinksSpec(privacy_policy="x")  # type: ignore[call-arg]  # both
    ChildClientCreate(name="n", public_client=True)
    ChildClientCreate(name="n", project=A)  # type: ignore[call-arg]  # it has none
    OAuthClientUpdate(required_idp=None, links=pages)
    OAuthClientUpdate(visibility="hidden")  # type: ignore[arg-type]  # a misspelt value
    ClientCredentialCreate(name="n")
    ScopeCreate(name="n", description="d", scope_suffix="s")
    ScopeCreate(name="n", description="d")  # type: ignore[call-arg]  # no suffix
    DependentScopeSpec(scope=A, optional=True)  # type: ignore[call-arg]  # and refresh tokens?
    ScopeUpdate(dependent_scopes=[DependentScopeSpec(scope=A, optional=True, requires_refresh_token=False)])
    ScopeUpdate(advertised=None)  # type: ignore[arg-type]  # the service has no null there
