"""Makes what tests of files use."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from globus_typed import AccessTokenAuthorizer, AsyncCollectionFiles, AsyncTransferClient, RetryPolicy

from .collection import HTTPS_TOKEN, ID, TRANSFER_TOKEN, World


class AsyncPauses:
    """Sleeps that take no time."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


@asynccontextmanager
async def async_open_files(
    world: World,
    *,
    transfer: bool = True,
    token: str | None = HTTPS_TOKEN,
    retries: int = 5,
    pauses: AsyncPauses | None = None,
) -> AsyncGenerator[AsyncCollectionFiles]:
    """The files of the collection, with access to Transfer or without."""
    sleep = (pauses or AsyncPauses()).sleep
    retry = RetryPolicy(max_retries=retries)
    authorizer = AccessTokenAuthorizer(TRANSFER_TOKEN)
    async with AsyncTransferClient(authorizer, base_url=world.url, retry=retry, sleep=sleep) as client:
        files = AsyncCollectionFiles(
            ID,
            authorizer=None if token is None else AccessTokenAuthorizer(token),
            transfer=client if transfer else None,
            https_server=None if transfer else world.url,
            retry=retry,
            sleep=sleep,
        )
        async with files:
            yield files
