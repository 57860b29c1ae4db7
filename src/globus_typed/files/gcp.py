"""`LocalGlobusConnectPersonal`: Globus Connect Personal on this machine."""

import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, overload

from typing_extensions import Self

from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusUsageError
from globus_typed.files.gcp_files import (
    AllowedPath,
    GlobusConnectPersonalOwnerInfo,
    read_allowed_paths,
    read_collection_id,
    read_gridmap,
)
from globus_typed.files.gcp_paths import absolute, allowing, to_collection, to_local
from globus_typed.files.gcp_places import Surroundings, config_directory, file_names
from globus_typed.files.gcp_status import GCPStatus, ask_command, read_status, status_command, status_of
from globus_typed.files.local_files import LocalProblem, read_text

if TYPE_CHECKING:
    from globus_typed import auth
    from globus_typed import transfer as transfers
else:
    auth, transfers = Later("globus_typed.auth"), Later("globus_typed.transfer")

__all__ = ["LocalGlobusConnectPersonal"]


@dataclass(frozen=True)
class _Installation:
    """The content of the files."""

    collection_id: str | None = None
    owner: GlobusConnectPersonalOwnerInfo | None = None
    allowed: tuple[AllowedPath, ...] | None = None
    some_unread: bool = False
    problems: tuple[LocalProblem, ...] = ()


class LocalGlobusConnectPersonal:
    """Globus Connect Personal on this machine: the id of its collection, its owner, the paths that it allows.

        gcp = LocalGlobusConnectPersonal.detect()
        if gcp is not None and gcp.endpoint_id is not None:
            transfer.operation_ls(gcp.endpoint_id, gcp.to_collection_path("results"))

    Its files are read when something of them is first asked for, and again after `reload`. A missing or damaged file
    raises nothing: what it would say is None, and `problems` has the reason. The user can edit the files, so that they
    prove nothing.

    Parameters: `config_dir`, its directory, if it was started with ``-dir`` (None: ``~/.globusonline``, on Windows
    ``%LOCALAPPDATA%\\Globus Connect``); `environ`, `platform` and `cwd`, the environment variables, the name of the
    system as `sys.platform` has it, and the working directory (None: those of this process).
    Source: globus-sdk 4, and the documentation of Globus Connect Personal.
    """

    def __init__(
        self,
        *,
        config_dir: str | PathLike[str] | None = None,
        environ: Mapping[str, str] | None = None,
        platform: str | None = None,
        cwd: str | None = None,
    ) -> None:
        self._given = None if config_dir is None else os.fspath(config_dir)
        self._surroundings = Surroundings.of(platform, environ, cwd)
        self._installation: _Installation | None = None

    @classmethod
    def detect(
        cls,
        *,
        config_dir: str | PathLike[str] | None = None,
        environ: Mapping[str, str] | None = None,
        platform: str | None = None,
        cwd: str | None = None,
    ) -> Self | None:
        """Globus Connect Personal on this machine; None if it is not installed: if its directory does not exist.

        Never raises, whatever is in the directory. Where it is not known where the directory would be, `problems` has
        the reason. Parameters: as for the constructor.
        """
        found = cls(config_dir=config_dir, environ=environ, platform=platform, cwd=cwd)
        try:
            if not os.path.isdir(found.config_dir) and not _is_out_of_sight(found.config_dir):
                return None
        except GlobusUsageError:
            pass  # it is among the problems
        found.reload()
        return found

    @classmethod
    def detect_all(
        cls,
        config_dirs: Iterable[str | PathLike[str]],
        *,
        environ: Mapping[str, str] | None = None,
        platform: str | None = None,
        cwd: str | None = None,
    ) -> list[Self]:
        """Several installations, each started with a ``-dir`` of its own: those of the directories that exist.

        Parameters: `config_dirs`, their directories; the others as for the constructor.
        """
        found = (cls.detect(config_dir=each, environ=environ, platform=platform, cwd=cwd) for each in config_dirs)
        return [each for each in found if each is not None]

    @property
    def config_dir(self) -> str:
        """The directory of its configuration.

        Raises `GlobusUsageError` if the environment variable that says where it is, such as LOCALAPPDATA, is not set.
        """
        return config_directory(self._surroundings) if self._given is None else self._given

    @property
    def endpoint_id(self) -> str | None:
        """The id of the collection, a UUID; None if it is not known. ``del gcp.endpoint_id`` has it read again."""
        return self._found.collection_id

    @endpoint_id.deleter
    def endpoint_id(self) -> None:
        self._installation = None

    @property
    def collection_id(self) -> str | None:
        """The id of the collection, a UUID; None if it is not known. The same as `endpoint_id`."""
        return self._found.collection_id

    @property
    def owner_id(self) -> str | None:
        """The id of the owner's identity, a UUID; None if it is not known."""
        return None if self._found.owner is None else self._found.owner.id

    @property
    def owner_username(self) -> str | None:
        """The owner's username; None if it is not known, as where the files have the id."""
        return None if self._found.owner is None else self._found.owner.username

    @property
    def allowed_paths(self) -> tuple[AllowedPath, ...] | None:
        """The paths that Globus may use; None if they are not known, as on Windows, where no file has them."""
        return self._found.allowed

    @property
    def problems(self) -> tuple[LocalProblem, ...]:
        """The reasons why something is not known, or is doubtful."""
        return self._found.problems

    def reload(self) -> None:
        """Read the files again."""
        self._installation = self._read()

    @overload
    def get_owner_info(self, auth_client: None = None) -> GlobusConnectPersonalOwnerInfo | None: ...
    @overload
    def get_owner_info(self, auth_client: "auth.AuthClient") -> "auth.Identity | None": ...
    @overload
    def get_owner_info(self, auth_client: "auth.AsyncAuthClient") -> "Awaitable[auth.Identity | None]": ...
    def get_owner_info(
        self, auth_client: "auth.AuthClient | auth.AsyncAuthClient | None" = None
    ) -> "GlobusConnectPersonalOwnerInfo | auth.Identity | Awaitable[auth.Identity | None] | None":
        """The owner as the files say, or with a client the identity of the owner; None if it is not known.

        ``GET /v2/api/identities`` of Globus Auth, with a client

        Parameters: `auth_client`, to look the owner up with; one that is async gives an awaitable.
        Raises nothing without a client; with one, what `get_identities` raises.
        """
        owner = self._found.owner
        if auth_client is None:
            return owner
        if isinstance(auth_client, auth.AsyncAuthClient):
            return _identity(owner, auth_client)
        if owner is None:
            return None
        found = (
            auth_client.get_identities(usernames=owner.username)
            if owner.id is None
            else auth_client.get_identities(ids=owner.id)
        )
        return next(iter(found), None)

    def to_collection_path(self, local: str | PathLike[str], *, write: bool = False, check: bool = True) -> str:
        """The path in the collection of a path on this machine: on Windows ``/C/data/a b`` for ``C:\\data\\a b``.

        Parameters: `local`, from the working directory unless it is absolute or begins with ``~``; a slash at its end
        stays; `write`, whether it is to be written to; `check`, whether it must be among the allowed paths, if these
        are known.
        Raises `GlobusUsageError` for a path that has none in the collection, such as that of a network share, and for
        one that Globus Connect Personal does not allow, with the file to edit.
        """
        path = to_collection(local, self._surroundings)
        if check and self.is_allowed(local, write=write) is False:
            raise GlobusUsageError(self._refusal(local, write))
        return path

    def to_local_path(self, path: str) -> str:
        """The path on this machine of a path in the collection: on Windows ``C:\\data\\a b`` for ``/C/data/a b``.

        Parameters: `path`, which begins with ``/``, or with ``/~/`` or ``~/`` for the home directory.
        Raises `GlobusUsageError` for a path that is not one of the collection, or that cannot be on this system.
        """
        return to_local(path, self._surroundings)

    def is_allowed(self, local: str | PathLike[str], write: bool = False) -> bool | None:
        """Whether Globus may use a path on this machine, which need not exist; None if the allowed paths are not known.

        Symlinks are followed first.

        Parameters: `local`, as for `to_collection_path`; `write`, whether it is to be written to.
        Raises `GlobusUsageError` for a path that has none in the collection.
        """
        whole = absolute(local, self._surroundings)
        found = self._found
        if found.allowed is None:
            return None
        allowed = allowing(whole, found.allowed, self._surroundings, self._resolve)
        if allowed is None:
            # A line that cannot be read may be that of this path.
            return None if found.some_unread else False
        return allowed.writable or not write

    @overload
    def status(
        self, transfer: None = None, *, run: Callable[[Sequence[str]], str | None] = ask_command
    ) -> GCPStatus: ...
    @overload
    def status(self, transfer: "transfers.TransferClient") -> GCPStatus: ...
    @overload
    def status(self, transfer: "transfers.AsyncTransferClient") -> Awaitable[GCPStatus]: ...
    def status(
        self,
        transfer: "transfers.TransferClient | transfers.AsyncTransferClient | None" = None,
        *,
        run: Callable[[Sequence[str]], str | None] = ask_command,
    ) -> GCPStatus | Awaitable[GCPStatus]:
        """Whether it is connected to Globus: ``"connected"``, ``"paused"``, ``"offline"`` or ``"unknown"``.

        ``GET /endpoint/{endpoint_id}`` with a client, which is sure; without one its command on Linux,
        ``globusconnectpersonal -status``, if that is found on the PATH

        Parameters: `transfer`, to ask with; one that is async gives an awaitable; `run`, which runs a command and gives
        what it prints, None if it cannot.
        Raises nothing without a client; with one, what `get_endpoint` raises.
        """
        if transfer is None:
            try:
                other = None if self._given is None else self.config_dir
                command = status_command(self._surroundings, other)
            except GlobusUsageError:
                return "unknown"
            printed = None if command is None else run(command)
            return "unknown" if printed is None else read_status(printed)
        if isinstance(transfer, transfers.AsyncTransferClient):
            return _status(self.collection_id, transfer)
        if self.collection_id is None:
            return "unknown"
        endpoint = transfer.get_endpoint(self.collection_id)
        return status_of(endpoint.gcp_connected, endpoint.gcp_paused)

    @property
    def _found(self) -> _Installation:
        if self._installation is None:
            self._installation = self._read()
        return self._installation

    def _read(self) -> _Installation:
        try:
            directory = self.config_dir
        except GlobusUsageError as error:
            name, _, what = str(error).partition(": ")
            return _Installation(problems=(LocalProblem(name, what),))
        problems: list[LocalProblem] = []
        places = [os.path.join(directory, name) for name in file_names(self._surroundings.platform) if name]

        def told(place: str, *wrong: str | None) -> None:
            problems.extend(LocalProblem(place, each) for each in wrong if each is not None)

        text, wrong = read_text(places[0])
        collection_id, wrong = (None, wrong) if text is None else read_collection_id(text)
        told(places[0], f"{wrong}; has Globus Connect Personal been set up?" if wrong == "does not exist" else wrong)
        text, wrong = read_text(places[1])
        owner, wrong = (None, wrong) if text is None else read_gridmap(text)
        told(places[1], wrong, None if owner is None else self._other_user(owner))
        if len(places) == 2:
            told(directory, "on Windows no file has the allowed paths, which are set in the window of the program")
            return _Installation(collection_id, owner, problems=tuple(problems))
        text, wrong = read_text(places[2])
        if text is None:
            told(places[2], wrong)
            return _Installation(collection_id, owner, problems=tuple(problems))
        allowed, lines = read_allowed_paths(text)
        told(places[2], *lines)
        return _Installation(collection_id, owner, allowed, bool(lines), tuple(problems))

    def _other_user(self, owner: GlobusConnectPersonalOwnerInfo) -> str | None:
        user, other = self._surroundings.user, owner.local_user
        if user is None or other is None or user.casefold() == other.casefold():
            return None
        return f"is that of the user {other} of this machine, and this program is run by {user}"

    def _resolve(self, path: str) -> str:
        # A path of another system leads nowhere here.
        return os.path.realpath(path) if self._surroundings.is_windows == (os.name == "nt") else path

    def _refusal(self, local: str | PathLike[str], write: bool) -> str:
        whole = absolute(local, self._surroundings)
        paths = self.allowed_paths or ()
        file = os.path.join(self.config_dir, file_names(self._surroundings.platform)[2] or "")
        if write and self.is_allowed(local):
            return f"local: {whole!r} is allowed for reading only; end its line in {file} with 1, and restart it"
        known = ", ".join(each.path for each in paths) or "none"
        return (
            f"local: {whole!r} is not in a path that Globus Connect Personal allows ({known}); add the line "
            f'"{whole},0,{int(write)}" to {file}, and restart it'
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'' if self._given is None else f'config_dir={self._given!r}'})"


async def _identity(
    owner: GlobusConnectPersonalOwnerInfo | None, auth_client: "auth.AsyncAuthClient"
) -> "auth.Identity | None":
    if owner is None:
        return None
    found = (
        await auth_client.get_identities(usernames=owner.username)
        if owner.id is None
        else await auth_client.get_identities(ids=owner.id)
    )
    return next(iter(found), None)


async def _status(collection_id: str | None, transfer: "transfers.AsyncTransferClient") -> GCPStatus:
    if collection_id is None:
        return "unknown"
    endpoint = await transfer.get_endpoint(collection_id)
    return status_of(endpoint.gcp_connected, endpoint.gcp_paused)


def _is_out_of_sight(path: str) -> bool:
    """Whether a directory may exist, in one that may not be looked into."""
    try:
        os.stat(path)
    except PermissionError:
        return True
    except (OSError, ValueError):
        pass
    return False
