"""The errors under the name that their module has in globus-sdk; here they are in `globus_typed` and in `.errors`."""

from globus_typed.errors import (
    AuthAPIError,
    GlobusAPIError,
    GlobusConnectionError,
    GlobusError,
    GlobusOptionalDependencyError,
    GlobusTimeoutError,
    NetworkError,
    TransferAPIError,
)

__all__ = [
    "AuthAPIError",
    "GlobusAPIError",
    "GlobusConnectionError",
    "GlobusError",
    "GlobusOptionalDependencyError",
    "GlobusTimeoutError",
    "NetworkError",
    "TransferAPIError",
]
