"""`KnownCollections`: the documents of collections, kept for a while."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from globus_typed.core.apps import App
from globus_typed.core.fields import is_id
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    from globus_typed.transfer import documents
else:
    documents = Later("globus_typed.transfer.documents")

__all__ = ["KnownCollections", "collection_ids"]

_KEPT = 600.0
"""Seconds that the document of a collection is kept, as its owner may change it."""


class KnownCollections:
    """The documents of collections that an app has read."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, documents.Endpoint]] = {}

    def read(self, app: App, ids: Iterable[str], now: float) -> "Mapping[str, documents.Endpoint]":
        """The documents by id, those that are not known read by a client of the app.

        Raises `NotFoundError` and `PermissionDeniedError`, and what a login raises.
        """
        from globus_typed.transfer.client import TransferClient

        wanted = dict.fromkeys(ids)
        missing = [each for each in wanted if each not in self._known or now - self._known[each][0] >= _KEPT]
        if missing:
            with TransferClient(app=app) as client:
                for each in missing:
                    self._known[each] = now, client.get_endpoint(each)
        return {each: self._known[each][1] for each in wanted}


def collection_ids(given: "str | UUID | Iterable[str | UUID]") -> list[str]:
    """The ids, each once; `GlobusUsageError` for what is none."""
    ids = [str(each) for each in ([given] if isinstance(given, (str, UUID)) else given)]
    for each in ids:
        if not is_id(each):
            raise GlobusUsageError(f"collections: must be ids of collections, which are UUIDs, got {each!r}")
    return [*dict.fromkeys(each.lower() for each in ids)]
