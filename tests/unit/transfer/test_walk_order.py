"""The order of a walk is that of the tree, whatever order listings come in; and it goes on where it was."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from globus_typed.transfer.walks.checkpoint import PendingDirectory, WalkCheckpoint
from globus_typed.transfer.walks.opening import directories, entries

from .walk_trees import TREES, Tree, expected, listing, options, walked

ORDERS = ["breadth", "depth", "bottom up"]
ORDER = pytest.mark.parametrize("order", ORDERS)


@ORDER
@settings(max_examples=60)
@given(tree=TREES, seed=st.integers(0, 1000), at_once=st.integers(1, 12))
def test_the_order_is_that_of_the_tree(order: str, tree: Tree, seed: int, at_once: int) -> None:
    dice = Random(seed)
    found = [item.path for item, _ in walked(tree, options(order), entries, dice.randrange, at_once)]
    assert found == expected(tree, order)


@ORDER
@settings(max_examples=40)
@given(tree=TREES, seed=st.integers(0, 1000))
def test_directories_come_in_the_same_order_with_all_that_is_in_them(order: str, tree: Tree, seed: int) -> None:
    found = [item for item, _ in walked(tree, options(order), directories, Random(seed).randrange)]
    paths = [path for path in expected(tree, order) if any(path == each.path for each in found)]
    assert [each.path for each in found] == (["/top", *paths] if order != "bottom up" else [*paths, "/top"])
    for path, inside, files in found:
        names = listing(tree, path).items
        assert [each.name for each in inside] == sorted(each.name for each in names if each.type == "dir")
        assert [each.name for each in files] == sorted(each.name for each in names if each.type == "file")


@ORDER
@pytest.mark.parametrize("sort", ["name", None])
@settings(max_examples=40)
@given(tree=TREES, seed=st.integers(0, 1000), data=st.data())
def test_a_walk_goes_on_after_the_last_entry_that_was_given(
    order: str, sort: str | None, tree: Tree, seed: int, data: st.DataObject
) -> None:
    chosen = options(order, "name" if sort else None)
    dice = Random(seed)
    whole = [item.path for item, _ in walked(tree, chosen, entries, dice.randrange)]
    stop = data.draw(st.integers(0, len(whole)))
    found, state = list[str](), list[PendingDirectory]([{"path": "/top", "depth": 0}])
    for item, frontier in walked(tree, chosen, entries, dice.randrange):
        if len(found) == stop:
            break
        found.append(item.path)
        state = json.loads(json.dumps(frontier.state()))
    rest = walked(tree, chosen, entries, dice.randrange, start_from=checkpoint(state))
    assert found + [item.path for item, _ in rest] == whole


@ORDER
@settings(max_examples=40)
@given(tree=TREES, seed=st.integers(0, 1000), data=st.data())
def test_so_does_one_that_gives_directories(order: str, tree: Tree, seed: int, data: st.DataObject) -> None:
    dice = Random(seed)
    whole = [item.path for item, _ in walked(tree, options(order), directories, dice.randrange)]
    stop = data.draw(st.integers(1, len(whole)))
    found, state = list[str](), list[PendingDirectory]()
    for item, frontier in walked(tree, options(order), directories, dice.randrange):
        found.append(item.path)
        state = json.loads(json.dumps(frontier.state()))
        if len(found) == stop:
            break
    rest = walked(tree, options(order), directories, start_from=checkpoint(state))
    assert found + [item.path for item, _ in rest] == whole


@ORDER
def test_a_tree_that_changed_meanwhile_is_gone_on_with(order: str) -> None:
    """The entry given last is gone, and another one, further on, has come."""
    before: Tree = {"a": None, "b": {"x": None, "y": None}, "c": None}
    after: Tree = {"a": None, "b": {"y": None, "z": None}, "c": None, "d": None}
    given, pending = list[str](), list[PendingDirectory]()
    for item, frontier in walked(before, options(order), entries):
        given.append(item.path)
        pending = frontier.state()
        if item.path == "/top/b/x":
            break
    rest = [item.path for item, _ in walked(after, options(order), entries, start_from=checkpoint(pending))]
    wanted = {path for path in expected(after, order) if order != "breadth" or path != "/top/d"}
    assert sorted(set(given) - {"/top/b/x"} | set(rest)) == sorted(wanted)
    assert not set(given) & set(rest)


def checkpoint(pending: list[PendingDirectory]) -> WalkCheckpoint:
    return {"version": 1, "walk": {}, "root": "/top", "entered": [], "calls": 0, "entries": 0, "pending": pending}
