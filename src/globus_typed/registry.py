"""The services there are: by name, each loaded when it is first used."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from globus_typed.core.service import Service

__all__ = ["names", "part", "service", "services"]


@cache
def names() -> tuple[str, ...]:
    """The names of all services, in order: the folders beside this module that declare one."""
    roots = import_module("globus_typed").__path__
    # The core has the class that services are declared with, under the same name.
    folders = (module.name for module in iter_modules(roots) if module.ispkg and module.name != "core")
    return tuple(sorted(name for name in folders if _declares([f"{root}/{name}" for root in roots])))


def _declares(paths: list[str]) -> bool:
    return any(module.name == "service" for module in iter_modules(paths))


@cache
def service(name: str) -> Service:
    """The service of that name; `LookupError` where there is none."""
    if name not in names():
        raise LookupError(f"there is no service {name!r}, only {', '.join(names())}")
    declared: Service = import_module(f"globus_typed.{name}.service").SERVICE
    return declared


def services() -> tuple[Service, ...]:
    """All services, in the order of their names."""
    return tuple(map(service, names()))


def part(name: str, module: str) -> object | None:
    """The module of that name in a service's folder, such as ``errors``; None where the service has none."""
    path = f"globus_typed.{name}.{module}"
    return import_module(path) if find_spec(path) else None
