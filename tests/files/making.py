# Generated from async_making.py by tools/unasync.py: change that file.
"""Makes what tests of files use."""

from globus_typed import AccessTokenAuthorizer, CollectionFiles, RetryPolicy, TransferClient

from .collection import HTTPS_TOKEN, ID, TRANSFER_TOKEN, World


class Pauses:
    """Sleeps that take no time."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


def files(world: World, *, transfer: bool = True, token: str | None = HTTPS_TOKEN, retries: int = 5) -> CollectionFiles:
    """The files of the collection, with access to Transfer or without."""
    pauses = Pauses()
    retry = RetryPolicy(max_retries=retries)
    client = TransferClient(AccessTokenAuthorizer(TRANSFER_TOKEN), base_url=world.url, retry=retry, sleep=pauses.sleep)
    return CollectionFiles(
        ID,
        authorizer=None if token is None else AccessTokenAuthorizer(token),
        transfer=client if transfer else None,
        https_server=None if transfer else world.url,
        retry=retry,
        sleep=pauses.sleep,
    )
