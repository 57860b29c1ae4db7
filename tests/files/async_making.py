"""Makes what tests of files use."""

from globus_typed import AccessTokenAuthorizer, AsyncCollectionFiles, AsyncTransferClient, RetryPolicy

from .collection import HTTPS_TOKEN, ID, TRANSFER_TOKEN, World


class AsyncPauses:
    """Sleeps that take no time."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


def async_files(
    world: World, *, transfer: bool = True, token: str | None = HTTPS_TOKEN, retries: int = 5
) -> AsyncCollectionFiles:
    """The files of the collection, with access to Transfer or without."""
    pauses = AsyncPauses()
    retry = RetryPolicy(max_retries=retries)
    client = AsyncTransferClient(
        AccessTokenAuthorizer(TRANSFER_TOKEN), base_url=world.url, retry=retry, sleep=pauses.sleep
    )
    return AsyncCollectionFiles(
        ID,
        authorizer=None if token is None else AccessTokenAuthorizer(token),
        transfer=client if transfer else None,
        https_server=None if transfer else world.url,
        retry=retry,
        sleep=pauses.sleep,
    )
