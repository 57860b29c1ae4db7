"""The collections of a fresh sandbox, with a stream access point on each."""

from dataclasses import dataclass

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.auth.first_people import FirstPeople
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.setting import Setting
from globus_typed.sandbox.transfer.seed import plant
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint

__all__ = ["FirstCollections", "furnish"]


@dataclass(frozen=True)
class FirstCollections:
    """The user's collections in a fresh sandbox."""

    source: SandboxCollection
    """The collection "Sandbox Source", with a small tree of files."""
    destination: SandboxCollection
    """The collection "Sandbox Destination", which is empty."""
    initiator: StreamAccessPoint
    """A stream access point of the source, where tunnels may begin."""
    listener: StreamAccessPoint
    """A stream access point of the destination, where tunnels may end."""


def furnish(setting: Setting) -> FirstCollections:
    """Add a source and a destination for the user, and the same for the confidential app, each with an access point."""
    people, streams = setting.part(FirstPeople), setting.part(TransferState).streams

    def stream(collection: SandboxCollection, way: str, meaning: str) -> StreamAccessPoint:
        return streams.add_access_point(f"Sandbox Stream {way}", collection, description=f"Where tunnels {meaning}")

    source, destination = _pair(setting, people.user, "user")
    initiator, listener = stream(source, "Out", "begin"), stream(destination, "In", "end")
    for collection, way, meaning in zip(
        _pair(setting, people.app_identity, "app"), ("Out", "In"), ("begin", "end"), strict=True
    ):
        stream(collection, way, meaning)
    return FirstCollections(source, destination, initiator, listener)


def _pair(setting: Setting, owner: SandboxUser, folder: str) -> tuple[SandboxCollection, SandboxCollection]:
    try:
        source, destination = (setting.directory() / folder / name for name in ("source", "destination"))
        for directory in (source, destination):
            directory.mkdir(parents=True, exist_ok=True)
        plant(source)
    except OSError as error:
        raise GlobusUsageError(f"directory: {error}") from error
    state = setting.part(TransferState)
    first, second = (
        state.add_collection(name, directory, owner, description=description, subscription_id=state.subscription_id)
        for name, description, directory in (
            ("Sandbox Source", "A small tree of files", source),
            ("Sandbox Destination", "Room for copies", destination),
        )
    )
    return first, second
