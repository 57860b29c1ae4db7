"""The base classes of errors and warnings, for what lies below `globus_typed.errors`, where programs find them."""

__all__ = ["GlobusError", "GlobusUsageError", "GlobusWarning"]

_HOME = "globus_typed.errors"


class GlobusError(Exception):
    """Base class of all exceptions of this package."""

    __module__ = _HOME

    submission_id: str | None = None
    """The id that a transfer, delete or tunnel was sent with: submitted again with it, it is the same one. None if it
    had none yet, and for all other calls."""


class GlobusUsageError(GlobusError, ValueError):
    """A wrong argument, or calls in the wrong order, found before anything was sent."""

    __module__ = _HOME


class GlobusWarning(UserWarning):
    """A document that the service would accept, but that is probably not what was meant."""

    __module__ = _HOME
