"""Plans in words and as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from pydantic_core import to_json

from globus_typed.transfer.syncing.items import SyncSummary, SyncWarning
from globus_typed.transfer.syncing.options import Place, SyncOptions
from globus_typed.transfer.syncing.rows import ACTIONS, Row, SyncAction

__all__ = ["json_text", "table_text"]

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def table_text(
    rows: Iterable[Row],
    summary: SyncSummary,
    warnings: Sequence[SyncWarning],
    options: SyncOptions,
    actions: frozenset[SyncAction],
    max_rows: int | None,
) -> str:
    """A line for each item, and the counts."""
    lines = [f"{_place(options.source)} -> {_place(options.destination)}", _settings(options)]
    shown = [row for row in rows if row.action in actions]
    cells = [("ACTION", "SIZE", "REASON", "PATH")]
    cells += [(row.action, _size(row.size), _reason(row), printable(row.path)) for row in shown[:max_rows]]
    if shown[:max_rows]:
        widths = [max(len(row[column]) for row in cells) for column in range(3)]
        lines += ["", *(f"{a:{widths[0]}}  {s:>{widths[1]}}  {r:{widths[2]}}  {p}" for a, s, r, p in cells)]
    if more := len(shown) - len(cells[1:]):
        lines.append(f"... and {more:,} more")
    counts = [f"{action} {count:,}" for action in ACTIONS if (count := getattr(summary, action))]
    lines += ["", f"{', '.join(counts) or 'nothing to do'}; {_size(summary.bytes)} to transfer"]
    if summary.bytes_unknown:
        lines[-1] += f", and {summary.bytes_unknown:,} files of unknown size"
    return "\n".join([*lines, *(f"warning: {printable(str(warning))}" for warning in warnings)])


def json_text(
    rows: Iterable[Row],
    summary: SyncSummary,
    warnings: Sequence[SyncWarning],
    options: SyncOptions,
    created: datetime,
    indent: int | None,
) -> str:
    """The plan as a JSON document."""
    rules = [rule.model_dump(mode="json", by_alias=True, exclude_none=True) for rule in options.filter_rules]
    document = {
        "source": {"collection": options.source.collection, "path": options.source.path},
        "destination": {"collection": options.destination.collection, "path": options.destination.path},
        "level": options.level_name,
        "delete_extra": options.delete_extra,
        "symlinks": options.symlinks,
        "skew": options.skew,
        "filter_rules": rules,
        "created": created.isoformat(),
        "summary": asdict(summary),
        "warnings": [{name: text for name, text in asdict(warning).items() if text} for warning in warnings],
        "items": [{name: value for name, value in row._asdict().items() if value is not None} for row in rows],
    }
    return to_json(document, indent=indent).decode()


def printable(text: str) -> str:
    """The text on one line, whatever is in it."""
    return text if text.isprintable() else "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")


def _place(place: Place) -> str:
    return f"{place.collection}:{printable(place.path)}"


def _settings(options: SyncOptions) -> str:
    level = options.level_name
    parts = ["all files are copied" if level is None else f"level {level}"]
    if options.level == 2 and options.skew:
        parts.append(f"newer by more than {options.skew:g} s")
    if options.delete_extra:
        parts.append("extra entries are deleted")
    if options.symlinks != "ignore":
        parts.append(f"symlinks: {options.symlinks}")
    if options.filter_rules:
        parts.append(f"{len(options.filter_rules)} filter rules")
    return ", ".join(parts)


def _reason(row: Row) -> str:
    if row.rule is not None:
        return f"{row.reason} (rule {row.rule})"
    if row.reason == "size" and row.destination_size is not None:
        return f"size was {_size(row.destination_size)}"
    return row.reason


def _size(size: int | None) -> str:
    if size is None:
        return ""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{size} B" if not unit else f"{value:.3g} {_UNITS[unit]}"
