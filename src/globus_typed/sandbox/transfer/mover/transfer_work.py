"""A transfer: looks at all sources first, then moves directory by directory, then takes away what is extra.

Of a file that waits only its name is kept, and the pair of directories that it belongs to once for all its files.
"""

import os
import stat
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from globus_typed.sandbox.transfer.mover.copy import Side, Wanted, copy_file, copy_link, is_partial
from globus_typed.sandbox.transfer.mover.delete_work import remove_tree
from globus_typed.sandbox.transfer.mover.faults import Fatal, Fault
from globus_typed.sandbox.transfer.mover.filter_rules import Rules
from globus_typed.sandbox.transfer.mover.runner import Pace, Step, Work
from globus_typed.sandbox.transfer.mover.turns import Turns
from globus_typed.sandbox.transfer.paths import Parts, parts_of
from globus_typed.sandbox.transfer.request_bodies import TransferBody, TransferItem
from globus_typed.sandbox.transfer.store.task import Success, Task

__all__ = ["TransferWork"]


@dataclass(slots=True)
class Folder:
    """A directory to be moved: its two paths as text that ends with a slash, and as names; what is moved out of it."""

    source: str
    destination: str
    source_parts: Parts
    destination_parts: Parts
    above: frozenset[tuple[int, int]] = frozenset()
    files: list[str] = field(default_factory=list[str])
    links: list[str] = field(default_factory=list[str])
    is_inner: bool = False

    def inner(self, name: str, above: frozenset[tuple[int, int]]) -> "Folder":
        return Folder(
            f"{self.source}{name}/",
            f"{self.destination}{name}/",
            (*self.source_parts, name),
            (*self.destination_parts, name),
            above,
            is_inner=True,
        )


class TransferWork(Work):
    """Moves the items of one transfer."""

    def __init__(self, task: Task, pace: Pace | None, turns: Turns, retry_for: float) -> None:
        super().__init__(task, pace, turns, retry_for)
        assert isinstance(task.body, TransferBody)
        assert task.destination is not None
        self._body = body = task.body
        self._source, self._destination = (
            Side(task.source.view(task.owner)),
            Side(task.destination.view(task.owner, write=True)),
        )
        self._rules = Rules(body.filter_rules or ())
        self._wanted = Wanted(body.sync_level, body.verify_checksum, body.preserve_timestamp)
        self._to_scan: deque[Folder] = deque()
        self._folders: deque[Folder] = deque()
        self._singles: deque[TransferItem] = deque()
        # by destination directory, the names that stay
        self._stays: dict[Parts, set[str]] = {}
        # sources that are not listed to the end, with their destinations
        self._unlisted: set[tuple[Parts, Parts]] = set()

    def close(self) -> None:
        self._source.close()
        self._destination.close()

    def first_round(self) -> None:
        for item in self._body.DATA:
            if item.recursive:
                self._scan_later(item)
            elif item.recursive is False or item.link:
                self._move_later(item)
            else:
                look = partial(self._look, item)
                self.attempt(Step(look, item.source_path, item.destination_path, item=item, ends=False))
        self.after_round()

    def after_round(self) -> None:
        while self._to_scan:
            folder = self._to_scan.popleft()
            self.attempt(Step(partial(self._scan, folder), folder.source, folder.destination, True, ends=False))
        while self._folders:
            self._move_folder(self._folders.popleft())
        while self._singles:
            item = self._singles.popleft()
            move = partial(self._move_item, item)
            self.attempt(Step(move, item.source_path, item.destination_path, False, item.link, item))

    def last_round(self) -> None:
        if not self._body.delete_destination_extra:
            return
        if self._unlisted:
            details = "Nothing was deleted from directories whose source could not be listed to the end"
            self.task.event("DELETE_DESTINATION_EXTRA_SKIPPED", details)
        for item in self._body.DATA:
            parts = parts_of(item.destination_path)
            for depth, name in enumerate(parts):
                if (names := self._stays.get(parts[:depth])) is not None:
                    names.add(name)
        unlisted = {destination for _, destination in self._unlisted}
        for parts, names in self._stays.items():
            if parts not in unlisted:
                self._remove_extra(parts, names)

    def _move_later(self, item: TransferItem) -> None:
        self.task.add(**{"symlinks" if item.link else "files": 1})
        self._singles.append(item)

    def _scan_later(self, item: TransferItem) -> None:
        source, destination = item.source_path.rstrip("/") + "/", item.destination_path.rstrip("/") + "/"
        self._to_scan.append(Folder(source, destination, parts_of(source), parts_of(destination)))

    def _look(self, item: TransferItem) -> None:
        """Find out whether an item that does not say `recursive` is a directory."""
        try:
            with self._source.tree.locate(parts_of(item.source_path)) as place:
                directory = stat.S_ISDIR(place.found().st_mode)
        except OSError as error:
            raise Fault.of(error, on_source=True) from error
        if not directory:
            self._move_later(item)
        elif item.external_checksum is not None:
            raise Fatal(
                "VERIFY_CHECKSUM", "external_checksum is for files, and the source is a directory", on_source=True
            )
        else:
            self._scan_later(item)

    def _scan(self, folder: Folder) -> None:
        names: set[str] = set()
        inner: list[Folder] = []
        self._unlisted.add((folder.source_parts, folder.destination_parts))
        try:
            fd = self._source.tree.directory(folder.source_parts)
            try:
                above = folder.above
                if self._body.recursive_symlinks == "copy":
                    status = os.fstat(fd)
                    above |= {(status.st_dev, status.st_ino)}
                files: list[str] = []
                links: list[str] = []
                with os.scandir(fd) as entries:
                    for entry in sorted(entries, key=lambda entry: entry.name):
                        if is_partial(entry.name):
                            continue
                        names.add(entry.name)
                        kind = self._kind(folder, entry, above)
                        if kind is None or not self._rules.include(entry.name, directory=kind == "dir"):
                            continue
                        if kind == "dir":
                            inner.append(folder.inner(entry.name, above))
                        else:
                            (links if kind == "link" else files).append(entry.name)
            finally:
                os.close(fd)
        except OSError as error:
            raise Fault.of(error, on_source=True) from error
        self._unlisted.discard((folder.source_parts, folder.destination_parts))
        self.task.add(
            directories=1,
            files=len(files),
            symlinks=len(links),
            total=len(inner) + len(files) + len(links),
            pending=len(inner) + len(files) + len(links),
        )
        if self._body.delete_destination_extra:
            self._stays.setdefault(folder.destination_parts, set()).update(names)
        folder.files, folder.links = files, links
        self._folders.append(folder)
        self._to_scan.extend(inner)

    def _kind(
        self, folder: Folder, entry: "os.DirEntry[str]", above: frozenset[tuple[int, int]]
    ) -> Literal["file", "dir", "link"] | None:
        """As what an entry is moved; None for what is not moved: links that are ignored, pipes, sockets, devices."""
        if entry.is_symlink():
            if self._body.recursive_symlinks != "copy":
                return "link" if self._body.recursive_symlinks == "keep" else None
            try:
                with self._source.tree.locate((*folder.source_parts, entry.name)) as place:
                    status = place.found()
            except OSError:
                # the copy of the file finds the same, and reports it
                return "file"
            # so does the copy of a link to a directory that it is in, which would never end
            looped = (status.st_dev, status.st_ino) in above
            return "dir" if stat.S_ISDIR(status.st_mode) and not looped else "file"
        if entry.is_dir(follow_symlinks=False):
            return "dir"
        return "file" if entry.is_file(follow_symlinks=False) else None

    def _move_folder(self, folder: Folder) -> None:
        self.attempt(Step(partial(self._make, folder), folder.source, folder.destination, True))
        base = (folder.source, folder.destination)
        for names, is_link in ((folder.files, False), (folder.links, True)):
            for name in names:
                source, destination = (*folder.source_parts, name), (*folder.destination_parts, name)
                move = self._move_link if is_link else self._move_file
                do = partial(move, source, destination, base, name, name)
                self.attempt(Step(do, folder.source + name, folder.destination + name, is_symlink=is_link))

    def _make(self, folder: Folder) -> None:
        if folder.is_inner:
            self._clear(folder.destination_parts, stat.S_ISDIR)
        os.close(self._destination.tree.directory(folder.destination_parts, make=True))

    def _clear(self, parts: Parts, fits: Callable[[int], bool], *, follow: bool = True) -> None:
        """Remove what is of another type than its source, if extra entries are deleted."""
        if not self._body.delete_destination_extra:
            return
        tree = self._destination.tree
        try:
            with tree.locate(parts, follow=follow) as place:
                status = place.status
        except OSError:  # a link that leads nowhere
            status = None
        if status is not None and fits(status.st_mode):
            return
        with suppress(FileNotFoundError):
            remove_tree(tree, parts, self._removed)

    def _move_item(self, item: TransferItem) -> None:
        if item.destination_path.endswith("/"):
            raise Fault("ENDPOINT_ERROR", "The destination of a file is its full path, this is a directory's")
        paths = parts_of(item.source_path), parts_of(item.destination_path)
        if item.link:
            self._move_link(*paths, _NO_BASE, item.source_path, item.destination_path)
        else:
            self._move_file(*paths, _NO_BASE, item.source_path, item.destination_path, item)

    def _move_file(
        self,
        source: Parts,
        destination: Parts,
        base: tuple[str, str],
        source_name: str,
        destination_name: str,
        item: TransferItem | None = None,
    ) -> None:
        wanted = self._wanted
        if item is not None and item[4:] != (None, None, None):
            algorithm = item.checksum_algorithm or wanted.algorithm
            wanted = replace(
                wanted, external_checksum=item.external_checksum, algorithm=algorithm, size=item.verify_size
            )
        if base is not _NO_BASE:
            self._clear(destination, stat.S_ISREG)
        copied = copy_file(self._source, source, self._destination, destination, wanted, self)
        if copied is None:
            self.task.add(files_skipped=1)
            return
        self.task.add(files_transferred=1)
        self.task.successes.append(Success(base, source_name, destination_name, *copied))

    def _move_link(
        self, source: Parts, destination: Parts, base: tuple[str, str], source_name: str, destination_name: str
    ) -> None:
        if base is not _NO_BASE:
            self._clear(destination, _is_no_directory, follow=False)
        size = copy_link(self._source, source, self._destination, destination)
        if size is not None:
            self.task.successes.append(Success(base, source_name, destination_name, size, None, None))

    def _remove_extra(self, parts: Parts, stays: set[str]) -> None:
        fd = self._destination.tree.directory(parts)
        try:
            with os.scandir(fd) as entries:
                extra = [
                    entry.name
                    for entry in entries
                    if entry.name not in stays
                    and not is_partial(entry.name)
                    # what the rules leave alone at the source they leave alone here
                    and self._rules.include(entry.name, directory=entry.is_dir(follow_symlinks=False))
                ]
        finally:
            os.close(fd)
        for name in sorted(extra):
            self.task.add(total=1, pending=1)
            remove = partial(remove_tree, self._destination.tree, (*parts, name), self._removed)
            self.attempt(Step(remove, "", "/" + "/".join((*parts, name))))

    def _removed(self, _directory: bool) -> None:
        self.check()


def _is_no_directory(mode: int) -> bool:
    return not stat.S_ISDIR(mode)


_NO_BASE = ("", "")
