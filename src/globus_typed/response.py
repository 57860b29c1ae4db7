"""The response to a route without a document of its own, under the names that it has in globus-sdk."""

from globus_typed.core.documents import Response

__all__ = ["GlobusHTTPResponse", "GlobusResponse"]

GlobusResponse = Response
GlobusHTTPResponse = Response
