"""What can only be seen across the fields and items of a task: what makes the service refuse it, and what is merely
suspicious."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from globus_typed.problems import SHOWN, place
from globus_typed.transfer.documents.fields import shown

if TYPE_CHECKING:
    from globus_typed.transfer.documents.delete_data import DeleteData
    from globus_typed.transfer.documents.items import FilterRule
    from globus_typed.transfer.documents.transfer_data import TransferData

__all__ = ["Finding", "common_findings", "delete_findings", "transfer_findings"]


@dataclass(frozen=True)
class Finding:
    """Something about a task as a whole."""

    loc: tuple[int | str, ...]
    """The member it is about."""
    message: str
    """What is to be said of it."""
    refused: bool = True
    """Whether the task cannot be right; otherwise it is only suspicious."""

    def __str__(self) -> str:
        return f"{place(self.loc)}: {self.message}"


def common_findings(count: int, length: int | None, deadline: datetime | None, now: datetime) -> Iterator[Finding]:
    """What both kinds of tasks are looked at for."""
    if not count:
        yield Finding(("items",), "there must be at least one: add it with add_item")
    elif length not in (None, count):
        yield Finding(("length",), f"must be left out, or be {count} as there are items")
    if deadline is not None and deadline <= now:
        yield Finding(("deadline",), f"must be in the future, got {deadline.isoformat()}")


def transfer_findings(data: "TransferData") -> Iterator[Finding]:
    """What transfers are looked at for besides."""
    yield from _same_destinations(data)
    if data.source_endpoint == data.destination_endpoint:
        yield from islice(_inside_itself(data), SHOWN)
    if data.delete_destination_extra and all(item.get("recursive") is False for item in data.items.wire_items()):
        yield Finding(
            ("delete_destination_extra",), "does nothing, since no item is a directory (recursive)", refused=False
        )
    yield from _dead_rules(data.filter_rules or ())


def delete_findings(data: "DeleteData") -> Iterator[Finding]:
    """What deletes are looked at for besides."""
    for path, places in islice(data.items.repeated().items(), SHOWN):
        message = f"is deleted by items[{places[0]}] too, {_quoted(path)}"
        yield Finding(("items", places[1], "path"), message, refused=False)
    if not data.interpret_globs:
        globs = (
            Finding(
                ("items", number, "path"),
                f"is taken as it stands, {_quoted(item['path'])}; set interpret_globs for a pattern",
                refused=False,
            )
            for number, item in enumerate(data.items.wire_items())
            if any(sign in item["path"].rstrip("/").rpartition("/")[2] for sign in "*?[")
        )
        yield from islice(globs, SHOWN)


def _same_destinations(data: "TransferData") -> Iterator[Finding]:
    for path, places in islice(data.items.repeated().items(), SHOWN):
        first, *others = places
        known = [data.items[number] for number in places]
        # What lies in several directories may go to one; a file may be written by one item only.
        merged = all(getattr(item, "recursive", False) is not False for item in known)
        for number in others:
            message = f"is written by items[{first}] too, {_quoted(path)}"
            yield Finding(("items", number, "destination_path"), message, refused=not merged)


def _inside_itself(data: "TransferData") -> Iterator[Finding]:
    for number, item in enumerate(data.items.wire_items()):
        source = item["source_path"].rstrip("/") + "/"
        destination = item["destination_path"].rstrip("/") + "/"
        if destination.startswith(source):
            what = "is the source itself" if destination == source else "lies inside its own source"
            yield Finding(
                ("items", number, "destination_path"), f"{what} on one collection, {_quoted(item['destination_path'])}"
            )


def _dead_rules(rules: "Sequence[FilterRule]") -> Iterator[Finding]:
    for number, rule in enumerate(rules):
        for before, earlier in enumerate(rules[:number]):
            if earlier.type in (None, rule.type) and earlier.name in ("*", rule.name):
                message = f"never decides, since filter_rules[{before}] takes all that it fits"
                yield Finding(("filter_rules", number), message, refused=False)
                break


def _quoted(path: Any) -> str:
    return shown(path)["got"]
