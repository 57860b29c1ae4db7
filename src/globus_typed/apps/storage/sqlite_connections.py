"""Connections to SQLite databases, of which none is open while the process forks."""

import os
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["connected", "undisturbed"]


class _Gate:
    """Lets a fork wait until no connection is in use.

    SQLite keeps in the memory of the process which locks the process has. A forked one would inherit those of
    connections that it cannot use, and never get the database; and closing such a connection there would undo the
    transaction of its parent.
    """

    limit = 60.0
    """The seconds that a fork waits for what other threads do."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._in_use = 0

    @contextmanager
    def entered(self) -> Generator[None]:
        """A block in which the process does not fork."""
        with self._changed:
            self._in_use += 1
        try:
            yield
        finally:
            with self._changed:
                self._in_use -= 1
                self._changed.notify_all()

    @contextmanager
    def closed(self) -> Generator[None]:
        """A block in which no connection is in use."""
        with self._changed:
            self._changed.wait_for(lambda: not self._in_use, self.limit)
            yield

    def before_fork(self) -> None:
        self._changed.acquire()
        self._changed.wait_for(lambda: not self._in_use, self.limit)

    def after_fork_in_parent(self) -> None:
        self._changed.release()

    def after_fork_in_child(self) -> None:
        # The other threads, and what they had in use, are the parent's.
        self._changed, self._in_use = threading.Condition(), 0


_gate = _Gate()
if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(
        before=_gate.before_fork,
        after_in_parent=_gate.after_fork_in_parent,
        after_in_child=_gate.after_fork_in_child,
    )


def undisturbed() -> AbstractContextManager[None]:
    """A block, to be short, in which no connection of `connected` is in use, to open a database as a file.

    Closing a file takes away from the whole process the locks that SQLite has of it.
    """
    return _gate.closed()


@contextmanager
def connected(uri: str, **params: Any) -> "Generator[Connection]":
    """A connection to a database, closed at the end of the block, which must be short: forks wait for it.

    Texts are bytes: that of a column in an error message could be a token, and decoded by the caller, none gets into
    one. Parameters: `uri`, of the file; `params`, further arguments of `sqlite3.connect`.
    """
    import sqlite3  # here, since most programs need it not

    with _gate.entered(), closing(sqlite3.connect(uri, uri=True, **params)) as connection:
        connection.text_factory = bytes
        connection.execute("PRAGMA trusted_schema=OFF")
        yield connection
