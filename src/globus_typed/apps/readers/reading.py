"""`read_tokens`: the tokens in files that other programs wrote."""

import os
import stat
from pathlib import Path
from uuid import UUID

from globus_typed.apps.errors import StoreDamagedError, StoreError, StorePermissionError
from globus_typed.apps.readers.contents import Contents, Damaged
from globus_typed.apps.readers.ini_file import read_ini
from globus_typed.apps.readers.json_file import read_json
from globus_typed.apps.readers.places import PLACES, Place, place
from globus_typed.apps.readers.sqlite_file import SQLITE_HEADER, read_sqlite
from globus_typed.apps.readers.stored import (
    SkippedRecord,
    StoredClient,
    StoredTokens,
    is_readable_name,
    typed_records,
)
from globus_typed.apps.storage.sqlite_connections import undisturbed
from globus_typed.config import environment_name
from globus_typed.errors import GlobusUsageError

__all__ = ["read_tokens"]

_LARGEST = 1 << 26
"""The bytes of the largest file that is taken for a token file: 64 MiB."""


def read_tokens(
    source: str | os.PathLike[str],
    *,
    namespace: str | None = None,
    client_id: UUID | str | None = None,
    app_name: str | None = None,
    environment: str | None = None,
    insecure_ok: bool = False,
    allow_refresh: bool = False,
) -> StoredTokens:
    """The tokens in a file that another program wrote: globus-sdk, globus-cli, the Compute SDK or fair-research-login.

    The file is only read: it is never written, locked or repaired. Its format is found by its first bytes: JSON of
    format 1.0 and 2.0, SQLite of schema 1 and 2, and INI. Records that hold no tokens are left out, and reported in
    `StoredTokens.skipped`. Where there is no file, there are no tokens, and `StoredTokens.format` is None.

    Parameters: `source`, a path, which may begin with ``~``, or the name of a place: ``sdk-app``, with the `client_id`
    and `app_name` of an app of globus-sdk, ``globus-cli``, or ``globus-compute``; `namespace`, by default the one that
    the program itself uses in the environment, or that of a file with a single one; `environment`, by default
    ``GLOBUS_SDK_ENVIRONMENT``, else production; `insecure_ok`, whether to read a file that other users can read or
    that belongs to another one; `allow_refresh`, whether to give the refresh tokens of globus-cli, with the client
    that they need, too: when two programs renew with one refresh token, either may lose its login.

    Raises `StoreDamagedError` for a file that is damaged or no token file, `StorePermissionError` for one that cannot
    be read or that others can read, `StoreLockedError` where another program is writing for long, all with the path;
    `GlobusUsageError` for a wrong argument, and where the namespace must be given.
    """
    named = isinstance(source, str) and source in PLACES
    if (client_id is not None or app_name is not None) and source != "sdk-app":
        raise GlobusUsageError('client_id, app_name: say which app of globus-sdk, so source must be "sdk-app"')
    if named:
        where = place(str(source), str(client_id) if client_id else None, app_name, environment)
    else:
        where = Place((Path(os.path.expanduser(os.fspath(source))),), "DEFAULT")
    path, contents = where.paths[0], None
    for path in where.paths:
        contents, problem = _contents(path, insecure_ok=insecure_ok)
        if problem:
            raise StoreDamagedError(f"{path}: {problem}")
        if contents is not None:
            break
    if contents is None:
        return StoredTokens(where.paths[0], None, namespace or where.namespace)
    if not contents.records and contents.format == "INI" and not named:
        raise StoreDamagedError(f"{path}: is an INI file, but holds no tokens of a program that is known")
    if namespace is None:
        namespace = where.namespace if named else _only_namespace(path, contents, environment_name(environment))
    return _typed(path, contents, namespace, allow_refresh=allow_refresh)


def _contents(path: Path, *, insecure_ok: bool) -> tuple[Contents | None, str | None]:
    """The content of a file, None where there is none; or else the reason why it cannot be read."""
    # What is raised here has no context: the frames of the readers hold tokens, which some tracebacks show.
    try:
        with undisturbed():  # it may be a database that a store of this process uses
            data = _read_file(path, insecure_ok=insecure_ok)
    except FileNotFoundError:
        return None, None
    try:
        if data.startswith(SQLITE_HEADER):
            data = data[:100]  # before the tokens
            return read_sqlite(path, data), None
        data = data.removeprefix(b"\xef\xbb\xbf")  # which some editors of Windows put there
        first = data.lstrip()[:1]
        if not first:
            raise Damaged("is empty: it was cut when it was written")
        if first == b"{":
            return read_json(data), None
        if first in b"[#;":
            return read_ini(data), None
        raise Damaged("is no token file: neither JSON, SQLite nor INI")
    except Damaged as error:
        return None, str(error)


def _read_file(path: Path, *, insecure_ok: bool) -> bytes:
    descriptor, problem = -1, ""
    try:
        # Without waiting, where it is a pipe that nobody writes to.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError from None
    except (OSError, ValueError) as error:
        problem = f"cannot be read ({getattr(error, 'strerror', None) or 'no name of a file'})"
    if descriptor < 0:
        raise StorePermissionError(f"{path}: {problem}")
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise StoreError(f"{path}: is no file, but a directory, a pipe or a device")
        if os.name == "posix" and not insecure_ok:
            if found.st_uid != os.geteuid():
                raise StorePermissionError(
                    f"{path}: belongs to another user, whose tokens these may be; insecure_ok=True reads it"
                )
            if found.st_mode & 0o077:
                raise StorePermissionError(
                    f"{path}: other users can read or write it (mode {stat.S_IMODE(found.st_mode):04o}); "
                    'say "chmod 600" for it, or read it as it is with insecure_ok=True'
                )
        if found.st_size > _LARGEST:
            raise StoreDamagedError(f"{path}: is no token file: it has {found.st_size} bytes")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def _only_namespace(path: Path, contents: Contents, environment: str) -> str:
    names = sorted(name for name in contents.records if is_readable_name(name))
    usual = ("DEFAULT", f"userprofile/{environment}", f"user/{environment}")
    if chosen := names if len(names) == 1 else [name for name in usual if name in names]:
        return chosen[0]
    if names:
        raise GlobusUsageError(f"namespace: {path} has several, so give one of {', '.join(names)}")
    return "DEFAULT"


def _typed(path: Path, contents: Contents, namespace: str, *, allow_refresh: bool) -> StoredTokens:
    found, skipped = typed_records(
        namespace,
        contents.records.get(namespace, {}),
        contents.identity_ids.get(namespace),
        contents.unreadable.get(namespace, {}),
    )
    if contents.is_of_cli and not allow_refresh:
        for name, data in list(found.items()):
            if data.refresh_token is not None:
                found[name] = data.model_copy(update={"refresh_token": None})
                reason = "its refresh token is the one that globus-cli renews with; allow_refresh=True gives it"
                skipped.append(SkippedRecord(namespace, name, reason))
    for name, data in list(found.items()):
        if data.expires_at_seconds == 0 and data.refresh_token is None:  # as in the INI files of globus-cli
            del found[name]
            skipped.append(SkippedRecord(namespace, name, "it does not say when it expires"))
    client = contents.clients.get(namespace) if allow_refresh else None
    return StoredTokens(
        path,
        contents.format,
        namespace,
        found,
        tuple(sorted(name for name in contents.records if is_readable_name(name))),
        tuple(skipped),
        StoredClient(*client) if client else None,
    )
