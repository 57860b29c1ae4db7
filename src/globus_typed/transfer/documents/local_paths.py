"""Paths of this machine that are given for paths of a collection: what they look like, and what they are there."""

import ntpath
import re

__all__ = ["collection_form", "local_path_hint"]

_LONG = 100
_DRIVE = re.compile(r"([A-Za-z]):")


def collection_form(path: str) -> str | None:
    """The path in a collection of Globus Connect Personal on Windows: ``/C/data`` for ``C:\\data``.

    None for a path that has none there: that of a share, of a device, one without a drive, and one that is relative to
    the working directory of a drive, such as ``C:data``. Source: globus-cli's documentation.
    """
    path = path.replace("/", "\\")
    if path.startswith("\\\\?\\") and _DRIVE.match(path[4:]):
        path = path[4:]
    drive = _DRIVE.match(path)
    if drive is None or not path.startswith("\\", drive.end()):
        return None
    below = ntpath.normpath(path[drive.end() :])
    slash = "\\" if path.endswith(("\\", "\\.")) and below != "\\" else ""
    return f"/{drive[1].upper()}{below}{slash}".replace("\\", "/")


def local_path_hint(path: str) -> str:
    """The hint about a path of Windows that is given for one of a collection; empty for any other path."""
    if path.startswith("\\\\") and not path.startswith("\\\\?\\"):
        return "; a network share has no path in a collection: map it to a drive, or use a collection of its own"
    form = collection_form(path)
    if form is None or len(form) > _LONG:
        return ""
    return f'; in a collection on Windows it is "{form}"'
