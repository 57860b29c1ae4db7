"""Access rules to create, and to find among those of a collection."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.principals import Grantee

__all__ = ["NO_AUTH", "change_to", "deletable", "rule_for", "rule_on"]

NO_AUTH = (
    "with_: Globus Auth has to be asked whose {what} it is, and the client has no app to ask with; give "
    "auth_client=AuthClient(…), make the client with app=…, or give an id together with principal_type"
)
"""The message where Auth cannot be asked; ``what`` is a username or an id."""


def rule_for(
    found: Grantee,
    path: str,
    permissions: Literal["r", "rw"],
    expires: timedelta | datetime | str | None,
    notify_email: str | None,
    notify_message: str | None,
) -> "documents.AccessRuleCreate":
    """The access rule to create. Raises `pydantic.ValidationError` for an invalid one."""
    fields = {
        "principal_type": found.kind or "identity",
        "principal": found.id,
        "path": path,
        "permissions": permissions,
        "expiration_date": expires,
        "notify_email": notify_email,
        "notify_message": notify_message,
    }
    return documents.AccessRuleCreate.model_validate(fields)


def change_to(
    permissions: Literal["r", "rw"], expires: timedelta | datetime | str | None
) -> "documents.AccessRuleUpdate":
    """The change of a rule to these permissions and this time. Raises `pydantic.ValidationError` for invalid ones."""
    return documents.AccessRuleUpdate.model_validate({"permissions": permissions, "expiration_date": expires})


def rule_on(rules: "Iterable[documents.AccessRule]", found: Grantee, path: str) -> "documents.AccessRule | None":
    """The rule for somebody on a path, one that can be deleted rather than one of a role; None if there is none.

    A slash at the end makes no difference: a path is that of a file or of a directory.
    """
    fitting = [
        rule
        for rule in rules
        if (rule.path or "").rstrip("/") == path.rstrip("/")
        and found.kind in (None, rule.principal_type)
        and (rule.principal or "").lower() == found.id
    ]
    return next((rule for rule in fitting if rule.role_id is None), fitting[0] if fitting else None)


def deletable(rule: "documents.AccessRule") -> str:
    """The id of a rule. Raises `GlobusUsageError` for one that comes from a role."""
    if rule.role_id is not None:
        raise GlobusUsageError(
            f"shared: the access comes from the role {rule.role_type or ''} and ends with it: "
            f"delete_endpoint_role(…, {rule.role_id!r})"
        )
    if rule.id is None:
        raise GlobusUsageError("shared: the rule has no id; give the path and with_ instead")
    return rule.id
