"""/v2/api/policies: what a login must be like."""

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from globus_typed.sandbox.auth.routes.api import (
    Asker,
    Body,
    Id,
    asker_by_token,
    changes_of,
    forbidden,
    invalid,
    not_found,
    query_of,
    read,
)
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.developer import Policy, new_id
from globus_typed.sandbox.described import described

PATH = "/v2/api/policies"
_Seconds = Annotated[int, Field(ge=0)]


class _Policy(Body):
    project_id: Id
    display_name: str
    description: str
    high_assurance: bool = False
    authentication_assurance_timeout: _Seconds | None = None
    required_mfa: bool = False
    domain_constraints_include: list[str] | None = None
    domain_constraints_exclude: list[str] | None = None


class _Changes(Body):
    project_id: Id = ""
    display_name: str = ""
    description: str = ""
    authentication_assurance_timeout: _Seconds | None = None
    required_mfa: bool = False
    domain_constraints_include: list[str] | None = None
    domain_constraints_exclude: list[str] | None = None


router: APIRouter = APIRouter()


@router.get(PATH, **described("List the policies in the caller's projects", answer="Policies"))
async def get_policies(request: Request, state: State) -> JSONResponse:
    by = asker_by_token(state, request)
    query_of(request, ())
    return JSONResponse({"policies": [asdict(each) for each in state.registry.policies(by.ids)]})


@router.post(
    PATH,
    **described(
        "Make a policy", answer="PolicyResult", body="PolicyCreate", read_by=_Policy, envelope="policy", status=201
    ),
)
async def create_policy(request: Request, state: State) -> JSONResponse:
    by = asker_by_token(state, request)
    policy = Policy(new_id(), **changes_of(await read(request, "policy", _Policy)))
    return _kept(state, by, policy, 201)


@router.get(f"{PATH}/{{policy_id}}", **described("Give a policy", answer="PolicyResult"))
async def get_policy(request: Request, state: State, policy_id: str) -> JSONResponse:
    query_of(request, ())
    return _answer(_policy(state, asker_by_token(state, request), policy_id))


@router.put(
    f"{PATH}/{{policy_id}}",
    **described("Change a policy", answer="PolicyResult", body="PolicyUpdate", read_by=_Changes, envelope="policy"),
)
async def update_policy(request: Request, state: State, policy_id: str) -> JSONResponse:
    by = asker_by_token(state, request)
    policy = _policy(state, by, policy_id)
    changes: dict[str, Any] = changes_of(await read(request, "policy", _Changes))
    return _kept(state, by, replace(policy, **changes))


@router.delete(f"{PATH}/{{policy_id}}", **described("Delete a policy", answer="PolicyResult"))
async def delete_policy(request: Request, state: State, policy_id: str) -> JSONResponse:
    policy = _policy(state, asker_by_token(state, request), policy_id)
    state.registry.drop_policy(policy.id)
    return _answer(policy)


def _policy(state: AuthState, by: Asker, id: str) -> Policy:
    found = [policy for policy in state.registry.policies(by.ids) if policy.id == id.lower()]
    if not found:
        raise not_found("policy", id)
    return found[0]


def _kept(state: AuthState, by: Asker, policy: Policy, status: int = 200) -> JSONResponse:
    if policy.required_mfa and not policy.high_assurance:
        raise invalid("required_mfa: needs high_assurance, which cannot be given to a policy later")
    if state.registry.project(policy.project_id, by.ids) is None:
        raise forbidden(f"project_id: there is no project {policy.project_id} that you administer")
    state.registry.keep_policy(policy)
    return _answer(policy, status)


def _answer(policy: Policy, status: int = 200) -> JSONResponse:
    return JSONResponse({"policy": asdict(policy)}, status)
