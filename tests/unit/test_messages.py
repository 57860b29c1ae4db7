"""Messages about wrong documents: each suggests what was meant, says its place once, and has no link."""

import contextlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import from_json, to_json

import globus_typed
from globus_typed import DeleteData, TransferData
from globus_typed.auth import Identities, IdentityProviders
from globus_typed.auth.documents.token import DependentTokenResponse
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.payloads import Payload
from globus_typed.core.request import Request
from globus_typed.core.wire import decode
from globus_typed.errors import GlobusUsageError, ResponseShapeError
from globus_typed.schema.catalogue import DocumentClass, document_classes
from globus_typed.transfer.documents import AccessRuleCreate, EndpointUpdate, FileList, Task

A, B = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001", "7a1d3c52-0b6e-4f19-9c44-3e8a51d20002"
CLASSES = document_classes()
PAYLOADS = {name: each for name, each in CLASSES.items() if issubclass(each, Payload)}
DOCUMENTS = {name: each for name, each in CLASSES.items() if issubclass(each, Document)}


def misspelt(document: type[Payload]) -> str:
    longest = max(document.model_fields, key=len, default="member")
    return longest[:-2] + longest[-1]


def refusals(document: DocumentClass) -> Iterator[ValidationError | ResponseShapeError]:
    """What each way to fill a document says of members that no document has."""
    names = {each for name, info in document.model_fields.items() for each in (name, info.alias) if each}
    wrong: dict[str, Any] = {name: {"neither": [1.5]} for name in names}
    if issubclass(document, Payload):
        wrong[misspelt(document)] = "x"
    ways: list[Callable[[], object]] = [
        lambda: document.model_validate(wrong),
        lambda: document.model_validate_json(to_json(wrong)),
        lambda: document.model_validate_strings({"no": {"member": "x"}} if document.model_fields else {}),
        lambda: document(**wrong),
    ]
    if issubclass(document, Payload):
        ways.append(lambda: document.of(wrong))
    else:
        ways.append(lambda: document.from_body(to_json(wrong)))
        ways.append(lambda: document.from_body(b"[3]"))
    for way in ways:
        with contextlib.suppress(GlobusUsageError):  # of a constructor with parameters of its own
            error = refusal(way)
            if error is not None:
                yield error


def refusal(way: Callable[[], object]) -> ValidationError | ResponseShapeError | None:
    try:
        way()
    except (ValidationError, ResponseShapeError) as error:
        return error
    return None


def is_plain(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if "pydantic.dev" in str(seen):
            return False
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return True


@pytest.mark.parametrize("name", CLASSES)
def test_no_message_has_a_link_or_tells_a_place_twice(name: str) -> None:
    found = list(refusals(CLASSES[name]))
    assert found
    for error in found:
        assert is_plain(error)
        assert isinstance(error, ValidationError)
        for problem in error.errors():
            assert "url" not in problem
            place = ".".join(map(str, problem["loc"]))
            assert not place or not problem["msg"].startswith((place, f"{problem['loc'][0]}["))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_error_of_a_response_has_a_link(name: str) -> None:
    document = DOCUMENTS[name]
    http = HTTPInfo("GET", "https://example.org/", 200, {}, b'"no object"')
    error = refusal(lambda: decode(Request("GET", "/", document), http, globus_typed.TransferAPIError))
    if document is globus_typed.Response:
        assert error is None
    else:
        assert isinstance(error, ResponseShapeError)
        assert is_plain(error)
        assert document.__name__ in str(error)


@pytest.mark.parametrize("name", [name for name, each in PAYLOADS.items() if each.model_fields])
def test_a_misspelt_field_is_told_with_the_one_that_was_meant(name: str) -> None:
    document = PAYLOADS[name]
    meant, given = max(document.model_fields, key=len), misspelt(document)
    ways: list[Callable[[], object]] = [
        lambda: document.model_validate({given: None}),
        lambda: document.model_validate_json(to_json({given: None})),
        lambda: document.of({given: None}),
        lambda: document(**{given: None}),
    ]
    for way in ways:
        with pytest.raises(ValidationError) as caught:
            way()
        (message,) = [each["msg"] for each in caught.value.errors() if each["type"] == "extra_forbidden"]
        assert message == f'Extra inputs are not permitted; did you mean "{meant}"?'
    if document.model_config.get("frozen"):
        return
    with pytest.raises(ValidationError, match=f'did you mean "{meant}"'):
        setattr(document.model_construct(), given, None)


def test_a_misspelt_field_inside_is_told_too() -> None:
    item = {"DATA_TYPE": "transfer_item", "source_path": "/a", "destination_path": "/b", "recursiv": True}
    rule = {"method": "exclude", "name": "*.tmp", "typ": "file"}
    whole: dict[str, Any] = {"source_endpoint": A, "destination_endpoint": B, "DATA": [item], "filter_rules": [rule]}
    data = TransferData(A, B)
    ways: list[Callable[[], object]] = [
        lambda: TransferData.of(whole),
        lambda: TransferData.model_validate(whole),
        lambda: TransferData.model_validate_json(to_json(whole)),
    ]
    for way in ways:
        with pytest.raises(ValidationError) as caught:
            way()
        assert [(problem["loc"], problem["msg"].partition("; ")[2]) for problem in caught.value.errors()] == [
            (("filter_rules", 0, "typ"), 'did you mean "type"?'),
            (("items", 0, "recursiv"), 'did you mean "recursive"?'),
        ]
    builder: Any = data
    deletion: Any = DeleteData(A)
    adding: list[tuple[Callable[[], object], str]] = [
        (lambda: builder.add_item("/a", "/b", recursiv=True), "recursive"),
        (lambda: builder.add_items([item]), "recursive"),
        (lambda: builder.add_symlink_item("/a", "/b", data_typ="x"), "data_type"),
        (lambda: builder.add_filter_rule("*.tmp", typ="file"), "type"),
        (lambda: deletion.add_item("/a", pth="/b"), "path"),
    ]
    for add, meant in adding:
        with pytest.raises(ValidationError, match=f'did you mean "{meant}"'):
            add()
    assert not data.items
    assert data.filter_rules is None


def test_a_misspelt_value_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(ValidationError, match='did you mean "identity"'):
        AccessRuleCreate.of({"principal_type": "identty", "principal": A, "path": "/", "permissions": "r"})


def test_assigning_says_what_constructing_says() -> None:
    rule: Any = AccessRuleCreate(principal_type="all_authenticated_users", path="/a/", permissions="r")
    with pytest.raises(ValidationError, match="permissions") as caught:
        rule.permissions = "rx"
    assert is_plain(caught.value)
    assert rule.permissions == "r"
    task: Any = Task(task_id=A)
    changes: list[Callable[[], object]] = [lambda: setattr(task, "label", "x"), lambda: delattr(task, "label")]
    for change in changes:
        with pytest.raises(ValidationError, match="frozen") as caught:
            change()
        assert is_plain(caught.value)


@pytest.mark.parametrize("path", ["a/", "~/a/", "~"])
def test_the_path_of_an_access_rule_begins_with_a_slash_alone(path: str) -> None:
    with pytest.raises(ValidationError) as caught:
        AccessRuleCreate(principal_type="all_authenticated_users", path=path, permissions="r")
    (problem,) = caught.value.errors()
    assert problem["msg"] == f'must start with "/", got "{path}"'


def test_the_signatures_of_models_stay_those_of_pydantic() -> None:
    for document in (Task, EndpointUpdate):
        assert list(inspect.signature(document.model_validate).parameters)[:2] == ["obj", "strict"]
        assert next(iter(inspect.signature(document.model_validate_json).parameters)) == "json_data"


LISTS: dict[type[Document], tuple[str, dict[str, Any]]] = {
    Identities: ("identities", {"id": A, "username": "ada@example.org", "status": "used"}),
    IdentityProviders: ("identity_providers", {"id": A}),
}


@pytest.mark.parametrize(
    "name", [name for name, each in DOCUMENTS.items() if issubclass(each, ListDocument) or each in LISTS]
)
def test_lists_of_documents_are_indexed_sliced_and_counted(name: str) -> None:
    document = DOCUMENTS[name]
    member = LISTS[document][0] if document in LISTS else "items"
    entries = [object(), object(), object()]
    # The entries themselves do not matter here.
    some: Any = document.model_construct({member}, **{member: entries})
    assert (some[0], some[-1], some[1:], len(some)) == (entries[0], entries[2], entries[1:], 3)
    assert [*some] == entries
    assert [*reversed(some)] == entries[::-1]
    with pytest.raises(IndexError):
        some[3]
    assert bool(some)
    assert not document.model_construct({member}, **{member: []})


def test_an_entry_is_a_document_and_a_member_is_what_was_sent() -> None:
    body = b'{"DATA_TYPE": "file_list", "path": "/a/", "DATA": [{"name": "x"}, {"name": "y"}]}'
    files = FileList.from_body(body)
    assert [each.name for each in files[:1]] == ["x"]
    assert files[1] in files
    assert files["DATA"] == from_json(body)["DATA"]
    tokens = DependentTokenResponse.from_body(b'[{"access_token": "a", "resource_server": "b"}]')
    assert [*tokens[:]] == [tokens[0]]
