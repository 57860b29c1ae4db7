"""The one application that plays all services."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import cache

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from globus_typed.sandbox.openapi import described_paths
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

    def paths() -> Mapping[str, Collection[str]]:
        return described_paths(services)

    refuse = _telling_methods(paths, _by_path(services))
    for played in services:
        app.router.routes.extend(played.routes())
    for kind in (
        HTTPException,
        RequestValidationError,
        Exception,
        *(each for one in services for each in one.refusals),
    ):
        app.add_exception_handler(kind, _awaited(refuse))
    setting.weather.set_paths(paths)
    app.add_middleware(UnderWeather, weather=setting.weather, refuse=refuse)
    app.add_middleware(_HeadAsGet)
    return app


class _HeadAsGet:
    """The application, which carries a HEAD out as the GET that it stands for; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "method": "GET"} if scope.get("method") == "HEAD" else scope, receive, send)


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


def _telling_methods(
    paths: Callable[[], Mapping[str, Collection[str]]], refuse: Callable[[Request, Exception], Response]
) -> Callable[[Request, Exception], Response]:
    """Refuse a method with all that the path has, which are several routes', and answer what OPTIONS asks for."""

    known = cache(paths)

    @cache
    def patterns() -> list[tuple[re.Pattern[str], Collection[str]]]:
        return [(compile_path(path)[0], methods) for path, methods in known().items()]

    def answer(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException) or error.status_code != 405:
            return refuse(request, error)
        path = request.url.path
        # One without variables, such as /v2/groups/my_groups, is no id in the path of another.
        found = [known()[path]] if path in known() else [each for pattern, each in patterns() if pattern.match(path)]
        there = {method.upper() for methods in found for method in methods}
        there |= {"OPTIONS"} | ({"HEAD"} if "GET" in there else set())
        allow = {"Allow": ", ".join(sorted(there))}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allow)
        return refuse(request, HTTPException(405, error.detail, allow))

    return answer


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
