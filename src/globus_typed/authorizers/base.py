"""The base class of authorizers, under the name that its module has in globus-sdk."""

from globus_typed.core.authorizers import GlobusAuthorizer

__all__ = ["GlobusAuthorizer"]
