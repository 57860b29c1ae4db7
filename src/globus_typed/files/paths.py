"""Paths and addresses of files in a collection: what is refused before anything is sent, and how one is written."""

import os
import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple, cast
from urllib.parse import quote, unquote, urlsplit

from globus_typed.config import host_problem
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError

__all__ = ["Address", "checked_path", "https_address", "is_loopback", "name_of", "parent_of", "path_in", "target_of"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SAFE = "/-._~!$&'()*+,;=:@"


def checked_path(path: object, name: str = "path") -> str:
    """The path of a file, from the root of the collection; `GlobusUsageError` for what cannot be one."""
    if isinstance(path, PurePath):
        raise GlobusUsageError(f"{name}: must be a str: use str(path), got {path!r}")
    if not isinstance(path, str) or not path.startswith("/"):
        raise GlobusUsageError(
            f'{name}: must be a str with the path from the root of the collection, which starts with "/", got {path!r}'
        )
    problem = None
    if path == "/":
        problem = "is the root of the collection, and no file"
    elif path == "/~" or path.startswith("/~/"):
        problem = 'must start at the root of the collection: "/~/" has no meaning over HTTPS'
    elif path.endswith("/"):
        problem = "is a directory, for which use the Transfer client: operation_ls, or a task"
    elif not {"", ".", ".."}.isdisjoint(path[1:].split("/")):
        problem = 'must not have "..", "." or empty segments'
    elif "\0" in path:
        problem = "must not contain a NUL character"
    else:
        try:
            path.encode()
        except UnicodeEncodeError:
            problem = "must be encodable as UTF-8, with no lone surrogates"
    if problem:
        raise GlobusUsageError(f"{name}: {problem}, got {path!r}")
    return path


@lru_cache(maxsize=256)
def target_of(path: str) -> str:
    """The path as a request has it: every character but a few as percent and digits, a literal percent too."""
    return quote(path, safe=_SAFE)


class Address(NamedTuple):
    """A URL, in its two parts."""

    origin: str
    """The scheme, host and port."""
    path: str
    """The path, with percent signs decoded; it may be empty."""


def https_address(url: object, name: str, *, loopback: bool = True) -> Address:
    """The address that a URL is; `GlobusUsageError`, by the given name, for none that tokens may go to.

    Parameters: `loopback`, whether ``http://`` will do for this machine.
    """
    if not isinstance(url, str):
        raise GlobusUsageError(f"{name}: must be a str, got {type(url).__name__}")
    if "@" in url.partition("//")[2].partition("/")[0]:  # it may be a password, so it is not shown
        raise GlobusUsageError(f"{name}: must be a URL without a user name or password")
    if not _URL.match(url):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise GlobusUsageError(f"{name}: must be a URL such as https://host/path, got {url!r}") from None
    if parts.scheme == "http" and not (loopback and is_loopback(host)):
        raise GlobusUsageError(f"{name}: must start with https://, as a token goes by no other way, got {url!r}")
    if parts.scheme not in ("https", "http") or not host or not url.isprintable() or " " in url or host_problem(host):
        raise GlobusUsageError(f"{name}: must be a URL such as https://host/path, got {url!r}")
    if parts.fragment or "#" in url:
        raise GlobusUsageError(f'{name}: must have no fragment; a "#" in a name is written %23, got {url!r}')
    shown = f"[{host}]" if ":" in host else host
    default = {"https": 443, "http": 80}[parts.scheme]
    origin = f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, default) else "")
    return Address(origin, unquote(parts.path, errors="surrogateescape"))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def path_in(given: object, origin: str | None, name: str = "path") -> str:
    """The path that was given as one, or as a URL of the collection at `origin`, which no other host may be."""
    if not isinstance(given, str) or not _URL.match(given):
        return checked_path(given, name)
    address = https_address(given, name)
    if address.origin != origin:
        raise GlobusUsageError(
            f"{name}: {address.origin} is not the address of this collection"
            + (f", which is {origin}" if origin else "; give the path alone, or use CollectionFiles.from_url")
        )
    return checked_path(address.path, name)


def name_of(path: str) -> str:
    """The last segment."""
    return path.rpartition("/")[2]


def parent_of(path: str) -> str:
    """The directory, with a slash at its end."""
    return path.rpartition("/")[0] + "/"


def temporary_path(path: str) -> str:
    """A name beside the path, which is no one else's."""
    name = name_of(path).encode()[:230].decode(errors="ignore")
    return f"{parent_of(path)}.{name}.{secrets.token_hex(4)}.part"


def missing_parents(path: str) -> Sequence[str]:
    """All directories above a path but the root, the uppermost first."""
    segments = path.split("/")[1:-1]
    return [f"/{'/'.join(segments[: count + 1])}/" for count in range(len(segments))]


def local_path(given: object, name: str) -> str:
    """A path of this machine; `GlobusUsageError` for what is none."""
    if not isinstance(given, (str, os.PathLike)):
        raise GlobusUsageError(f"{name}: must be a str or a path of this machine, got {type(given).__name__}")
    path = unchecked(os.fspath(cast("str | os.PathLike[str]", given)))
    if not isinstance(path, str) or not path or "\0" in path:
        raise GlobusUsageError(f"{name}: must be the name of a file, as a str, got {path!r}")
    return path
