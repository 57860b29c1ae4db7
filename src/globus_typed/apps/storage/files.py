"""Files of secrets: private to their user, never half written, never somebody else's."""

import os
import stat
import warnings
from collections.abc import Callable
from contextlib import suppress
from errno import EACCES, EDQUOT, EFBIG, ENOENT, ENOSPC, EPERM, EROFS, ESTALE
from pathlib import Path
from typing import Literal, TypeVar
from uuid import uuid4

from globus_typed.apps.errors import StoreDamagedError, StoreError, StorePermissionError
from globus_typed.errors import GlobusUsageError, GlobusWarning

__all__ = [
    "OnInsecure",
    "absolute_path",
    "check_directory",
    "check_private",
    "explained",
    "explained_error",
    "make_directory",
    "read_private",
    "real_path",
    "warn_once",
    "write_private",
]

T = TypeVar("T")
OnInsecure = Literal["repair", "refuse"]
"""The treatment of a file or directory that other users can read or write."""

LONGEST = 32 * 1024 * 1024
"""The bytes of the longest file that can be one of tokens."""
_NO_ROOM = {ENOSPC, EDQUOT, EFBIG}
_FORBIDDEN = {EACCES, EPERM, EROFS}
_BINARY = getattr(os, "O_BINARY", 0)  # of Windows
_SAFE = _BINARY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_has_modes = hasattr(os, "geteuid")  # not on Windows, where the user's directories are private by inheritance

_warned: set[str] = set()
_cleared: set[Path] = set()
"""The files whose directories were cleared of the remains of killed processes, once in each process."""


def warn_once(path: Path, message: str) -> None:
    """Warn of a file, once in a process."""
    if f"{path} {message}" not in _warned:
        _warned.add(f"{path} {message}")
        warnings.warn(message, GlobusWarning, stacklevel=2)


def absolute_path(path: "str | os.PathLike[str]") -> Path:
    """The path from the root, ``~`` resolved; nothing is looked up on disk. `GlobusUsageError` if it is none."""
    text = os.fspath(path)
    if not isinstance(text, str) or not text or "\0" in text:  # pyright: ignore[reportUnnecessaryIsInstance]  # bytes
        raise GlobusUsageError(f"path: must be the path of a file, got {path!r}")
    text = os.path.expanduser(text)
    if text.startswith("~"):
        raise GlobusUsageError(f"path: there is no home directory for {text}; give the whole path")
    return Path(os.path.abspath(text))


def real_path(path: Path) -> Path:
    """The path without symbolic links. Raises `StorePermissionError` where another user made the link to the file."""
    with suppress(OSError):
        link = path.lstat()
        if stat.S_ISLNK(link.st_mode) and _has_modes and link.st_uid not in (os.geteuid(), 0):
            raise StorePermissionError(f"{path}: is a symbolic link that another user made; remove it")
    return Path(os.path.realpath(path))


def explained_error(path: Path, error: OSError) -> StoreError:
    """The error of a store for one of the system."""
    reason = error.strerror or type(error).__name__
    if error.errno in _NO_ROOM:
        return StoreError(f"{path}: {reason}; make room and try again. What was stored before is still there")
    if error.errno in _FORBIDDEN:
        return StorePermissionError(
            f"{path}: {reason}; make {path.parent} one that you can read and write, or choose another: for the "
            "tokens of apps, set GLOBUS_TYPED_TOKEN_DIR to it"
        )
    return StoreError(f"{path}: {reason}")


def explained(path: Path, work: Callable[[], T]) -> T:
    """The result of the work on a file; the system's errors are raised as those of a store."""
    try:
        return work()
    except OSError as error:
        raise explained_error(path, error) from error


def make_directory(directory: Path) -> None:
    """Make a directory, and those above it, that no other user can enter; one that is there is left as it is."""
    try:
        missing = [each for each in (directory, *directory.parents) if not each.exists()]
        for each in reversed(missing):
            with suppress(FileExistsError):  # another process was faster
                each.mkdir(mode=0o700)
                each.chmod(0o700)  # whatever the umask took away
    except OSError as error:
        raise explained_error(directory / "", error) from error
    if not directory.is_dir():
        raise StoreError(f"{directory}: is no directory; choose another place for the tokens")


def check_private(path: Path, found: os.stat_result, on_insecure: OnInsecure, repair: Callable[[int], object]) -> None:
    """Raise `StorePermissionError` for a file of another user. For one that others can read, as `on_insecure` says:
    repair it with a call of `repair(mode)` and warn, or raise.
    """
    if not _has_modes:
        return
    if found.st_uid != os.geteuid():
        raise StorePermissionError(
            f"{path}: belongs to another user, number {found.st_uid}; remove it, or choose another place for tokens"
        )
    if not found.st_mode & 0o077:
        return
    mode = f"{stat.S_IMODE(found.st_mode):04o}"
    if on_insecure == "refuse":
        raise StorePermissionError(
            f"{path}: has the mode {mode}, by which others can read or change tokens. If nobody did: chmod 600 {path}"
        )
    try:
        repair(0o600)
    except OSError:
        warn_once(path, f"{path}: has the mode {mode}, by which others can read or change tokens; chmod failed")
    else:
        warn_once(path, f"{path}: had the mode {mode}, by which others could read tokens; it is 0600 now")


def check_directory(path: Path, on_insecure: OnInsecure, own_names: Callable[[str], bool]) -> None:
    """Check the directory of a store: nobody else may enter it.

    Where others can, as `on_insecure` says: make it private if nothing but stores lies there (`own_names` knows their
    files), and warn of one that others can write in; or raise `StorePermissionError`.
    """
    directory = path.parent
    try:
        found = directory.stat()
    except OSError:
        return
    if not _has_modes or not found.st_mode & 0o077:
        return
    mode = f"{stat.S_IMODE(found.st_mode):04o}"
    if on_insecure == "refuse":
        raise StorePermissionError(
            f"{directory}: has the mode {mode}, by which others can look into it, as the directory of tokens; "
            f"chmod 700 {directory}"
        )
    with suppress(OSError):
        if found.st_uid == os.geteuid() and all(own_names(name) for name in os.listdir(directory)):
            directory.chmod(0o700)
            return
    if found.st_mode & 0o022 and not found.st_mode & stat.S_ISVTX:
        warn_once(
            directory,
            f"{directory}: has the mode {mode}, by which others can put their tokens in the place of yours; "
            f"choose a directory of its own for {path.name}",
        )


def read_private(path: Path, on_insecure: OnInsecure) -> bytes | None:
    """The content of a file of secrets; None if there is none.

    Raises `StorePermissionError` for one that belongs to another user, or is insecure and to be refused,
    `StoreDamagedError` for what is no file, `StoreError` for what cannot be read.
    """
    for attempt in range(3):
        try:
            return _read(path, on_insecure)
        except OSError as error:  # noqa: PERF203  # at most three times
            if error.errno == ENOENT:
                return None
            # On NFS, a file that was replaced meanwhile.
            if error.errno != ESTALE or attempt == 2:
                raise explained_error(path, error) from error
    raise AssertionError


def _read(path: Path, on_insecure: OnInsecure) -> bytes:
    # Without O_NONBLOCK, opening a pipe would wait for whoever writes into it.
    descriptor = os.open(path, os.O_RDONLY | _SAFE | getattr(os, "O_NONBLOCK", 0))
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            kind = "a directory" if stat.S_ISDIR(found.st_mode) else "no file"
            raise StoreDamagedError(f"{path}: is {kind}; give the path of a file for the tokens")
        check_private(path, found, on_insecure, lambda mode: os.fchmod(descriptor, mode))
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read(LONGEST + 1)
    finally:
        os.close(descriptor)
    if len(content) > LONGEST:
        raise StoreDamagedError(f"{path}: is too long for a file of tokens; choose another path")
    return content


def write_private(path: Path, content: bytes, check: Callable[[], object], *, keep: bool = True) -> None:
    """Replace a file of secrets as a whole, so that at any moment there is the old or the new one.

    Without `keep`, all is done but the replacing, so that it is known whether it could be.

    The lock of the store must be held; `check`, called first and just before the file is replaced, raises if it is
    not. The system's errors are raised as those of a store.
    """
    check()
    if path not in _cleared:
        _cleared.add(path)
        _clear_parts(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, 0o600)
        try:
            with open(descriptor, "wb") as file:
                if _has_modes:
                    os.fchmod(descriptor, 0o600)  # whatever the umask took away
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            check()
            if keep:
                os.replace(part, path)
            else:
                part.unlink()
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        raise explained_error(path, error) from error
    with suppress(OSError):  # some file systems know no fsync of directories
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def _clear_parts(path: Path) -> None:
    """Remove what killed processes left beside a file."""
    with suppress(OSError):
        for name in os.listdir(path.parent):
            if name.startswith(f".{path.name}.") and name.endswith(".part"):
                with suppress(OSError):
                    (path.parent / name).unlink()
