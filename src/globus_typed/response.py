"""The documents that are received, under the names that responses have in globus-sdk."""

from globus_typed.core.documents import Document, ListDocument

__all__ = ["GlobusHTTPResponse", "GlobusResponse", "IterableResponse"]

GlobusResponse = Document
GlobusHTTPResponse = Document
IterableResponse = ListDocument
