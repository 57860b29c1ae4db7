"""The one application that plays all services."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from globus_typed.sandbox.openapi import openapi
from globus_typed.sandbox.played import PlayedService, unplayed_services
from globus_typed.sandbox.setting import Setting
from globus_typed.sandbox.weather import UnderWeather

__all__ = ["create_app"]


def create_app(services: Sequence[PlayedService], setting: Setting) -> FastAPI:
    """The services over the states that are parts of the setting; each answers what fails on its own paths.

    The addresses of services that are not played answer with a 501.
    """
    app = FastAPI(title="Globus sandbox", openapi_url=None, redirect_slashes=False, docs_url=None, redoc_url=None)
    app.state.setting = setting
    refuse = _by_path(services)
    for played in services:
        app.router.routes.extend(played.routes())
    for kind in (
        HTTPException,
        RequestValidationError,
        Exception,
        *(each for one in services for each in one.refusals),
    ):
        app.add_exception_handler(kind, _awaited(refuse))
    setting.weather.set_paths(lambda: openapi(services)["paths"])
    app.add_middleware(UnderWeather, weather=setting.weather, refuse=refuse)
    return app


def _not_played(unplayed: PlayedService) -> Callable[[Request, Exception], Response]:
    def refuse(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code == 404:
            error = HTTPException(501, f"The sandbox does not play {unplayed.service.title}")
        return unplayed.refuse(request, error)

    return refuse


def _awaited(refuse: Callable[[Request, Exception], Response]) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        return refuse(request, error)

    return handle


def _by_path(services: Sequence[PlayedService]) -> Callable[[Request, Exception], Response]:
    prefixes = {area.prefix: played.refuse for played in services for area in played.areas}
    prefixes |= {unplayed.address_not_played: _not_played(unplayed) for unplayed in unplayed_services(services)}
    longest_first = sorted(prefixes, key=len, reverse=True)

    def refuse(request: Request, error: Exception) -> Response:
        path = request.url.path
        for prefix in longest_first:
            if path == prefix or path.startswith(f"{prefix}/"):
                return prefixes[prefix](request, error)
        return Response("no service of the sandbox has this path", 404, media_type="text/plain")

    return refuse
