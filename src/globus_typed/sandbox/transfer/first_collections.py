"""The collections of a fresh sandbox, with a stream access point on each."""

from dataclasses import dataclass

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.auth.first_people import FirstPeople
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.setting import Setting, checked_id
from globus_typed.sandbox.transfer.seed import plant
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.storage import Storage
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
    """Add a source and a destination for the user, and the same for the confidential app, each with an access point;
    and those that are asked for by their ids."""
    people, state = setting.part(FirstPeople), setting.part(TransferState)
    setting.add(Storage(state, setting.directory()))
    streams = state.streams

    def stream(collection: SandboxCollection, way: str, meaning: str) -> StreamAccessPoint:
        return streams.add_access_point(f"Sandbox Stream {way}", collection, description=f"Where tunnels {meaning}")

    ids = dict(setting.options.collections)
    source, destination = _pair(setting, people.user, "user", ids)
    for name, id in ids.items():
        _add(setting, people.user, name, f"user/{id}", id)
    initiator, listener = stream(source, "Out", "begin"), stream(destination, "In", "end")
    for collection, way, meaning in zip(
        _pair(setting, people.app_identity, "app", {}), ("Out", "In"), ("begin", "end"), strict=True
    ):
        stream(collection, way, meaning)
    return FirstCollections(source, destination, initiator, listener)


def _pair(
    setting: Setting, owner: SandboxUser, folder: str, ids: dict[str, str]
) -> tuple[SandboxCollection, SandboxCollection]:
    """A source and a destination. Their ids, where there are some, are taken out of `ids`."""
    first, second = "Sandbox Source", "Sandbox Destination"
    source = _add(setting, owner, first, f"{folder}/source", ids.pop(first, None), "A small tree of files")
    destination = _add(setting, owner, second, f"{folder}/destination", ids.pop(second, None), "Room for copies")
    try:
        plant(source.root)
    except OSError as error:
        raise GlobusUsageError(f"directory: {error}") from error
    return source, destination


def _add(
    setting: Setting, owner: SandboxUser, name: str, folder: str, id: str | None, description: str | None = None
) -> SandboxCollection:
    try:
        id = None if id is None else checked_id(id)
        directory = setting.directory() / folder
        directory.mkdir(parents=True, exist_ok=True)
        return setting.part(Storage).add(name, directory, owner, id=id, description=description)
    except OSError as error:
        raise GlobusUsageError(f"directory: {error}") from error
    except ValueError as error:
        raise GlobusUsageError(f"collections: {name}: {error}") from None
