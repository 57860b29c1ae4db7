"""The OpenAPI document: descriptions of routes, with the schemas of the documents that they refer to."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, cast

from globus_typed._version import __version__
from globus_typed.core.json_data import is_list
from globus_typed.schema.catalogue import document_classes
from globus_typed.schema.json_schema import DIALECT, components
from globus_typed.schema.told import tell

__all__ = ["openapi"]

_SCHEMAS = "#/components/schemas/"


def openapi(described: Mapping[str, Any]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of what is described in OpenAPI's terms, with the schemas that are missing there.

    Parameters: `described`, with the members ``info``, ``tags``, ``paths`` and ``components``, which refers to the
    documents of the clients by the names of their classes; its own schemas of such documents are given the meanings of
    the fields. Of the documents that the member ``selected`` names, and of the entries of such lists, no field is
    required.
    Raises `LookupError` for a name that neither the description nor any document has.
    """
    parts, documents = described["components"], document_classes()
    theirs: Mapping[str, dict[str, Any]] = parts["schemas"]
    names = {name.removeprefix(_SCHEMAS) for name in _references(described)}
    if unknown := names - theirs.keys() - documents.keys():
        raise LookupError(f"OpenAPI: there is no document {', '.join(sorted(unknown))}")
    schemas = components([kind for name, kind in documents.items() if name in names], f"{_SCHEMAS}{{model}}")
    for name in _partial(described.get("selected", ()), schemas):
        schemas[name].pop("required", None)
    bodies = {name: deepcopy(theirs[name]) for name in theirs.keys() & schemas.keys()}
    for name, body in bodies.items():
        tell(body, schemas[name], schemas)
    schemas.update({**theirs, **bodies})
    _keep_what_is_referred_to(schemas, {name: each for name, each in described.items() if name != "components"})
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        **{name: each for name, each in described.items() if name != "selected"},
        "info": {**described["info"], "version": __version__},
        "components": {**parts, "schemas": dict(sorted(schemas.items()))},
    }


def _partial(selected: Iterable[str], schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name in selected:
        entries = schemas[name]["properties"].get("DATA", {}).get("items")
        yield from [name] if entries is None else (each.removeprefix(_SCHEMAS) for each in _references(entries))


def _keep_what_is_referred_to(schemas: dict[str, Any], described: Mapping[str, Any]) -> None:
    kept: set[str] = set()
    found = {each.removeprefix(_SCHEMAS) for each in _references(described)}
    while found:
        kept |= found
        found = {each.removeprefix(_SCHEMAS) for name in found for each in _references(schemas[name])} - kept
    for name in schemas.keys() - kept:
        del schemas[name]


def _references(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in cast("Mapping[str, object]", value).items():
            if name == "$ref" and isinstance(each, str):
                yield each
            yield from _references(each)
    elif is_list(value):
        for each in value:
            yield from _references(each)
