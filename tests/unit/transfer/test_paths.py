"""Paths on collections are taken alike wherever a document has one; those of access rules begin with a slash."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from globus_typed.core.payloads import Payload
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.documents import AccessRuleCreate, BookmarkV2Create, DeleteData, TransferData
from globus_typed.transfer.query import path_text

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
NO_PATHS_OF_THEIR_OWN = {("Symlink", "symlink_target"), ("AccessRuleCreate", "path")}


def path_fields() -> Iterator[tuple[str, TypeAdapter[Any], dict[str, Any]]]:
    """The fields of all documents that are sent which hold a path on a collection, by their names."""
    for name in documents.__all__:
        model = getattr(documents, name)
        if not (isinstance(model, type) and issubclass(model, Payload)):
            continue
        for field, info in model.model_fields.items():
            is_path = re.fullmatch(r"path|.*_path|default_directory", field)
            if is_path and (name, field) not in NO_PATHS_OF_THEIR_OWN:
                kind: Any = info.rebuild_annotation()
                yield f"{name}.{field}", TypeAdapter(kind), TypeAdapter(kind).json_schema()


FIELDS = {name: (check, schema) for name, check, schema in path_fields()}


def test_there_are_fields_with_paths() -> None:
    assert {"Mkdir.path", "TransferItem.source_path", "BookmarkV2Create.path", "EndpointUpdate.default_directory"} <= {
        *FIELDS
    }


@pytest.mark.parametrize("name", FIELDS)
def test_paths_begin_with_a_slash_or_a_tilde(name: str) -> None:
    check, schema = FIELDS[name]
    for path in ("/", "/~/", "/~/data/", "~/", "~/data/", "~wren/data/"):
        assert check.validate_python(path) == path
        for part in schema.get("anyOf", [schema]):
            for pattern in (each["pattern"] for each in (part, *part.get("allOf", ())) if "pattern" in each):
                assert re.search(pattern, path), (pattern, path)
    with pytest.raises(ValidationError, match=r'must be absolute \(start with "/" or "~"\), got "data/"'):
        check.validate_python("data/")
    with pytest.raises(ValidationError, match=r"must be a str: use str\(path\), got PurePosixPath"):
        check.validate_python(PurePosixPath("/data/"))


def test_items_take_such_paths_by_the_short_way_and_by_the_model() -> None:
    for path in ("~/a", "~wren/a", "~", '~/"a"'):
        data = TransferData(ID, ID)
        data.add_item(path, path)
        delete = DeleteData(ID)
        delete.add_item(path)
        assert (data.items[0].source_path, data.items[0].destination_path, delete.items[0].path) == (path, path, path)
    for path in ("~/../a", "~/a/.."):
        with pytest.raises(ValidationError, match=r'must not contain "\.\."'):
            TransferData(ID, ID).add_item(path, "/a")


def test_arguments_of_calls_take_such_paths() -> None:
    assert path_text("path", "~/a") == "~/a"
    with pytest.raises(GlobusUsageError, match=r"path: must be a str: use str\(path\), got PurePosixPath"):
        path_text("path", PurePosixPath("/a"))


def test_the_path_of_an_access_rule_begins_with_a_slash() -> None:
    with pytest.raises(ValidationError, match=r'path\n  must start with "/", got "~/a/"'):
        AccessRuleCreate(principal_type="anonymous", path="~/a/", permissions="r")
    assert AccessRuleCreate.model_json_schema()["properties"]["path"]["pattern"] == "^/"


def test_the_path_of_a_second_bookmark_form_needs_no_slash_at_its_end() -> None:
    assert BookmarkV2Create(collection=ID, name="x", path="~/data").path == "~/data"
