"""The authorizers, under the name that their module has in globus-sdk."""

from globus_typed.auth.authorizers import ClientCredentialsAuthorizer, RefreshTokenAuthorizer
from globus_typed.core.authorizers import (
    AccessTokenAuthorizer,
    BasicAuthorizer,
    GlobusAuthorizer,
    NullAuthorizer,
    RenewingAuthorizer,
)

__all__ = [
    "AccessTokenAuthorizer",
    "BasicAuthorizer",
    "ClientCredentialsAuthorizer",
    "GlobusAuthorizer",
    "NullAuthorizer",
    "RefreshTokenAuthorizer",
    "RenewingAuthorizer",
]
