"""All routes of the sandbox's Transfer: one router, put together from one module a subject."""

from fastapi import APIRouter, Depends

from . import (
    access,
    activation,
    bookmarks,
    bookmarks_v2,
    endpoint_changes,
    endpoints,
    managed_tasks,
    management,
    operations,
    pause_rules,
    roles,
    servers,
    sharing,
    stream_access_points,
    submission,
    tasks,
    tunnels,
)
from .answers import PREFIX
from .json_api import V2_PREFIX
from .service import bound_to
from .state import TransferState

__all__ = ["transfer_router"]


def transfer_router(state: TransferState) -> APIRouter:
    """The routes of Transfer, v0.10 and v2, over `state`; the app also needs the handlers of `errors.install`."""
    router = APIRouter(dependencies=[Depends(bound_to(state))])
    for subject in (
        endpoints,
        endpoint_changes,
        sharing,
        servers,
        activation,
        access,
        roles,
        bookmarks,
        operations,
        submission,
        tasks,
        pause_rules,
        management,
        managed_tasks,
    ):
        router.include_router(subject.router, prefix=PREFIX)
    for subject in (tunnels, stream_access_points, bookmarks_v2):
        router.include_router(subject.router, prefix=V2_PREFIX)
    return router
