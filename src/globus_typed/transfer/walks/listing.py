"""One directory: the request that lists it, and its entries as the walk takes them."""

from dataclasses import dataclass

from globus_typed.core.request import Part, Request
from globus_typed.errors import GlobusError, ResponseShapeError
from globus_typed.transfer.documents.files import File, FileList
from globus_typed.transfer.service import V0_10

__all__ = ["Listing", "listing_request", "read_listing"]


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a directory."""

    items: list[File]
    """The entries, as the collection sent them."""
    absolute_path: str | None
    """The path of the directory without ``~``; None if the collection does not report it."""


def listing_request(
    collection: str, path: str, *, show_hidden: bool, local_user: str | None, filter: str | None
) -> Request[FileList]:
    """The request for the entries of a directory; of a filter's, only directories and those that it matches."""
    query = {
        "path": path if path.endswith("/") else f"{path}/",
        "show_hidden": None if show_hidden else 0,
        "local_user": local_user,
        # One of several filters must match, so that directories pass whatever the other one says.
        "filter": None if filter is None else ("type:dir", filter),
    }
    segments = (V0_10, "operation", "endpoint", Part("collection", collection), "ls")
    return Request("GET", segments, FileList, query=query)


def read_listing(document: FileList) -> Listing:
    """The entries of a listing. The document itself, with the whole body of the response, is not kept.

    Raises `ResponseShapeError` for a name that no entry can have, which would lead a walk out of its directory;
    `GlobusError` for a listing that is not whole.
    """
    items = [item for item in document.items if item.name not in {".", ".."}]
    for number, item in enumerate(document.items):
        if (not item.name or "/" in item.name or "\0" in item.name) and document.http is not None:
            problem = f"an entry of a directory cannot have the name {item.name!r}"
            raise ResponseShapeError("FileList", [(f"DATA.{number}.name", problem)], document.http)
    if document.total is not None and document.total > len(document.items):
        raise GlobusError(f"the collection listed only {len(document.items):,} of its {document.total:,} entries")
    return Listing(items, document.absolute_path)
