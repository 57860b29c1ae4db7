"""All routes of the sandbox's Transfer, put together from one module a subject."""

from functools import cache

from starlette.routing import BaseRoute

from globus_typed.sandbox.described import routes_of
from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.json_api import V2_PREFIX
from globus_typed.sandbox.transfer.responses import PREFIX
from globus_typed.sandbox.transfer.routes import (
    access,
    activation,
    bookmarks,
    bookmarks_v2,
    endpoint_changes,
    endpoints,
    managed_endpoints,
    managed_tasks,
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

__all__ = ["routes"]


@cache
def routes() -> list[BaseRoute]:
    """The routes, made once for all sandboxes of the process: it takes longer than the rest of a start."""
    first = (
        *(endpoints, endpoint_changes, shared_endpoints, servers, activation, access, roles, bookmarks, operations),
        *(submissions, tasks, pause_rules, managed_endpoints, managed_tasks),
    )
    second = (tunnels, stream_access_points, bookmarks_v2)
    return [
        *routes_of((subject.router for subject in first), PREFIX, unknown=bad_request),
        *routes_of((subject.router for subject in second), V2_PREFIX, unknown=bad_request),
    ]
