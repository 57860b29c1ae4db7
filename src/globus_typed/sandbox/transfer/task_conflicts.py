"""Refusals of a transfer as a whole: items that would write over each other or over themselves."""

from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.paths import Parts, parts_of
from globus_typed.sandbox.transfer.request_bodies import TransferBody, TransferItem

__all__ = ["refuse_overlap", "refuse_repeated"]


def refuse_repeated(body: TransferBody) -> None:
    """TransferRefused 400 for a path that two items write to; what lies in several directories may go to one."""
    first: dict[Parts, int] = {}
    for index, item in enumerate(body.DATA):
        path = parts_of(item.destination_path)
        before = first.setdefault(path, index)
        if before != index and not (_may_be_directory(item) and _may_be_directory(body.DATA[before])):
            problem = f"DATA[{before}] is written there too: {item.destination_path!r}"
            raise bad_request(f"DATA[{index}].destination_path", problem)


def _may_be_directory(item: TransferItem) -> bool:
    return item.recursive is not False and not item.link


def refuse_overlap(body: TransferBody) -> None:
    """TransferRefused 400 for a transfer within one collection that would copy something onto or into itself."""
    for index, item in enumerate(body.DATA):
        source, destination = parts_of(item.source_path), parts_of(item.destination_path)
        if destination[: len(source)] == source:
            problem = f"on the same collection it is the source, or lies in it: {item.destination_path!r}"
            raise bad_request(f"DATA[{index}].destination_path", problem)
        if body.delete_destination_extra and source[: len(destination)] == destination:
            problem = "delete_destination_extra would delete the source, which overlaps with the destination"
            raise bad_request(f"DATA[{index}].destination_path", problem)
