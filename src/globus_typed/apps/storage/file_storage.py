"""`FileTokenStorage`: base class of token stores in files."""

import os
from abc import ABC
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import ClassVar, Literal
from uuid import UUID

from typing_extensions import Self

from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.files import OnInsecure, absolute_path, check_directory, real_path, write_private
from globus_typed.apps.storage.locks import StoreLock, lock_for
from globus_typed.apps.storage.places import HasEnvironment, app_path
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.errors import GlobusUsageError

IfReadOnly = Literal["raise", "keep in memory"]
"""The fate of new tokens where nothing can be written."""

__all__ = ["FileTokenStorage", "IfReadOnly"]


class FileTokenStorage(TokenStorage, ABC):
    """Base class of token stores in files. Copies of one, in other processes too, read and write the same file.

    Parameters: `filepath`, of the file, from the working directory of now; `namespace`, the part of the store that is
    read and written; `on_insecure`, what to do about a file or directory that others can read or write: ``"repair"`` it
    and warn, or ``"refuse"`` it with `StorePermissionError`; `if_read_only`, what to do with new tokens where there are
    tokens, but none can be written, as in the read-only home directory of a compute node: ``"raise"``
    `StorePermissionError`, or ``"keep in memory"``, for this object alone, and warn.
    """

    file_format: ClassVar[str] = ""
    """The ending of the names of the files that are made for apps, such as ``json``."""
    filepath: str
    """The path of the file, from the root."""

    def __init__(
        self,
        filepath: "str | os.PathLike[str]",
        *,
        namespace: str = "DEFAULT",
        on_insecure: OnInsecure = "repair",
        if_read_only: IfReadOnly = "raise",
    ) -> None:
        super().__init__(namespace=namespace)
        self.filepath = str(absolute_path(filepath))
        if on_insecure not in ("repair", "refuse"):
            raise GlobusUsageError(f"on_insecure: must be 'repair' or 'refuse', got {on_insecure!r}")
        if if_read_only not in ("raise", "keep in memory"):
            raise GlobusUsageError(f"if_read_only: must be 'raise' or 'keep in memory', got {if_read_only!r}")
        self.on_insecure: OnInsecure = on_insecure
        self.if_read_only: IfReadOnly = if_read_only
        # Now, not at the first use in a thread: a process forked meanwhile would wait for it forever.
        import_module("filelock")
        TokenStorageData.model_rebuild()

    @classmethod
    def for_globus_app(cls, *, app_name: str, config: HasEnvironment, client_id: UUID | str, namespace: str) -> Self:
        """The store of an app, in its own directory (`places.app_path`), which may be read-only.

        A config that has `on_insecure` decides about files that others can read.
        """
        path = app_path(app_name, client_id, config.environment, cls.file_format)
        on_insecure: OnInsecure = getattr(config, "on_insecure", "repair")
        return cls(path, namespace=namespace, on_insecure=on_insecure, if_read_only="keep in memory")

    @property
    def location(self) -> str:
        """The path of the file."""
        return self.filepath

    @property
    def is_shared(self) -> bool:
        """True: a copy of this object reads and writes the same file."""
        return True

    def file_exists(self) -> bool:
        """Whether the file is there."""
        return os.path.exists(self.filepath)

    @contextmanager
    def user_only_umask(self) -> Generator[None]:
        """A block in which new files can be read by their owner alone, for classes of your own.

        The umask is that of the whole process, so that other threads feel it too. The stores here do without it.
        """
        before = os.umask(0o077)
        try:
            yield
        finally:
            os.umask(before)

    def check_writable(self) -> None:
        """Do nothing where tokens can be stored; else raise `StorePermissionError`, or `StoreError` for a full disk."""
        with self.transaction():
            write_private(self._path, b"", self._lock.check, keep=False)

    @property
    def _path(self) -> Path:
        """The file itself, which the path may be a symbolic link to."""
        return real_path(Path(self.filepath))

    @property
    def _lock(self) -> StoreLock:
        return lock_for(self._path)

    @contextmanager
    def _transaction(self) -> Generator[Self]:
        with self._lock.hold(optional=self.if_read_only == "keep in memory"):
            yield self

    def _check_directory(self) -> None:
        """Check, as `on_insecure` says, that nobody else may enter the directory."""
        path = self._path
        # A directory in which nothing else lies is for tokens.
        check_directory(path, self.on_insecure, lambda name: path.name in name or "tokens." in name)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.filepath!r}, namespace={self.namespace!r})"
