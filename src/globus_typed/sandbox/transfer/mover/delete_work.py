"""A delete, and the deletion of what is extra at the destination of a transfer."""

import errno
import fnmatch
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from globus_typed.sandbox.transfer.mover.copy import is_partial
from globus_typed.sandbox.transfer.mover.faults import Fault
from globus_typed.sandbox.transfer.mover.runner import Pace, Step, Work
from globus_typed.sandbox.transfer.mover.turns import Turns
from globus_typed.sandbox.transfer.paths import Parts, Tree, parts_of
from globus_typed.sandbox.transfer.request_bodies import DeleteBody
from globus_typed.sandbox.transfer.store.task import Task

__all__ = ["DeleteWork", "remove_tree"]


def remove_tree(tree: Tree, parts: Parts, removed: Callable[[bool], None]) -> None:
    """Remove what `parts` names, with all that is in it; a symbolic link goes itself, what it points to stays.

    `removed` is told of every entry whether it was a directory, and may raise to stop. Raises OSError.
    """
    with tree.locate(parts, follow=False) as place:
        if not stat.S_ISDIR(place.found().st_mode):
            os.unlink(place.name, dir_fd=place.fd)
            removed(False)
            return
    directories = [parts]
    for directory in directories:
        fd = tree.directory(directory, follow=False)
        try:
            with os.scandir(fd) as found:
                entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]
            for name, is_directory in entries:
                if is_directory:
                    directories.append((*directory, name))
                else:
                    os.unlink(name, dir_fd=fd)
                    removed(False)
        finally:
            os.close(fd)
    for directory in reversed(directories):
        with tree.locate(directory, follow=False) as place:
            os.rmdir(place.name, dir_fd=place.fd)
        removed(True)


class DeleteWork(Work):
    """Deletes the items of one delete task."""

    def __init__(self, task: Task, pace: Pace | None, turns: Turns, retry_for: float) -> None:
        super().__init__(task, pace, turns, retry_for)
        assert isinstance(task.body, DeleteBody)
        self._body = task.body
        self._tree = task.source.view(task.owner, write=True)

    def first_round(self) -> None:
        for item in self._body.DATA:
            self.attempt(Step(partial(self._delete, item.path), item.path, ""))

    def _delete(self, path: str) -> None:
        parts = parts_of(path)
        found = self._matching(parts) if self._body.interpret_globs and re.search(r"[*?\[]", parts[-1]) else [parts]
        if not found and not self._body.ignore_missing:
            raise Fault("FILE_NOT_FOUND", "Nothing matches")
        for each in found:
            with suppress(*([FileNotFoundError] if self._body.ignore_missing else [])):
                self._delete_one(each)

    def _delete_one(self, parts: Parts) -> None:
        with self._tree.locate(parts, follow=False) as place:
            directory = stat.S_ISDIR(place.found().st_mode)
        if directory and not self._body.recursive:
            raise IsADirectoryError(errno.EISDIR, "Is a directory, and the delete is not recursive", parts[-1])
        remove_tree(self._tree, parts, self._removed)

    def _matching(self, parts: Parts) -> list[Parts]:
        pattern = parts[-1]
        try:
            fd = self._tree.directory(parts[:-1])
        except FileNotFoundError:
            return []
        try:
            names = [name for name in os.listdir(fd) if not is_partial(name)]
        finally:
            os.close(fd)
        # as in a shell, a name that starts with a dot is only meant by a pattern that does
        return [
            (*parts[:-1], name)
            for name in sorted(names)
            if fnmatch.fnmatchcase(name, pattern) and (pattern[0] == "." or name[0] != ".")
        ]

    def _removed(self, directory: bool) -> None:
        self.task.add(**{"directories" if directory else "files": 1})
        self.pace(0)
        self.check()
