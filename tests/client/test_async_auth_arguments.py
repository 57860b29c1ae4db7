"""The forms in which the methods of Auth's developer API take a document: a payload, a mapping, or the fields."""

import inspect
import json
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from pydantic import ValidationError

from globus_typed import MISSING, AccessTokenAuthorizer, GlobusUsageError
from globus_typed import auth as a

from .async_service import ID, OTHER, Service, ok

pytestmark = pytest.mark.anyio


class Case(NamedTuple):
    """A method, what goes before the document, its payload, and the fields, the first of which go by position too."""

    method: str
    before: dict[str, Any]
    payload: type[Any]
    fields: dict[str, Any]
    positional: int
    misspelt: str
    nearest: str
    answer: str


CASES = [
    Case("create_project", {}, a.ProjectCreate, {"display_name": "n", "contact_email": "a@b.example", "admin_ids": [ID]}, 2, "admins_ids", "admin_ids", "project"),
    Case("update_project", {"project_id": ID}, a.ProjectUpdate, {"contact_email": "a@b.example", "admin_ids": None}, 0, "display_nam", "display_name", "project"),
    Case("create_policy", {}, a.PolicyCreate, {"project_id": ID, "display_name": "n", "description": "d"}, 0, "required_mfe", "required_mfa", "policy"),
    Case("update_policy", {"policy_id": ID}, a.PolicyUpdate, {"project_id": OTHER, "domain_constraints_include": None}, 0, "domain_constraint_include", "domain_constraints_include", "policy"),
    Case("create_client", {}, a.OAuthClientCreate, {"name": "n", "project": ID, "public_client": True}, 2, "privacy_polcy", "privacy_policy", "client"),
    Case("update_client", {"client_id": ID}, a.OAuthClientUpdate, {"name": "n", "required_idp": None}, 0, "required_ipd", "required_idp", "client"),
    Case("create_child_client", {}, a.ChildClientCreate, {"name": "n", "client_type": "client_identity"}, 1, "clienttype", "client_type", "client"),
    Case("create_client_credential", {"client_id": ID}, a.ClientCredentialCreate, {"name": "n"}, 1, "nme", "name", "credential"),
    Case("create_scope", {"client_id": ID}, a.ScopeCreate, {"name": "n", "description": "d", "scope_suffix": "s"}, 3, "scope_sufix", "scope_suffix", "scope"),
    Case("update_scope", {"scope_id": ID}, a.ScopeUpdate, {"scope_suffix": "s", "dependent_scopes": []}, 0, "advertized", "advertised", "scope"),
]  # fmt: skip
EACH = pytest.mark.parametrize("case", CASES, ids=[case.method for case in CASES])
WITH_FIELDS = [case for case in CASES if len(case.fields) > 1]
UPDATES = [case for case in CASES if case.method.startswith("update_")]


def method(service: Service, case: Case) -> Any:
    return getattr(service.confidential(), case.method)


@EACH
async def test_a_document_is_the_same_in_every_form(case: Case) -> None:
    service = Service(ok(**{case.answer: {"id": OTHER}}))
    call = method(service, case)
    values = list(case.fields.values())
    await call(**case.before, **case.fields)
    await call(*case.before.values(), **case.fields)
    for count in range(1, case.positional + 1):
        rest = dict(list(case.fields.items())[count:])
        await call(*case.before.values(), *values[:count], **rest)
    await call(*case.before.values(), case.payload(**case.fields))
    await call(*case.before.values(), dict(case.fields))
    await call(*case.before.values(), {case.answer: dict(case.fields)})
    assert len(service.requests) == 5 + case.positional
    for request in service.requests:
        assert json.loads(request.content) == {case.answer: case.fields}


@pytest.mark.parametrize("case", UPDATES, ids=[case.method for case in UPDATES])
async def test_what_is_left_alone_is_not_sent(case: Case) -> None:
    service = Service(ok(**{case.answer: {"id": OTHER}}))
    parameters = inspect.signature(method(service, case)).parameters.values()
    fields = {each.name: MISSING for each in parameters if each.kind is each.KEYWORD_ONLY}
    await method(service, case)(UUID(ID), **fields)
    await method(service, case)(ID, data=case.payload(**case.fields))
    assert [json.loads(request.content) for request in service.requests] == [
        {case.answer: {}},
        {case.answer: case.fields},
    ]


@pytest.mark.parametrize("case", WITH_FIELDS, ids=[case.method for case in WITH_FIELDS])
async def test_a_payload_with_a_field_beside_it_is_refused(case: Case) -> None:
    service = Service(ok())
    name, value = list(case.fields.items())[-1]
    for data in (case.payload(**case.fields), dict(case.fields), {}):
        with pytest.raises(GlobusUsageError, match=f"^{case.payload.__name__}: .* not both; got {name}$"):
            await method(service, case)(*case.before.values(), data, **{name: value})
    assert not service.requests


@EACH
async def test_a_misspelt_field_is_refused_with_the_nearest_one(case: Case) -> None:
    service = Service(ok())
    with pytest.raises(ValidationError) as caught:
        await method(service, case)(**case.before, **case.fields, **{case.misspelt: "x"})
    (problem,) = caught.value.errors()
    assert problem["loc"] == (case.misspelt,)
    assert problem["msg"] == f'Extra inputs are not permitted; did you mean "{case.nearest}"?'
    assert not service.requests


async def test_a_field_that_is_near_to_none_is_refused_by_its_name() -> None:
    call: Any = Service(ok()).auth().update_project
    with pytest.raises(ValidationError, match=r"zzz\n +Extra inputs are not permitted \["):
        await call(ID, zzz=1)


@EACH
async def test_a_field_that_is_given_twice_is_refused(case: Case) -> None:
    service = Service(ok())
    before, fields = list(case.before.values()), list(case.fields.items())
    for place, (name, value) in enumerate([*case.before.items(), *fields[: case.positional]]):
        with pytest.raises(TypeError, match=f"multiple values for argument '{name}'"):
            await method(service, case)(*[*before, *case.fields.values()][: place + 1], **{name: value})
    assert not service.requests


@EACH
async def test_what_is_neither_a_document_nor_a_field_is_refused_by_name(case: Case) -> None:
    service = Service(ok())
    with pytest.raises((GlobusUsageError, ValidationError)) as caught:
        await method(service, case)(*case.before.values(), 5)
    if case.positional:
        assert isinstance(caught.value, ValidationError)
        assert next(iter(case.fields)) in {problem["loc"][0] for problem in caught.value.errors()}
    else:
        assert str(caught.value) == f"data: must be a {case.payload.__name__} or a mapping, got int"
    assert not service.requests


async def test_an_authorizer_in_the_place_of_the_app_is_refused() -> None:
    wrong: Any = AccessTokenAuthorizer("the-token")
    with pytest.raises(GlobusUsageError, match="client_id: must be the id of an app; an authorizer is given as auth"):
        a.AsyncAuthClient(wrong)
