"""The scopes of Globus Transfer."""

from typing import Final

__all__ = ["TransferScopes"]


class TransferScopes:
    """What a token may be allowed to do at Globus Transfer."""

    all: Final = "urn:globus:auth:scope:transfer.api.globus.org:all"
    """Everything that the user may do there."""
