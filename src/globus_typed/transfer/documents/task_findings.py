"""Checks across the fields and items of a task: for what the service refuses, and for what is merely suspicious."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from globus_typed.core.fields import shown
from globus_typed.core.problems import SHOWN, place
from globus_typed.transfer.documents.item_list import DeleteItems, TransferItems
from globus_typed.transfer.documents.items import FilterRule

__all__ = ["Finding", "common_findings", "delete_findings", "first_findings", "transfer_findings"]


@dataclass(frozen=True)
class Finding:
    """A problem or oddity of a task as a whole."""

    loc: tuple[int | str, ...]
    """The member it is about."""
    message: str
    """The message, without the place."""
    refused: bool = True
    """Whether the task cannot be right; otherwise it is only suspicious."""

    def __str__(self) -> str:
        return f"{place(self.loc)}: {self.message}"


def first_findings(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings that are refused and those that are suspicious: the first 20 of each, and a count of the others."""
    told: dict[bool, list[Finding]] = {True: [], False: []}
    more = {True: 0, False: 0}
    for finding in findings:
        if len(told[finding.refused]) < SHOWN:
            told[finding.refused].append(finding)
        else:
            more[finding.refused] += 1
    for refused, count in more.items():
        if count:
            told[refused].append(Finding(("items",), f"and {count} more problems", refused))
    return told[True], told[False]


def common_findings(count: int, length: int | None, deadline: datetime | None, now: datetime) -> Iterator[Finding]:
    """Findings about any task."""
    if not count:
        yield Finding(("items",), "there must be at least one: add it with add_item")
    elif length not in (None, count):
        yield Finding(("length",), f"must be left out, or be {count} as there are items")
    if deadline is not None and deadline <= now:
        yield Finding(("deadline",), f"must be in the future, got {deadline.isoformat()}")


def transfer_findings(
    items: TransferItems, rules: Sequence[FilterRule], *, on_one_collection: bool, delete_destination_extra: bool
) -> Iterator[Finding]:
    """Findings about a transfer."""
    yield from _same_destinations(items)
    if on_one_collection:
        yield from _inside_itself(items)
    if delete_destination_extra and all(item.get("recursive") is False for item in items.wire_items()):
        yield Finding(
            ("delete_destination_extra",), "does nothing, since no item is a directory (recursive)", refused=False
        )
    yield from _dead_rules(rules)


def delete_findings(items: DeleteItems, *, interpret_globs: bool | None) -> Iterator[Finding]:
    """Findings about a delete."""
    for path, ((first, _), *others) in items.repeated().items():
        for number, _ in others:
            message = f"is deleted by items[{first}] too, {_quoted(path)}"
            yield Finding(("items", number, "path"), message, refused=False)
    if interpret_globs is None:  # who says False means the names as they stand
        for number, item in enumerate(items.wire_items()):
            if any(sign in item["path"].rstrip("/").rpartition("/")[2] for sign in "*?["):
                message = f"is taken as it stands, {_quoted(item['path'])}; set interpret_globs for a pattern"
                yield Finding(("items", number, "path"), message, refused=False)


def _same_destinations(items: TransferItems) -> Iterator[Finding]:
    for path, several in items.repeated().items():
        (first, _), *others = several
        # What lies in several directories may go to one; a file may be written by one item only.
        merged = all(_may_be_directory(item) for _, item in several)
        for number, _ in others:
            message = f"is written by items[{first}] too, {_quoted(path)}"
            yield Finding(("items", number, "destination_path"), message, refused=not merged)


def _may_be_directory(item: dict[str, Any]) -> bool:
    return item.get("DATA_TYPE", "transfer_item") == "transfer_item" and item.get("recursive") is not False


def _inside_itself(items: TransferItems) -> Iterator[Finding]:
    for number, item in enumerate(items.wire_items()):
        source = item["source_path"].rstrip("/") + "/"
        destination = item["destination_path"].rstrip("/") + "/"
        if destination.startswith(source):
            what = "is the source itself" if destination == source else "lies inside its own source"
            yield Finding(
                ("items", number, "destination_path"), f"{what} on one collection, {_quoted(item['destination_path'])}"
            )


def _dead_rules(rules: Sequence[FilterRule]) -> Iterator[Finding]:
    for number, rule in enumerate(rules):
        for before, earlier in enumerate(rules[:number]):
            if earlier.type in (None, rule.type) and earlier.name in ("*", rule.name):
                message = f"never decides, since filter_rules[{before}] takes all that it fits"
                yield Finding(("filter_rules", number), message, refused=False)
                break


def _quoted(path: Any) -> str:
    return shown(path)["got"]
