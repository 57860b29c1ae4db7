"""Globus Flows, which the sandbox does not play yet."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus

from globus_typed import registry
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import not_played

__all__ = ["PLAYED"]

_SCOPE = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/"
_SCOPES = ServiceScopes(
    "flows.globus.org",
    {
        f"{_SCOPE}all": "See, manage and run flows as you can",
        f"{_SCOPE}manage_flows": "See and change your flows",
        f"{_SCOPE}view_flows": "See the flows that you can see",
        f"{_SCOPE}run": "Start runs of flows as you can",
        f"{_SCOPE}run_status": "See how the runs that you can see are getting on",
        f"{_SCOPE}run_manage": "See, change and cancel your runs",
    },
)


def _refusal(status: int, message: str) -> Mapping[str, object]:
    return {"error": {"code": HTTPStatus(status).name, "detail": message}, "debug_id": str(uuid.uuid4())}


PLAYED = not_played(registry.service("flows"), _refusal, _SCOPES)
