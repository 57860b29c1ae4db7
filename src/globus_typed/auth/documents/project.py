"""Projects: what clients and policies belong to, and who administers them."""

from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.envelope import EnvelopePayload, Ids
from globus_typed.auth.documents.identity import Identity
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.payloads import MISSING, UpdatePayload

__all__ = [
    "Project",
    "ProjectAdminGroup",
    "ProjectAdmins",
    "ProjectCreate",
    "ProjectResult",
    "ProjectUpdate",
    "Projects",
]


class ProjectAdminGroup(Document, frozen=True):
    """A group whose members administer a project."""

    id: str
    """The id of the group, a UUID."""
    name: str | None = None
    """Its name."""
    description: str | None = None
    """What it is for."""
    organization: str | None = None
    """The organization it belongs to."""


class ProjectAdmins(Document, frozen=True):
    """Who administers a project, with names."""

    identities: list[Identity] | None = None
    """The identities of `admin_ids`."""
    groups: list[ProjectAdminGroup] | None = None
    """The groups of `admin_group_ids`."""


class Project(Document, frozen=True):
    """What clients and policies belong to."""

    id: str
    """The id of the project, a UUID."""
    display_name: str | None = None
    """Its name."""
    project_name: str | None = None
    """Its name again, by an older name."""
    contact_email: str | None = None
    """The e-mail address to ask at."""
    admin_ids: list[str] | None = None
    """The identities that administer it; None where groups alone do."""
    admin_group_ids: list[str] | None = None
    """The groups whose members administer it; None where identities alone do."""
    admins: ProjectAdmins | None = None
    """Those identities and groups, with their names."""


class ProjectResult(Document, frozen=True):
    """An answer with one project."""

    project: Project
    """The project."""


class Projects(ListDocument[Project], frozen=True):
    """The projects that the caller administers: iterate it, or read `items`."""

    items: list[Project] = Field(alias="projects")
    """The projects (``projects`` on the wire)."""


class ProjectCreate(EnvelopePayload):
    """A project to make. Source: Auth API, "Projects"."""

    envelope: ClassVar[str] = "project"

    display_name: str
    """Its name."""
    contact_email: str
    """The e-mail address to ask at."""
    admin_ids: Ids | None = None
    """The identities that administer it: either these, or `admin_group_ids`, or both."""
    admin_group_ids: Ids | None = Field(default=None, validate_default=True)
    """The groups whose members administer it."""

    @field_validator("admin_group_ids")
    @classmethod
    def _has_admins(cls, groups: list[str] | None, info: ValidationInfo) -> list[str] | None:
        if not groups and "admin_ids" in info.data and not info.data["admin_ids"]:
            raise PydanticCustomError("admins", "must name a group, or else admin_ids an identity")
        return groups


class ProjectUpdate(EnvelopePayload, UpdatePayload):
    """What to change of a project. Source: Auth API, "Projects"."""

    envelope: ClassVar[str] = "project"

    display_name: str | MISSING = MISSING
    """Its name."""
    contact_email: str | MISSING = MISSING
    """The e-mail address to ask at."""
    admin_ids: Ids | None | MISSING = MISSING
    """The identities that administer it; None: none, where groups do."""
    admin_group_ids: Ids | None | MISSING = MISSING
    """The groups whose members administer it; None: none, where identities do."""

    @field_validator("admin_group_ids")
    @classmethod
    def _leaves_admins(cls, groups: list[str] | None | MISSING, info: ValidationInfo) -> list[str] | None | MISSING:
        if groups in (None, []) and info.data.get("admin_ids", MISSING) in (None, []):
            raise PydanticCustomError("admins", "must name a group, or else admin_ids an identity")
        return groups
