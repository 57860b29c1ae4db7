"""`Frontier`: which directory is listed next, and which entry is yielded next, whatever order listings come in."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from globus_typed.transfer.walks.checkpoint import PendingDirectory
from globus_typed.transfer.walks.directories import Directory
from globus_typed.transfer.walks.listing import Listing

__all__ = ["Frame", "Frontier", "Opened"]

T = TypeVar("T")

_MOST_WAITING = 20_000
"""The entries of listings that wait for their turn, above which only the listing that is needed next is asked for."""


@dataclass(slots=True)
class Opened(Generic[T]):
    """The share of a directory that was listed in the walk."""

    items: list[T]
    """The entries to yield, in order."""
    names: list[str]
    """The names of these."""
    inner: list[tuple[int, Directory]]
    """The directories that are entered, in order, each with the number of items that are yielded before it is."""
    failed: dict[str, Exception] = field(default_factory=dict[str, Exception])
    """Those of them that are not to be listed, by path, with the reason."""
    by_name: bool = True
    """Whether all is sorted by name."""


@dataclass(eq=False, slots=True)
class Frame(Generic[T]):
    """A directory on its way through the walk: known, asked for, arrived, opened."""

    directory: Directory
    given: tuple[int, str] | None = None
    """How many of its items were yielded, and the name of the last one."""
    entered: str | None = None
    """The name of the last directory in it that was entered."""
    attempts: int = 0
    """How often it was asked for in vain, because there were too many calls."""
    asked: bool = False
    outcome: Listing | Exception | None = None
    """The listing that arrived, until it is opened."""
    opened: Opened[T] | None = None
    index: int = 0
    inner: "deque[tuple[int, Frame[T]]]" = field(default_factory=lambda: deque["tuple[int, Frame[T]]"]())
    """The directories in it that are still to be entered."""

    @property
    def is_finished(self) -> bool:
        """Whether all of it was yielded, and all directories in it entered."""
        return self.opened is not None and self.index >= len(self.opened.items) and not self.inner


class Frontier(Generic[T]):
    """The directories that are known and not finished.

    Breadth first, they are a queue: the first is being yielded, and directories found in it join at the end. Depth
    first, they are a stack: each is in the one before it, and the last is being yielded.

    Parameters: `start`; `breadth`, which of both; `ahead`, how many directories to look ahead for some to list.
    """

    def __init__(self, start: Directory, *, breadth: bool, ahead: int) -> None:
        self._frames: deque[Frame[T]] = deque([Frame(start)])
        self._breadth = breadth
        self._ahead = ahead
        self._joined = 0
        self._waiting = 0
        self.pending: int = 1
        """The number of directories that are known and have not been read."""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left."""
        return not self._frames

    def to_ask(self) -> Frame[T] | None:
        """The directory to list next, which then counts as asked for; None for none at present."""
        for place, frame in enumerate(islice(self._coming(), self._ahead)):
            if place and self._waiting > _MOST_WAITING:
                return None
            if not frame.asked:
                frame.asked = True
                return frame
        return None

    def _coming(self) -> Iterator[Frame[T]]:
        """The directories that are not opened, in the order in which they will be, as far as it is known."""
        if self._breadth:
            yield from (frame for frame in self._frames if frame.opened is None)
            return
        for frame in reversed(self._frames):
            if frame.opened is None:
                yield frame
            else:
                yield from (inner for _, inner in frame.inner)

    def arrived(self, frame: Frame[T], outcome: Listing | Exception) -> None:
        """Take the listing of a directory, or its failure."""
        frame.outcome = outcome
        self._waiting += _count(outcome)

    def ask_again(self, frame: Frame[T]) -> None:
        """Forget that a directory was asked for, and what came back."""
        self._waiting -= _count(frame.outcome)
        frame.asked, frame.outcome = False, None

    @property
    def head(self) -> Frame[T] | None:
        """The directory that is to be opened now; None while another is being yielded."""
        if not self._frames:
            return None
        frame = self._frames[0 if self._breadth else -1]
        return frame if frame.opened is None else None

    def drop_head(self) -> None:
        """Go on without the directory that was to be opened."""
        self.pending -= 1
        self._remove()

    def open_head(self, opened: Opened[T]) -> None:
        """Have a directory's items yielded, and the directories in it entered; what was before a checkpoint is not."""
        frame = self._frames[0 if self._breadth else -1]
        self._waiting -= _count(frame.outcome)
        frame.outcome, frame.opened = None, opened
        frame.index = _passed(opened.names, frame.given, by_name=opened.by_name)
        inner = opened.inner
        if frame.entered is not None:
            names = [directory.name for _, directory in inner]
            place = len([place for place, _ in inner if place <= frame.index])
            inner = inner[_passed(names, (place, frame.entered), by_name=opened.by_name) :]
        self.pending += len(inner) - 1
        frames = [(place, Frame[T](directory)) for place, directory in inner]
        for _, each in frames:
            if (error := opened.failed.get(each.directory.path)) is not None:
                each.asked, each.outcome = True, error
        if self._breadth:
            self._frames.extend(each for _, each in frames)
            self._joined = len(frames)
        else:
            frame.inner.extend(frames)

    def next_item(self) -> T | None:
        """The next entry to yield; None if a directory has to be opened first, or nothing is left."""
        while self._frames:
            frame = self._frames[0 if self._breadth else -1]
            if frame.opened is None:
                return None
            if frame.inner and frame.inner[0][0] <= frame.index:
                _, inner = frame.inner.popleft()
                frame.entered = inner.directory.name
                self._frames.append(inner)
            elif frame.index < len(frame.opened.items):
                item = frame.opened.items[frame.index]
                frame.given = frame.index + 1, frame.opened.names[frame.index]
                frame.index += 1
                return item
            else:
                self._remove()
        return None

    def _remove(self) -> None:
        if self._breadth:
            self._frames.popleft()
            self._joined = 0
        else:
            self._frames.pop()

    def state(self) -> list[PendingDirectory]:
        """The directories that are not finished, for a checkpoint."""
        frames = list(self._frames)
        if self._breadth and frames and frames[0].opened is not None and not frames[0].is_finished:
            # It will be listed again, and those found in it will join again.
            frames = frames[: len(frames) - self._joined]
        return [_pending(frame) for frame in frames if not frame.is_finished]

    def restore(self, pending: list[PendingDirectory]) -> None:
        """Go on from a checkpoint, in the place of the start."""
        self._frames.clear()
        for each in pending:
            links = tuple((depth, real) for depth, real in each.get("links", ()))
            given = each.get("given")
            frame = Frame[T](Directory(each["path"], each["depth"], links), entered=each.get("entered"))
            frame.given = None if given is None else (given[0], given[1])
            self._frames.append(frame)
        self.pending = len(self._frames)


def _pending(frame: Frame[T]) -> PendingDirectory:
    directory = frame.directory
    pending = PendingDirectory(path=directory.path, depth=directory.depth)
    if directory.links:
        pending["links"] = list(directory.links)
    if frame.given is not None:
        pending["given"] = frame.given
    if frame.entered is not None:
        pending["entered"] = frame.entered
    return pending


def _passed(names: list[str], last: tuple[int, str] | None, *, by_name: bool) -> int:
    """How many of the names are those up to the last that was dealt with, which may be gone."""
    if last is None:
        return 0
    count, name = last
    if by_name:
        return sum(each <= name for each in names)
    return names.index(name) + 1 if name in names else min(count, len(names))


def _count(outcome: Listing | Exception | None) -> int:
    return len(outcome.items) if isinstance(outcome, Listing) else 0
