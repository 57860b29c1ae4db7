"""Globus Compute, which the sandbox does not play yet."""

from collections.abc import Mapping
from http import HTTPStatus

from globus_typed import registry
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import not_played

__all__ = ["PLAYED"]

_SCOPES = ServiceScopes(
    "funcx_service",
    {
        "https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all": (
            "Register functions and endpoints, and run tasks, as you can"
        )
    },
)


def _refusal(status: int, message: str) -> Mapping[str, object]:
    return {
        "status": "Failed",
        "code": HTTPStatus(status).name,
        "error_args": [],
        "http_status_code": status,
        "detail": message,
        "reason": message,
    }


PLAYED = not_played(registry.service("compute"), _refusal, _SCOPES)
