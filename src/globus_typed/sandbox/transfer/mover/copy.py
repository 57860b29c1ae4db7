"""Copies one file or link from one collection to another; at the destination it is there whole or not at all.

The bytes go to a temporary file in the destination's directory, which takes the file's name once it is complete and
checked. While it exists the sandbox shows it in no listing and moves it nowhere.
"""

import errno
import hashlib
import os
import random
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from globus_typed.sandbox.transfer.mover.faults import Fatal, Fault
from globus_typed.sandbox.transfer.paths import Parts, Place, Tree

__all__ = ["Copied", "Side", "Wanted", "copy_file", "copy_link", "is_partial"]

CHUNK = 256 * 1024

_partials: set[str] = set()
_EFFECTIVE = os.access in os.supports_effective_ids
_NO_LINK = os.O_NOFOLLOW | os.O_CLOEXEC


def is_partial(name: str) -> bool:
    """Whether this is the name of a file that a mover is writing just now."""
    return name in _partials


def _new_partial() -> str:
    name = f".globus-sandbox-{random.getrandbits(64):016x}"
    _partials.add(name)
    return name


class Progress(Protocol):
    """Is told about every chunk; each of its methods may raise to stop the copy."""

    def moved(self, size: int) -> None: ...
    def thrown_away(self, size: int) -> None: ...
    def checksummed(self, size: int) -> None: ...
    def check(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Options for copying a file."""

    sync_level: int | None = None
    verify_checksum: bool = False
    preserve_timestamp: bool = False
    external_checksum: str | None = None
    algorithm: str = "MD5"
    size: int | None = None


class Copied(NamedTuple):
    """The result of a copy, with the checksum when one was made."""

    size: int
    checksum: bytes | None
    algorithm: str | None


class Side:
    """One end of a transfer: the tree of a collection, with the directory that was used last kept open."""

    def __init__(self, tree: Tree) -> None:
        self.tree: Tree = tree
        self._parts: Parts | None = None
        self._real_parts: Parts = ()
        self._fd = -1

    def place(self, parts: Parts, *, follow: bool = True, make: bool = False) -> Place:
        """As Tree.locate; `make` makes missing parents."""
        if not parts:
            return self.tree.locate(parts)
        if self._parts != parts[:-1]:
            self.close()
            self._fd, self._real_parts = self.tree.parent(parts, make=make)
            self._parts = parts[:-1]
        here = (*self._real_parts, parts[-1])
        self.tree.check(parts)
        if here != parts:
            self.tree.check(here)
        try:
            status = os.lstat(parts[-1], dir_fd=self._fd)
        except FileNotFoundError:
            status = None
        if status is not None and follow and stat.S_ISLNK(status.st_mode):
            return self.tree.locate(parts, follow=True)
        return Place(os.dup(self._fd), parts[-1], status, here)

    def close(self) -> None:
        if self._parts is not None:
            os.close(self._fd)
            self._parts = None


def copy_file(
    source: Side, source_parts: Parts, destination: Side, destination_parts: Parts, wanted: Wanted, progress: Progress
) -> Copied | None:
    """Copy a regular file, following links inside the collections; None when `sync_level` finds nothing to do.

    Raises Fault, or OSError when it is the destination that fails.
    """
    try:
        with source.place(source_parts) as place:
            place.found()
            # O_NONBLOCK: a pipe put in the file's place must not hold the mover
            reader = os.open(place.name, os.O_RDONLY | os.O_NONBLOCK | _NO_LINK, dir_fd=place.fd)
    except OSError as error:
        raise Fault.of(error, on_source=True) from error
    try:
        before = os.fstat(reader)
        if not stat.S_ISREG(before.st_mode):
            raise Fault("ENDPOINT_ERROR", "The source is not a regular file", on_source=True)
        if wanted.size is not None and wanted.size != before.st_size:
            raise Fault(
                "FILE_SIZE_CHANGED", f"The source has {before.st_size} bytes, not {wanted.size}", on_source=True
            )
        with destination.place(destination_parts, make=True) as target:
            if target.status is not None:
                if not stat.S_ISREG(target.status.st_mode):
                    raise Fault("ENDPOINT_ERROR", "The destination exists and is not a regular file")
                # the copy takes the file's name, which the permissions of the file itself would not prevent
                if not os.access(target.name, os.W_OK, dir_fd=target.fd, effective_ids=_EFFECTIVE):
                    raise Fault("PERMISSION_DENIED", "The destination exists and may not be written")
                if wanted.sync_level is not None and _same(reader, before, target, wanted, progress):
                    return None
            return _copy(reader, before, target, wanted, progress)
    finally:
        os.close(reader)


def _same(reader: int, before: os.stat_result, target: Place, wanted: Wanted, progress: Progress) -> bool:
    there = target.found()
    if wanted.sync_level == 0:
        return True
    if before.st_size != there.st_size:
        return False
    if wanted.sync_level == 1:
        return True
    if wanted.sync_level == 2:
        # In whole seconds, as listings show them.
        return before.st_mtime_ns // 10**9 <= there.st_mtime_ns // 10**9
    fd = os.open(target.name, os.O_RDONLY | _NO_LINK, dir_fd=target.fd)
    try:
        found = _digest(fd, wanted.algorithm, progress)
    finally:
        os.close(fd)
    same = found == _digest(reader, wanted.algorithm, progress)
    os.lseek(reader, 0, os.SEEK_SET)
    return same


def _digest(fd: int, algorithm: str, progress: Progress) -> bytes:
    hasher = hashlib.new(algorithm, usedforsecurity=False)
    os.lseek(fd, 0, os.SEEK_SET)
    while chunk := os.read(fd, CHUNK):
        hasher.update(chunk)
        progress.checksummed(len(chunk))
    return hasher.digest()


def _copy(reader: int, before: os.stat_result, target: Place, wanted: Wanted, progress: Progress) -> Copied:
    temporary = _new_partial()
    try:
        writer = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o666, dir_fd=target.fd)
        try:
            try:
                copied = _fill(reader, writer, before, wanted, progress)
                if target.status is not None:
                    os.fchmod(writer, stat.S_IMODE(target.status.st_mode))
                if wanted.preserve_timestamp:
                    os.utime(writer, ns=(before.st_atime_ns, before.st_mtime_ns))
            finally:
                os.close(writer)
            progress.check()
            os.replace(temporary, target.name, src_dir_fd=target.fd, dst_dir_fd=target.fd)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(temporary, dir_fd=target.fd)
            raise
    finally:
        _partials.discard(temporary)
    return copied


def _fill(reader: int, writer: int, before: os.stat_result, wanted: Wanted, progress: Progress) -> Copied:
    hasher = None
    if wanted.verify_checksum or wanted.external_checksum is not None:
        hasher = hashlib.new(wanted.algorithm, usedforsecurity=False)
    size = 0
    try:
        # one byte more than expected is enough to know that the file grows
        while size <= before.st_size and (chunk := _read(reader)):
            if hasher is not None:
                hasher.update(chunk)
            view = memoryview(chunk)
            while view:
                view = view[os.write(writer, view) :]
            size += len(chunk)
            progress.moved(len(chunk))
        after = os.fstat(reader)
        if size != before.st_size or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise Fault("FILE_SIZE_CHANGED", "The source changed while it was copied", on_source=True)
        if hasher is None:
            return Copied(size, None, None)
        checksum = hasher.digest()
        if wanted.external_checksum is not None and checksum.hex() != wanted.external_checksum:
            details = f"The source has the {wanted.algorithm} {checksum.hex()}, not {wanted.external_checksum}"
            raise Fatal("VERIFY_CHECKSUM", details, on_source=True)
        if wanted.verify_checksum and _digest(writer, wanted.algorithm, progress) != checksum:
            raise Fault("VERIFY_CHECKSUM", f"The {wanted.algorithm} of the copy differs from that of the source")
    except (Fault, OSError):
        progress.thrown_away(size)
        raise
    return Copied(size, checksum, wanted.algorithm)


def _read(fd: int) -> bytes:
    try:
        return os.read(fd, CHUNK)
    except OSError as error:
        raise Fault.of(error, on_source=True) from error


def copy_link(source: Side, source_parts: Parts, destination: Side, destination_parts: Parts) -> int | None:
    """Make the same symbolic link at the destination and give its length; None when it is there already.

    Raises Fault, or OSError when it is the destination that fails.
    """
    try:
        with source.place(source_parts, follow=False) as place:
            if not stat.S_ISLNK(place.found().st_mode):
                raise Fault("ENDPOINT_ERROR", "The source is not a symbolic link", on_source=True)
            target = os.readlink(place.name, dir_fd=place.fd)
    except OSError as error:
        raise Fault.of(error, on_source=True) from error
    with destination.place(destination_parts, follow=False, make=True) as there:
        if there.status is not None:
            if stat.S_ISDIR(there.status.st_mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), there.name)
            if stat.S_ISLNK(there.status.st_mode) and os.readlink(there.name, dir_fd=there.fd) == target:
                return None
        temporary = _new_partial()
        try:
            os.symlink(target, temporary, dir_fd=there.fd)
            os.replace(temporary, there.name, src_dir_fd=there.fd, dst_dir_fd=there.fd)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary, dir_fd=there.fd)
            _partials.discard(temporary)
    return len(os.fsencode(target))
