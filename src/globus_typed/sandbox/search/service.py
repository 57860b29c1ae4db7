"""Globus Search, which the sandbox does not play yet."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus

from globus_typed import registry
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import not_played

__all__ = ["PLAYED"]

_SCOPE = "urn:globus:auth:scope:search.api.globus.org:"
_SCOPES = ServiceScopes(
    "search.api.globus.org",
    {
        f"{_SCOPE}all": "Search, and manage indices and what is in them, as you can",
        f"{_SCOPE}globus_connect_server": "Search and fill indices for Globus Connect Server",
        f"{_SCOPE}ingest": "Put documents into indices as you can",
        f"{_SCOPE}search": "Search the indices that you can see",
    },
)


def _refusal(status: int, message: str) -> Mapping[str, object]:
    return {
        "@datatype": "GError",
        "@version": "2017-09-01",
        "code": f"{HTTPStatus(status).name.title().replace('_', '')}.Generic",
        "message": message,
        "status": status,
        "request_id": uuid.uuid4().hex,
    }


PLAYED = not_played(registry.service("search"), _refusal, _SCOPES)
