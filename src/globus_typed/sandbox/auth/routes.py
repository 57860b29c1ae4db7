"""All routes of the sandbox's Auth."""

from fastapi import APIRouter

from . import authorize, identities, introspect, openid, token, web
from .state import AuthState


def auth_router(state: AuthState) -> APIRouter:
    """The routes of Auth over this state; `errors.install` gives the app the documents of what they refuse."""
    router = APIRouter()
    for module in (authorize, token, introspect, openid, identities, web):
        module.add_routes(router, state)
    return router
