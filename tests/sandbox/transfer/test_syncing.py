"""A plan and the mover agree on any two trees: what was planned is what the task counted, and what is there then."""

import json
import os
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeGuard

import anyio
import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from globus_typed import AccessTokenAuthorizer, AsyncSyncPlan, AsyncTransferClient, GlobusUsageError
from globus_typed.transfer import DeleteData

from .bench import Bench, tree

File: TypeAlias = tuple[int, float, str]
"""The size, the modification time, and the character that it is full of. Links are str, pipes None."""
Rule: TypeAlias = dict[str, str]
Level = Literal["exists", "size", "mtime", "checksum"]

OLD = 1_600_000_000.0
NAMES = st.sampled_from(["a", "b", "A", "x.tmp", "y.tmp", "[b]*", "é", "e\u0301", "-q", "a b\n"])
FILES = st.tuples(st.integers(0, 2), st.sampled_from([OLD, OLD + 0.25, OLD + 0.75, OLD + 1]), st.sampled_from("xy"))
LINKS = st.sampled_from(["a", "b", "nowhere", "../a"])
METHODS, KINDS = st.sampled_from(["exclude", "include"]), st.sampled_from(["file", "dir"])
PATTERNS = st.sampled_from(["*.tmp", "a", "[!a]", "x*"])


def rule(method: str, name: str, kind: str | None) -> Rule:
    return {"method": method, "name": name, **({"type": kind} if kind else {})}


def with_an_end(rules: list[Rule]) -> list[Rule]:
    return [*rules, rule("exclude", "y.tmp", None)] if rules else rules


RULES = st.lists(st.builds(rule, METHODS, PATTERNS, st.none() | KINDS), max_size=2).map(with_an_end)


def is_file(node: object) -> TypeGuard[File]:
    return isinstance(node, tuple)


def is_tree(node: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(node, Mapping)


def trees(leaves: "st.SearchStrategy[Any]") -> "st.SearchStrategy[dict[str, Any]]":
    return st.dictionaries(
        NAMES,
        st.recursive(leaves, lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=5),
        max_size=5,
    )


def with_extra_links(nodes: Mapping[str, Any]) -> dict[str, Any]:
    """The nodes with links under names that no source has: what is copied through a link changes something else."""
    return {
        f"{name}->" if isinstance(node, str) else name: with_extra_links(node) if is_tree(node) else node
        for name, node in nodes.items()
    }


def plant(root: Path, nodes: Mapping[str, Any]) -> None:
    root.mkdir()
    for name, node in nodes.items():
        path = root / name
        if node is None:
            os.mkfifo(path)
        elif isinstance(node, str):
            path.symlink_to(node)
        elif is_file(node):
            size, when, content = node
            path.write_bytes(content.encode() * size)
            os.utime(path, (when, when))
        else:
            plant(path, node)


def planned(bench: Bench, case: str, to: str = "", **arguments: Any) -> AsyncSyncPlan:
    async def plan() -> AsyncSyncPlan:
        transport = httpx.ASGITransport(app=bench.app)
        async with AsyncTransferClient(
            AccessTokenAuthorizer("wren@sandbox.example"),
            base_url="http://sandbox/",
            http_client=httpx.AsyncClient(transport=transport),
            clock=bench.clock,
        ) as client:
            return await client.plan_sync(
                (bench.source.id, f"/{case}"), (bench.destination.id, f"/{case}{to}/"), **arguments
            )

    return anyio.run(plan)


def carried_out(bench: Bench, data: Any) -> dict[str, Any]:
    data.submission_id = str(uuid.uuid4())
    return bench.run(json.loads(data.to_wire()))


def entries(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*")}


CASES = given(
    source=trees(FILES | LINKS | st.none()),
    destination=trees(FILES | LINKS).map(with_extra_links),
    level=st.sampled_from([None, "exists", "size", "mtime", "checksum"]),
    delete_extra=st.booleans(),
    rules=RULES,
    symlinks=st.sampled_from(["ignore", "keep", "copy"]),
)


@pytest.mark.once
@pytest.mark.filterwarnings("ignore::globus_typed.GlobusWarning")  # of rules that decide nothing
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@CASES
@example({"a": (1, OLD, "x")}, {"a": {"b": (1, OLD, "x")}}, "size", True, [], "ignore")
@example({"a": {"b": (1, OLD, "x")}}, {"a": (1, OLD, "x")}, "size", True, [], "ignore")
@example({"a": (1, OLD + 0.75, "x")}, {"a": (1, OLD + 0.25, "y")}, "mtime", False, [], "ignore")
@example({"a": {"b": {"a": {}}}, "b": (0, OLD, "x")}, {}, "mtime", True, [], "ignore")
@example({"a": {"b": "../a"}}, {}, "size", False, [], "copy")
def test_the_plan_is_what_the_task_does(
    bench: Bench,
    source: dict[str, Any],
    destination: dict[str, Any],
    level: Level | None,
    delete_extra: bool,
    rules: list[Rule],
    symlinks: str,
) -> None:
    case = str(uuid.uuid4())
    plant(bench.here / case, source)
    for to in ("", "2"):
        plant(bench.there / (case + to), destination)
    options: dict[str, Any] = {
        "level": level,
        "delete_extra": delete_extra,
        "filter_rules": rules,
        "symlinks": symlinks,
        "confirm_above": 1,
    }
    if delete_extra and not source:
        with pytest.raises(GlobusUsageError, match="is empty"):
            planned(bench, case, **options)
        return
    plan = planned(bench, case, **options)
    assert list(planned(bench, case, **options, concurrency=1).items) == list(plan.items)
    summary = plan.summary
    if not summary.copy + summary.update + summary.check + summary.mkdir + summary.delete:
        with pytest.raises(GlobusUsageError, match="nothing to do"):
            plan.to_transfer()
        assert not plan.to_batches()
        return
    if delete_extra and summary.error:
        with pytest.raises(GlobusUsageError, match="could not be read"):
            plan.to_transfer()
        return
    data = plan.to_transfer()
    before = entries(bench.there / case)
    task = carried_out(bench, data)
    assert task["status"] == ("FAILED" if summary.conflict or summary.error else "SUCCEEDED"), plan.to_table()
    if task["status"] == "FAILED":
        return
    after = entries(bench.there / case)

    links = [each for each in plan.items if each.type == "symlink" and each.action in ("copy", "update", "skip")]
    copied = summary.copy + summary.update - sum(each.action != "skip" for each in links)
    assert task["directories"] == summary.directories
    assert task["files"] == summary.files
    assert task["symlinks"] == len(links) == summary.symlinks
    if level == "checksum":
        assert copied <= task["files_transferred"] <= copied + summary.check
        assert summary.bytes <= task["bytes_transferred"] <= summary.bytes + summary.check_bytes
    else:
        assert not summary.check
        assert task["files_transferred"] == copied
        assert task["files_skipped"] == summary.skip - sum(each.action == "skip" for each in links)
        assert task["bytes_transferred"] == summary.bytes
    made = {each.path for each in plan.items if each.action in ("copy", "mkdir")} - {"."}
    gone = {each.path for each in plan.items if each.action == "delete"}
    assert len(gone) == summary.delete
    assert after == (before - gone) | made

    for batch in plan.to_batches():
        document = json.loads(batch.to_wire().replace(f"/{case}/".encode(), f"/{case}2/".encode()))
        for each in document["DATA"]:
            if "source_path" in each:
                each["source_path"] = each["source_path"].replace(f"/{case}2/", f"/{case}/")
        assert bench.run({**document, "submission_id": str(uuid.uuid4())})["status"] == "SUCCEEDED"
    assert tree(bench.there / f"{case}2") == tree(bench.there / case)

    again = planned(bench, case, **options).summary
    assert not again.copy + again.mkdir + again.delete
    assert not again.update or level is None
    assert again.check == (summary.files if level == "checksum" else 0)


@pytest.fixture
def imported(bench: Bench) -> None:
    """All that a plan imports when it is first made, which an unprivileged user might not be able to read."""
    plant(bench.here / "first", {})
    planned(bench, "first").to_transfer()


@pytest.mark.usefixtures("imported")
def test_nothing_is_deleted_below_a_source_that_cannot_be_read(unprivileged: Bench) -> None:
    bench = unprivileged
    one = (1, OLD, "x")
    plant(bench.here / "c", {"open": {"a": one}, "closed": {"a": one}})
    plant(bench.there / "c", {"open": {"extra": one}, "closed": {"extra": one}, "gone": {"b": one}})
    (bench.here / "c" / "closed").chmod(0)
    try:
        plan = planned(bench, "c", delete_extra=True, level="size")
        assert [(each.action, each.path, each.reason) for each in plan.items] == [
            ("error", "closed", "permission_denied"),
            ("delete", "gone", "extra"),
            ("delete", "gone/b", "extra"),
            ("copy", "open/a", "missing"),
            ("delete", "open/extra", "extra"),
        ]
        with pytest.raises(GlobusUsageError, match="1 entries could not be read, the first 'closed'"):
            plan.to_transfer(confirm=True)
        for batch in plan.to_batches(confirm=True):
            assert carried_out(bench, batch)["status"] == "SUCCEEDED"
        assert tree(bench.there / "c") == {"open/a": "x", "closed/extra": "x"}
    finally:
        (bench.here / "c" / "closed").chmod(0o700)


@pytest.mark.usefixtures("imported")
def test_a_directory_that_cannot_be_read_at_the_destination_is_not_deleted(unprivileged: Bench) -> None:
    bench = unprivileged
    one = (1, OLD, "x")
    plant(bench.here / "c", {"a": one})
    plant(bench.there / "c", {"a": one, "extra": {"inner": {"closed": {"b": one}}, "c": one}, "d": one})
    closed = bench.there / "c" / "extra" / "inner" / "closed"
    closed.chmod(0)
    try:
        plan = planned(bench, "c", delete_extra=True, level="exists")
        assert [(each.action, each.path) for each in plan.items] == [
            ("skip", "a"),
            ("delete", "d"),
            ("error", "extra/inner/closed"),
        ]
        (delete,) = plan.to_batches()
        assert isinstance(delete, DeleteData)
        assert [each.path for each in delete.items] == ["/c/d"]
    finally:
        closed.chmod(0o700)


def test_entries_that_appear_as_the_plan_is_made_are_not_deleted_by_its_items(bench: Bench) -> None:
    one = (1, OLD, "x")
    plant(bench.here / "c", {"a": one})
    plant(bench.there / "c", {"a": one, "extra": one, "other": one})
    plan = planned(bench, "c", delete_extra=True, confirm_above=1)
    (bench.there / "c" / "new").touch()
    with suppress(FileNotFoundError):
        (bench.there / "c" / "extra").unlink()  # which is no error
    for batch in plan.to_batches():
        assert carried_out(bench, batch)["status"] == "SUCCEEDED"
    assert tree(bench.there / "c") == {"a": "x", "new": ""}
