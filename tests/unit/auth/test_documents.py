"""The documents of Globus Auth, read from the golden ones."""

from datetime import datetime, timezone
from pathlib import Path
from typing import cast

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.auth.documents.consent import Consents
from globus_typed.auth.documents.identity import Identities, Identity, IdentityProviders
from globus_typed.auth.documents.introspection import Introspection
from globus_typed.auth.documents.oauth_client import (
    ClientCredentialResult,
    ClientCredentials,
    OAuthClientResult,
    OAuthClients,
)
from globus_typed.auth.documents.openid import IdToken, JSONWebKeySet, OpenIDConfiguration, UserInfo
from globus_typed.auth.documents.policy import Policies, PolicyResult
from globus_typed.auth.documents.project import ProjectResult, Projects
from globus_typed.auth.documents.scope import ScopeDefinitions, ScopeResult
from globus_typed.auth.documents.token import DependentTokenResponse, TokenResponse, TokenRevocation
from globus_typed.core.documents import Document

DATA = Path(__file__).parents[2] / "data" / "auth"
DOCUMENTS: dict[str, type[Document]] = {
    "client": OAuthClientResult,
    "client_credential": ClientCredentialResult,
    "client_credentials": ClientCredentials,
    "client_native_instance": OAuthClientResult,
    "clients": OAuthClients,
    "consents": Consents,
    "dependent_token_response": DependentTokenResponse,
    "id_token_claims": IdToken,
    "identities": Identities,
    "identity_providers": IdentityProviders,
    "introspection": Introspection,
    "introspection_inactive": Introspection,
    "jwk_set": JSONWebKeySet,
    "openid_configuration": OpenIDConfiguration,
    "policies": Policies,
    "policy": PolicyResult,
    "project": ProjectResult,
    "projects": Projects,
    "projects_none": Projects,
    "scope": ScopeResult,
    "scopes": ScopeDefinitions,
    "token_response": TokenResponse,
    "token_response_client_credentials": TokenResponse,
    "token_revocation": TokenRevocation,
    "userinfo": UserInfo,
}
WREN = "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0001"
LINKED = "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0002"


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def parts(value: object) -> list[Document]:
    """The document and all that are in it."""
    if isinstance(value, Document):
        return [value, *parts(vars(value))]
    if isinstance(value, dict):
        return parts(list(cast("dict[str, object]", value).values()))
    if isinstance(value, (list, tuple)):
        return [part for each in cast("list[object]", value) for part in parts(each)]
    return []


def test_every_golden_document_has_a_model() -> None:
    assert {path.stem for path in DATA.glob("*.json") if not path.stem.startswith("sent_")} == set(DOCUMENTS)


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items())
def test_a_golden_document_is_read_whole_and_comes_out_as_it_went_in(name: str, model: type[Document]) -> None:
    document = model.from_body(body(name))
    assert document.data == from_json(body(name))
    assert [part for part in parts(document) if part.__pydantic_extra__] == []


def test_every_member_of_a_model_is_in_a_golden_document() -> None:
    seen: dict[type[Document], set[str]] = {}
    for name, model in DOCUMENTS.items():
        for part in parts(model.from_body(body(name))):
            seen.setdefault(type(part), set()).update(part.model_fields_set)
    assert {model.__name__: set(model.model_fields) - names for model, names in seen.items()} == {
        model.__name__: set[str]() for model in seen
    }


def test_introspection_tells_what_the_token_is_good_for() -> None:
    seen = Introspection.from_body(body("introspection"))
    assert seen.active
    assert seen.sub == WREN
    assert seen.identities_set == [WREN, LINKED]
    assert seen.identity_set_detail is not None
    assert [detail.id or detail.sub for detail in seen.identity_set_detail] == [WREN, LINKED]
    assert seen.session_info is not None
    assert seen.session_info.authentications is not None
    assert seen.session_info.authentications[WREN].amr == ["pwd", "mfa"]
    assert seen.session_info["authentications"] == seen["session_info"]["authentications"]
    assert type(seen.session_info["authentications"][WREN]) is dict


def test_introspection_of_a_dead_token_has_nothing_else() -> None:
    seen = Introspection.from_body(body("introspection_inactive"))
    assert not seen.active
    assert seen.scope is None
    assert "scope" not in seen


def test_userinfo_with_the_fewest_scopes_is_the_identity_alone() -> None:
    info = UserInfo.from_body(b'{"sub": "%s"}' % WREN.encode())
    assert info.sub == info["sub"] == WREN
    assert info.name is None
    assert info.identity_set is None


def test_identities_iterate_and_hold_their_providers() -> None:
    found = Identities.from_body(body("identities"))
    assert [identity.id for identity in found] == [identity["id"] for identity in found["identities"]] == [WREN, LINKED]
    assert len(found) == 2
    assert found.identities[1].name is None
    assert found.included is not None
    assert found.included.identity_providers is not None
    assert found.included.identity_providers[0].domains == ["larkspur.example"]
    assert [provider.name for provider in IdentityProviders.from_body(body("identity_providers"))] == ["Larkspur Lab"]


def test_no_identities_are_an_empty_list() -> None:
    assert list(Identities.from_body(b'{"identities": []}')) == []


def test_what_is_new_is_kept() -> None:
    identity = Identity.model_validate({"id": WREN, "status": "hibernating", "pronouns": "she"})
    assert identity.status == "hibernating"
    assert identity["pronouns"] == identity.get("pronouns") == "she"
    assert "pronouns" in identity


def test_id_token_claims_take_one_audience_or_several() -> None:
    claims = from_json(body("id_token_claims"))
    assert IdToken.model_validate(claims).aud == claims["aud"]
    assert IdToken.model_validate({**claims, "aud": ["a", "b"]}).aud == ["a", "b"]


def test_one_thing_comes_in_its_envelope_and_several_are_iterated() -> None:
    result = ProjectResult.from_body(body("project"))
    assert result.project.display_name == result["project"]["display_name"] == "Reed beds"
    assert result.project.admins is not None
    assert result.project.admins.identities is not None
    assert [admin.username for admin in result.project.admins.identities] == ["wren@larkspur.example"]
    projects = Projects.from_body(body("projects"))
    assert [project.id for project in projects] == [project["id"] for project in projects["projects"]]
    assert "projects" in projects
    assert (len(projects), projects.items[1].admin_ids) == (2, None)
    assert list(Projects.from_body(body("projects_none"))) == []
    assert [policy.required_mfa for policy in Policies.from_body(body("policies"))] == [True, False]
    assert [scope.scope_suffix for scope in ScopeDefinitions.from_body(body("scopes"))] == ["submit_count", "all"]


def test_a_client_made_from_a_template_brings_its_secret_which_no_repr_shows() -> None:
    made = OAuthClientResult.from_body(body("client_native_instance"))
    assert made.included is not None
    assert made.included.client_credential is not None
    assert made.included.client_credential.secret == "made-up-c2VjcmV0"
    assert made["included"]["client_credential"]["secret"] == "made-up-c2VjcmV0"
    credential = ClientCredentialResult.from_body(body("client_credential"))
    assert credential.credential.secret == "made-up-c2VjcmV0"
    assert credential.credential.created == datetime(2026, 2, 1, 8, 0, 0, 100, tzinfo=timezone.utc)
    for document in (made, made.included, made.included.client_credential, credential, credential.credential):
        for text in (repr(document), str(document)):
            assert "made-up" not in text
            assert "<redacted>" in text
    assert [each.secret for each in ClientCredentials.from_body(body("client_credentials"))] == [None]


@pytest.mark.parametrize(
    ("model", "member"),
    [
        (Identity, "id"),
        (Introspection, "active"),
        (UserInfo, "sub"),
        (TokenResponse, "access_token"),
        (Projects, "projects"),
        (OAuthClients, "clients"),
        (Consents, "consents"),
    ],
)
def test_a_document_without_what_it_is_about_is_refused(model: type[Document], member: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.from_body(b"{}")
    assert (member,) in [problem["loc"] for problem in caught.value.errors()]
