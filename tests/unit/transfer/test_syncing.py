"""Plans: what becomes of each entry, in which order, and as which tasks. Pure: listings come from trees in memory."""

import json
import random
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeGuard

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globus_typed import GlobusUsageError, GlobusWarning, TransferData
from globus_typed.core.http_info import HTTPInfo
from globus_typed.transfer import DeleteData, SyncItem, SyncSummary, TransferAPIError
from globus_typed.transfer.syncing.listing import Entry, Listing
from globus_typed.transfer.syncing.options import SyncOptions, checked_options
from globus_typed.transfer.syncing.outcome import Unreadable
from globus_typed.transfer.syncing.plan import AnySyncPlan
from globus_typed.transfer.syncing.walk import SyncWalk

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"
B = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20004"
OLD, NEW, LATER = "2026-03-01 09:00:00+00:00", "2026-03-02 17:05:44+00:00", "2026-03-02 17:05:46+00:00"


class Link(str):
    """A symlink; what it leads to is in `leads_to`."""

    leads_to: Any = None

    @classmethod
    def to(cls, target: str, leads_to: Any = None) -> "Link":
        link = cls(target)
        link.leads_to = leads_to
        return link


class Special(str):
    """An entry of a type such as ``pipe``."""


class File(NamedTuple):
    size: int | None
    modified: str | None


def file(size: int | None = 1, modified: str | None = OLD) -> File:
    return File(size, modified)


def is_tree(node: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(node, dict)


def unreadable(reason: Any = "permission_denied") -> Unreadable:
    body = b'{"code": "ExternalError.DirListingFailed.PermissionDenied", "message": "Permission denied"}'
    headers = {"Content-Type": "application/json"}
    http = HTTPInfo(method="GET", url="https://transfer.example/ls", status=502, headers=headers, body=body)
    return Unreadable(reason, TransferAPIError(http))


def entry(name: str, node: Any) -> Entry:
    if isinstance(node, Link):
        target = node.leads_to
        kind = "invalid_symlink" if target is None else entry(name, target).get("type")
        return {**entry(name, target or Special("?")), "type": kind, "link_target": str(node)}
    if isinstance(node, Special):
        return {"name": name, "type": str(node), "size": 0, "last_modified": OLD, "link_target": None}
    if isinstance(node, File):
        return {"name": name, "type": "file", "size": node.size, "last_modified": node.modified, "link_target": None}
    return {"name": name, "type": "dir", "size": 4096, "last_modified": OLD, "link_target": None}


def listing(node: Any, names: list[str]) -> Listing | Unreadable:
    for name in names:
        if not is_tree(node) or name not in node:
            return unreadable("not_found")
        node = node[name]
        node = node.leads_to if isinstance(node, Link) else node
    if isinstance(node, Unreadable):
        return node
    if not is_tree(node):
        return unreadable("not_found" if node is None else "not_directory")
    return Listing(entries=[entry(name, inner) for name, inner in node.items()])


def options(**arguments: Any) -> SyncOptions:
    given: dict[str, Any] = {
        "level": "mtime",
        "delete_extra": False,
        "filter_rules": (),
        "symlinks": "ignore",
        "skew": 0,
        "max_entries": None,
        "confirm_above": 0.5,
        "source_local_user": None,
        "destination_local_user": None,
        "label": None,
        "preserve_timestamp": False,
        **arguments,
    }
    return checked_options((A, "/proj/run7/"), (B, "/results/run7"), **given)


class Clock:
    now = 1_772_500_000.0

    def __call__(self) -> float:
        return self.now


def plan(source: Any, destination: Any, *, seed: int = 0, **arguments: Any) -> AnySyncPlan:
    """The plan for two trees; None for one that is not there. Listings come in an order that the seed decides."""
    walk, shuffled = SyncWalk(checked := options(**arguments)), random.Random(seed)
    jobs = walk.start()
    listed: list[str] = []
    while jobs:
        job = jobs.pop(shuffled.randrange(len(jobs)))
        root = (checked.source if job.side == "source" else checked.destination).path
        assert job.place.path.startswith(root)
        assert job.place.path not in listed
        listed.append(f"{job.side} {job.place.path}")
        tree = source if job.side == "source" else destination
        jobs += walk.took(job, listing(tree, job.place.path.removeprefix(root).split("/")[:-1]))
    return AnySyncPlan(walk.found(), checked, Clock())


def actions(made: AnySyncPlan) -> dict[str, tuple[str, str]]:
    return {item.path: (item.action, item.reason) for item in made.items}


def paths(data: TransferData | DeleteData) -> list[tuple[str, ...]]:
    if isinstance(data, DeleteData):
        return [(each.path,) for each in data.items]
    return [
        (each.source_path, each.destination_path, *(["recursive"] if each.get("recursive") else []))
        for each in data.items
    ]


@pytest.mark.parametrize(
    ("level", "here", "there", "becomes"),
    [
        (None, file(1), file(1), ("update", "always")),
        ("exists", file(1, NEW), file(2, OLD), ("skip", "exists")),
        ("size", file(1, NEW), file(1, OLD), ("skip", "same size")),
        ("size", file(1), file(2), ("update", "size")),
        ("size", file(None), file(2), ("check", "size_unknown")),
        ("size", file(1), file(None), ("check", "size_unknown")),
        ("mtime", file(1, NEW), file(1, OLD), ("update", "newer")),
        ("mtime", file(1, OLD), file(1, NEW), ("skip", "not newer")),
        ("mtime", file(1, OLD), file(2, NEW), ("update", "size")),
        ("mtime", file(1, OLD), file(1, OLD), ("skip", "not newer")),
        ("mtime", file(1, None), file(1, OLD), ("check", "time_unknown")),
        ("mtime", file(1, OLD), file(1, "yesterday"), ("check", "time_unknown")),
        ("mtime", file(1, "yesterday"), file(1, "yesterday"), ("check", "time_unknown")),
        ("mtime", file(None, NEW), file(1, OLD), ("update", "newer")),
        ("mtime", file(None, OLD), file(1, OLD), ("check", "size_unknown")),
        ("mtime", file(1, "2026-03-01T10:00:00+01:00"), file(1, OLD), ("skip", "not newer")),
        ("mtime", file(1, "2026-03-01T09:00:01Z"), file(1, OLD), ("update", "newer")),
        ("mtime", file(1, "2026-03-01 09:00:00.9+00:00"), file(1, OLD), ("skip", "not newer")),
        ("checksum", file(1), file(2), ("update", "size")),
        ("checksum", file(1, NEW), file(1, OLD), ("check", "checksum_unknown")),
        ("checksum", file(None), file(1), ("check", "size_unknown")),
    ],
)
def test_the_level_decides_about_a_file_on_both_sides(
    level: Any, here: object, there: object, becomes: tuple[str, str]
) -> None:
    assert actions(plan({"a": here}, {"a": there}, level=level)) == {"a": becomes}


@pytest.mark.parametrize(("skew", "becomes"), [(0, "update"), (1, "update"), (2, "skip"), (3, "skip")])
def test_a_source_that_is_newer_by_no_more_than_the_skew_is_skipped(skew: float, becomes: str) -> None:
    made = plan({"a": file(1, LATER)}, {"a": file(1, NEW)}, skew=skew)
    assert [item.action for item in made.items] == [becomes]
    assert [warning.code for warning in made.warnings] == (["skew"] if skew else [])


def test_a_destination_that_is_not_there_counts_as_empty() -> None:
    made = plan({"b": {"c": file(3), "empty": {}}, "a": file(2)}, None)
    assert actions(made) == {
        ".": ("mkdir", "missing"),
        "a": ("copy", "missing"),
        "b": ("mkdir", "missing"),
        "b/c": ("copy", "missing"),
        "b/empty": ("mkdir", "missing"),
    }
    assert made.summary == SyncSummary(copy=2, mkdir=3, bytes=5, files=2, directories=3, biggest="b/c", biggest_bytes=3)
    (data,) = made.to_batches()
    assert paths(data) == [
        ("/proj/run7/a", "/results/run7/a"),
        ("/proj/run7/b/c", "/results/run7/b/c"),
        ("/proj/run7/b/empty/", "/results/run7/b/empty/", "recursive"),
    ]


TREES = st.recursive(
    st.builds(file, st.integers(0, 2), st.sampled_from([OLD, NEW])) | st.builds(unreadable),
    lambda inner: st.dictionaries(st.sampled_from("abcA"), inner, max_size=3),
    max_leaves=8,
).filter(lambda tree: is_tree(tree) and bool(tree))


@given(TREES, TREES, st.booleans(), st.integers(1, 10_000))
def test_a_plan_does_not_depend_on_the_order_in_which_listings_come(
    source: Any, destination: Any, delete_extra: bool, seed: int
) -> None:
    first, second = (plan(source, destination, seed=each, delete_extra=delete_extra) for each in (0, seed))
    assert list(first.items) == list(second.items)
    assert (first.summary, first.warnings) == (second.summary, second.warnings)
    names = [item.path for item in first.items if item.action not in ("delete", "error")]
    assert len(set(names)) == len(names)
    failed = {item.path for item in first.items if item.action == "error"}
    for item in first.items:
        assert not any(item.path.startswith(f"{path}/") for path in failed)


def test_extra_entries_are_deleted_with_all_that_is_in_them_if_asked_for() -> None:
    source = {"a": file()}
    destination: dict[str, Any] = {"a": file(), "b": {"c": file(7), "d": {}}, "e": Link.to("a", file())}
    assert plan(source, destination).summary.delete == 0
    made = plan(source, destination, delete_extra=True)
    assert actions(made) == {
        "a": ("skip", "not newer"),
        "e": ("delete", "extra"),
        "b": ("delete", "extra"),
        "b/c": ("delete", "extra"),
        "b/d": ("delete", "extra"),
    }
    assert (made.summary.delete, made.summary.delete_bytes, made.summary.destination_entries) == (4, 7, 5)
    (data,) = made.to_batches(confirm=True)
    assert isinstance(data, DeleteData)
    assert paths(data) == [("/results/run7/e",), ("/results/run7/b",)]
    assert data.recursive
    assert data.ignore_missing
    assert data.interpret_globs is False


@pytest.mark.parametrize(
    ("here", "there"), [(file(5), {"x": file()}), ({"x": file(5)}, file(5)), (file(5), Special("pipe"))]
)
def test_an_entry_of_another_type_is_a_conflict_or_goes_first(here: Any, there: Any) -> None:
    made = plan({"a": here}, {"a": there})
    assert actions(made) == {"a": ("conflict", "type_differs")}
    assert made.to_batches() == []
    made = plan({"a": here}, {"a": there}, delete_extra=True, confirm_above=1)
    assert made.items[0] == SyncItem("delete", "a", made.items[0].type, made.items[0].size, "type_changed")
    assert (made.summary.copy, made.summary.conflict) == (1, 0)
    delete, transfer = made.to_batches()
    assert paths(delete) == [("/results/run7/a",)]
    assert len(transfer.items) == 1


def test_the_delete_of_extra_entries_comes_last() -> None:
    made = plan({"a": file(), "b": file()}, {"a": {}, "c": {}}, delete_extra=True, confirm_above=1)
    first, second, third = made.to_batches()
    assert paths(first) == [("/results/run7/a",)]
    assert [path[0] for path in paths(second)] == ["/proj/run7/b", "/proj/run7/a"]
    assert paths(third) == [("/results/run7/c",)]


def test_rules_leave_entries_alone_on_both_sides() -> None:
    rules = [
        {"method": "include", "name": "keep*"},
        {"method": "exclude", "name": "*.tmp"},
        {"method": "exclude", "name": "d", "type": "dir"},
    ]
    source = {"a.tmp": file(), "keep.tmp": file(), "d": unreadable(), "e": {"d": file(), "x.tmp": {"y": file()}}}
    made = plan(source, {"a.tmp": file(), "old.tmp": file(), "z": file()}, filter_rules=rules, delete_extra=True)
    assert {
        path: (*action, made.items[number].rule) for number, (path, action) in enumerate(actions(made).items())
    } == {
        "a.tmp": ("ignored", "excluded", 1),
        "d": ("ignored", "excluded", 2),
        "keep.tmp": ("copy", "missing", None),
        "old.tmp": ("ignored", "excluded", 1),
        "z": ("delete", "extra", None),
        "e": ("mkdir", "missing", None),
        "e/d": ("copy", "missing", None),
        "e/x.tmp": ("ignored", "excluded", 1),
    }
    assert [warning.code for warning in made.warnings] == ["excluded_extras"]
    assert [rule.name for rule in made.to_transfer().filter_rules or ()] == ["keep*", "*.tmp", "d"]


def test_symlinks_and_special_files_are_ignored() -> None:
    source = {"l": Link.to("d", {"a": file()}), "m": Link.to("gone"), "p": Special("pipe"), "a": file()}
    made = plan(source, {"l": file()}, delete_extra=True)
    assert {path: action for path, action in actions(made).items() if action[0] == "ignored"} == {
        "l": ("ignored", "symlink"),
        "m": ("ignored", "symlink"),
        "p": ("ignored", "special_file"),
    }
    assert made.summary.delete == 0
    assert [warning.code for warning in made.warnings] == ["ignored_extras"]


def test_symlinks_that_are_kept_are_compared_by_their_targets() -> None:
    source = {name: Link.to("t", file()) for name in "abcd"} | {"e": Link.to("gone")}
    destination = {"a": Link.to("t"), "b": Link.to("u"), "c": file()}
    made = plan(source, destination, symlinks="keep")
    assert actions(made) == {
        "a": ("skip", "same link target"),
        "b": ("update", "link target"),
        "c": ("update", "link target"),
        "d": ("copy", "missing"),
        "e": ("copy", "missing"),
    }
    assert (made.summary.symlinks, made.summary.files, made.summary.bytes) == (5, 0, 0)
    data = made.to_transfer(explicit=True)
    assert [each.data_type for each in data.items] == ["transfer_symlink_item"] * 4
    assert data.recursive_symlinks == "keep"


@pytest.mark.parametrize("target", [".", "../d", "/proj/run7/d", "/proj/run7"])
def test_symlinks_that_are_followed_lead_nowhere_twice(target: str) -> None:
    inner: dict[str, Any] = {"a": file()}
    source = {"d": inner}
    inner["again"] = Link.to(target, source if target.endswith("run7") else inner)
    made = plan(source, None, symlinks="copy")
    assert ("error", "symlink_loop") in actions(made).values()
    assert len(made.items) < 12


def test_symlinks_that_are_followed_are_what_they_lead_to() -> None:
    source = {"f": Link.to("x", file(9)), "d": Link.to("y", {"a": file()}), "b": Link.to("gone")}
    made = plan(source, {"f": file(9)}, symlinks="copy", level="size")
    assert actions(made) == {
        "b": ("error", "broken_symlink"),
        "f": ("skip", "same size"),
        "d": ("mkdir", "missing"),
        "d/a": ("copy", "missing"),
    }


def test_nothing_is_planned_below_what_cannot_be_read() -> None:
    one = file()
    source = {"a": unreadable(), "b": {"x": one}, "c": {"x": one}, "gone": unreadable("not_found"), "d": one}
    destination = {
        "a": {"x": one},
        "b": unreadable("size_limit"),
        "c": unreadable("not_found"),
        "e": {"f": {"g": unreadable()}},
    }
    made = plan(source, destination, delete_extra=True)
    assert actions(made) == {
        "d": ("copy", "missing"),
        "a": ("error", "permission_denied"),
        "b": ("error", "size_limit"),
        "c": ("mkdir", "missing"),
        "c/x": ("copy", "missing"),
        "e/f/g": ("error", "permission_denied"),
        "gone": ("error", "not_found"),
    }
    assert made.items[1].detail == "at the source: Permission denied"
    with pytest.raises(GlobusUsageError, match="4 entries could not be read, the first 'a'"):
        made.to_transfer(confirm=True)
    assert not any(isinstance(batch, DeleteData) for batch in made.to_batches())


def test_a_copy_waits_for_nothing_that_cannot_be_deleted() -> None:
    made = plan({"a": file()}, {"a": {"b": unreadable()}}, delete_extra=True)
    assert actions(made) == {"a": ("conflict", "type_differs"), "a/b": ("error", "permission_denied")}
    assert made.to_batches() == []


def test_names_that_may_be_taken_for_the_same_are_told() -> None:
    made = plan({"d": {"A": file(), "a": file(), "é": file(), "b": file()}}, {"d": {"e\u0301": file(), "B": file()}})
    assert [(warning.code, warning.path) for warning in made.warnings] == [
        ("case_collision", "d/a"),
        ("case_collision", "d/b"),
        ("unicode_forms", "d/é"),
    ]
    assert not plan({"é": file(), "a": file()}, {"é": file(), "a": file()}).warnings


def test_a_symlink_that_is_a_directory_at_the_destination_is_told_where_extra_entries_are_deleted() -> None:
    made = plan({"d": {"a": file()}}, {"d": Link.to("/elsewhere", {"a": file(), "b": file()})}, delete_extra=True)
    assert made.summary.delete == 1
    assert [(warning.code, warning.path) for warning in made.warnings] == [("symlink_at_destination", "d")]


@pytest.mark.parametrize(("extra", "needed"), [(0, False), (2, False), (3, True)])
def test_deleting_more_than_half_has_to_be_confirmed(extra: int, needed: bool) -> None:
    source = {"a": file(2), "b": file()}
    made = plan(source, {"a": file(), "b": file(), **{f"x{n}": file() for n in range(extra)}}, delete_extra=True)
    for convert in (made.to_transfer, made.to_batches):
        if needed:
            with pytest.raises(GlobusUsageError, match=r"confirm: the plan deletes 3 of the 5 .* more than 50%"):
                convert()
        assert convert(confirm=True) if needed else convert()
    assert made.to_transfer(explicit=True)  # which deletes nothing


def test_the_share_that_has_to_be_confirmed_is_an_option() -> None:
    source, destination = {"a": file(2), "b": file()}, {"a": file(), "b": file(), "c": file()}
    assert plan(source, destination, delete_extra=True, confirm_above=0.4).to_batches()
    with pytest.raises(GlobusUsageError, match="more than 30%"):
        plan(source, destination, delete_extra=True, confirm_above=0.3).to_batches()


def test_one_recursive_transfer_has_the_options_of_the_plan() -> None:
    rule = {"method": "exclude", "name": "*.tmp"}
    data = plan(
        {"a": file(2), "b": file()},
        {"a": file(), "b": file(), "c": file()},
        level="size",
        delete_extra=True,
        filter_rules=[rule],
        label="nightly",
        preserve_timestamp=True,
        source_local_user="ann",
        destination_local_user="bob",
    ).to_transfer()
    assert paths(data) == [("/proj/run7/", "/results/run7/", "recursive")]
    assert json.loads(data.to_wire()) == {
        "DATA_TYPE": "transfer",
        "source_endpoint": A,
        "destination_endpoint": B,
        "label": "nightly",
        "sync_level": 1,
        "verify_checksum": True,
        "preserve_timestamp": True,
        "encrypt_data": False,
        "delete_destination_extra": True,
        "filter_rules": [{"DATA_TYPE": "filter_rule", **rule}],
        "source_local_user": "ann",
        "destination_local_user": "bob",
        "DATA": json.loads(data.to_wire())["DATA"],
    }


def test_a_plan_with_nothing_to_do_is_no_task() -> None:
    made = plan({"a": file()}, {"a": file()})
    assert made.to_batches() == []
    for explicit in (False, True):
        with pytest.raises(GlobusUsageError, match="there is nothing to do"):
            made.to_transfer(explicit=explicit)


def test_batches_have_at_most_100_000_items_and_stay_the_same_builders() -> None:
    made = plan({f"{number}": file() for number in range(100_001)}, {})
    batches = made.to_batches()
    assert [len(batch.items) for batch in batches] == [100_000, 1]
    batches[0].submission_id = A
    assert made.to_batches()[0] is batches[0]


def test_files_to_check_are_left_to_the_service() -> None:
    made = plan({"a": file(5), "b": file(6)}, {"a": file(5), "b": file(1)}, level="checksum")
    assert (made.summary.check, made.summary.check_bytes, made.summary.bytes) == (1, 5, 6)
    data = made.to_transfer(explicit=True)
    assert len(data.items) == 2
    assert data.sync_level == 3
    assert data.verify_checksum


def test_a_plan_of_yesterday_is_suspicious() -> None:
    made = plan({"a": file()}, {})
    clock = made._clock  # pyright: ignore[reportPrivateUsage]
    assert isinstance(clock, Clock)
    clock.now += 86_000
    made.to_transfer()
    clock.now += 86_000 * 2
    for convert in (made.to_transfer, made.to_batches):
        with pytest.warns(GlobusWarning, match="is 3 days old"):
            convert()


@pytest.mark.parametrize(
    ("source", "destination", "arguments", "message"),
    [
        ({}, {"a": file()}, {"delete_extra": True}, "delete_extra: the source, '/proj/run7/', is empty"),
        (file(), {}, {}, "source: '/proj/run7' is no directory"),
        ({}, file(), {}, "destination: '/results/run7' is no directory"),
        ({"a": {"b": file()}}, {"c": file()}, {"max_entries": 2}, "max_entries: there are more than 2 entries"),
    ],
)
def test_what_only_listings_show_is_refused(
    source: Any, destination: Any, arguments: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(GlobusUsageError, match=message):
        plan(source, destination, **arguments)


@pytest.mark.parametrize(("source", "destination"), [(unreadable(), {}), (None, {}), ({}, unreadable())])
def test_the_directories_themselves_have_to_be_readable(source: Any, destination: Any) -> None:
    with pytest.raises(TransferAPIError):
        plan(source, destination)


def test_directories_do_not_go_deeper_than_a_thousand() -> None:
    tree: dict[str, Any] = {}
    for _ in range(1003):
        tree = {"d": tree}
    made = plan(tree, None)
    assert (made.summary.directories, made.summary.error) == (1001, 1)
    assert made.items[-1].reason == "too_deep"


def reference() -> AnySyncPlan:
    source = {"new.csv": file(100), "run7.csv": file(90412, NEW), "same.txt": file(12, OLD)}
    destination = {"run7.csv": file(90412, OLD), "same.txt": file(12, OLD), "old.tmp": file(5)}
    return plan(source, destination, delete_extra=True)


def test_json_tells_all() -> None:
    document = json.loads(reference().to_json())
    assert document["source"] == {"collection": A, "path": "/proj/run7/"}
    assert (document["level"], document["delete_extra"], document["warnings"]) == ("mtime", True, [])
    summary = {"copy": 1, "update": 1, "skip": 1, "check": 0, "delete": 1, "conflict": 0, "error": 0, "bytes": 90512}
    assert document["summary"].items() >= summary.items()
    assert document["items"] == [
        {"action": "copy", "path": "new.csv", "type": "file", "size": 100, "reason": "missing"},
        {
            "action": "update",
            "path": "run7.csv",
            "type": "file",
            "size": 90412,
            "reason": "newer",
            "destination_size": 90412,
            "source_modified": NEW,
            "destination_modified": OLD,
        },
        {
            "action": "skip",
            "path": "same.txt",
            "type": "file",
            "size": 12,
            "reason": "not newer",
            "source_modified": OLD,
            "destination_modified": OLD,
        },
        {"action": "delete", "path": "old.tmp", "type": "file", "size": 5, "reason": "extra"},
    ]


def test_the_table_has_a_line_for_each_item_and_the_counts() -> None:
    made = reference()
    assert made.to_table().splitlines() == [
        f"{A}:/proj/run7/ -> {B}:/results/run7/",
        "level mtime, extra entries are deleted",
        "",
        "ACTION     SIZE  REASON   PATH",
        "copy      100 B  missing  new.csv",
        "update  90.4 kB  newer    run7.csv",
        "delete      5 B  extra    old.tmp",
        "",
        "copy 1, update 1, skip 1, delete 1; 90.5 kB to transfer",
    ]
    assert "same.txt" in made.to_table(actions=["skip"])
    assert "\n... and 2 more\n" in made.to_table(max_rows=1)
    assert "a\\nb" in plan({"a\nb": file(), "A\nB": file()}, {}).to_table()


def test_items_are_a_sequence() -> None:
    items = reference().items
    assert len(items) == 4
    assert items[-1].path == "old.tmp"
    assert [item.path for item in items[1:3]] == ["run7.csv", "same.txt"]
    newer = items[1].source_modified
    assert newer is not None
    assert newer.isoformat() == "2026-03-02T17:05:44+00:00"
    assert items == reference().items
    assert repr(reference()) == "<AnySyncPlan: copy=1, update=1, skip=1, delete=1, bytes=90512, delete_bytes=5, " + (
        "files=3, directories=1, destination_entries=3, biggest=run7.csv, biggest_bytes=90412>"
    )
