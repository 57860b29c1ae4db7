"""The scopes of Globus Search."""

from typing import Final

__all__ = ["SearchScopes"]


class SearchScopes:
    """What a token may be allowed to do at Globus Search."""

    all: Final = "urn:globus:auth:scope:search.api.globus.org:all"
    """Everything that the user may do there."""
    globus_connect_server: Final = "urn:globus:auth:scope:search.api.globus.org:globus_connect_server"
    """What Globus Connect Server does there."""
    ingest: Final = "urn:globus:auth:scope:search.api.globus.org:ingest"
    """Bring documents into indices."""
    search: Final = "urn:globus:auth:scope:search.api.globus.org:search"
    """Search in indices."""
