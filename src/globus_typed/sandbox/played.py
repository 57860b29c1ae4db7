"""`PlayedService`: the declaration by which the sandbox plays a service, in the module ``service`` of a folder."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from importlib.util import find_spec

from fastapi import Request, Response
from starlette.routing import BaseRoute

from globus_typed import registry
from globus_typed.core.service import Service
from globus_typed.sandbox.known_scopes import KnownScopes, ServiceScopes
from globus_typed.sandbox.setting import Setting

__all__ = ["Area", "PlayedService", "known_scopes", "ordered", "played_services"]


@dataclass(frozen=True)
class Area:
    """The paths that begin with a prefix, and what refusals look like there."""

    prefix: str
    """The prefix, without a slash at its end; empty for all paths that no other service has."""
    error: str
    """The schema of refusals, by its name in `PlayedService.schemas`."""
    media_type: str = "application/json"
    """The media type of refusals."""


@dataclass(frozen=True)
class PlayedService:
    """A service as the sandbox plays it: `PLAYED` in the module ``service`` of a folder of the sandbox.

    The folder has the name of the service. Nothing else in the sandbox has to know of it.
    """

    service: Service
    """The declaration of the service, for its name, its title and its name in the configuration."""
    routes: Callable[[], Sequence[BaseRoute]]
    """The routes, described with `described`. They are the same for all sandboxes, so they are made once a process;
    what they work on they take by `part_of`."""
    areas: tuple[Area, ...]
    """The paths of the service."""
    refuse: Callable[[Request, Exception], Response]
    """The response to what was raised on the service's paths: one of `refusals`, an HTTPException, a
    RequestValidationError, or whatever failed."""
    refusals: tuple[type[Exception], ...] = ()
    """The exceptions by which the service refuses requests."""
    state: Callable[[Setting], object] | None = None
    """Makes the state that the routes work on, a part of the setting from then on."""
    furnish: Callable[[Setting], object] | None = None
    """Puts into a fresh sandbox what programs are to find there, and tells of it: a further part of the setting."""
    close: Callable[[Setting], None] | None = None
    """Ends what the state has running."""
    environment: Callable[[Setting], Mapping[str, str]] | None = None
    """The environment variables for programs besides the URL of the service."""
    needs: tuple[str, ...] = ()
    """The names of the services whose parts this one takes, which are made before it and closed after it."""
    scopes: ServiceScopes = field(default_factory=ServiceScopes)
    """The scopes that the service knows."""
    versions: str = ""
    """The versions of the service's API, for OpenAPI, such as ``v0.10 and v2``."""
    schemas: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    """The JSON schemas of what is no document of the clients, such as refusals, by name."""

    @property
    def name(self) -> str:
        """The name of the service."""
        return self.service.name


@cache
def played_services() -> tuple[PlayedService, ...]:
    """All services that have a folder in the sandbox, each after those that it needs."""
    packages = (f"globus_typed.sandbox.{name}" for name in registry.names())
    modules = (import_module(f"{package}.service") for package in packages if find_spec(package))
    declared: list[PlayedService] = [module.PLAYED for module in modules]
    return ordered(declared)


def ordered(services: Iterable[PlayedService]) -> tuple[PlayedService, ...]:
    """The services, each after those that it needs."""
    by_name = {played.name: played for played in services}
    order = TopologicalSorter({name: played.needs for name, played in by_name.items()})
    return tuple(by_name[name] for name in order.static_order())


def known_scopes(services: Iterable[PlayedService]) -> KnownScopes:
    """The scopes of the services."""
    return KnownScopes(played.scopes for played in services)
