"""The exceptions of scopes."""

from globus_typed.core.base_errors import GlobusUsageError

__all__ = ["ScopeCycleError", "ScopeParseError"]


class ScopeParseError(GlobusUsageError):
    """A string that is not a scope, or not the one scope that was expected. The message tells the place in it."""


class ScopeCycleError(ScopeParseError):
    """A scope that depends on itself."""
