"""What is sent to Auth's developer API: in its envelope, and refused by field before it is sent."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed import MISSING, GlobusUsageError
from globus_typed.auth.documents.envelope import EnvelopePayload
from globus_typed.auth.documents.oauth_client import (
    ChildClientCreate,
    ClientCredentialCreate,
    NativeAppInstanceCreate,
    OAuthClientCreate,
    OAuthClientLinksSpec,
    OAuthClientUpdate,
)
from globus_typed.auth.documents.policy import PolicyCreate, PolicyUpdate
from globus_typed.auth.documents.project import ProjectCreate, ProjectUpdate
from globus_typed.auth.documents.scope import DependentScopeSpec, ScopeCreate, ScopeUpdate

DATA = Path(__file__).parents[2] / "data" / "auth"
PAYLOADS: dict[str, type[EnvelopePayload]] = {
    "sent_client": OAuthClientCreate,
    "sent_client_child": ChildClientCreate,
    "sent_client_child_public": ChildClientCreate,
    "sent_client_credential": ClientCredentialCreate,
    "sent_client_full": OAuthClientCreate,
    "sent_client_native_instance": NativeAppInstanceCreate,
    "sent_client_update": OAuthClientUpdate,
    "sent_client_update_cleared": OAuthClientUpdate,
    "sent_policy": PolicyCreate,
    "sent_policy_full": PolicyCreate,
    "sent_policy_update": PolicyUpdate,
    "sent_policy_update_cleared": PolicyUpdate,
    "sent_project": ProjectCreate,
    "sent_project_full": ProjectCreate,
    "sent_project_update": ProjectUpdate,
    "sent_project_update_cleared": ProjectUpdate,
    "sent_scope": ScopeCreate,
    "sent_scope_full": ScopeCreate,
    "sent_scope_update": ScopeUpdate,
    "sent_scope_update_cleared": ScopeUpdate,
}
WREN, LARK = "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0001", "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0002"
LEAST: dict[type[EnvelopePayload], dict[str, Any]] = {
    ProjectCreate: {"display_name": "n", "contact_email": "a@b.example", "admin_ids": [WREN]},
    PolicyCreate: {"project_id": WREN, "display_name": "n", "description": "d"},
    OAuthClientCreate: {"name": "n", "project": WREN, "public_client": True},
    ChildClientCreate: {"name": "n", "public_client": True},
    NativeAppInstanceCreate: {"template_id": WREN, "name": "n"},
    ClientCredentialCreate: {"name": "n"},
    ScopeCreate: {"name": "n", "description": "d", "scope_suffix": "s"},
}


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def places(model: type[EnvelopePayload], fields: dict[str, Any]) -> list[str]:
    """Where a payload with these fields is wrong."""
    with pytest.raises(ValidationError) as error:
        model.model_validate(LEAST.get(model, {}) | fields)
    return [".".join(map(str, problem["loc"])) for problem in error.value.errors()]


def test_every_golden_payload_has_a_model() -> None:
    assert {path.stem for path in DATA.glob("sent_*.json")} == set(PAYLOADS)


@pytest.mark.parametrize(("name", "model"), PAYLOADS.items())
def test_a_golden_payload_is_accepted_with_and_without_its_envelope(name: str, model: type[EnvelopePayload]) -> None:
    document: Any = from_json(body(name))
    for payload in (model.model_validate(document), model.model_validate(*document.values())):
        assert from_json(payload.to_wire()) == document
        assert from_json(payload.check().to_wire()) == document
        assert model.of(payload) == model.of(document) == payload
        assert model.model_validate_json(payload.model_dump_json()) == payload
    assert model.model_validate_json(body(name)) == model.model_validate(document)
    assert document == from_json(body(name))


@pytest.mark.parametrize("model", dict.fromkeys(PAYLOADS.values()))
def test_every_member_of_a_payload_is_in_a_golden_one(model: type[EnvelopePayload]) -> None:
    seen = {
        field
        for name, each in PAYLOADS.items()
        if each is model
        for field in each.model_validate_json(body(name)).model_fields_set
    }
    assert seen == set(model.model_fields)


@pytest.mark.parametrize(
    ("model", "fields", "place"),
    [
        (ProjectCreate, {"admin_ids": None}, "admin_group_ids"),
        (ProjectCreate, {"admin_ids": []}, "admin_group_ids"),
        (ProjectCreate, {"admin_ids": [], "admin_group_ids": []}, "admin_group_ids"),
        (ProjectCreate, {"admin_ids": ["wren"]}, "admin_ids.0"),
        (ProjectCreate, {"admin_ids": 5}, "admin_ids"),
        (ProjectCreate, {"contact_email": None}, "contact_email"),
        (ProjectCreate, {"contact_emial": "x"}, "contact_emial"),
        (ProjectUpdate, {"admin_ids": None, "admin_group_ids": None}, "admin_group_ids"),
        (ProjectUpdate, {"admin_ids": [], "admin_group_ids": None}, "admin_group_ids"),
        (ProjectUpdate, {"display_name": None}, "display_name"),
        (PolicyCreate, {"required_mfa": True}, "required_mfa"),
        (PolicyCreate, {"required_mfa": True, "high_assurance": False}, "required_mfa"),
        (PolicyCreate, {"authentication_assurance_timeout": -1}, "authentication_assurance_timeout"),
        (PolicyCreate, {"authentication_assurance_timeout": "60"}, "authentication_assurance_timeout"),
        (PolicyCreate, {"domain_constraints_include": "larkspur.example"}, "domain_constraints_include"),
        (PolicyCreate, {"project_id": "mine"}, "project_id"),
        (PolicyUpdate, {"high_assurance": True}, "high_assurance"),
        (PolicyUpdate, {"required_mfa": None}, "required_mfa"),
        (OAuthClientCreate, {"public_client": None}, "client_type"),
        (OAuthClientCreate, {"client_type": "resource_server"}, "client_type"),
        (OAuthClientCreate, {"public_client": None, "client_type": "app"}, "client_type"),
        (OAuthClientCreate, {"name": "two\nlines"}, "name"),
        (OAuthClientCreate, {"name": "two\rlines"}, "name"),
        (OAuthClientCreate, {"project": None}, "project"),
        (OAuthClientCreate, {"visibility": "hidden"}, "visibility"),
        (OAuthClientCreate, {"redirect_uris": "https://a.example/"}, "redirect_uris"),
        (OAuthClientCreate, {"links": {"privacy_policy": "https://a.example/"}}, "links.terms_and_conditions"),
        (
            OAuthClientCreate,
            {"links": {"privacy_policy": "https://a.example/", "terms_and_conditions": None}},
            "links.terms_and_conditions",
        ),
        (OAuthClientCreate, {"required_idp": "larkspur"}, "required_idp"),
        (OAuthClientCreate, {"parent_client": WREN}, "parent_client"),
        (ChildClientCreate, {"project": WREN}, "project"),
        (ChildClientCreate, {"public_client": None}, "client_type"),
        (NativeAppInstanceCreate, {"name": "two\nlines"}, "name"),
        (NativeAppInstanceCreate, {"public_client": True}, "public_client"),
        (OAuthClientUpdate, {"public_client": True}, "public_client"),
        (OAuthClientUpdate, {"project": WREN}, "project"),
        (OAuthClientUpdate, {"name": "two\nlines"}, "name"),
        (OAuthClientUpdate, {"name": None}, "name"),
        (OAuthClientUpdate, {"links": {"terms_and_conditions": "https://a.example/"}}, "links.privacy_policy"),
        (ClientCredentialCreate, {"name": 5}, "name"),
        (ClientCredentialCreate, {"secret": "mine"}, "secret"),
        (ScopeCreate, {"scope_suffix": "Submit"}, "scope_suffix"),
        (ScopeCreate, {"scope_suffix": "a-b"}, "scope_suffix"),
        (ScopeCreate, {"scope_suffix": ""}, "scope_suffix"),
        (ScopeCreate, {"scope_suffix": "a\n"}, "scope_suffix"),
        (ScopeCreate, {"dependent_scopes": [{"scope": WREN}]}, "dependent_scopes.0.optional"),
        (ScopeUpdate, {"scope_suffix": "é"}, "scope_suffix"),
        (ScopeUpdate, {"advertised": None}, "advertised"),
        (ScopeUpdate, {"client": WREN}, "client"),
    ],
)
def test_what_the_service_refuses_is_refused_by_field(
    model: type[EnvelopePayload], fields: dict[str, Any], place: str
) -> None:
    assert places(model, fields)[0] == place


@pytest.mark.parametrize(("model", "least"), LEAST.items())
def test_the_least_that_can_be_sent_is_accepted_and_less_is_not(
    model: type[EnvelopePayload], least: dict[str, Any]
) -> None:
    assert from_json(model.model_validate(least).to_wire()) == {model.envelope: least}
    for name in least:
        with pytest.raises(ValidationError):
            model.model_validate({other: value for other, value in least.items() if other != name})


@pytest.mark.parametrize("model", [ProjectUpdate, PolicyUpdate, OAuthClientUpdate, ScopeUpdate])
def test_an_update_that_changes_nothing_sends_nothing(model: type[EnvelopePayload]) -> None:
    assert from_json(model().to_wire()) == {model.envelope: {}}


def test_a_value_changes_none_clears_and_missing_leaves_alone() -> None:
    update = PolicyUpdate(display_name="n", authentication_assurance_timeout=None, description=MISSING)
    assert from_json(update.to_wire()) == {"policy": {"display_name": "n", "authentication_assurance_timeout": None}}
    update.authentication_assurance_timeout = MISSING
    assert from_json(update.check().to_wire()) == {"policy": {"display_name": "n"}}


def test_administrators_may_be_one_or_several_of_any_kind_of_list() -> None:
    for ids in (WREN, UUID(WREN), [WREN], (UUID(WREN),), {WREN}, iter([WREN])):
        project = ProjectCreate.of_call({}, display_name="n", contact_email="a@b.example", admin_ids=ids)
        assert project.admin_ids == [WREN]
    by_groups = ProjectCreate.of_call({}, display_name="n", contact_email="a@b.example", admin_group_ids=[WREN, LARK])
    assert from_json(by_groups.to_wire())["project"]["admin_group_ids"] == [WREN, LARK]


def test_a_whole_is_checked_once_more_before_it_is_sent() -> None:
    client = OAuthClientCreate(name="n", project=WREN, public_client=True)
    client.public_client = None
    with pytest.raises(ValidationError, match="client_type"):
        client.check()


def test_no_pages_are_no_links() -> None:
    links = OAuthClientLinksSpec(privacy_policy=None, terms_and_conditions=None)
    client = OAuthClientCreate(name="n", project=WREN, public_client=True, links=links)
    assert "links" not in from_json(client.to_wire())["client"]
    assert from_json(OAuthClientUpdate(links=links).to_wire()) == {
        "client": {"links": {"privacy_policy": None, "terms_and_conditions": None}}
    }


def test_an_envelope_that_holds_no_document_is_refused() -> None:
    with pytest.raises(ValidationError, match="project must be an object"):
        ProjectUpdate.model_validate({"project": ["x"]})
    assert places(ProjectUpdate, {"project": {"display_name": "n"}, "display_name": "m"}) == ["project"]


def test_what_a_scope_depends_on_may_be_models_or_mappings() -> None:
    spec = DependentScopeSpec(scope=WREN, optional=True, requires_refresh_token=False)
    given = (spec, {"scope": WREN, "optional": True, "requires_refresh_token": False})
    scope = ScopeCreate.of_call({}, name="n", description="d", scope_suffix="s", dependent_scopes=given)
    assert scope.dependent_scopes == [spec, spec]


def test_pages_and_further_fields_of_a_client_find_their_places() -> None:
    pages = {"privacy_policy": "https://a.example/p", "terms_and_conditions": "https://a.example/t"}
    fields: dict[str, Any] = {"client_type": "public_webapp_client", "additional_fields": {"visibility": "public"}}
    client = OAuthClientCreate.of_call({}, name="n", project=WREN, **fields, **pages)
    assert client.links == OAuthClientLinksSpec(**pages)
    assert client.visibility == "public"
    cleared = OAuthClientUpdate.of_call({}, data=None, **dict.fromkeys(pages), name=MISSING)
    assert from_json(cleared.to_wire()) == {"client": {"links": dict.fromkeys(pages)}}
    left = OAuthClientUpdate.of_call({}, data=None, **dict.fromkeys((*pages, "additional_fields"), MISSING))
    assert from_json(left.to_wire()) == {"client": {}}
    with pytest.raises(ValidationError, match=r"links\.terms_and_conditions"):
        OAuthClientUpdate.of_call({}, data=None, privacy_policy="https://a.example/p")
    with pytest.raises(GlobusUsageError, match=r"^additional_fields: must be a mapping, got list"):
        OAuthClientUpdate.of_call({}, data=None, additional_fields=["name"])
