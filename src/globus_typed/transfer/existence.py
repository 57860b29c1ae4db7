"""The meaning of a refused file operation for its path, and the directories above a path."""

from globus_typed.errors import GlobusAPIError

__all__ = ["directories_to", "lacks_parent", "says_exists", "says_missing"]

_MKDIR = "ExternalError.MkdirFailed"


def directories_to(path: str) -> list[str]:
    """The directory and those above it, the deepest first, without a slash at the end; none for a root or a home.

    The home directory stays as it is given: ``/~/a/b`` is below ``/~/a``.
    """
    names = [name for name in path.split("/") if name not in ("", ".")]
    begin = "/" if path.startswith("/") else ""
    least = 1 if names and names[0].startswith("~") else 0
    return [begin + "/".join(names[:count]) for count in range(len(names), least, -1)]


def says_missing(error: GlobusAPIError) -> bool:
    """Whether nothing is there: not for a collection that does not exist, nor for a path that may not be seen."""
    code = error.code or ""
    return (error.http_status == 404 and code.rpartition(".")[2] == "NotFound") or code.endswith(".NotDirectory")


def says_exists(error: GlobusAPIError) -> bool:
    """Whether a directory was not created because something is there."""
    return (error.code or "").startswith(f"{_MKDIR}.Exists")


def lacks_parent(error: GlobusAPIError) -> bool:
    """Whether a directory may not have been created because the one above it does not exist."""
    return error.code in (_MKDIR, f"{_MKDIR}.NotFound") or says_missing(error)
