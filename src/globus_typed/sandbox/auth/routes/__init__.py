"""All routes of the sandbox's Auth."""

from fastapi import APIRouter

from globus_typed.sandbox.auth.routes import (
    authorize,
    clients,
    consents,
    credentials,
    identities,
    identity_providers,
    introspect,
    openid,
    policies,
    projects,
    scopes,
    token,
    web,
)
from globus_typed.sandbox.auth.state import AuthState


def auth_router(state: AuthState) -> APIRouter:
    """The routes of Auth over this state; `errors.install` gives the app the documents of what they refuse."""
    router = APIRouter()
    login = (authorize, token, introspect, openid, web)
    people = (identities, identity_providers, consents)
    developer = (projects, policies, clients, credentials, scopes)
    for module in (*login, *people, *developer):
        module.add_routes(router, state)
    return router
