"""Globus Groups, which the sandbox does not play yet."""

from collections.abc import Mapping
from http import HTTPStatus

from globus_typed import registry
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import not_played

__all__ = ["PLAYED"]

_SCOPE = "urn:globus:auth:scope:groups.api.globus.org:"
_SCOPES = ServiceScopes(
    "groups.api.globus.org",
    {
        f"{_SCOPE}all": "See and change your groups and memberships",
        f"{_SCOPE}view_my_groups_and_memberships": "See which groups you are a member of",
    },
)


def _refusal(status: int, message: str) -> Mapping[str, object]:
    return {"code": HTTPStatus(status).name, "detail": message}


PLAYED = not_played(registry.service("groups"), _refusal, _SCOPES)
