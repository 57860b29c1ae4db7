"""What an editor or a notebook shows of the clients' methods: parameters by their names, with their types."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from globus_typed import registry
from globus_typed.core.async_client import AsyncClient
from globus_typed.core.client import Client


def clients() -> Iterator[type]:
    """The core's clients and the public ones of every service."""
    yield from (AsyncClient, Client)
    for service in registry.names():
        package = import_module(f"globus_typed.{service}")
        for name in package.__all__:
            kind = getattr(package, name)
            if isinstance(kind, type) and issubclass(kind, (AsyncClient, Client)):
                yield kind


METHODS = {
    member.__qualname__: member
    for client in clients()
    for name, member in inspect.getmembers(client, callable)
    if not name.startswith("_") and inspect.isfunction(member)
}


def catch_alls(method: Any) -> list[str]:
    """The parameters of a method that stand for others which it could name."""
    return [
        str(parameter)
        for parameter in inspect.signature(method).parameters.values()
        if parameter.kind is parameter.VAR_POSITIONAL
        or (
            parameter.kind is parameter.VAR_KEYWORD
            and parameter.annotation in (inspect.Parameter.empty, "Any", "object", Any, object)
        )
    ]


def test_the_clients_of_every_service_are_looked_at() -> None:
    assert {"AsyncProjectMethods.create_project", "ScopeMethods.update_scope"} <= METHODS.keys()
    assert {method.__module__.split(".")[1] for method in METHODS.values()} >= {"core", "auth", "transfer"}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_names_its_parameters(name: str) -> None:
    assert not catch_alls(METHODS[name])


def test_a_method_that_names_none_is_found() -> None:
    def create(self: object, *args: object, **fields: object) -> None:
        """A method whose parameters nobody can see."""

    assert catch_alls(create) == ["*args: object", "**fields: object"]
