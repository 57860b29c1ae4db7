"""The one application that plays all services."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from globus_typed.sandbox.played import PlayedService
from globus_typed.sandbox.setting import Setting

__all__ = ["create_app"]


def create_app(services: Sequence[PlayedService], setting: Setting) -> FastAPI:
    """The services over the states that are parts of the setting; each answers what fails on its own paths."""
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
        app.add_exception_handler(kind, refuse)
    return app


def _by_path(services: Sequence[PlayedService]) -> Callable[[Request, Exception], Awaitable[Response]]:
    prefixes = {area.prefix: played for played in services for area in played.areas}
    longest_first = sorted(prefixes, key=len, reverse=True)

    async def refuse(request: Request, error: Exception) -> Response:
        path = request.url.path
        for prefix in longest_first:
            if path == prefix or path.startswith(f"{prefix}/"):
                return prefixes[prefix].refuse(request, error)
        return Response("no service of the sandbox has this path", 404, media_type="text/plain")

    return refuse
