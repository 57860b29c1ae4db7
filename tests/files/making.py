# Generated from async_making.py by tools/unasync.py: change that file.
"""Makes what tests of files use."""

from collections.abc import Generator
from contextlib import contextmanager

from globus_typed import AccessTokenAuthorizer, CollectionFiles, RetryPolicy, TransferClient

from .collection import HTTPS_TOKEN, ID, TRANSFER_TOKEN, World


class Pauses:
    """Sleeps that take no time."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


@contextmanager
def open_files(
    world: World,
    *,
    transfer: bool = True,
    token: str | None = HTTPS_TOKEN,
    retries: int = 5,
    pauses: Pauses | None = None,
) -> Generator[CollectionFiles, None, None]:
    """The files of the collection, with access to Transfer or without."""
    sleep = (pauses or Pauses()).sleep
    retry = RetryPolicy(max_retries=retries)
    authorizer = AccessTokenAuthorizer(TRANSFER_TOKEN)
    with TransferClient(authorizer, base_url=world.url, retry=retry, sleep=sleep) as client:
        files = CollectionFiles(
            ID,
            authorizer=None if token is None else AccessTokenAuthorizer(token),
            transfer=client if transfer else None,
            https_server=None if transfer else world.url,
            retry=retry,
            sleep=sleep,
        )
        with files:
            yield files
