"""The scopes of Globus Compute."""

from typing import Final

__all__ = ["ComputeScopes"]


class ComputeScopes:
    """Scopes of Globus Compute."""

    all: Final = "https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all"
    """Everything the user is allowed to do."""
