"""The GCS Manager API of an endpoint of Globus Connect Server, which the sandbox does not play yet."""

from collections.abc import Mapping
from http import HTTPStatus

from globus_typed import registry
from globus_typed.sandbox.played import not_played

__all__ = ["PLAYED"]


def _refusal(status: int, message: str) -> Mapping[str, object]:
    return {
        "DATA_TYPE": "result#1.0.0",
        "code": HTTPStatus(status).name.lower(),
        "http_response_code": status,
        "message": message,
        "detail": None,
        "data": [],
        "has_next_page": False,
    }


PLAYED = not_played(registry.service("gcs"), _refusal)
