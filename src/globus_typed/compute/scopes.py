"""The scopes of Globus Compute."""

from typing import Final

__all__ = ["ComputeScopes"]


class ComputeScopes:
    """Scopes of Globus Compute."""

    resource_server: Final = "funcx_service"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    all: Final = "https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all"
    """Everything the user is allowed to do."""
