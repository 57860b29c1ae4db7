"""The documents of Globus Auth, read from the golden ones."""

from pathlib import Path
from typing import cast

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.auth.documents.identity import Identities, Identity, IdentityProviders
from globus_typed.auth.documents.introspection import Introspection
from globus_typed.auth.documents.openid import IdToken, JSONWebKeySet, OpenIDConfiguration, UserInfo
from globus_typed.auth.documents.token import DependentTokenResponse, TokenResponse, TokenRevocation
from globus_typed.documents import Document

DATA = Path(__file__).parents[2] / "data" / "auth"
DOCUMENTS: dict[str, type[Document]] = {
    "dependent_token_response": DependentTokenResponse,
    "id_token_claims": IdToken,
    "identities": Identities,
    "identity_providers": IdentityProviders,
    "introspection": Introspection,
    "introspection_inactive": Introspection,
    "jwk_set": JSONWebKeySet,
    "openid_configuration": OpenIDConfiguration,
    "token_response": TokenResponse,
    "token_response_client_credentials": TokenResponse,
    "token_revocation": TokenRevocation,
    "userinfo": UserInfo,
}
WREN = "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0001"
LINKED = "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0002"


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def undeclared(value: object) -> list[str]:
    if isinstance(value, Document):
        return [*(value.__pydantic_extra__ or {}), *undeclared(value.__dict__)]
    if isinstance(value, dict):
        return undeclared(list(cast("dict[str, object]", value).values()))
    if isinstance(value, list):
        return [name for each in cast("list[object]", value) for name in undeclared(each)]
    return []


def test_every_golden_document_has_a_model() -> None:
    assert {path.stem for path in DATA.glob("*.json")} == set(DOCUMENTS)


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items())
def test_a_golden_document_is_read_whole_and_comes_out_as_it_went_in(name: str, model: type[Document]) -> None:
    document = model.from_body(body(name))
    assert document.data == from_json(body(name))
    assert undeclared(document) == []


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items())
def test_every_member_of_a_model_is_in_a_golden_document(name: str, model: type[Document]) -> None:
    if name in {"introspection_inactive", "token_response_client_credentials"}:
        return
    assert model.from_body(body(name)).model_fields_set == set(model.model_fields)


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


@pytest.mark.parametrize(
    ("model", "member"),
    [(Identity, "id"), (Introspection, "active"), (UserInfo, "sub"), (TokenResponse, "access_token")],
)
def test_a_document_without_what_it_is_about_is_refused(model: type[Document], member: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.from_body(b"{}")
    assert (member,) in [problem["loc"] for problem in caught.value.errors()]
