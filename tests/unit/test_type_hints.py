"""`typing.get_type_hints` resolves the annotations of everything public, as tools that read them rely on."""

import inspect
import sys
import typing
from collections.abc import Iterator
from importlib import import_module
from subprocess import run
from sys import executable
from types import FunctionType
from typing import Any, cast

import pytest

import globus_typed
from globus_typed import registry

PLACES = [
    *(
        "globus_typed",
        "globus_typed.exc",
        "globus_typed.scopes",
        "globus_typed.config",
        "globus_typed.sandbox",
        "globus_typed.files",
    ),
    *(f"globus_typed.{service}" for service in registry.names()),
    *(f"globus_typed.{service}.documents" for service in ("transfer", "auth")),
]


def functions(member: Any) -> Iterator[FunctionType]:
    """The functions behind a member of a class, with their overloads."""
    member = getattr(member, "__func__", member)  # of static methods and class methods
    if isinstance(member, property):
        member = member.fget
    if isinstance(member, FunctionType):
        yield member
        if sys.version_info >= (3, 11):
            yield from cast("list[FunctionType]", typing.get_overloads(member))


def annotated(place: str) -> Iterator[tuple[str, object]]:
    """Every public name of a module that has annotations, and every public method, inherited ones included."""
    module = import_module(place)
    for name in getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]:
        value = getattr(module, name)
        yield from ((name, function) for function in functions(value))
        for owner in (value if inspect.isclass(value) else type(value)).__mro__:
            if owner.__module__.startswith("globus_typed"):
                yield owner.__name__, owner
                for member, method in vars(owner).items():
                    if not member.startswith("_") or member == "__init__":
                        yield from ((f"{owner.__name__}.{member}", function) for function in functions(method))


@pytest.mark.parametrize("place", PLACES)
def test_the_annotations_of_everything_public_are_resolved(place: str) -> None:
    wrong: dict[str, Exception] = {}
    names: set[str] = set()
    for name, value in annotated(place):
        names.add(name)
        try:
            typing.get_type_hints(value)
        except Exception as error:
            wrong[name] = error
    assert not wrong
    assert names


def test_the_walk_comes_by_what_is_hard_to_resolve() -> None:
    names = {name for place in PLACES for name, _ in annotated(place)}
    assert names >= {
        *("WaitingMethods.task_wait", "AsyncWaitingMethods.task_wait", "Client.__init__", "AsyncClient.__init__"),
        *("RefreshTokenAuthorizer.__init__", "ClientCredentialsAuthorizer.__init__", "TransferData.__init__"),
        *("AsyncAuthClient.oauth2_token", "TransferClient", "Task", "GlobusAPIError.__init__"),
    }
    assert len(names) > 800


def test_hints_name_the_classes_themselves() -> None:
    import httpx

    for client, theirs in (
        (globus_typed.TransferClient, httpx.Client),
        (globus_typed.AsyncTransferClient, httpx.AsyncClient),
    ):
        assert typing.get_type_hints(client.__init__)["http_client"] == theirs | None


def test_clients_do_without_httpx_until_they_are_used() -> None:
    names = "AsyncTransferClient, NativeAppAuthClient, RefreshTokenAuthorizer, TransferClient"
    code = f"from globus_typed import {names}; import sys; print('httpx' in sys.modules, 'asyncio' in sys.modules)"
    assert run([executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False"] * 2
