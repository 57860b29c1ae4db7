"""All routes of the sandbox's Auth."""

from functools import cache

from starlette.routing import BaseRoute

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
from globus_typed.sandbox.described import routes_of

__all__ = ["routes"]


@cache
def routes() -> list[BaseRoute]:
    """The routes, made once for all sandboxes of the process."""
    login = (authorize, token, introspect, openid, web)
    people = (identities, identity_providers, consents)
    developer = (projects, policies, clients, credentials, scopes)
    return routes_of(subject.router for subject in (*login, *people, *developer))
