"""`import_tokens`: tokens of another program, copied into a store."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from globus_typed.apps.errors import IdentityMismatchError
from globus_typed.apps.readers.stored import SkippedRecord, StoredTokens
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.tokens import TokenStorageData

__all__ = ["ImportReport", "import_tokens"]


@dataclass(frozen=True)
class ImportReport:
    """The tokens that were copied into a store, and those that were not."""

    imported: tuple[str, ...]
    """The resource servers whose tokens were copied."""
    skipped: tuple[SkippedRecord, ...]
    """The records that were left out, with the reasons, those of the reading included."""


def import_tokens(
    stored: StoredTokens,
    store: TokenStorage,
    *,
    only_unexpired: bool = True,
    clock: Callable[[], float] = time.time,
) -> ImportReport:
    """Copy the tokens that `read_tokens` found into a store, and report which.

    What the store has already is kept where it lasts at least as long, as tokens do that can be renewed.

    Parameters: `only_unexpired`, whether to leave out tokens that have expired and cannot be renewed; `clock`, the time
    in seconds since the epoch. Raises `IdentityMismatchError` where the store holds tokens of another identity, and
    `StoreError` where it cannot be read or written.
    """
    skipped = list(stored.skipped)
    chosen = dict(stored.by_resource_server)
    now = clock()

    def leave_out(resource_server: str, reason: str) -> None:
        del chosen[resource_server]
        skipped.append(SkippedRecord(stored.namespace, resource_server, reason))

    for name, data in stored.by_resource_server.items():
        if only_unexpired and data.refresh_token is None and data.expires_at_seconds <= now:
            leave_out(name, "it has expired, and cannot be renewed")
    with store.transaction():
        present = store.get_token_data_by_resource_server()
        theirs = {data.identity_id for data in chosen.values()} - {None}
        for data in present.values():
            for identity_id in theirs:
                if data.identity_id is not None and identity_id is not None and identity_id != data.identity_id:
                    raise IdentityMismatchError(
                        f"{stored.path}: has tokens of the identity {identity_id}, but the store ({store.location}) "
                        f"has some of {data.identity_id}; import them into another namespace",
                        data.identity_id,
                        identity_id,
                    )
        for name in present.keys() & chosen.keys():
            if _end(present[name]) >= _end(chosen[name]):
                leave_out(name, "the store has tokens that last as long")
        if chosen:
            store.store_token_data_by_resource_server(chosen)
    return ImportReport(tuple(sorted(chosen)), tuple(skipped))


def _end(data: TokenStorageData) -> float:
    return float("inf") if data.refresh_token is not None else data.expires_at_seconds
