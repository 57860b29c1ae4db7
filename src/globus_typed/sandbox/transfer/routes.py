"""All routes of the sandbox's Transfer: one router, put together from one module a subject."""

from fastapi import APIRouter, Depends

from . import (
    access,
    activation,
    bookmarks,
    endpoint_changes,
    endpoints,
    managed_tasks,
    management,
    operations,
    pause_rules,
    roles,
    servers,
    sharing,
    submission,
    tasks,
)
from .answers import PREFIX
from .service import bound_to
from .state import TransferState

__all__ = ["transfer_router"]


def transfer_router(state: TransferState) -> APIRouter:
    """The routes under `/v0.10` over `state`; the app also needs the handlers of `errors.install`."""
    router = APIRouter(prefix=PREFIX, dependencies=[Depends(bound_to(state))])
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
        router.include_router(subject.router)
    return router
