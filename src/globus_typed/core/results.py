"""`with_id`: the response to a write, complete where the service left out what the request had said."""

from typing import TypeVar

from globus_typed.core.documents import Document

__all__ = ["with_id"]

ResultT = TypeVar("ResultT", bound=Document)


def with_id(result: ResultT, known: object, part: str | None = None) -> ResultT:
    """The response, in which the document (or the one called `part`) has the id of the path if it came without one."""
    document: Document = result if part is None else getattr(result, part)
    members = vars(document)
    if not members.get("id"):
        members["id"] = str(known)
    return result
