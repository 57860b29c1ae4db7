"""Trees without a service, and what a walk of them is to give."""

from collections.abc import Callable, Iterator
from typing import Literal, TypeVar

from hypothesis import strategies as st

from globus_typed import WalkCheckpoint
from globus_typed.transfer import File
from globus_typed.transfer.walks.directories import Directory
from globus_typed.transfer.walks.frontier import Frame, Frontier
from globus_typed.transfer.walks.listing import Listing
from globus_typed.transfer.walks.opening import Arrange, Opening
from globus_typed.transfer.walks.options import WalkOptions, WalkOrder

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
T = TypeVar("T")

Tree = dict[str, "Tree | None"]
"""Entries by name: of a directory a tree, of a file None."""

# Those that sort before and after the slash, and such as are escaped on the way.
NAMES = st.sampled_from(["a", "a b", "a-b", "a.csv", "ab", "B", "z", "ü", "%41", "#", "..x", "x\ny", ".hidden"])
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.dictionaries(NAMES, st.none(), max_size=3),
    lambda inner: st.dictionaries(NAMES, st.none() | inner, max_size=5),
    max_leaves=25,
)


def file(name: str, inside: "Tree | None" = None, **more: object) -> File:
    return File.model_validate({"name": name, "type": "file" if inside is None else "dir", "size": 1, **more})


def listing(tree: Tree, path: str) -> Listing:
    """The listing of a directory of the tree, whose start is ``/top``, in no order."""
    for name in path.split("/")[2:]:
        inner = tree[name]
        assert inner is not None
        tree = inner
    return Listing([file(name, tree[name]) for name in sorted(tree, reverse=True)], None)


def expected(tree: Tree, order: str, path: str = "/top") -> list[str]:
    """The paths below the start, as the order has them."""
    found: list[str] = []
    if order == "breadth":
        level = [(path, tree)]
        while level:
            found += [f"{above}/{name}" for above, inside in level for name in sorted(inside)]
            level = [
                (f"{above}/{name}", inner)
                for above, inside in level
                for name, inner in sorted(inside.items())
                if inner is not None
            ]
        return found
    for name, inner in sorted(tree.items()):
        below = [] if inner is None else expected(inner, order, f"{path}/{name}")
        own = [f"{path}/{name}"]
        found += below + own if order == "bottom up" else own + below
    return found


def options(order: str, sort: Literal["name"] | None = "name") -> WalkOptions:
    way: WalkOrder = "breadth" if order == "breadth" else "depth"
    return WalkOptions(collection=ID, path="/top", order=way, bottom_up=order == "bottom up", sort=sort)


def walked(
    tree: Tree,
    chosen: WalkOptions,
    arrange: Arrange[T],
    pick: Callable[[int], int] = lambda count: 0,
    at_once: int = 3,
    start_from: WalkCheckpoint | None = None,
) -> Iterator[tuple[T, Frontier[T]]]:
    """What is yielded, each with the frontier as it is then. `pick` says which of the calls in flight ends next."""
    breadth = chosen.order == "breadth" and not chosen.bottom_up
    frontier = Frontier[T](Directory(chosen.start, 0), breadth=breadth, ahead=4 * at_once)
    opening = Opening(chosen, arrange)
    if start_from is not None:
        frontier.restore(start_from["pending"])
    flying: list[Frame[T]] = []
    while True:
        while (item := frontier.next_item()) is not None:
            yield item, frontier
        if frontier.is_done:
            assert frontier.pending == 0
            return
        while len(flying) < at_once and (frame := frontier.to_ask()) is not None:
            flying.append(frame)
        head = frontier.head
        assert head is not None
        if isinstance(head.outcome, Listing):
            frontier.open_head(opening.open(head.directory, head.outcome))
        else:
            done = flying.pop(pick(len(flying)))
            frontier.arrived(done, listing(tree, done.directory.path))
