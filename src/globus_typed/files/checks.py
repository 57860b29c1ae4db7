"""The checks that a copy can be asked for, and what is refused of them before anything is sent."""

import hashlib
from typing import Any, Literal, Protocol, TypeAlias, get_args

from globus_typed.errors import GlobusUsageError

__all__ = ["DownloadCheck", "UploadCheck"]

DownloadCheck: TypeAlias = Literal["size", "change", "checksum"]
"""How a download is checked: see `CollectionFiles.download`."""
UploadCheck: TypeAlias = Literal["none", "size", "checksum"]
"""How an upload is checked: see `CollectionFiles.upload`."""

_LENGTHS = {"MD5": 32, "SHA1": 40, "SHA224": 56, "SHA256": 64, "SHA384": 96, "SHA512": 128}
"""The algorithms, and how many hexadecimal digits their checksums have."""


class Hash(Protocol):
    """A running hash."""

    def update(self, data: Any, /) -> object:
        """Take more bytes."""
        ...

    def hexdigest(self) -> str:
        """The hash of all bytes taken so far."""
        ...


def algorithm_name(given: object) -> str:
    """The algorithm by its name in capital letters."""
    name = given.upper().replace("-", "") if isinstance(given, str) else ""
    if name not in _LENGTHS:
        raise GlobusUsageError(f"algorithm: must be one of {', '.join(_LENGTHS)}, got {given!r}")
    return name


def new_hash(algorithm: str) -> Hash:
    """A hash to begin with. It guards against accidents, and so may be an old algorithm."""
    return hashlib.new(algorithm.lower(), usedforsecurity=False)


def checked_checksum(given: object, algorithm: str) -> str | None:
    """The checksum in small letters; None for none."""
    if given is None:
        return None
    length = _LENGTHS[algorithm]
    text = given.strip().lower() if isinstance(given, str) else ""
    if len(text) != length or not set(text) <= set("0123456789abcdef"):
        raise GlobusUsageError(f"checksum: one of {algorithm} has {length} hexadecimal digits, got {given!r}")
    return text


def check_word(name: str, given: object, words: object) -> None:
    """Refuse a word that is none of those a type names."""
    known = get_args(words)
    if given not in known:
        raise GlobusUsageError(f"{name}: must be one of {', '.join(map(repr, known))}, got {given!r}")


def check_count(name: str, given: object, least: int) -> None:
    """Refuse what is no whole number, or too small a one."""
    if not isinstance(given, int) or isinstance(given, bool) or given < least:
        raise GlobusUsageError(f"{name}: must be a whole number, at least {least}, got {given!r}")


def checked_resume(given: object) -> bool | Literal["trust"]:
    """Whether to resume, True and False and ``"trust"`` as they are."""
    if isinstance(given, bool):
        return given
    if given != "trust":
        raise GlobusUsageError(f'resume: must be True, False or "trust", got {given!r}')
    return "trust"
