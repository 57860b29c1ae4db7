"""All routes of the sandbox's Groups, put together from one module a subject."""

from functools import cache

from starlette.routing import BaseRoute

from globus_typed.sandbox.described import routes_of
from globus_typed.sandbox.groups.errors import invalid
from globus_typed.sandbox.groups.routes import groups, identities, memberships, policies, subscriptions

__all__ = ["routes"]

_SUBJECTS = (groups, memberships, policies, identities, subscriptions)


@cache
def routes() -> list[BaseRoute]:
    """The routes, made once for all sandboxes of the process."""
    return routes_of(
        (subject.router for subject in _SUBJECTS),
        "/v2",
        unknown=lambda name, problem: invalid(("query", name), problem, kind="extra_forbidden"),
    )
