"""`PlayedService`: the declaration by which the sandbox plays a service, in the module ``service`` of a folder."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from http import HTTPStatus
from importlib import import_module
from importlib.util import find_spec

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from globus_typed import registry
from globus_typed.core.service import Service
from globus_typed.sandbox.known_scopes import KnownScopes, ServiceScopes
from globus_typed.sandbox.setting import Setting

__all__ = [
    "Area",
    "PlayedService",
    "declared_services",
    "known_scopes",
    "not_played",
    "ordered",
    "played_services",
    "unplayed_services",
]


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
    """The paths of the service; none for one that is not played yet: see `not_played`."""
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

    @property
    def address_not_played(self) -> str:
        """The path of its address in sandboxes that do not play it, without a slash at its end."""
        return f"/not-played/{self.service.option}"

    @property
    def is_played(self) -> bool:
        """Whether the service is played, or only known."""
        return bool(self.areas)


@cache
def declared_services() -> tuple[PlayedService, ...]:
    """All services that have a folder in the sandbox, each after those that it needs; some are not played yet."""
    packages = (f"globus_typed.sandbox.{name}" for name in registry.names())
    modules = (import_module(f"{package}.service") for package in packages if find_spec(package))
    declared: list[PlayedService] = [module.PLAYED for module in modules]
    return ordered(declared)


def played_services() -> tuple[PlayedService, ...]:
    """All services that the sandbox plays, each after those that it needs."""
    return tuple(declared for declared in declared_services() if declared.is_played)


def unplayed_services(services: Iterable[PlayedService]) -> tuple[PlayedService, ...]:
    """All services of Globus but these."""
    names = {one.name for one in services}
    declared = {one.name: one for one in declared_services()}
    others = (service for service in registry.services() if service.name not in names)
    return tuple(declared.get(service.name) or not_played(service, _plain) for service in others)


def not_played(
    service: Service, refusal: Callable[[int, str], Mapping[str, object]], scopes: ServiceScopes | None = None
) -> PlayedService:
    """The declaration of a service that the sandbox does not play yet: its address answers every request with a 501.

    Parameters: `refusal`, the service's error document, from an HTTP status and a message; `scopes`, which logins may
    ask for.
    """

    def refuse(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return JSONResponse(refusal(error.status_code, error.detail), error.status_code, headers=error.headers)
        return JSONResponse(refusal(500, "The sandbox failed; its log has the traceback"), 500)

    return PlayedService(service, list, (), refuse, scopes=scopes or ServiceScopes())


def _plain(status: int, message: str) -> Mapping[str, object]:
    return {"code": HTTPStatus(status).name, "message": message}


def ordered(services: Iterable[PlayedService]) -> tuple[PlayedService, ...]:
    """The services, each after those that it needs."""
    by_name = {played.name: played for played in services}
    order = TopologicalSorter({name: played.needs for name, played in by_name.items()})
    return tuple(by_name[name] for name in order.static_order())


def known_scopes(services: Iterable[PlayedService]) -> KnownScopes:
    """The scopes of the services, and of those that are not played yet."""
    played = tuple(services)
    others = (declared for declared in declared_services() if not declared.is_played and declared not in played)
    return KnownScopes(declared.scopes for declared in (*played, *others))
