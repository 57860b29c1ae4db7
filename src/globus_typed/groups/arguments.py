"""Types of the arguments that methods of Groups take. Importing this loads no model."""

from typing import Literal
from uuid import UUID

from globus_typed.groups.documents.enums import (
    GroupMemberVisibility,
    GroupRequiredSignupFields,
    GroupRole,
    GroupVisibility,
)

StatusArgument = Literal["active", "invited", "pending", "rejected", "removed", "left", "declined"]
"""A status of memberships."""
IncludeArgument = Literal["memberships", "my_memberships", "policies", "allowed_actions", "child_ids"]
"""A part of a group."""
GivenId = str | UUID
"""An id."""
GivenRole = Literal["member", "manager", "admin"] | GroupRole
"""A role."""
GivenVisibility = Literal["authenticated", "private"] | GroupVisibility
"""Who sees a group."""
GivenMembersVisibility = Literal["members", "managers"] | GroupMemberVisibility
"""Who sees the members of a group."""
GivenSignupField = (
    Literal[
        "institution",
        "current_project_name",
        "address",
        "city",
        "state",
        "country",
        "address1",
        "address2",
        "zip",
        "phone",
        "department",
        "field_of_science",
    ]
    | GroupRequiredSignupFields
)
"""A membership field that can be required."""
