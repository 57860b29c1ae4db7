"""/v2/api/projects: what clients and policies belong to, and who administers it."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.errors import AuthRefused
from globus_typed.sandbox.auth.routes.api import (
    Asker,
    Body,
    Id,
    asker_by_token,
    changes_of,
    invalid,
    not_found,
    query_of,
    read,
)
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.routes.identities import identity_document
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.developer import Project, new_id
from globus_typed.sandbox.described import described

PATH = "/v2/api/projects"


class _Project(Body):
    display_name: str
    contact_email: str
    admin_ids: list[Id] | None = None
    admin_group_ids: list[Id] | None = None


class _Changes(Body):
    display_name: str = ""
    contact_email: str = ""
    admin_ids: list[Id] | None = None
    admin_group_ids: list[Id] | None = None


router: APIRouter = APIRouter()


@router.get(PATH, **described("List the caller's projects", answer="Projects"))
async def get_projects(request: Request, state: State) -> JSONResponse:
    by = asker_by_token(state, request)
    query_of(request, ())
    return JSONResponse({"projects": [_document(state, each) for each in state.registry.projects(by.ids)]})


@router.post(
    PATH,
    **described(
        "Make a project", answer="ProjectResult", body="ProjectCreate", read_by=_Project, envelope="project", status=201
    ),
)
async def create_project(request: Request, state: State) -> JSONResponse:
    asker_by_token(state, request)
    project = Project(new_id(), **_fields(await read(request, "project", _Project)))
    _keep(state, project)
    return _answer(state, project, 201)


@router.get(f"{PATH}/{{project_id}}", **described("Give a project", answer="ProjectResult"))
async def get_project(request: Request, state: State, project_id: str) -> JSONResponse:
    query_of(request, ())
    return _answer(state, _project(state, asker_by_token(state, request), project_id))


@router.put(
    f"{PATH}/{{project_id}}",
    **described("Change a project", answer="ProjectResult", body="ProjectUpdate", read_by=_Changes, envelope="project"),
)
async def update_project(request: Request, state: State, project_id: str) -> JSONResponse:
    project = _project(state, asker_by_token(state, request), project_id)
    changed = replace(project, **_fields(await read(request, "project", _Changes)))
    _keep(state, changed)
    return _answer(state, changed)


@router.delete(f"{PATH}/{{project_id}}", **described("Delete an empty project", answer="ProjectResult"))
async def delete_project(request: Request, state: State, project_id: str) -> JSONResponse:
    project = _project(state, asker_by_token(state, request), project_id)
    if inside := state.registry.in_project(project.id):
        detail = f"The project has clients or policies, which must be deleted first: {', '.join(inside)}"
        raise AuthRefused(409, "CONFLICT", detail)
    answer = _answer(state, project)
    state.registry.drop_project(project.id)
    return answer


def _project(state: AuthState, by: Asker, id: str) -> Project:
    project = state.registry.project(id.lower(), by.ids)
    if project is None:
        raise not_found("project", id)
    return project


def _fields(body: Body) -> dict[str, Any]:
    """The fields of a project in a body; null is for no admins of a kind."""
    return {name: () if value is None else value for name, value in changes_of(body).items()}


def _keep(state: AuthState, project: Project) -> None:
    if not project.admin_ids and not project.admin_group_ids:
        raise invalid("admin_ids: must name an identity, or else admin_group_ids a group, to administer the project")
    if unknown := [id for id in project.admin_ids if state.directory.find_user(id=id) is None]:
        raise invalid(f"admin_ids: there is no identity {', '.join(unknown)}")
    state.registry.keep_project(project)


def _answer(state: AuthState, project: Project, status: int = 200) -> JSONResponse:
    return JSONResponse({"project": _document(state, project)}, status)


def _document(state: AuthState, project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "project_name": project.display_name,
        "display_name": project.display_name,
        "contact_email": project.contact_email,
        "admin_ids": list(project.admin_ids) or None,
        "admin_group_ids": list(project.admin_group_ids) or None,
        "admins": {
            "identities": [identity_document(state.directory.user(id)) for id in project.admin_ids],
            "groups": [_group_document(state, id) for id in project.admin_group_ids],
        },
    }


def _group_document(state: AuthState, id: str) -> dict[str, Any]:
    """A group that administers a project; of one that there is not, the id alone is known."""
    group = state.registry.groups.group(id)
    name, description = (None, None) if group is None else (group.name, group.description)
    return {"id": id, "name": name, "description": description, "organization": None}
