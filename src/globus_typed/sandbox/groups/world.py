"""`GroupWorld`: the groups of a sandbox, and the calls that add to them."""

from collections.abc import Iterable
from typing import Literal

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.groups.state import GroupsState
from globus_typed.sandbox.groups.store.group import Policies, SandboxGroup, new_id
from globus_typed.sandbox.login_trouble import LoginTrouble
from globus_typed.sandbox.setting import checked_id

__all__ = ["GroupWorld"]


class GroupWorld(LoginTrouble):
    """Base class of `World`: the groups that programs find in it."""

    @property
    def groups(self) -> GroupsState:
        """The state of Groups: groups, memberships."""
        return self.part(GroupsState)

    def add_group(
        self,
        name: str,
        *,
        id: str | None = None,
        members: Iterable[SandboxUser] = (),
        managers: Iterable[SandboxUser] = (),
        admins: Iterable[SandboxUser] | None = None,
        description: str | None = None,
        parent: SandboxGroup | None = None,
        visibility: Literal["authenticated", "private"] = "private",
        members_visibility: Literal["members", "managers"] = "managers",
        join_requests: bool = False,
        signup_fields: Iterable[str] = (),
        high_assurance: bool = False,
        authentication_assurance_timeout: int = 28800,
    ) -> SandboxGroup:
        """Add a group, whose `id` may be the principal of access rules and roles.

        Parameters: `id`, a UUID (None: a new one); `members`, `managers` and `admins`, who are active in it (no
        `admins`: the user who logs in); `parent`, the group that it is below (None: none); `visibility`, who sees it,
        and `members_visibility`, who sees its members; `join_requests`, whether people may request to join;
        `signup_fields`, what they must fill in for that; `high_assurance`, whether whoever acts on it must have logged
        in within the `authentication_assurance_timeout`, in seconds.
        Raises `GlobusUsageError` for an id that is no UUID or is taken.
        """
        policies = Policies(
            high_assurance,
            authentication_assurance_timeout,
            visibility,
            members_visibility,
            join_requests,
            tuple(signup_fields),
        )
        try:
            group = SandboxGroup(
                name,
                description=description,
                parent_id=None if parent is None else parent.id,
                policies=policies,
                id=new_id() if id is None else checked_id(id),
            )
            return self.groups.add_group(
                name, [self.user] if admins is None else admins, managers=managers, members=members, group=group
            )
        except ValueError as error:
            raise GlobusUsageError(str(error)) from None

    def demand_group_login(self, group: SandboxGroup | str) -> None:
        """Refuse every change of a group and its memberships until the user has logged in again, and say so in the
        error: with a login, `app.resolve(error)` or ``auto_redrive_gares`` go on.

        Parameters: `group`, or its id. Raises `GlobusUsageError` for one that there is not.
        """
        found = self.groups.find(group if isinstance(group, str) else group.id)
        if found is None:
            raise GlobusUsageError(f"group: there is none with the id {group!r}")
        self.groups.demand_login(found.id)
