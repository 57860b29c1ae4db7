"""Projects, which clients and policies belong to, and their administrators."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.envelope import EnvelopePayload, Ids
from globus_typed.auth.documents.identity import Identity
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import NULL_IS_ABSENT, AnswerId
from globus_typed.core.json_data import is_object
from globus_typed.core.payloads import MISSING, UpdatePayload
from globus_typed.core.schema_parts import having, rules

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

    id: AnswerId = ""
    """The id of the group, a UUID; empty where the response left it out."""
    name: str | None = None
    """The name."""
    description: str | None = None
    """The description."""
    organization: str | None = None
    """The organization it belongs to."""


def _with_some_id(identity: object) -> object:
    return {**identity, "id": identity.get("id") or ""} if is_object(identity) else identity


class ProjectAdmins(Document, frozen=True):
    """The administrators of a project, with names."""

    identities: list[Annotated[Identity, BeforeValidator(_with_some_id)]] | None = None
    """The identities of `admin_ids`; the id of one is empty where the response left it out."""
    groups: list[ProjectAdminGroup] | None = None
    """The groups of `admin_group_ids`."""


class Project(Document, frozen=True):
    """A project, which clients and policies belong to."""

    id: AnswerId = ""
    """The id of the project, a UUID; empty where the response left it out."""
    display_name: str | None = None
    """The name."""
    project_name: str | None = None
    """The name again, in an older field."""
    contact_email: str | None = None
    """The contact e-mail address."""
    admin_ids: list[str] | None = None
    """The ids of the identities that administer it; None if only groups do."""
    admin_group_ids: list[str] | None = None
    """The ids of the groups whose members administer it; None if only identities do."""
    admins: ProjectAdmins | None = None
    """Those identities and groups, with their names."""


class ProjectResult(Document, frozen=True):
    """A response with one project."""

    project: Annotated[Project, NULL_IS_ABSENT] = Field(default_factory=Project)
    """The project."""


class Projects(ListDocument[Project], frozen=True):
    """The projects that the caller administers: iterate over it, or read `items`."""

    items: list[Project] = Field(alias="projects")
    """The projects (``projects`` on the wire)."""


_ADMINISTERED = {"anyOf": [having({"type": "array", "minItems": 1}, name) for name in ("admin_ids", "admin_group_ids")]}
_STILL_ADMINISTERED = {"not": having({"enum": [None, []]}, "admin_ids", "admin_group_ids")}


class ProjectCreate(EnvelopePayload):
    """A project to create. Source: Auth API, "Projects"."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_ADMINISTERED))

    envelope: ClassVar[str] = "project"

    display_name: str
    """The name."""
    contact_email: str
    """The contact e-mail address."""
    admin_ids: Ids | None = None
    """The ids of the identities that administer it; give these, or `admin_group_ids`, or both."""
    admin_group_ids: Ids | None = Field(default=None, validate_default=True)
    """The ids of the groups whose members administer it."""

    @field_validator("admin_group_ids")
    @classmethod
    def _has_admins(cls, groups: list[str] | None, info: ValidationInfo) -> list[str] | None:
        if not groups and "admin_ids" in info.data and not info.data["admin_ids"]:
            raise PydanticCustomError("admins", "must name a group, or else admin_ids an identity")
        return groups


class ProjectUpdate(EnvelopePayload, UpdatePayload):
    """Changes to a project. Source: Auth API, "Projects"."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_STILL_ADMINISTERED))

    envelope: ClassVar[str] = "project"

    display_name: str | MISSING = MISSING
    """The name."""
    contact_email: str | MISSING = MISSING
    """The contact e-mail address."""
    admin_ids: Ids | None | MISSING = MISSING
    """The ids of the identities that administer it; None: none, if groups do."""
    admin_group_ids: Ids | None | MISSING = MISSING
    """The ids of the groups whose members administer it; None: none, if identities do."""

    @field_validator("admin_group_ids")
    @classmethod
    def _leaves_admins(cls, groups: list[str] | None | MISSING, info: ValidationInfo) -> list[str] | None | MISSING:
        if groups in (None, []) and info.data.get("admin_ids", MISSING) in (None, []):
            raise PydanticCustomError("admins", "must name a group, or else admin_ids an identity")
        return groups
