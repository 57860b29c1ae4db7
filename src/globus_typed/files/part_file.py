"""`PartFile`: the file of this machine that a download writes, its side file, and how it takes its name at the end."""

import contextlib
import errno
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from globus_typed.core.json_data import is_object
from globus_typed.errors import GlobusError
from globus_typed.files.checks import Hash, new_hash
from globus_typed.files.errors import DestinationExistsError, LocalFileError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None

__all__ = ["PartFile", "Source"]

_AT_ONCE = 2**20
"""The bytes that are gathered before the file is begun."""


@dataclass(frozen=True)
class Source:
    """The origin of a part, as its side file says."""

    url: str
    """The URL of the file."""
    collection: str | None
    """The id of the collection; None if it is not known."""
    path: str
    """The path in the collection."""
    size: int | None = None
    """The size in bytes; None if it is not known."""
    last_modified: str | None = None
    """The time of its last change; None if it is not known."""


class PartFile:
    """A file beside the destination, ``name.part``, that holds what has arrived so far, and is renamed at the end.

    Beside it, ``name.part.json`` says of which file it is; both stay when a download ends early. What is complete
    before any of it was written never has either. The methods wait for the disk.

    Parameters: `algorithm` of the checksum to compute, None for none; `at_once`, the bytes to gather before they are
    written.
    """

    def __init__(self, destination: Path, algorithm: str | None, at_once: int) -> None:
        self.destination = destination
        self.path: Path = destination.with_name(f"{destination.name}.part")
        self.side_path: Path = destination.with_name(f"{destination.name}.part.json")
        self.source: Source | None = None
        self.written: int = 0
        """The number of bytes in the file."""
        self.resumed_from: int = 0
        """The number of bytes that an earlier download had left."""
        self._algorithm = algorithm
        self._hash = None if algorithm is None else new_hash(algorithm)
        self._file: BinaryIO | None = None
        self._at_once = at_once
        self._gathered: list[bytes] = []
        self._gathered_bytes = 0

    @property
    def have(self) -> int:
        """The number of bytes that have arrived."""
        return self.written + self._gathered_bytes

    @property
    def checksum(self) -> str | None:
        """The checksum of what was written, or None if none is computed."""
        return None if self._hash is None else self._hash.hexdigest()

    def left_behind(self) -> Source | None:
        """The origin of the part that an earlier download left; None if there is none to go on with."""
        try:
            document: object = json.loads(self.side_path.read_bytes())
            if is_object(document) and self.path.is_file():
                return Source(**document)
        except (OSError, ValueError, TypeError):
            pass
        return None

    def finished_before(self) -> bool:
        """Whether a download was killed after it had put the file in place, and before it removed its side file."""
        return self.side_path.is_file() and not self.path.exists()

    def resume(self) -> None:
        """Go on with the part that is there."""
        with self._told("resume"):
            self._file = self._locked(os.open(self.path, os.O_RDWR | _BINARY))
            if self._hash is not None:
                while block := self._file.read(_AT_ONCE):
                    self._hash.update(block)
            self.written = self._file.seek(0, os.SEEK_END)
            self.resumed_from = self.written

    def take(self, chunk: bytes) -> bool:
        """Take what has arrived; True when it is time to `flush`."""
        self._gathered.append(chunk)
        self._gathered_bytes += len(chunk)
        return self._gathered_bytes >= (_AT_ONCE if self._file is None else self._at_once)

    def flush(self) -> None:
        """Write what has arrived."""
        gathered, self._gathered = self._gathered, []
        count, self._gathered_bytes = self._gathered_bytes, 0
        with self._told("write", count):
            if self._file is None:
                self._file = self._begun()
            # Each as it came, while the processor has it at hand: joined, writing takes twice as long.
            for chunk in gathered:
                _write(self._file, chunk)
                self.written += len(chunk)
                if self._hash is not None:
                    self._hash.update(chunk)

    def start_again(self) -> None:
        """Forget what has arrived."""
        self._gathered, self._gathered_bytes = [], 0
        self.written = self.resumed_from = 0
        self._hash = None if self._algorithm is None else new_hash(self._algorithm)
        if self._file is not None:
            with self._told("write"):
                self._file.seek(0)
                self._file.truncate()

    def keep(self) -> None:
        """Close it, and leave it for a later download, with what has arrived."""
        with contextlib.suppress(GlobusError, OSError):
            if self._gathered and (self.source is not None or self._file is not None):
                self.flush()
        self._close()

    def discard(self) -> None:
        """Remove it."""
        there = self._file is not None
        self._gathered, self._gathered_bytes = [], 0
        if there:
            with contextlib.suppress(OSError):
                self.path.unlink()
            with contextlib.suppress(OSError):
                self.side_path.unlink()
        self._close()

    def finish(self, modified: datetime | None, checksum: str | None, overwrite: bool) -> str | None:
        """Write the rest, put the file in place, and give it that time; the checksum if that is not the one wanted.

        Nothing is put in place then, and the part is removed.
        """
        block = b"".join(self._gathered)
        if self._hash is not None:
            self._hash.update(block)
        if checksum is not None and self.checksum != checksum:
            found = self.checksum
            self.discard()
            return found
        count, self._gathered, self._gathered_bytes = self._gathered_bytes, [], 0
        with self._told("write", count):
            # One that is complete at once is written under a name of its own, which needs no side file.
            whole = self._file is None
            path = self.path if not whole else self.path.with_name(f".{self.path.name[:200]}.{secrets.token_hex(4)}")
            file = self._file or open(path, "xb", buffering=0)  # noqa: SIM115  # closed below
            try:
                _write(file, block)
                self.written += count
                if modified is not None:
                    _set_time(file, path, modified)
                os.fsync(file.fileno())
                if not overwrite and os.path.lexists(self.destination):
                    raise DestinationExistsError(
                        f"destination: {self.destination} was made by somebody else meanwhile; what was downloaded was "
                        "not put in its place"
                    )
                if os.name == "nt":  # which renames no open file
                    file.close()
                os.replace(path, self.destination)
            except BaseException:
                if whole:
                    file.close()
                    with contextlib.suppress(OSError):
                        path.unlink()
                raise
            file.close()
            self._file = None
            if not whole:
                with contextlib.suppress(OSError):
                    self.side_path.unlink()
        return None

    def _begun(self) -> BinaryIO:
        """The file, made new, with its side file before it."""
        if os.path.lexists(self.path) and not self.side_path.is_file():
            raise DestinationExistsError(
                f"destination: {self.path} is in the way, where the download would be kept until it is complete; "
                "it has no side file, and so is none of an earlier download: move it away"
            )
        if self.path.exists():
            file = self._locked(os.open(self.path, os.O_RDWR | _BINARY))
            file.truncate()
            self._write_side()
            return file
        self._write_side()
        return self._locked(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666))

    def _write_side(self) -> None:
        document = {} if self.source is None else asdict(self.source)
        other = self.side_path.with_name(f".{self.side_path.name[:200]}.{secrets.token_hex(4)}")
        try:
            other.write_text(json.dumps(document, indent=1), encoding="utf-8")
            os.replace(other, self.side_path)
        except BaseException:
            with contextlib.suppress(OSError):
                other.unlink()
            raise

    def _locked(self, descriptor: int) -> BinaryIO:
        file = open(descriptor, "r+b", buffering=0)  # noqa: SIM115  # kept open
        is_locked = False
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                is_locked = True
            except OSError:  # a file system without locks
                pass
        # The other one may have put it in place before it let go of it.
        if is_locked or not os.path.lexists(self.path) or not os.path.samestat(os.fstat(descriptor), self.path.stat()):
            file.close()
            raise LocalFileError(
                f"{self.path}: another download writes it; wait for that one, or choose another destination",
                errno.EAGAIN,
            )
        return file

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):
                file.close()

    def _told(self, doing: str, count: int = 0) -> "_Told":
        return _Told(self, doing, count)


class _Told:
    """Makes `LocalFileError` of what the disk refuses."""

    def __init__(self, part: PartFile, doing: str, count: int) -> None:
        self._part, self._doing, self._count = part, doing, count

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if not isinstance(error, OSError) or isinstance(error, GlobusError):
            return
        raise LocalFileError(
            f"{self._part.path}: cannot {self._doing} it: {error.strerror or error}{self._room(error)}", error.errno
        ) from error

    def _room(self, error: OSError) -> str:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            return ""
        size = None if self._part.source is None else self._part.source.size
        needed = self._count if size is None else max(size - self._part.written, self._count)
        try:
            free = f"{shutil.disk_usage(self._part.destination.parent).free:,}"
        except OSError:
            free = "an unknown number of"
        return f": {free} bytes are free, {needed:,} more are needed; what has arrived is kept, and resumed next time"


_BINARY: int = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def _write(file: BinaryIO, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[file.write(view) :]


def _set_time(file: BinaryIO, path: Path, modified: datetime) -> None:
    times = modified.timestamp(), modified.timestamp()
    with contextlib.suppress(OSError):  # a file system without such times
        os.utime(file.fileno() if os.utime in os.supports_fd else path, times)


def hashed(path: Path, algorithm: str) -> str:
    """The checksum of a file of this machine."""
    running: Hash = new_hash(algorithm)
    with open(path, "rb") as file:
        while block := file.read(_AT_ONCE):
            running.update(block)
    return running.hexdigest()
