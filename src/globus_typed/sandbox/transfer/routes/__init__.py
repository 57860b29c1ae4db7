"""All routes of the sandbox's Transfer, put together from one module a subject."""

from functools import cache

from fastapi import FastAPI
from starlette.routing import BaseRoute

from globus_typed.sandbox.transfer.answers import PREFIX
from globus_typed.sandbox.transfer.errors import install
from globus_typed.sandbox.transfer.json_api import V2_PREFIX
from globus_typed.sandbox.transfer.routes import (
    access,
    activation,
    bookmarks,
    bookmarks_v2,
    endpoint_changes,
    endpoint_manager,
    endpoint_manager_tasks,
    endpoints,
    operations,
    pause_rules,
    roles,
    servers,
    shared_endpoints,
    stream_access_points,
    submissions,
    tasks,
    tunnels,
)
from globus_typed.sandbox.transfer.state import TransferState

__all__ = ["add_transfer"]


def add_transfer(app: FastAPI, state: TransferState) -> None:
    """Let the app play Transfer, v0.10 and v2, over `state`, which is `app.state.transfer` from now on.

    What fails on Transfer's paths is answered as Transfer does; other paths keep the handlers that the app has by now.
    """
    app.state.transfer = state
    app.router.routes.extend(_routes())
    install(app)


@cache
def _routes() -> list[BaseRoute]:
    """Made once for all apps of the process: making them takes longer than all else that a sandbox starts with."""
    template = FastAPI(openapi_url=None)
    for subject in (
        endpoints,
        endpoint_changes,
        shared_endpoints,
        servers,
        activation,
        access,
        roles,
        bookmarks,
        operations,
        submissions,
        tasks,
        pause_rules,
        endpoint_manager,
        endpoint_manager_tasks,
    ):
        template.include_router(subject.router, prefix=PREFIX)
    for subject in (tunnels, stream_access_points, bookmarks_v2):
        template.include_router(subject.router, prefix=V2_PREFIX)
    return template.router.routes
