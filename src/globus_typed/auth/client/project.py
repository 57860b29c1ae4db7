# Generated from project.py by tools/unasync.py: change that file.
"""Projects, which clients and policies belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import overload
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.arguments import IdsArgument
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING, NoMore
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id


class ProjectMethods(Client):
    """Methods for projects. They need a token with the scope ``manage_projects``."""

    def get_project(
        self,
        project_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ProjectResult:
        """The project with this id.

        ``GET /v2/api/projects/{project_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        return self.send(
            Request(
                "GET",
                _project(project_id),
                documents.ProjectResult,
                query=merged_query(self.get_project, params, query_params),
            )
        )

    def get_projects(
        self, *, query_params: Mapping[str, QueryValue] | None = None, **params: Unpack[NoMoreParams]
    ) -> documents.Projects:
        """The projects that the caller administers.

        ``GET /v2/api/projects``

        Parameters: `query_params`, further query parameters. Raises `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        return self.send(
            Request(
                "GET",
                ("v2", "api", "projects"),
                documents.Projects,
                query=merged_query(self.get_projects, params, query_params),
            )
        )

    @overload
    def create_project(
        self,
        display_name: str,
        contact_email: str,
        *,
        admin_ids: IdsArgument | None = None,
        admin_group_ids: IdsArgument | None = None,
    ) -> documents.ProjectResult: ...
    @overload
    def create_project(self, data: documents.ProjectCreate | Mapping[str, object], /) -> documents.ProjectResult: ...
    def create_project(
        self,
        display_name: documents.ProjectCreate | Mapping[str, object] | str | None = None,
        contact_email: str | None = None,
        *,
        admin_ids: IdsArgument | None = None,
        admin_group_ids: IdsArgument | None = None,
        **unknown: Unpack[NoMore],
    ) -> documents.ProjectResult:
        """Create a project. The request is repeated only if it certainly did not arrive.

        ``POST /v2/api/projects``

        Parameters: either a `ProjectCreate`, or a mapping with the same content, alone in the first place; or the
        fields. `display_name`; `contact_email`; `admin_ids`, the identities that administer the project, and
        `admin_group_ids`, the groups whose members do: one id or several of each, and at least one of the two.
        Raises `GlobusUsageError` for a payload with fields beside it; `pydantic.ValidationError`, which names the
        field, for a missing or invalid one; `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        body = documents.ProjectCreate.of_call(
            unknown,
            display_name=display_name,
            contact_email=contact_email,
            admin_ids=admin_ids,
            admin_group_ids=admin_group_ids,
        )
        return self.send(Request("POST", ("v2", "api", "projects"), documents.ProjectResult, json=body))

    def update_project(
        self,
        project_id: str | UUID,
        data: documents.ProjectUpdate | Mapping[str, object] | None = None,
        *,
        display_name: str | MISSING = MISSING,
        contact_email: str | MISSING = MISSING,
        admin_ids: IdsArgument | None | MISSING = MISSING,
        admin_group_ids: IdsArgument | None | MISSING = MISSING,
        **unknown: Unpack[NoMore],
    ) -> documents.ProjectResult:
        """Change a project. Fields that are not given keep their values.

        ``PUT /v2/api/projects/{project_id}``

        Parameters: `project_id`; either `data`, a `ProjectUpdate` or a mapping with the same content, or the fields.
        `display_name`; `contact_email`; `admin_ids` and `admin_group_ids`, one id or several, or None to remove all
        identities, or all groups.
        Raises `GlobusUsageError` for `data` with fields beside it; `pydantic.ValidationError`, which names the field,
        for an invalid one; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        body = documents.ProjectUpdate.of_call(
            unknown,
            data=data,
            display_name=display_name,
            contact_email=contact_email,
            admin_ids=admin_ids,
            admin_group_ids=admin_group_ids,
        )
        response = self.send(Request("PUT", _project(project_id), documents.ProjectResult, json=body))
        return with_id(response, project_id, "project")

    def delete_project(self, project_id: str | UUID) -> documents.ProjectResult:
        """Delete a project; the result is the project as it was.

        ``DELETE /v2/api/projects/{project_id}``

        Raises `ConflictError` if clients or policies belong to it; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        answer = self.send(Request("DELETE", _project(project_id), documents.ProjectResult))
        return with_id(answer, project_id, "project")


def _project(project_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "projects", Part("project_id", project_id)
