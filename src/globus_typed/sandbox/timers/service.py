"""Globus Timers, which the sandbox does not play yet."""

from collections.abc import Mapping
from http import HTTPStatus

from globus_typed import registry
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import not_played

__all__ = ["PLAYED"]

_ID = "524230d7-ea86-4a52-8312-86065a9e0417"
_SCOPES = ServiceScopes(_ID, {f"https://auth.globus.org/scopes/{_ID}/timer": "See, make and change your timers"})


def _refusal(status: int, message: str) -> Mapping[str, object]:
    return {"error": {"code": HTTPStatus(status).name, "detail": message, "status": status}}


PLAYED = not_played(registry.service("timers"), _refusal, _SCOPES)
