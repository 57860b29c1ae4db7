"""A sandbox with people, and the client of each, for tests of Groups."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from globus_typed import AccessTokenAuthorizer, GroupsClient, GroupsScopes
from globus_typed.groups import BatchMembershipActions, MembershipActionResult
from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.groups.store.group import SandboxGroup

NEW_YEAR = 1_767_225_600.0  # 1 January 2026


@dataclass
class Clock:
    now: float = NEW_YEAR

    def __call__(self) -> float:
        return self.now


@dataclass
class People:
    """The user, who is an admin, and others; and what each of them may do with a token for everything."""

    sandbox: Sandbox
    clock: Clock
    clients: dict[str, GroupsClient] = field(default_factory=dict[str, GroupsClient])
    count: int = 0

    def someone(self) -> SandboxUser:
        """Somebody new."""
        self.count += 1
        return self.sandbox.add_user(f"bird{self.count}@sandbox.example")

    def client(self, user: SandboxUser, scopes: str = GroupsScopes.all) -> GroupsClient:
        """The client of that person."""
        key = user.id + scopes
        if key not in self.clients:
            token = AccessTokenAuthorizer(self.sandbox.access_token(scopes, user=user))
            self.clients[key] = GroupsClient(token, base_url=self.sandbox.url)
        return self.clients[key]

    def act(self, by: SandboxUser, group: SandboxGroup, actions: BatchMembershipActions) -> MembershipActionResult:
        """What becomes of actions by that person."""
        return self.client(by).batch_membership_action(group.id, actions)


@pytest.fixture(scope="module")
def people() -> Iterator[People]:
    clock = Clock()
    with Sandbox(clock=clock) as sandbox:
        found = People(sandbox, clock)
        yield found
        for client in found.clients.values():
            client.close()
