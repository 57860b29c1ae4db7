"""The OpenAPI document: descriptions of routes, with the schemas of the documents that they refer to."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from globus_typed._version import __version__
from globus_typed.core.json_data import is_list
from globus_typed.schema.catalogue import document_classes
from globus_typed.schema.json_schema import DIALECT, components

__all__ = ["openapi"]

_SCHEMAS = "#/components/schemas/"


def openapi(described: Mapping[str, Any]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of what is described in OpenAPI's terms, with the schemas that are missing there.

    Parameters: `described`, with the members ``info``, ``tags``, ``paths`` and ``components``, which refers to the
    documents of the clients by the names of their classes.
    Raises `LookupError` for a name that neither the description nor any document has.
    """
    parts = described["components"]
    names = {name.removeprefix(_SCHEMAS) for name in _references(described)} - parts["schemas"].keys()
    if unknown := names - document_classes().keys():
        raise LookupError(f"OpenAPI: there is no document {', '.join(sorted(unknown))}")
    schemas = components([kind for name, kind in document_classes().items() if name in names], f"{_SCHEMAS}{{model}}")
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        **described,
        "info": {**described["info"], "version": __version__},
        "components": {**parts, "schemas": dict(sorted({**schemas, **parts["schemas"]}.items()))},
    }


def _references(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in cast("Mapping[str, object]", value).items():
            if name == "$ref" and isinstance(each, str):
                yield each
            yield from _references(each)
    elif is_list(value):
        for each in value:
            yield from _references(each)
