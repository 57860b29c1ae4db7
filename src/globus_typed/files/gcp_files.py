"""The files of Globus Connect Personal, as texts: the id of its collection, its owner, the paths that it allows.

All of them can be edited by the user, and prove nothing. Where something is wrong, the reason is given instead.
"""

import base64
import re
import shlex
from dataclasses import dataclass
from uuid import UUID

from globus_typed.core.fields import is_id, shown

__all__ = ["AllowedPath", "GlobusConnectPersonalOwnerInfo", "read_allowed_paths", "read_collection_id", "read_gridmap"]

_BEGIN = '"/C=US/O=Globus Consortium/OU=Globus Connect User/CN='
_DN = _BEGIN.removeprefix('"')
_ID = re.compile("u_([a-z2-7]{26})")
_NAME = re.compile(r"[^\s/@=\"'\\]+")


@dataclass(frozen=True)
class AllowedPath:
    """A path that Globus Connect Personal lets Globus use, with everything below it."""

    path: str
    """The path on this machine, as it stands in the file: ``~/`` is the home directory."""
    shared: bool
    """Whether it may be shared with others, by guest collections."""
    writable: bool
    """Whether it may be written to, rather than only read."""


@dataclass(frozen=True)
class GlobusConnectPersonalOwnerInfo:
    """The owner of Globus Connect Personal on this machine, as its files say: either the id or the username is known.

    Whoever can edit the files can change it: it proves nothing.
    """

    id: str | None = None
    """The id of the identity, a UUID; None where the files have the username."""
    username: str | None = None
    """The username, such as ``wren@globusid.org``; None where the files have the id."""
    local_user: str | None = None
    """The account on this machine."""


def read_collection_id(text: str) -> tuple[str | None, str | None]:
    """The id in ``client-id.txt``, and else the reason why there is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return None, "is empty"
    if len(lines) > 1:
        return None, f"must have one line, the id of the collection, got {len(lines)}"
    if not is_id(lines[0]):
        return None, f"must have the id of the collection, a UUID, got {shown(lines[0])['got']}"
    return lines[0].lower(), None


def read_gridmap(text: str) -> tuple[GlobusConnectPersonalOwnerInfo | None, str | None]:
    """The owner in ``gridmap``, and else the reason why there is none.

    The first line for Globus Connect users counts: a name in quotes, and a local user.
    """
    line = next((line for line in text.splitlines() if line.startswith(_BEGIN)), None)
    if line is None:
        return None, "has no line for a user of Globus Connect"
    try:
        words = shlex.split(line)
    except ValueError as error:
        return None, f"the line of the owner cannot be read: {error}"
    if len(words) != 2:
        return None, f"the line of the owner must have a name in quotes and a local user, got {len(words)} words"
    name = words[0].removeprefix(_DN)
    if match := _ID.fullmatch(name):
        id = UUID(bytes=base64.b32decode(match[1].upper() + "======"))
        return GlobusConnectPersonalOwnerInfo(str(id), None, words[1]), None
    if not _NAME.fullmatch(name):
        return None, f"the name of the owner must be one of Globus, got {shown(name)['got']}"
    return GlobusConnectPersonalOwnerInfo(None, f"{name}@globusid.org", words[1]), None


def read_allowed_paths(text: str) -> tuple[tuple[AllowedPath, ...], list[str]]:
    """The paths in ``config-paths``, and what is wrong with lines that are none.

    A line is ``path,0,1``: the path, which may have commas, whether it may be shared, and whether it may be written to.
    Blank lines are ignored.
    """
    paths: list[AllowedPath] = []
    wrong: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        path, *flags = line.rsplit(",", 2)
        flags = [flag.strip() for flag in flags]
        if len(flags) != 2:
            wrong.append(f"line {number}: must be a path and two flags, as ~/,0,1, got {shown(line)['got']}")
        elif not {*flags} <= {"0", "1"}:
            wrong.append(f"line {number}: the flags after the path must be 0 or 1, got {shown(','.join(flags))['got']}")
        elif not path.strip().startswith(("/", "~")) or "\0" in path:
            wrong.append(f"line {number}: the path must be absolute or begin with ~, got {shown(path)['got']}")
        else:
            paths.append(AllowedPath(path.strip(), flags[0] == "1", flags[1] == "1"))
    return tuple(paths), wrong
