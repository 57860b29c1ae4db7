"""`HTTPSWeather`: what a test asks for of the HTTPS servers of collections, and what it can see of them."""

from collections.abc import Callable

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.https.access import CollectionsOverHTTPS
from globus_typed.sandbox.https.records import FileRequest
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.weather import Event

__all__ = ["HTTPSWeather"]


class HTTPSWeather:
    """The HTTPS servers of the collections: what becomes of their requests, and which there were.

    Of all methods, `route` says which requests, as in ``/project1/data/a.csv`` or ``PUT /{name}``: the path in the
    collection, or the last names of it, where a name in braces is any (None: all); `collection`, whose server (None:
    any one's); `times`, how many requests (None: all that come).
    """

    def __init__(self, access: CollectionsOverHTTPS) -> None:
        self._access = access

    @property
    def requests(self) -> list[FileRequest]:
        """The requests that came, in their order, without their tokens."""
        return list(self._access.requests)

    def fail_next(
        self,
        status: int = 503,
        *,
        times: int | None = 1,
        route: str | None = None,
        collection: SandboxCollection | None = None,
        retry_after: int | None = None,
        share: float = 1.0,
    ) -> None:
        """Refuse the next requests with an HTTP status.

        Parameters: `status`, 400 to 599; `retry_after`, the seconds in the header ``Retry-After``; `share`, that of
        the requests which is refused, by chance: 0.2 with ``times=None`` for one in five.
        """
        if not 400 <= status <= 599:
            raise GlobusUsageError(f"status: must be an error, from 400 to 599, not {status}")
        self._expect(Event("fail", status=status, retry_after=retry_after), times, route, collection, share)

    def false_404(
        self,
        *,
        times: int | None = 1,
        every: int = 1,
        sticky: bool = False,
        route: str | None = None,
        collection: SandboxCollection | None = None,
        share: float = 1.0,
    ) -> None:
        """Answer the next requests with the 404 of a server whose storage fails, whether or not the file is there.

        Parameters: `every`, to each which one: 3 for the third, the sixth...; `sticky`, whether the connection of such
        a request answers all others so, as long as it lasts; `share` as in `fail_next`.
        """
        self._expect(Event("false_404", sticky=sticky), times, route, collection, share, every)

    def drop_next(
        self,
        *,
        times: int | None = 1,
        route: str | None = None,
        collection: SandboxCollection | None = None,
        carried_out: bool = False,
        share: float = 1.0,
    ) -> None:
        """Close the connection of the next requests without a response.

        Parameters: `carried_out`, whether the request takes effect before its response is lost; `share` as in
        `fail_next`.
        """
        self._expect(Event("lose" if carried_out else "drop"), times, route, collection, share)

    def cut_next(
        self,
        after: int,
        *,
        told: bool = False,
        times: int | None = 1,
        route: str | None = None,
        collection: SandboxCollection | None = None,
        share: float = 1.0,
    ) -> None:
        """Break the bodies of the next requests off: of downloads that of the response, of uploads that of the request,
        which leaves a file that is too short.

        Parameters: `after`, how many bytes; `told`, whether the response of a download is a whole one, but with a
        ``Content-Length`` of that many bytes, instead of one whose connection is closed too early; `share` as in
        `fail_next`.
        """
        self._expect(Event("cut", after=_size(after), told=told), times, route, collection, share)

    def ignore_ranges(
        self, *, times: int | None = None, route: str | None = None, collection: SandboxCollection | None = None
    ) -> None:
        """Answer the next requests for a range with the whole file, and a 200."""
        self._expect(Event("whole"), times, route, collection)

    def meanwhile(
        self,
        action: Callable[[], object],
        *,
        after: int = 0,
        times: int | None = 1,
        route: str | None = None,
        collection: SandboxCollection | None = None,
    ) -> None:
        """Call a function while the file of the next downloads is being sent, to change it, for instance.

        Parameters: `action`, which is called in a thread of its own; `after` how many bytes of the response.
        """
        self._expect(Event("meanwhile", after=_size(after), action=action), times, route, collection)

    def slow(
        self,
        seconds: float,
        *,
        times: int | None = None,
        route: str | None = None,
        collection: SandboxCollection | None = None,
    ) -> None:
        """Answer late.

        Parameters: `seconds`, how late (0: as fast as it can from now on, in every collection).
        """
        if not 0 <= seconds < float("inf"):
            raise GlobusUsageError(f"seconds: must be a number of seconds, not {seconds}")
        if seconds == 0:
            self._access.weather.clear("slow")
        else:
            self._expect(Event("slow", seconds=seconds), times, route, collection)

    def clear(self) -> None:
        """Fair weather from now on: nothing is expected any more."""
        self._access.weather.clear()

    def _expect(
        self,
        event: Event,
        times: int | None,
        route: str | None,
        collection: SandboxCollection | None,
        share: float = 1.0,
        every: int = 1,
    ) -> None:
        where = None if collection is None else collection.id
        self._access.weather.expect(event, times, route, share, every=every, where=where)


def _size(after: int) -> int:
    if after < 0:
        raise GlobusUsageError(f"after: must be a number of bytes, at least 0, not {after}")
    return after
