"""`AsyncCollectionFiles`: the files of one collection over HTTPS."""

from globus_typed.files.async_downloads import AsyncDownloads
from globus_typed.files.async_reading import AsyncReading

__all__ = ["AsyncCollectionFiles"]


class AsyncCollectionFiles(AsyncDownloads, AsyncReading):
    """The files of one collection, read and written over HTTPS: ``AsyncCollectionFiles(collection_id, app=app)``.

    Made where it is used, it does nothing; the address of the collection is looked up when it is first needed, and its
    tokens go there alone. It may be shared by any number of tasks. `async with` or `aclose()` closes its connections.
    Paths begin at the root of the collection, ``/proj/run7/a.csv``; a full URL of the collection will do too.

    Parameters: `collection_id`; `app`, such as a `UserApp`, which logs in for the collection and for Transfer at once;
    or `authorizer`, with a token of the collection for its scope ``https`` (a mapped collection that is not for high
    assurance needs ``data_access`` in the same token); with neither, files that anybody may read; `https_server`, the
    address of the collection, where Transfer need not be asked for it; `transfer`, a client of Transfer of your own,
    without which an `authorizer` has no look at the files by Transfer; `app_name`, `timeout`, `retry`, `http_client`,
    `clock` and `sleep` as for `AsyncClient`.
    Raises `GlobusUsageError` for wrong arguments. The first call raises it too where the collection has no HTTPS
    access, as those of Globus Connect Personal.
    Source: docs.globus.org, "HTTPS Access to Collections".
    """
