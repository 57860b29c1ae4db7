"""The scopes of Globus Transfer."""

from typing import Final

__all__ = ["TransferScopes"]


class TransferScopes:
    """Scopes of Globus Transfer."""

    all: Final = "urn:globus:auth:scope:transfer.api.globus.org:all"
    """Everything the user is allowed to do."""
