"""The OpenAPI document of the services that the sandbox plays, from their routes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi

from globus_typed.sandbox.body_schemas import body_schema
from globus_typed.sandbox.described import READ_BY, READERS, SCHEMAS, reference
from globus_typed.sandbox.played import Area, PlayedService, played_services

__all__ = ["described_paths", "openapi"]

_SECURITY: Mapping[str, object] = {
    "token": {"type": "http", "scheme": "bearer", "description": "An access token for the service."},
    "app": {"type": "http", "scheme": "basic", "description": "The client id and secret of a confidential app."},
}


def openapi(services: Sequence[PlayedService] | None = None) -> dict[str, Any]:
    """The OpenAPI description of the services (None: all).

    The schemas of the responses that clients know are only referred to, by the names of their classes; those of request
    bodies are what the services accept. ``selected`` names the responses that have only the fields that
    were asked for.
    """
    services = played_services() if services is None else services
    paths = described_paths(services)
    _name_apart(paths)
    return {
        "info": {
            "title": ", ".join(f"{played.service.title} {played.versions}".rstrip() for played in services),
            "summary": "As the sandbox of globus-typed plays them.",
        },
        "tags": [{"name": played.name, "description": played.service.title} for played in services],
        "paths": paths,
        "selected": _selected(paths),
        "components": {
            "schemas": {
                **_bodies(paths),
                **{name: schema for played in services for name, schema in played.schemas.items()},
            },
            "securitySchemes": _SECURITY,
        },
    }


def described_paths(services: Sequence[PlayedService]) -> dict[str, dict[str, Any]]:
    """The descriptions of the operations, by path and method."""
    return {path: said for played in services for path, said in _paths(played)}


def _name_apart(paths: Mapping[str, Mapping[str, dict[str, Any]]]) -> None:
    """Give the operations that several services have by one name the names of their services too."""
    names = Counter(operation["operationId"] for operation in _operations(paths))
    for operation in _operations(paths):
        if names[operation["operationId"]] > 1:
            operation["operationId"] = f"{operation['tags'][0]}.{operation['operationId']}"


def _bodies(paths: Mapping[str, Mapping[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """The schemas of the documents that are sent, by name; the operations say no more what reads them."""
    bodies: dict[str, dict[str, Any]] = {}
    for operations in paths.values():
        for operation in operations.values():
            if READ_BY in operation:
                reader = READERS[operation.pop(READ_BY)]
                bodies |= {name: body_schema(*reader) for name in _named(operation["requestBody"])}
    return bodies


def _selected(paths: Mapping[str, Mapping[str, dict[str, Any]]]) -> list[str]:
    """The names of the documents of which the parameter ``fields`` selects fields."""
    selected = {
        name
        for operation in _operations(paths)
        if any(parameter["name"] == "fields" for parameter in operation.get("parameters", ()))
        for status, answer in operation["responses"].items()
        if status != "default"
        for name in _named(answer)
    }
    return sorted(selected)


def _operations(paths: Mapping[str, Mapping[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for operations in paths.values():
        yield from operations.values()


def _named(message: Mapping[str, Any]) -> Iterator[str]:
    """The names of the documents that a request or response of JSON is one of."""
    schema: Mapping[str, Any] = message.get("content", {}).get("application/json", {}).get("schema", {})
    for each in (schema, *schema.get("anyOf", ())):
        if "$ref" in each:
            yield each["$ref"].removeprefix(SCHEMAS)


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
    content: dict[str, object] = {area.media_type: {"schema": reference(area.error)}}
    # Whoever asks for a page is refused with one.
    for answer in answers.values():
        content |= {kind: said for kind, said in answer.get("content", {}).items() if kind.startswith("text/")}
    return {**operation, "responses": {**answers, "default": {"description": "Refused.", "content": content}}}


def _without_title(parameter: Mapping[str, Any]) -> dict[str, Any]:
    # It repeats the name.
    return {**parameter, "schema": {name: value for name, value in parameter["schema"].items() if name != "title"}}
