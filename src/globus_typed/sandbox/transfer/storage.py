"""`Storage`: the mapped collection that the sandbox's own guest collections are on."""

import uuid
from pathlib import Path

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.permissions import AccessRule

__all__ = ["Storage"]


class Storage:
    """A mapped collection of an endpoint of the sandbox, and guest collections on it.

    It belongs to an identity that nobody can log in as, so nobody sees it or uses it.
    """

    def __init__(self, state: TransferState, root: Path) -> None:
        self._state = state
        operator = SandboxUser(str(uuid.uuid4()), "operator@sandbox.example", "Sandbox operator")
        self._mapped: SandboxCollection = state.add_collection("Sandbox Storage", root, operator, data_access=True)

    def add(
        self,
        display_name: str,
        root: Path,
        owner: SandboxUser,
        *,
        subscribed: bool = True,
        id: str | None = None,
        public: bool = False,
        description: str | None = None,
    ) -> SandboxCollection:
        """A new guest collection over a directory; ValueError as `TransferState.add_collection` has it.

        With `public`, everybody may see it, and whoever has logged in may read it.
        """
        collection = self._state.add_collection(
            display_name,
            root,
            owner,
            id=id,
            public=public,
            description=description,
            subscription_id=self._state.subscription_id if subscribed else None,
            host=self._mapped,
        )
        if public:
            everybody = AccessRule("all_authenticated_users", "", "/", "r", self._state.clock())
            collection.permissions.add_rule(everybody)
        return collection
