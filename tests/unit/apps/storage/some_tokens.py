"""Tokens for the tests of stores."""

from typing import Any

from globus_typed.apps.tokens import TokenStorageData

TRANSFER = "transfer.api.globus.org"
AUTH = "auth.globus.org"
SOMEBODY = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001"


def tokens(
    resource_server: str = TRANSFER, access_token: str = "AgExampleTransfer1", **members: Any
) -> TokenStorageData:
    """The tokens for a resource server."""
    return TokenStorageData.from_dict(
        {
            "resource_server": resource_server,
            "identity_id": SOMEBODY,
            "scope": f"urn:globus:auth:scope:{resource_server}:all",
            "access_token": access_token,
            "refresh_token": "AgExampleRefresh1",
            "expires_at_seconds": 1795949068,
            "token_type": "Bearer",
            **members,
        }
    )
