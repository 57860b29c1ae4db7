"""JSON schemas (2020-12) of all documents as they are on the wire, which are pydantic's own."""

import json
from collections.abc import Sequence
from typing import Any

from pydantic.json_schema import models_json_schema

from globus_typed.schema.catalogue import DocumentClass

__all__ = ["DIALECT", "components", "schema", "schema_text"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The dialect that the schemas are written in."""


def schema(kind: DocumentClass) -> dict[str, Any]:
    """The JSON schema of a document as it is on the wire."""
    return {"$schema": DIALECT, **kind.model_json_schema()}


def schema_text(kind: DocumentClass) -> str:
    """The JSON schema of a document as the contents of a file."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def components(kinds: Sequence[DocumentClass], ref_template: str) -> dict[str, dict[str, Any]]:
    """The JSON schemas, by name, of several documents and of those they contain, which refer to each other this way."""
    _, definitions = models_json_schema([(kind, "validation") for kind in kinds], ref_template=ref_template)
    found: dict[str, dict[str, Any]] = definitions["$defs"]
    return found
