"""`SyncWalk`: both directories compared in step, directory by directory, whatever the order in which listings come."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.syncing.comparison import comparer
from globus_typed.transfer.syncing.items import SyncSummary, SyncWarning
from globus_typed.transfer.syncing.listing import Entry, Listing
from globus_typed.transfer.syncing.names import alike
from globus_typed.transfer.syncing.options import Place, Side, SyncOptions, check_apart
from globus_typed.transfer.syncing.outcome import Unreadable
from globus_typed.transfer.syncing.rows import Row
from globus_typed.transfer.syncing.rules import Rules
from globus_typed.transfer.syncing.summary import summarize

__all__ = ["Found", "Job", "SyncWalk"]

_DEEPEST = 1000


@dataclass(eq=False, slots=True)
class _Pair:
    """A directory on one side or on both, with what was found in it."""

    path: str
    """The path below both directories; empty for those themselves."""
    sides: tuple[Side, ...]
    """The sides on which it is read."""
    real: str = ""
    """Its path at the source with links followed, as far as that is known."""
    above: frozenset[str] = frozenset()
    """The directories at the source that it is in, in the same form."""
    replaces: Row | None = None
    """The entry of another type that goes before the directory comes."""
    top: "_Pair | None" = None
    """The uppermost directory that only the destination has, of those this one is in."""
    then: tuple[Row, ...] = ()
    """The rows after the deletion of this directory."""
    otherwise: tuple[Row, ...] = ()
    """The rows where it cannot be deleted, since it could not be read."""
    entries: dict[Side, list[Entry]] = field(default_factory=dict[Side, list[Entry]])
    refused: bool = False
    rows: list[Row] = field(default_factory=list[Row])
    inner: "list[_Pair]" = field(default_factory=list["_Pair"])

    @property
    def prefix(self) -> str:
        return f"{self.path}/" if self.path else ""


class Job(NamedTuple):
    """A directory to list."""

    place: Place
    """The collection, and the path of the directory on it."""
    side: Side
    pair: _Pair


class Found(NamedTuple):
    """The result of a walk."""

    rows: list[Row]
    warnings: tuple[SyncWarning, ...]
    summary: SyncSummary


class SyncWalk:
    """The comparison of two directories: gives what to list, takes the listings, knows the plan in the end.

    It makes no requests. `found` does not depend on the order in which listings come.
    """

    def __init__(self, options: SyncOptions) -> None:
        self._options = options
        self._rules = Rules(options.filter_rules)
        self._compare = comparer(options.level, options.skew)
        self._places: dict[Side, Place] = {"source": options.source, "destination": options.destination}
        self._waiting: dict[_Pair, int] = {}
        self._root = _Pair("", ("source", "destination"), posixpath.normpath(options.source.path))
        self._entries = self._destination_entries = self._directories = 0
        self._warnings: dict[SyncWarning, None] = {}

    def start(self) -> list[Job]:
        """The first directories to list."""
        return self._jobs([self._root])

    def took(self, job: Job, result: Listing | Unreadable) -> list[Job]:
        """Take a listing, and give further directories to list.

        Raises `GlobusUsageError` for directories that no plan can be made of, and the refusal of one that has to be
        readable.
        """
        pair = job.pair
        if isinstance(result, Unreadable):
            self._refused(job, result)
        else:
            self._count(job.side, len(result.entries))
            pair.entries[job.side] = result.entries
            if pair is self._root and result.absolute_path:
                self._places[job.side] = Place(self._places[job.side].collection, result.absolute_path)
        self._waiting[pair] -= 1
        if self._waiting[pair]:
            return []
        del self._waiting[pair]
        if pair is self._root:
            self._check_root()
        if not pair.refused:
            self._fill(pair)
        pair.entries = {}
        return self._jobs(pair.inner)

    def found(self) -> Found:
        """The plan, when there is nothing left to list."""
        rows = list(_in_order(self._root))
        summary = summarize(rows, directories=self._directories, destination_entries=self._destination_entries)
        warnings = sorted(self._warnings, key=lambda warning: (warning.path or "", warning.code))
        return Found(rows, (*self._options.findings(), *warnings), summary)

    def _jobs(self, pairs: list[_Pair]) -> list[Job]:
        options, jobs = self._options, list[Job]()
        for pair in pairs:
            self._waiting[pair] = len(pair.sides)
            for side in pair.sides:
                place = options.source if side == "source" else options.destination
                jobs.append(Job(Place(place.collection, place.path + pair.prefix, place.local_user), side, pair))
        return jobs

    def _count(self, side: Side, entries: int) -> None:
        self._entries += entries
        if side == "destination":
            self._destination_entries += entries
        most = self._options.max_entries
        if most is not None and self._entries > most:
            raise GlobusUsageError(f"max_entries: there are more than {most:,} entries in the two directories")

    def _refused(self, job: Job, result: Unreadable) -> None:
        pair, reason = job.pair, result.reason
        if reason == "not_found" and job.side == "destination":
            return  # what is not there has nothing in it
        if pair is self._root:
            if reason == "not_directory":
                raise GlobusUsageError(
                    f"{job.side}: {job.place.path.rstrip('/')!r} is no directory; for single files, use "
                    "TransferData.add_item"
                ) from result.error
            raise result.error
        if not pair.refused or job.side == "source":
            pair.refused = True
            detail = f"at the {job.side}: {result.error.message}"
            pair.rows = [Row("error", pair.path, "dir", None, reason, detail=detail)]
        if pair.top is not None:
            pair.top.refused = True

    def _check_root(self) -> None:
        check_apart(self._places["source"], self._places["destination"])
        if self._options.delete_extra and not self._root.entries["source"]:
            raise GlobusUsageError(
                f"delete_extra: the source, {self._options.source.path!r}, is empty, so everything at the destination "
                "would be deleted; to do that, submit a DeleteData"
            )

    def _fill(self, pair: _Pair) -> None:
        if pair.top is not None:
            self._fill_extra(pair)
            return
        self._directories += 1
        options, rows, prefix = self._options, pair.rows, pair.prefix
        if pair.replaces is not None:
            rows.append(pair.replaces)
        if "destination" not in pair.entries:
            rows.append(Row("mkdir", pair.path or ".", "dir", None, "missing"))
        there = {entry["name"]: entry for entry in pair.entries.get("destination", ())}
        known = list(there) if there else []
        coming: list[str] = []
        compare, rules, copies = self._compare, self._rules, options.symlinks == "copy"
        for entry in sorted(pair.entries["source"], key=_name):
            name, kind, link = entry["name"], entry.get("type"), entry.get("link_target")
            other = there.pop(name, None)
            if link is not None or kind == "invalid_symlink":
                if options.symlinks == "ignore":
                    self._leave(rows, prefix, entry, "symlink", other)
                    continue
                kind = kind if copies else "symlink"
            elif kind not in ("file", "dir"):
                self._leave(rows, prefix, entry, "special_file", other)
                continue
            real = ""
            loops = False
            if kind == "dir" and copies:
                real = _followed(pair.real, name, link)
                loops = link is not None and real in (*pair.above, pair.real)
            if rules:
                rule = rules.excluding(name, directory=kind == "dir" and not loops)
                if rule is not None:
                    self._leave(rows, prefix, entry, "excluded", other, rule)
                    continue
            coming.append(name)
            if loops:
                rows.append(Row("error", prefix + name, "symlink", None, "symlink_loop", detail=f"leads to {link}"))
            elif kind == "file":
                if other is None:
                    rows.append(Row("copy", prefix + name, "file", entry.get("size"), "missing"))
                elif other.get("type") == "file":
                    action, reason = compare(entry, other)
                    times = (
                        (entry.get("last_modified"), other.get("last_modified")) if options.level == 2 else (None, None)
                    )
                    before = other.get("size") if action == "update" else None
                    rows.append(Row(action, prefix + name, "file", entry.get("size"), reason, before, *times))
                else:
                    self._in_the_way(
                        pair, name, other, Row("copy", prefix + name, "file", entry.get("size"), "missing")
                    )
            elif kind == "dir":
                self._directory(pair, name, real, other)
            elif kind == "symlink":
                self._link(pair, entry, other)
            else:
                reason = "broken_symlink" if kind == "invalid_symlink" else "special_file"
                rows.append(Row("error", prefix + name, "symlink", None, reason, detail=f"leads to {link}"))
        if options.delete_extra:
            self._extras(pair, there)
        self._warnings.update(dict.fromkeys(alike(prefix, coming, known)))

    def _directory(self, pair: _Pair, name: str, real: str, other: Entry | None) -> None:
        path = pair.prefix + name
        if path.count("/") >= _DEEPEST:
            pair.rows.append(Row("error", path, "dir", None, "too_deep"))
            return
        inner = _Pair(path, ("source",), real, pair.above | {pair.real} if real else pair.above)
        if other is not None and other.get("type") == "dir":
            inner.sides = ("source", "destination")
            if self._options.delete_extra and other.get("link_target") is not None:
                message = f"is a symlink at the destination, to {other.get('link_target')}: extra entries go there too"
                self._warnings[SyncWarning("symlink_at_destination", message, path)] = None
        elif other is not None:
            if not self._options.delete_extra:
                pair.rows.append(_conflict(path, "dir", None, other))
                return
            inner.replaces = _deletion(path, other, changed=True)
        pair.inner.append(inner)

    def _link(self, pair: _Pair, entry: Entry, other: Entry | None) -> None:
        path = pair.prefix + entry["name"]
        if other is None:
            pair.rows.append(Row("copy", path, "symlink", None, "missing"))
        elif other.get("link_target") is not None and other.get("link_target") == entry.get("link_target"):
            pair.rows.append(Row("skip", path, "symlink", None, "same link target"))
        elif other.get("type") == "dir" and other.get("link_target") is None:
            self._in_the_way(pair, entry["name"], other, Row("copy", path, "symlink", None, "missing"))
        else:
            pair.rows.append(Row("update", path, "symlink", None, "link target"))

    def _in_the_way(self, pair: _Pair, name: str, other: Entry, copy: Row) -> None:
        """The entry at the destination goes before the copy comes, if extra entries are deleted."""
        conflict = _conflict(copy.path, copy.type, copy.size, other)
        if not self._options.delete_extra:
            pair.rows.append(conflict)
        elif _is_directory(other):
            self._extra(pair, name, other, changed=True, then=(copy,), otherwise=(conflict,))
        else:
            pair.rows += (_deletion(copy.path, other, changed=True), copy)

    def _extras(self, pair: _Pair, there: dict[str, Entry]) -> None:
        for name in sorted(there):
            other = there[name]
            rule = self._rules.excluding(name, directory=_is_directory(other))
            if rule is not None:
                pair.rows.append(
                    Row("ignored", pair.prefix + name, _kind(other), other.get("size"), "excluded", rule=rule)
                )
                self._warnings[_EXCLUDED] = None
            elif _is_directory(other):
                self._extra(pair, name, other)
            else:
                pair.rows.append(_deletion(pair.prefix + name, other))

    def _extra(
        self,
        pair: _Pair,
        name: str,
        other: Entry,
        *,
        changed: bool = False,
        then: tuple[Row, ...] = (),
        otherwise: tuple[Row, ...] = (),
    ) -> None:
        """A directory that only the destination has: it is read, to tell all that is deleted with it."""
        inner = _Pair(pair.prefix + name, ("destination",), then=then, otherwise=otherwise)
        inner.top = inner if pair.top is None else pair.top
        inner.rows = [_deletion(inner.path, other, changed=changed)]
        pair.inner.append(inner)

    def _fill_extra(self, pair: _Pair) -> None:
        for other in sorted(pair.entries.get("destination", ()), key=_name):
            if self._rules.excluding(other["name"], directory=_is_directory(other)) is not None:
                self._warnings[_EXCLUDED] = None
            if _is_directory(other):
                self._extra(pair, other["name"], other)
            else:
                pair.rows.append(_deletion(pair.prefix + other["name"], other))

    def _leave(
        self,
        rows: list[Row],
        prefix: str,
        entry: Entry,
        reason: Literal["symlink", "special_file", "excluded"],
        other: Entry | None,
        rule: int | None = None,
    ) -> None:
        rows.append(Row("ignored", prefix + entry["name"], _kind(entry), entry.get("size"), reason, rule=rule))
        if other is not None and self._options.delete_extra:
            self._warnings[_IGNORED if rule is None else _EXCLUDED] = None


_EXCLUDED = SyncWarning(
    "excluded_extras",
    "some entries at the destination match a rule that excludes: it is not known whether the service deletes them",
)
_IGNORED = SyncWarning(
    "ignored_extras",
    "some entries at the destination have the names of symlinks or special files that are ignored at the source: it is "
    "not known whether the service deletes them",
)


def _in_order(root: _Pair) -> Iterator[Row]:
    """The rows of a directory, and of all in it; of one that cannot be deleted as a whole, the errors alone."""
    waiting = [root]
    while waiting:
        pair = waiting.pop()
        if pair.top is not None and pair.top.refused:
            yield from (row for row in pair.rows if row.action == "error")
            yield from pair.otherwise
        else:
            yield from pair.rows
            yield from pair.then
        waiting.extend(sorted(pair.inner, key=lambda inner: inner.path, reverse=True))
        pair.rows = []


def _name(entry: Entry) -> str:
    return entry["name"]


def _is_directory(entry: Entry) -> bool:
    return entry.get("type") == "dir" and entry.get("link_target") is None


def _kind(entry: Entry) -> str:
    """The type of an entry itself, not of what a symlink leads to."""
    kind = entry.get("type")
    return "symlink" if entry.get("link_target") is not None or kind == "invalid_symlink" else kind or "other"


def _deletion(path: str, entry: Entry, *, changed: bool = False) -> Row:
    kind = _kind(entry)
    return Row(
        "delete", path, kind, entry.get("size") if kind == "file" else None, "type_changed" if changed else "extra"
    )


def _conflict(path: str, kind: str, size: int | None, other: Entry) -> Row:
    return Row(
        "conflict", path, kind, size, "type_differs", detail=f"at the destination it is of the type {_kind(other)}"
    )


def _followed(directory: str, name: str, link: str | None) -> str:
    """The path of a directory with a link in its place followed, as far as that can be told without asking."""
    return posixpath.normpath(posixpath.join(directory, name if link is None else link))
