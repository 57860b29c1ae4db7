"""Paths on this machine, and what they are in its collection of Globus Connect Personal."""

import ntpath
import posixpath
import re
from collections.abc import Callable, Iterable
from os import PathLike, fspath
from typing import cast

from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError
from globus_typed.files.gcp_files import AllowedPath
from globus_typed.files.gcp_places import Surroundings
from globus_typed.transfer.documents.local_paths import collection_form, local_path_hint

__all__ = ["absolute", "allowing", "to_collection", "to_local"]

_DRIVE = re.compile(r"[A-Za-z]:")
_DRIVE_NAME = re.compile("[A-Za-z]")
_NOT_ON_WINDOWS = re.compile(r'[\\:*?"<>|\0-\x1f]')


def absolute(local: str | PathLike[str], surroundings: Surroundings) -> str:
    """The path on this machine, absolute and without ``.`` and ``..``; a slash at its end stays.

    Raises `GlobusUsageError` for a path that cannot be told.
    """
    given = cast("str | bytes", fspath(local))
    if isinstance(given, bytes) or not given or "\0" in given:
        raise GlobusUsageError(f"local: must be a path on this machine, got {given!r}")
    try:
        given.encode()
    except UnicodeEncodeError:
        raise GlobusUsageError(f"local: must be a path in Unicode, as all in Globus are, got {given!r}") from None
    return _windows(given, surroundings) if surroundings.is_windows else _posix(given, surroundings)


def _posix(path: str, surroundings: Surroundings) -> str:
    if path == "~" or path.startswith("~/"):
        path = _known("HOME", surroundings.home) + path[1:]
    elif path.startswith("~"):
        raise GlobusUsageError(f"local: of home directories only your own is known, ~/…, got {path!r}")
    elif not path.startswith("/"):
        path = posixpath.join(_known("the working directory", surroundings.cwd), path)
    whole = posixpath.normpath(path)
    whole = "/" + whole.lstrip("/")  # two slashes at the beginning are kept by normpath
    return f"{whole}/" if path.endswith(("/", "/.")) and whole != "/" else whole


def _windows(path: str, surroundings: Surroundings) -> str:
    path = path.replace("/", "\\")
    if path == "~" or path.startswith("~\\"):
        path = _known("USERPROFILE", surroundings.home) + path[1:]
    if path.startswith("\\\\") and collection_form(path) is None:
        raise GlobusUsageError(f"local: {path!r} has no path in the collection{local_path_hint(path)}")
    if path.startswith("\\\\?\\"):
        path = path[4:]
    if not _DRIVE.match(path):
        path = ntpath.join(_known("the working directory", surroundings.cwd), path)
    elif path[2:3] != "\\":
        raise GlobusUsageError(f"local: must have a backslash after the drive, got {path!r}")
    whole = ntpath.normpath(path)
    if not _DRIVE.match(whole):
        raise GlobusUsageError(f"local: {path!r} has no path in the collection{local_path_hint(whole)}")
    whole = whole[0].upper() + whole[1:]
    return f"{whole}\\" if path.endswith(("\\", "\\.")) and not whole.endswith("\\") else whole


def _known(name: str, value: str | None) -> str:
    if not value:
        raise GlobusUsageError(f"local: {name} is not known here; give an absolute path")
    return value


def to_collection(local: str | PathLike[str], surroundings: Surroundings) -> str:
    """The path in the collection: ``/C/data/a b`` for ``C:\\data\\a b``, others as they are."""
    whole = absolute(local, surroundings)
    form = collection_form(whole) if surroundings.is_windows else whole
    if form is None:
        raise GlobusUsageError(f"local: {whole!r} has no path in the collection")
    return form


def to_local(path: str, surroundings: Surroundings) -> str:
    """The path on this machine for one in the collection.

    Raises `GlobusUsageError` for a path that there cannot be here.
    """
    given = path if isinstance(unchecked(path), str) else ""
    if not given.startswith(("/", "~/")) and given != "~":
        raise GlobusUsageError(f'path: must be one of the collection, and start with "/" or "~/", got {path!r}')
    names = [name for name in given.split("/") if name not in ("", ".")]
    if ".." in names or "\0" in given:
        raise GlobusUsageError(f'path: must not contain a NUL character or "..", got {given!r}')
    slash = given.endswith(("/", "/."))
    if surroundings.is_windows:
        return _to_windows(given, names, slash, surroundings)
    if names[:1] == ["~"]:
        names[:1] = [name for name in _known("HOME", surroundings.home).split("/") if name]
    return "/" + "/".join(names) + ("/" if slash and names else "")


def _to_windows(path: str, names: list[str], slash: bool, surroundings: Surroundings) -> str:
    for name in names:
        if _NOT_ON_WINDOWS.search(name) or name != name.rstrip(" ."):
            raise GlobusUsageError(f"path: Windows has no file with the name {name!r}, in {path!r}")
    if names[:1] == ["~"]:
        begin = absolute(_known("USERPROFILE", surroundings.home), surroundings).rstrip("\\")
    elif names and _DRIVE_NAME.fullmatch(names[0]):
        begin = f"{names[0].upper()}:"
    else:
        raise GlobusUsageError(f'path: must begin with a drive, as "/C/data", on Windows, got {path!r}')
    whole = "\\".join([begin, *names[1:]])
    return f"{whole}\\" if slash or whole.endswith(":") else whole


def allowing(
    local: str, paths: Iterable[AllowedPath], surroundings: Surroundings, resolve: Callable[[str], str]
) -> AllowedPath | None:
    """The allowed path that an absolute path is in, the one nearest to it; None if it is in none of them.

    Parameters: `resolve`, which follows symlinks.
    """
    target = _folded(resolve(local), surroundings)
    best: tuple[int, AllowedPath] | None = None
    for allowed in paths:
        try:
            base = _folded(resolve(absolute(allowed.path, surroundings)), surroundings)
        except GlobusUsageError:
            continue
        if (target == base or target.startswith(f"{base}/")) and (best is None or len(base) > best[0]):
            best = len(base), allowed
    return None if best is None else best[1]


def _folded(path: str, surroundings: Surroundings) -> str:
    """The path for comparing: without a slash at its end, and on Windows without regard to case."""
    path = path.replace("\\", "/").casefold() if surroundings.is_windows else path
    return path.rstrip("/")
