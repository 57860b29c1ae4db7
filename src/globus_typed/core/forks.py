"""State that no other process may have: sockets and work of threads, which a fork would copy; secrets, in a pickle."""

import os
import weakref
from typing import ClassVar, Protocol


class ForkAware(Protocol):
    """Something that forgets, in a forked process, what belongs to its parent."""

    def after_fork(self) -> object:
        """Forget what belongs to the parent. What is returned is kept, and so never closed, in the child."""
        ...


class OneProcess:
    """A mixin for objects with secrets or connections, which neither a pickle nor a copy may hold."""

    _instead: ClassVar[str]
    """The alternative to copying one."""

    def __getstate__(self) -> object:
        raise self._not_copied()

    def _not_copied(self) -> TypeError:
        return TypeError(f"{type(self).__name__} cannot be pickled or copied: {self._instead}")


_aware: "weakref.WeakSet[ForkAware]" = weakref.WeakSet()
_kept: list[object] = []
"""Objects of the parent: closing them here would end TLS sessions, or take sockets out of the parent's loop."""


def watch(aware: ForkAware) -> None:
    """Call `aware.after_fork()` in each process that is forked from now on; this costs its other methods nothing."""
    _aware.add(aware)


def _after_fork() -> None:
    _kept.extend([aware.after_fork() for aware in _aware])


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_after_fork)
