"""Names in one directory that are not the same, but may be taken for the same."""

from collections.abc import Collection, Iterator
from unicodedata import normalize

from globus_typed.transfer.syncing.items import SyncWarning

__all__ = ["alike"]


def alike(prefix: str, source: Collection[str], destination: Collection[str]) -> Iterator[SyncWarning]:
    """The warnings about names in a directory.

    Parameters: `prefix`, the path of the directory with a slash at its end, or nothing; `source`, the names that are to
    be at the destination; `destination`, those that are there.
    """
    names = {*source, *destination}
    if len({name.casefold() for name in names}) < len(names):
        for first, second in _pairs(names, fold=True):
            yield SyncWarning(
                "case_collision",
                f"differs from {second!r} only in case: where the destination tells no cases apart, they are one entry",
                prefix + first,
            )
    named = [name for name in names if not name.isascii()]
    for first, second in _pairs(named, fold=False):
        yield SyncWarning(
            "unicode_forms",
            f"is {second!r} in another form of Unicode (NFC): the service takes them for different names",
            prefix + first,
        )


def _pairs(names: Collection[str], *, fold: bool) -> Iterator[tuple[str, str]]:
    """Every name, in their order, that is like an earlier one, and that one."""
    seen: dict[str, str] = {}
    for name in sorted(names):
        key = name.casefold() if fold else normalize("NFC", name)
        if key in seen:
            yield name, seen[key]
        else:
            seen[key] = name
