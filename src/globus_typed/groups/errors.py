"""The exceptions of Globus Groups: a refused request, and actions that a response tells have failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import Self

from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.json_data import is_list
from globus_typed.core.outside_text import clean
from globus_typed.errors import GlobusAPIError, GlobusError
from globus_typed.groups.scopes import GroupsScopes
from globus_typed.groups.service import SERVICE

__all__ = ["FailedMembershipAction", "GroupsAPIError", "MembershipActionsFailedError"]

_MOST = 10
"""The failed actions that a message tells one by one."""


class GroupsAPIError(GlobusAPIError):
    """Globus Groups refused a request.

    What was wrong with a document (status 422) is in `errors`, each with the place of a field in its message.
    """

    final_codes: ClassVar[frozenset[str]] = SERVICE.final_codes

    @property
    def provided_scopes(self) -> tuple[str, ...]:
        """The scopes of the token, where the service told them because they were not enough; empty otherwise."""
        return self._strings("provided_scopes")

    @property
    def ambiguous_identities(self) -> tuple[str, ...]:
        """The ids of the identities that were named more than once among the actions; empty for none."""
        return self._strings("ambiguous_identities")

    def __str__(self) -> str:
        told = super().__str__()
        if names := self.ambiguous_identities:
            told += f"; named more than once: {clean(', '.join(names))}"
        if self.provided_scopes and GroupsScopes.all not in self.provided_scopes:
            told += (
                f"; the token has only {clean(', '.join(self.provided_scopes))}, which lets an app look: a client that "
                "changes groups asks for GroupsScopes.all, GroupsClient(app=app, app_scopes=GroupsScopes.all)"
            )
        return told

    def _strings(self, name: str) -> tuple[str, ...]:
        given: object = (self.raw_json or {}).get(name)
        return tuple(each for each in given if isinstance(each, str)) if is_list(given) else ()


@dataclass(frozen=True)
class FailedMembershipAction:
    """An action on one membership that failed, while the request as a whole succeeded."""

    action: str
    """The action, as it is named on the wire: ``add``, ``change_role`` …"""
    identity_id: str
    """The id of the identity it was about; empty where the response left it out."""
    code: str | None
    """The service's code, such as ``ALREADY_ACTIVE`` or ``NO_MEMBERSHIP``; None if it sent none."""
    detail: str | None
    """The reason in the service's words; None if it sent none."""

    def __str__(self) -> str:
        reason = clean(": ".join(filter(None, (self.code, self.detail))) or "failed")
        return f"{clean(self.action)} of {clean(self.identity_id) or 'an identity'}: {reason}"


class MembershipActionsFailedError(GlobusError):
    """Some actions on memberships failed, although the service answered with 200; `failed` has each of them."""

    failed: tuple[FailedMembershipAction, ...]
    """The actions that failed. All others of the request have taken effect."""
    http: HTTPInfo | None
    """The HTTP exchange; None for a result that was made by hand."""

    def __init__(self, failed: Sequence[FailedMembershipAction], http: HTTPInfo | None = None) -> None:
        self.failed, self.http = tuple(failed), http
        told = [str(each) for each in self.failed[:_MOST]]
        more = [f"and {len(self.failed) - _MOST} more"] if len(self.failed) > _MOST else []
        count = "an action" if len(self.failed) == 1 else f"{len(self.failed)} actions"
        super().__init__(f"{count} failed: {'; '.join((*told, *more))}")

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...], dict[str, Any]]:
        return type(self), (self.failed, self.http), {"submission_id": self.submission_id}
