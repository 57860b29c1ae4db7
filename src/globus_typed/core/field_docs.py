"""Descriptions of fields in JSON schemas: the docstrings below the fields, read from the source when needed."""

import ast
import inspect
import re
import sys
from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue

__all__ = ["described"]


def described(kind: type[BaseModel], said: JsonSchemaValue) -> JsonSchemaValue:
    """The JSON schema of a model, with the docstrings of its fields as their descriptions.

    Pydantic's own `use_attribute_docstrings` reads the source of every class when it is created, which would make
    importing the documents take twice as long.
    """
    if "description" in said:
        said["description"] = _markdown(said["description"])
    members: dict[str, JsonSchemaValue] = said.get("properties", {})
    docs = _field_docs(kind)
    for name, info in kind.model_fields.items():
        member = members.get(info.alias or name, members.get(name))
        if member is None:
            continue
        if info.title is None:
            # It would repeat the name.
            member.pop("title", None)
        if member.get("default", ...) is None:
            # A member that is not given is not sent as null.
            del member["default"]
        if info.description is None and name in docs:
            member["description"] = docs[name]
    return said


@cache
def _field_docs(kind: type[BaseModel]) -> Mapping[str, str]:
    """The docstrings of the fields of a model and of those it inherits from, by the names of the fields."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            found |= _docs_of_module(each.__module__).get(each.__qualname__, {})
    return found


@cache
def _docs_of_module(module: str) -> Mapping[str, Mapping[str, str]]:
    """The docstrings of the fields of the classes of a module; none where there is no source."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError):
        return {}
    return {node.name: _docs_of_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _docs_of_class(node: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, below in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            value = below.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[field.target.id] = _markdown(re.sub(r"\s+", " ", value.value).strip())
    return found


def _markdown(docstring: str) -> str:
    """The docstring in Markdown, which is what descriptions in JSON schemas are read as."""
    return docstring.replace("``", "`")
