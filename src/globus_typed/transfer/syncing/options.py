"""`SyncOptions`: the arguments of a plan, checked before anything is sent."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, cast, get_args

from globus_typed.core.json_data import unchecked
from globus_typed.core.suggestions import near_name
from globus_typed.errors import GlobusUsageError, GlobusWarning
from globus_typed.transfer.documents.fields import SyncLevel
from globus_typed.transfer.documents.items import FilterRule
from globus_typed.transfer.query import id_text, path_text, whole_number
from globus_typed.transfer.syncing.arguments import SyncPlace, SyncSymlinks
from globus_typed.transfer.syncing.items import SyncWarning
from globus_typed.transfer.syncing.rules import includes_alone

__all__ = ["Place", "Side", "SyncOptions", "check_apart", "checked_options", "warn"]

Side = Literal["source", "destination"]
"""One of the two directories."""

LEVELS: dict[str, Literal[0, 1, 2, 3]] = {"exists": 0, "size": 1, "mtime": 2, "checksum": 3}


@dataclass(frozen=True)
class Place:
    """One of the two directories."""

    collection: str
    """The id of the collection."""
    path: str
    """The path of the directory, with a slash at its end."""
    local_user: str | None = None
    """The local account to use, on a mapped collection."""


@dataclass(frozen=True)
class SyncOptions:
    """The arguments of a plan."""

    source: Place
    destination: Place
    level: Literal[0, 1, 2, 3] | None
    delete_extra: bool
    filter_rules: tuple[FilterRule, ...]
    symlinks: SyncSymlinks
    skew: float
    max_entries: int | None
    confirm_above: float
    label: str | None
    preserve_timestamp: bool

    @property
    def level_name(self) -> str | None:
        """The word for the level; None where all files are copied."""
        return None if self.level is None else [*LEVELS][self.level]

    def findings(self) -> Iterator[SyncWarning]:
        """The suspicious ones among them."""
        for message in includes_alone(self.filter_rules):
            yield SyncWarning("include_only", f"filter_rules: {message}")
        if self.preserve_timestamp and self.level == 0:
            yield SyncWarning(
                "preserve_timestamp", "preserve_timestamp: level 'exists' does not look at times, so it changes nothing"
            )
        if self.skew:
            yield SyncWarning(
                "skew",
                f"skew: files newer by at most {self.skew:g} s are skipped here, where the service would copy them: a "
                "plan that is carried out by its items leaves them alone, one recursive transfer does not",
            )


def checked_options(
    source: SyncPlace,
    destination: SyncPlace,
    *,
    level: SyncLevel | None,
    delete_extra: bool,
    filter_rules: Iterable[FilterRule | Mapping[str, Any]],
    symlinks: SyncSymlinks,
    skew: float | timedelta,
    max_entries: int | None,
    confirm_above: float,
    source_local_user: str | None,
    destination_local_user: str | None,
    label: str | None,
    preserve_timestamp: bool,
) -> SyncOptions:
    """The arguments as they are used. Raises `GlobusUsageError`, which names the argument."""
    for name, value in (("delete_extra", delete_extra), ("preserve_timestamp", preserve_timestamp)):
        if unchecked(value) not in (True, False):
            raise GlobusUsageError(f"{name}: must be True or False, got {value!r}")
    if symlinks not in get_args(SyncSymlinks):
        raise GlobusUsageError(f"symlinks: must be one of ignore, keep, copy, got {symlinks!r}")
    share = unchecked(confirm_above)
    if not isinstance(share, (int, float)) or isinstance(share, bool) or not 0 <= share <= 1:
        raise GlobusUsageError(f"confirm_above: must be a share from 0 to 1, got {share!r}")
    options = SyncOptions(
        _place("source", source, source_local_user),
        _place("destination", destination, destination_local_user),
        _level(level),
        bool(delete_extra),
        tuple(rule if isinstance(rule, FilterRule) else FilterRule.of(rule) for rule in _rules(filter_rules)),
        symlinks,
        _seconds(skew),
        whole_number("max_entries", max_entries, 1),
        confirm_above,
        label,
        bool(preserve_timestamp),
    )
    check_apart(options.source, options.destination)
    return options


def check_apart(source: Place, destination: Place) -> None:
    """Raise `GlobusUsageError` if one directory is, or lies in, the other."""
    if source.collection.lower() != destination.collection.lower():
        return
    here, there = _normal(source.path), _normal(destination.path)
    if here == there:
        problem = "are the same directory"
    elif there.startswith(here):
        problem = "overlap, since the destination lies in the source"
    elif here.startswith(there):
        problem = "overlap, since the source lies in the destination"
    else:
        return
    raise GlobusUsageError(f"source and destination: {problem}, got {source.path!r} and {destination.path!r}")


def warn(findings: Iterable[SyncWarning], stacklevel: int) -> None:
    """Tell of what is suspicious with `GlobusWarning`."""
    for finding in findings:
        warnings.warn(str(finding), GlobusWarning, stacklevel=stacklevel + 1)


def _normal(path: str) -> str:
    return "/" + "".join(f"{name}/" for name in path.split("/") if name not in ("", "."))


def _place(name: Side, place: SyncPlace, local_user: str | None) -> Place:
    given = unchecked(place)
    if not isinstance(given, tuple) or len(cast("tuple[object, ...]", given)) != 2:
        raise GlobusUsageError(
            f"{name}: must be the id of a collection and a path on it, such as (collection, '/~/data/'), got {given!r}"
        )
    collection = id_text(f"{name}: collection", place[0])
    if collection is None:
        raise GlobusUsageError(f"{name}: collection: must be a UUID, got None")
    return Place(collection, path_text(f"{name}: path", place[1]).rstrip("/") + "/", local_user)


def _level(level: SyncLevel | None) -> Literal[0, 1, 2, 3] | None:
    given = unchecked(level)
    if given is None:
        return None
    if isinstance(given, int) and not isinstance(given, bool) and given in LEVELS.values():
        return next(number for number in LEVELS.values() if number == given)
    if isinstance(given, str):
        if given in LEVELS:
            return LEVELS[given]
        near = near_name(given.strip().lower(), LEVELS)
        hint = "" if near is None else f'; did you mean "{near}"?'
    else:
        hint = ""
    raise GlobusUsageError(f"level: must be 0 to 3 or one of {', '.join(LEVELS)}, got {given!r}{hint}")


def _rules(rules: Iterable[FilterRule | Mapping[str, Any]]) -> Iterable[FilterRule | Mapping[str, Any]]:
    if isinstance(unchecked(rules), (str, Mapping, FilterRule)):
        raise GlobusUsageError(f"filter_rules: must be a list of rules, got {rules!r}")
    return rules


def _seconds(skew: float | timedelta) -> float:
    given = unchecked(skew.total_seconds() if isinstance(skew, timedelta) else skew)
    if not isinstance(given, (int, float)) or isinstance(given, bool) or not 0 <= given < float("inf"):
        raise GlobusUsageError(f"skew: must be 0 seconds or more, got {skew!r}")
    return given
