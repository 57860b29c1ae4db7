"""The sync clients are the async ones without the waiting: the same methods, parameters and documents."""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import globus_typed

HOME = Path(globus_typed.__file__).parent


def pairs() -> Iterator[tuple[type, type]]:
    """Every class of every async module, and the one of the same name beside it."""
    for path in sorted(HOME.rglob("*.py")):
        name = ".".join(path.relative_to(HOME.parent).with_suffix("").parts).removesuffix(".__init__")
        twin = re.sub(r"\basync_", "", name)
        if twin == name:
            continue
        module, other = import_module(name), import_module(twin)
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__ == name:
                yield kind, getattr(other, re.sub(r"^(_?)Async", r"\1", kind.__name__))


PAIRS = list(pairs())
CLIENTS = [pair for pair in PAIRS if hasattr(pair[0], "authorization")]
DIFFERENT = {"aclose": "close", "__aenter__": "__enter__", "__aexit__": "__exit__", "__aiter__": "__iter__"}

AWAITABLE = re.compile(r"Awaitable\[((?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]")  # with brackets in brackets


def public(kind: type) -> dict[str, Any]:
    return {
        DIFFERENT.get(name, name): member
        for name, member in inspect.getmembers(kind)
        if name in (*DIFFERENT, *DIFFERENT.values(), "__init__") or not name.startswith("_")
    }


def without_waiting(annotation: object) -> str:
    """An annotation as it reads in the sync clients."""
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    text = re.sub(r"collections\.abc\.|globus_typed\.|typing\.(Coroutine\[Any, Any, (.+)\])?", "", text)
    while (nested := re.sub(AWAITABLE, r"\1", text)) != text:
        text = nested
    return re.sub(r"Async(?=[A-Z])|async_(?=\w)", "", text)


@pytest.mark.parametrize(("asynchronous", "sync"), PAIRS, ids=lambda kind: kind.__name__)
def test_the_twins_have_the_same_members_with_the_same_parameters(asynchronous: type, sync: type) -> None:
    members, others = public(asynchronous), public(sync)
    assert members.keys() == others.keys()
    for name, member in members.items():
        if not inspect.isfunction(member):
            continue
        ours, theirs = inspect.signature(member), inspect.signature(others[name])
        assert [(each.name, each.kind) for each in ours.parameters.values()] == [
            (each.name, each.kind) for each in theirs.parameters.values()
        ], name
        for parameter, other in zip(ours.parameters.values(), theirs.parameters.values(), strict=True):
            assert without_waiting(parameter.annotation) == without_waiting(other.annotation), (name, parameter.name)
            if not callable(parameter.default):
                assert parameter.default == other.default, (name, parameter.name)
        assert without_waiting(ours.return_annotation) == without_waiting(theirs.return_annotation), name


@pytest.mark.parametrize(("asynchronous", "sync"), CLIENTS, ids=lambda kind: kind.__name__)
def test_no_sync_method_waits_and_every_async_one_that_sends_does(asynchronous: type, sync: type) -> None:
    for name, member in public(sync).items():
        assert not inspect.iscoroutinefunction(member), name
        assert not inspect.isasyncgenfunction(member), name
    for name in ("send", "get", "post", "put", "delete", "authorization", "aclose"):
        assert inspect.iscoroutinefunction(getattr(asynchronous, name)), name


@pytest.mark.parametrize(("asynchronous", "sync"), CLIENTS, ids=lambda kind: kind.__name__)
def test_every_public_method_says_what_it_gives(asynchronous: type, sync: type) -> None:
    for name, member in public(asynchronous).items():
        if inspect.isfunction(member) and name not in (*DIFFERENT.values(), "__init__"):
            doc = inspect.getdoc(member) or ""
            assert doc.strip(), name
            assert inspect.getdoc(public(sync)[name]), name
