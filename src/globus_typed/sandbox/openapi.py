"""The OpenAPI document of the services that the sandbox plays, from their routes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi

from globus_typed.sandbox.described import reference
from globus_typed.sandbox.played import Area, PlayedService, played_services

__all__ = ["openapi"]

_SECURITY: Mapping[str, object] = {
    "token": {"type": "http", "scheme": "bearer", "description": "An access token for the service."},
    "app": {"type": "http", "scheme": "basic", "description": "The client id and secret of a confidential app."},
}


def openapi(services: Sequence[PlayedService] | None = None) -> dict[str, Any]:
    """The OpenAPI description of the services (None: all).

    The schemas of the documents that clients know are only referred to, by the names of their classes.
    """
    services = played_services() if services is None else services
    return {
        "info": {
            "title": ", ".join(f"{played.service.title} {played.versions}".rstrip() for played in services),
            "summary": "As the sandbox of globus-typed plays them.",
        },
        "tags": [{"name": played.name, "description": played.service.title} for played in services],
        "paths": {path: said for played in services for path, said in _paths(played)},
        "components": {
            "schemas": {name: schema for played in services for name, schema in played.schemas.items()},
            "securitySchemes": _SECURITY,
        },
    }


def _paths(played: PlayedService) -> Iterator[tuple[str, dict[str, Any]]]:
    areas = sorted(played.areas, key=lambda area: len(area.prefix), reverse=True)
    paths: Mapping[str, Mapping[str, Any]] = get_openapi(title="", version="", routes=played.routes())["paths"]
    for path, methods in paths.items():
        area = next(area for area in areas if f"{path}/".startswith(f"{area.prefix}/"))
        yield path, {method: _operation(played, area, said) for method, said in methods.items()}


def _operation(played: PlayedService, area: Area, said: Mapping[str, Any]) -> dict[str, Any]:
    operation = {"tags": [played.name], **said}
    if "parameters" in said:
        operation["parameters"] = [_without_title(parameter) for parameter in said["parameters"]]
    # FastAPI adds a 422, which the services never give.
    answers = {status: answer for status, answer in said["responses"].items() if status != "422"}
    refused = {"description": "Refused.", "content": {area.media_type: {"schema": reference(area.error)}}}
    return {**operation, "responses": {**answers, "default": refused}}


def _without_title(parameter: Mapping[str, Any]) -> dict[str, Any]:
    # It repeats the name.
    return {**parameter, "schema": {name: value for name, value in parameter["schema"].items() if name != "title"}}
