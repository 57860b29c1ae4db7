"""The words of Groups as enums, under the names of globus-sdk. A member equals its word, such as ``"admin"``."""

from enum import Enum

__all__ = ["GroupMemberVisibility", "GroupRequiredSignupFields", "GroupRole", "GroupVisibility"]


class GroupRole(str, Enum):
    """The roles in a group."""

    member = "member"
    """Belongs to the group."""
    manager = "manager"
    """Also adds, invites, approves and removes members."""
    admin = "admin"
    """Also gives roles, changes the group and deletes it."""


class GroupVisibility(str, Enum):
    """Who sees a group."""

    authenticated = "authenticated"
    """Everybody who is logged in."""
    private = "private"
    """Its active members, and those who were invited or asked to join."""


class GroupMemberVisibility(str, Enum):
    """Who sees the members of a group."""

    members = "members"
    """Its active members."""
    managers = "managers"
    """Its managers and admins."""


class GroupRequiredSignupFields(str, Enum):
    """The membership fields that a group can require of those who join."""

    institution = "institution"
    """The institution."""
    current_project_name = "current_project_name"
    """The name of the current project."""
    address = "address"
    """The address."""
    city = "city"
    """The city."""
    state = "state"
    """The state."""
    country = "country"
    """The country."""
    address1 = "address1"
    """The first line of the address."""
    address2 = "address2"
    """The second line of the address."""
    zip = "zip"
    """The postal code."""
    phone = "phone"
    """The phone number."""
    department = "department"
    """The department."""
    field_of_science = "field_of_science"
    """The field of science."""
