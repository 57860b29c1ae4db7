"""`World`: the contents of a sandbox, and the calls that add to them."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.auth.first_people import FirstPeople
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.setting import Setting
from globus_typed.sandbox.transfer.first_collections import FirstCollections
from globus_typed.sandbox.transfer.state import TRANSFER_SCOPE, TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint

__all__ = ["World"]

_T = TypeVar("_T")


class World:
    """Base class of `Sandbox`: the people, apps and collections that programs find in it.

    Before the first start there is nothing: everything here raises `GlobusUsageError`.
    """

    _setting: Setting | None = None

    @property
    def url(self) -> str:
        """The address of all services, without a slash at its end."""
        return self._started().url

    @property
    def auth(self) -> AuthState:
        """The state of Auth: users, apps, tokens."""
        return self.part(AuthState)

    @property
    def transfer(self) -> TransferState:
        """The state of Transfer: collections, tasks."""
        return self.part(TransferState)

    @property
    def user(self) -> SandboxUser:
        """The user who logs in."""
        return self.part(FirstPeople).user

    @property
    def native_client_id(self) -> str:
        """The id of the native app."""
        return self.part(FirstPeople).native_client_id

    @property
    def client_id(self) -> str:
        """The id of the confidential app."""
        return self.part(FirstPeople).client_id

    @property
    def client_secret(self) -> str:
        """The secret of the confidential app."""
        return self.part(FirstPeople).client_secret

    @property
    def source(self) -> SandboxCollection:
        """The user's collection "Sandbox Source"."""
        return self.part(FirstCollections).source

    @property
    def destination(self) -> SandboxCollection:
        """The user's collection "Sandbox Destination"."""
        return self.part(FirstCollections).destination

    @property
    def initiator(self) -> StreamAccessPoint:
        """A stream access point of the source, where the user's tunnels may begin."""
        return self.part(FirstCollections).initiator

    @property
    def listener(self) -> StreamAccessPoint:
        """A stream access point of the destination, where the user's tunnels may end."""
        return self.part(FirstCollections).listener

    def part(self, kind: type[_T]) -> _T:
        """The part of the sandbox that is of this type, such as the state of a service.

        Raises `GlobusUsageError` when there is none.
        """
        return self._started().part(kind)

    def access_token(
        self,
        scopes: Iterable[str] = (TRANSFER_SCOPE,),
        *,
        user: SandboxUser | None = None,
        lifetime: int | None = None,
    ) -> str:
        """An access token without a login.

        Parameters: `scopes` of one resource server; `user` (None: the one who logs in); `lifetime` in seconds (None: as
        for all tokens).
        """
        return self.auth.issue_access_token(user or self.user, scopes, lifetime=lifetime)

    def add_collection(
        self,
        display_name: str,
        *,
        owner: SandboxUser | None = None,
        public: bool = False,
        directory: Path | None = None,
        data_access: bool = False,
    ) -> SandboxCollection:
        """Add a collection.

        Parameters: `owner` (None: the user who logs in); `public`, whether others may read it; `directory`, which
        exists (None: a new one); `data_access`, whether an app needs the consent to that scope of the collection, as
        for the mapped collections of Globus Connect Server.
        """
        if directory is None:
            directory = Path(tempfile.mkdtemp(prefix="collection-", dir=self._started().directory()))
        return self.transfer.add_collection(
            display_name, directory, owner or self.user, public=public, data_access=data_access
        )

    def _started(self) -> Setting:
        if self._setting is None:
            raise GlobusUsageError("sandbox: it has not been started")
        return self._setting
