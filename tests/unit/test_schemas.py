"""The JSON schemas of documents take what those take, and refuse what those refuse, as far as they can say it."""

import json
import re
import runpy
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from globus_typed.core.payloads import Payload
from globus_typed.sandbox.openapi import openapi
from globus_typed.schema.catalogue import DocumentClass, best, document_classes, named, wire_names
from globus_typed.schema.json_schema import DIALECT, components, schema

TESTS = Path(__file__).parents[1]
TABLES = {
    "transfer": [("transfer/test_received.py", "DOCUMENTS"), ("transfer/test_payloads.py", "PAYLOADS")],
    "auth": [("auth/test_documents.py", "DOCUMENTS"), ("auth/test_payloads.py", "PAYLOADS")],
    "groups": [("groups/test_documents.py", "DOCUMENTS"), ("groups/test_payloads.py", "PAYLOADS")],
}
"""Where it says which golden document is of which kind."""
GOLDEN: dict[Path, DocumentClass] = {
    TESTS / "data" / service / f"{name}.json": kind
    for service, tables in TABLES.items()
    for module, table in tables
    for name, kind in runpy.run_path(str(TESTS / "unit" / module))[table].items()
}
PATHS: dict[str, dict[str, Any]] = openapi()["paths"]
ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
UNSAYABLE = {"type", "location", "preferred", "port_range", "datetime_from_date_parsing", "whole"}
"""What is wrong by comparing values, by the calendar or the clock."""


def checker(kind: DocumentClass) -> Any:
    return Draft202012Validator(schema(kind))


def problems(kind: DocumentClass, document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in checker(kind).iter_errors(document)]


def test_every_golden_document_has_a_kind() -> None:
    assert {path for service in TABLES for path in (TESTS / "data" / service).glob("*.json")} == set(GOLDEN)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_document_fits_its_schema(path: Path) -> None:
    assert problems(GOLDEN[path], json.loads(path.read_bytes())) == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_document_is_known_by_its_data_type(path: Path) -> None:
    document: object = json.loads(path.read_bytes())
    if isinstance(document, dict) and "DATA_TYPE" in document:
        members = cast("dict[str, object]", document)
        assert GOLDEN[path] in best(named(str(members["DATA_TYPE"])), members)


def objects(value: object) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in cast("list[object]", value) for found in objects(each)]
    if not isinstance(value, dict):
        return []
    own = cast("dict[str, Any]", value)
    return [own, *(found for each in own.values() for found in objects(each))]


@pytest.mark.parametrize("kind", document_classes().values(), ids=lambda kind: kind.__name__)
def test_a_schema_is_one(kind: DocumentClass) -> None:
    said = schema(kind)
    Draft202012Validator.check_schema(said)
    assert said["$schema"] == DIALECT
    assert said["title"] == kind.__name__
    assert "``" not in json.dumps(said)


@pytest.mark.parametrize("kind", document_classes().values(), ids=lambda kind: kind.__name__)
def test_no_member_is_left_without_its_meaning(kind: DocumentClass) -> None:
    envelopes = {"data", "attributes", "relationships", *(getattr(kind, "related", ())), getattr(kind, "envelope", "")}
    for each in objects(schema(kind)):
        members: dict[str, Any] = each.get("properties", {}) if each.get("type") == "object" else {}
        for name, said in members.items():
            inside = each.get("required") == ["type", "id"]  # of what names a resource
            assert "description" in said or name in envelopes or inside, name


def test_what_is_said_of_a_member_is_what_its_class_says() -> None:
    said = schema(document_classes()["TransferData"])
    assert said["description"].startswith("A transfer to submit")
    assert said["properties"]["label"] == {
        "description": "The name of the task: one line of at most 128 characters, with no blanks around it.",
        "anyOf": [
            {"maxLength": 128, "not": {"pattern": r"^\s|\s$|[\n\r]"}, "type": "string"},
            {"type": "null"},
        ],
    }
    assert said["properties"]["DATA"]["description"].startswith("The items to copy (`DATA` on the wire)")
    assert {"source_endpoint", "destination_endpoint", "DATA"} <= set(said["required"])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_unknown_members_are_kept_where_they_are_received_and_refused_where_they_are_sent(path: Path) -> None:
    document: object = json.loads(path.read_bytes())
    for place in objects(document)[:1]:
        place["news"] = {}
        assert bool(problems(GOLDEN[path], document)) == issubclass(GOLDEN[path], Payload)


def kind_of(raw: Mapping[str, Any], call: str) -> DocumentClass | None:
    """What the body of a request of the catalogue is; where a route takes several, the one that the call names."""
    for path, operations in PATHS.items():
        if re.fullmatch(re.sub(r"\\{.*?\\}", "[^/]+", re.escape(path)), raw["path"]):
            content = operations.get(raw["method"].lower(), {}).get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {"anyOf": []})
            names = [each["$ref"].rpartition("/")[2] for each in schema.get("anyOf", [schema])]
            return next((document_classes()[name] for name in names if len(names) == 1 or name in call), None)
    return None


def filled(value: object) -> Any:
    """The body with ids for the places that are for ids."""
    if isinstance(value, str):
        return value if "server_default" in value else re.sub(r"\{\w+\}", ID, value)
    if isinstance(value, list):
        return [filled(each) for each in cast("list[object]", value)]
    if isinstance(value, dict):
        return {name: filled(each) for name, each in cast("dict[str, object]", value).items()}
    return value


def refusal(kind: DocumentClass, body: object) -> set[str]:
    """Of what kinds the problems are that the model finds in the body."""
    try:
        payload = kind.model_validate(body, by_alias=True, by_name=False)
        if isinstance(payload, Payload):
            payload.check()
    except ValidationError as error:
        return {problem["type"] for problem in error.errors()}
    return set()


def test_wrong_documents_do_not_fit_where_a_schema_can_say_so(record_property: Callable[[str, object], None]) -> None:
    counts: Counter[str] = Counter()
    differ: list[str] = []
    for path in sorted((TESTS / "data" / "wrong").rglob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            case: dict[str, Any] = json.loads(line)
            raw: dict[str, Any] = case.get("raw") or {}
            kind = kind_of(raw, case["call"]) if isinstance(raw.get("body"), dict) else None
            if kind is None:
                continue
            body = filled(raw["body"])
            by_model, by_schema = refusal(kind, body), problems(kind, body)
            counts["wrong bodies"] += 1
            counts["refused by their schema"] += bool(by_schema)
            if (by_model - UNSAYABLE and not by_schema) or (by_schema and not by_model):
                differ.append(f"{path.name}:{number}: {case['why']}: {by_model} {by_schema}")
    for name, count in counts.items():
        record_property(name, count)
    assert differ == []
    assert counts["refused by their schema"] > 500


def test_schemas_that_refer_to_each_other_are_whole() -> None:
    found = components([document_classes()["TaskList"], document_classes()["TransferData"]], "#/parts/{model}")
    assert {"TaskList", "Task", "TransferData", "TransferItem", "FilterRule"} <= found.keys()
    references = {text["$ref"] for text in objects(found) if "$ref" in text}
    assert references
    assert {reference.removeprefix("#/parts/") for reference in references} <= found.keys()


def test_names_on_the_wire_are_those_that_the_documents_give() -> None:
    """A received document takes any DATA_TYPE; which it has, its field says, in text for people."""
    for name, kinds in wire_names().items():
        for kind in kinds:
            told = schema(kind)["properties"]["DATA_TYPE"]["description"]
            assert f"`{name}`" in told or kind.__name__.startswith("Managed"), (kind, name)
