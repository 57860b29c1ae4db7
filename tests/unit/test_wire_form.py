"""The wire form of payloads is pydantic's own: what `model_dump_json()` gives is sent, and is taken back."""

import json
import re
import runpy
import subprocess
import sys
from functools import cache
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, Literal, cast

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.auth.documents.policy import PolicyCreate
from globus_typed.core.documents import Document
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.core.request import Request
from globus_typed.core.wire import encode
from globus_typed.errors import GlobusUsageError
from globus_typed.schema.catalogue import document_classes
from globus_typed.transfer.documents.endpoint import Endpoint
from globus_typed.transfer.documents.submission import DeleteData, TransferData
from globus_typed.transfer.documents.tunnel import TunnelCreate

TESTS = Path(__file__).parents[1]
A, B = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001", "7a1d3c52-0b6e-4f19-9c44-3e8a51d20002"
PAYLOADS = {
    TESTS / "data" / service / f"{name}.json": cast("type[Payload]", kind)
    for service in ("auth", "transfer")
    for name, kind in runpy.run_path(str(TESTS / "unit" / service / "test_payloads.py"))["PAYLOADS"].items()
}
MODES: tuple[Literal["validation", "serialization"], ...] = ("validation", "serialization")


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_the_form_that_is_sent_is_dumped_and_taken_back(path: Path) -> None:
    kind = PAYLOADS[path]
    document: Any = from_json(path.read_bytes())
    payload = kind.model_validate(document)
    dumped = payload.model_dump_json()
    assert from_json(dumped) == document == payload.model_dump(mode="json")
    assert payload.to_wire() == dumped.encode()
    assert kind.model_validate_json(dumped) == payload == kind.model_validate(payload.model_dump())
    for mode in MODES:
        checker: Any = Draft202012Validator(kind.model_json_schema(mode=mode))
        assert [error.message for error in checker.iter_errors(document)] == []


def test_a_builder_is_sent_as_it_is_dumped() -> None:
    data = TransferData(A, B, label="x", verify_checksum=None)
    data.add_item('/a"b', "/c", recursive=True)
    assert data.model_dump_json().encode() == b"".join(data.body().parts) == data.to_wire()
    assert "verify_checksum" not in data.model_dump()
    assert TransferData.model_validate_json(data.model_dump_json()).items == data.items


def test_a_request_carries_what_is_dumped() -> None:
    policy = PolicyCreate(project_id=A, display_name="n", description="d")
    request = Request("POST", ("v2", "api", "policies"), Document, json=policy)
    sent = encode(request, "https://auth.example", {}, None, 5)
    assert sent.read().decode() == policy.model_dump_json()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20), max_size=5),
    st.none() | st.sampled_from([0, 1, 2, 3, "exists", "checksum"]),
    st.booleans(),
)
def test_any_builder_comes_back(names: list[str], level: Any, verify: bool) -> None:
    data = TransferData(A, B, sync_level=level, verify_checksum=verify)
    for name in names:
        if not {"\0", ".."} & {name, *name} and ".." not in name.split("/"):
            data.add_item(f"/{name}", f"/to/{name}")
    assert TransferData.model_validate_json(data.model_dump_json()) == data
    assert data.model_dump_json().encode() == data.to_wire()


UPDATES = sorted(
    {kind for kind in PAYLOADS.values() if issubclass(kind, UpdatePayload)}, key=lambda kind: kind.__name__
)


@pytest.mark.parametrize("kind", UPDATES)
def test_nulls_are_dumped_where_they_clear_and_nowhere_else(kind: type[UpdatePayload]) -> None:
    for name, info in kind.model_fields.items():
        if info.default is MISSING and name != "type":
            assert f'"{info.alias}"' not in kind.model_construct().model_dump_json()


@pytest.mark.parametrize("kind", document_classes().values(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("mode", MODES)
def test_both_modes_of_a_schema_tell_what_fields_mean(mode: Literal["validation", "serialization"], kind: Any) -> None:
    schema = kind.model_json_schema(mode=mode)
    definitions: list[dict[str, Any]] = [schema, *schema.get("$defs", {}).values()]
    text = json.dumps(schema)
    assert "``" not in text
    for each in definitions:
        if not hasattr(kind, "envelope") and not hasattr(kind, "related"):
            for name, member in each.get("properties", {}).items():
                assert "description" in member or name == "data", name


# FastAPI gives the one body of a route an alias, of which pydantic warns for any model that is built on first use.
@pytest.mark.filterwarnings("ignore::pydantic.warnings.UnsupportedFieldAttributeWarning")
def test_fastapi_documents_what_an_app_takes_and_returns() -> None:
    app = FastAPI()

    @app.post("/policies")
    def policies(policy: PolicyCreate) -> Endpoint:  # pyright: ignore[reportUnusedFunction]  # a route
        raise NotImplementedError

    @app.post("/tunnels")
    def tunnels(tunnel: TunnelCreate) -> TransferData:  # pyright: ignore[reportUnusedFunction]  # a route
        raise NotImplementedError

    found = app.openapi()["components"]["schemas"]
    policy = found["PolicyCreate"]["properties"]["policy"]
    assert policy["properties"]["display_name"]["description"] == "The name."
    assert policy["allOf"][0]["then"]["required"] == ["high_assurance"]
    assert found["Endpoint"]["properties"]["_rank"]["description"].startswith("The relevance in a full-text search")
    assert "listener" in found["TunnelCreate"]["properties"]["data"]["properties"]["relationships"]["properties"]
    assert found["TransferData"]["properties"]["DATA"]["description"].startswith("The items to copy")


KINDS = [kind for kind in document_classes().values() if issubclass(kind, Payload)]


@cache
def signatures_before_first_use() -> dict[str, str]:
    """As a process shows them that has not used the classes yet."""
    program = (
        "import json, inspect\n"
        "from globus_typed.core.payloads import Payload\n"
        "from globus_typed.schema.catalogue import document_classes\n"
        "print(json.dumps({name: str(inspect.signature(kind)) for name, kind in document_classes().items()"
        " if issubclass(kind, Payload) and not kind.__pydantic_complete__}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return cast("dict[str, str]", json.loads(done.stdout))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_signature_is_the_same_before_and_after_first_use(kind: type[Payload]) -> None:
    kind.model_rebuild()
    parameters = signature(kind).parameters
    before = signatures_before_first_use()[kind.__name__]
    assert re.sub(" at 0x[0-9a-f]+", "", str(signature(kind))) == re.sub(" at 0x[0-9a-f]+", "", before)
    assert set(kind.model_fields) - {"data_type"} <= parameters.keys()
    assert not {"DATA", "DATA_TYPE"} & parameters.keys()


@pytest.mark.parametrize(("kind", "first"), [(TransferData, "client_or_source"), (DeleteData, "client_or_endpoint")])
def test_builders_show_what_they_take(kind: type[Payload], first: str) -> None:
    parameters = list(signature(kind).parameters.values())
    assert (parameters[0].name, parameters[0].kind) == (first, Parameter.POSITIONAL_ONLY)
    assert next(each.name for each in parameters if each.kind is Parameter.POSITIONAL_OR_KEYWORD) == "label"


def test_an_unknown_name_is_refused_with_the_one_that_was_meant() -> None:
    fields: dict[str, Any] = {"verify_cheksum": True}
    with pytest.raises(ValidationError, match=r'verify_cheksum\n.*did you mean "verify_checksum"\?'):
        TransferData(A, B, **fields)
    with pytest.raises(ValidationError, match=r'did you mean "recursive"\?'):
        DeleteData.of({"endpoint": A, "recursiv": True})
    with pytest.raises(ValidationError, match=r"news\n  Extra inputs are not permitted \["):
        DeleteData.of({"endpoint": A, "news": True})


def test_a_third_id_needs_a_client_first() -> None:
    with pytest.raises(GlobusUsageError, match="got 3"):
        TransferData(A, B, A)
    with pytest.raises(GlobusUsageError, match="got 2"):
        DeleteData(A, B)


class Nightly(TransferData):
    """A builder with a constructor of its own."""

    def __init__(self, day: int) -> None:
        super().__init__(A, B, label=f"day {day}")
        self.add_item(f"/day{day}", "/to")
        self.add_item(f"/day{day}b", "/to2")


def test_a_subclass_with_its_own_constructor_is_a_builder_like_any() -> None:
    data = Nightly(3)
    assert TransferData.to_submit(data) is data is data.check()
    assert [(type(batch), len(batch.items)) for batch in data.batches(max_items=1)] == [(Nightly, 1), (Nightly, 1)]
    assert Nightly.model_validate_json(data.model_dump_json()) == data
    assert str(signature(Nightly)) == "(day: int) -> None"


def test_a_notebook_completes_the_first_parameters() -> None:
    import jedi  # type: ignore[import-untyped]  # has no stubs

    # From source alone, jedi takes any pydantic model for its fields, and an `__init__` of its own for nothing.
    notebook: Any = jedi.Interpreter("TransferData(", [{"TransferData": TransferData}])
    (found,) = notebook.get_signatures()
    names = ["client_or_source", "source_or_destination", "destination", "label", "submission_id", "sync_level"]
    assert [each.name for each in found.params[:6]] == names


def test_a_type_checker_names_the_argument_that_is_wrong(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from globus_typed import TransferData\n"
        f'TransferData("{A}", "{B}", sync_level="cheksum")\n'
        f'TransferData("{A}", "{B}", verify_cheksum=True)\n'
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--hide-error-context", "--no-error-summary", str(program)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path).stdout.splitlines()
    errors = [line for line in told if "error:" in line]
    assert len(errors) == 2
    assert 'Argument "sync_level" to "TransferData"' in errors[0]
    assert 'did you mean "verify_checksum"?' in errors[1]
