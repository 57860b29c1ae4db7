# Generated from project.py by tools/unasync.py: change that file.
"""Projects: what clients and policies belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, overload
from uuid import UUID

from globus_typed.auth import documents
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING
from globus_typed.core.request import Part, QueryValue, Request

if TYPE_CHECKING:
    from globus_typed.auth.documents.envelope import IdsArgument


class ProjectMethods(Client):
    """Methods on projects. They need a token with the scope ``manage_projects``."""

    def get_project(self, project_id: str | UUID, **params: QueryValue) -> documents.ProjectResult:
        """The project with that id.

        ``GET /v2/api/projects/{project_id}``

        Parameters: `params`, query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        return self.send(Request("GET", _project(project_id), documents.ProjectResult, query=params))

    def get_projects(self, **params: QueryValue) -> documents.Projects:
        """The projects that the caller administers.

        ``GET /v2/api/projects``

        Parameters: `params`, query parameters. Raises `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        return self.send(Request("GET", ("v2", "api", "projects"), documents.Projects, query=params))

    @overload
    def create_project(self, data: documents.ProjectCreate | Mapping[str, Any], /) -> documents.ProjectResult: ...
    @overload
    def create_project(
        self,
        display_name: str,
        contact_email: str,
        *,
        admin_ids: IdsArgument | None = None,
        admin_group_ids: IdsArgument | None = None,
    ) -> documents.ProjectResult: ...
    def create_project(self, *args: Any, **fields: Any) -> documents.ProjectResult:
        """The new project; it is asked for once, unless the request surely did not arrive.

        ``POST /v2/api/projects``

        Parameters: the fields, or a `ProjectCreate`, or a mapping that holds such a document. `display_name`;
        `contact_email`; `admin_ids`, the identities that administer it, and `admin_group_ids`, the groups whose
        members do: one id or several, and at least one of the two.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        body = documents.ProjectCreate.of_call(args, fields)
        return self.send(Request("POST", ("v2", "api", "projects"), documents.ProjectResult, json=body))

    @overload
    def update_project(
        self, project_id: str | UUID, data: documents.ProjectUpdate | Mapping[str, Any], /
    ) -> documents.ProjectResult: ...
    @overload
    def update_project(
        self,
        project_id: str | UUID,
        *,
        display_name: str | MISSING = MISSING,
        contact_email: str | MISSING = MISSING,
        admin_ids: IdsArgument | None | MISSING = MISSING,
        admin_group_ids: IdsArgument | None | MISSING = MISSING,
    ) -> documents.ProjectResult: ...
    def update_project(self, project_id: str | UUID, *args: Any, **fields: Any) -> documents.ProjectResult:
        """The project as it is after the change; fields that are not given stay.

        ``PUT /v2/api/projects/{project_id}``

        Parameters: the fields, or a `ProjectUpdate`, or a mapping that holds such a document. `display_name`;
        `contact_email`; `admin_ids` and `admin_group_ids`, one id or several, or None for none of the one kind.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `NotFoundError`,
        `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        body = documents.ProjectUpdate.of_call(args, fields)
        return self.send(Request("PUT", _project(project_id), documents.ProjectResult, json=body))

    def delete_project(self, project_id: str | UUID) -> documents.ProjectResult:
        """The project as it was until now: it is gone.

        ``DELETE /v2/api/projects/{project_id}``

        Raises `ConflictError` where clients or policies belong to it; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Projects".
        """
        return self.send(Request("DELETE", _project(project_id), documents.ProjectResult))


def _project(project_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "projects", Part("project_id", project_id)
