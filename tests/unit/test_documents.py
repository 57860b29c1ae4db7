"""What every document does: reads by both names, keeps what is new, tells how it came, stays as it is."""

import copy
import pickle
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import Field, ValidationError

from globus_typed import MISSING, Document, HTTPInfo, ListDocument, Payload, Response
from globus_typed.auth import JSONWebKeySet
from globus_typed.core.documents import Entries, attach
from globus_typed.core.fields import Identifier, SecretText, Timestamp
from globus_typed.core.http_info import Secret
from globus_typed.core.payloads import UpdatePayload
from globus_typed.schema.catalogue import document_classes


class Leaf(Document, frozen=True):
    name: str
    data_type: str | None = None
    rank: float | None = Field(default=None, alias="_rank")
    changed: Timestamp | None = None
    next: "Leaf | None" = None


class Leaves(ListDocument[Leaf], frozen=True):
    total: int | None = None


class Order(Payload):
    data_type: str = "order"
    name: str
    collection: Identifier | None = None
    count: int | None = None


class OrderUpdate(UpdatePayload):
    name: str | None | MISSING = MISSING
    count: int | MISSING = MISSING


HTTP = HTTPInfo("GET", "https://x.example/leaf?a=b", 200, {"Content-Type": "application/json"}, b'{"name": "a"}', "r1")
SENT = {"DATA_TYPE": "leaf", "name": "a", "_rank": 0.5, "next": {"name": "b", "new": [1]}, "later": {"x": None}}


def leaf(**more: Any) -> Leaf:
    return Leaf.model_validate({**SENT, **more})


def test_attributes_go_by_python_names_and_items_by_those_of_the_wire() -> None:
    doc = leaf()
    assert (doc.data_type, doc.rank) == (doc["DATA_TYPE"], doc["_rank"]) == ("leaf", 0.5)
    assert doc.next is not None
    assert doc.next.name == "b"
    assert doc["next"] == {"name": "b", "new": [1]}
    assert doc.data == SENT


def test_what_is_new_is_kept_and_what_was_not_sent_is_not_there() -> None:
    doc = leaf()
    assert doc["later"] == doc.get("later") == {"x": None}
    assert "later" in doc
    assert "changed" not in doc
    assert 7 not in doc
    assert doc.get("changed", "never") == "never"
    assert doc.get("typo") is None
    for missing in ("changed", "typo"):
        with pytest.raises(KeyError, match=missing):
            doc[missing]
    with pytest.raises(AttributeError, match="typo"):
        getattr(doc, "typo")  # noqa: B009  # a type checker would find it


def test_a_new_member_may_have_the_name_of_a_method() -> None:
    doc = leaf(get=1, http=2, data=3)
    assert (doc["get"], doc["http"], doc["data"]) == (1, 2, 3)
    assert doc.get("get") == 1
    assert doc.http is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025-03-04T12:00:00+00:00", (12, 0, 0)),
        ("2025-03-04 12:00:00+00:00", (12, 0, 0)),
        ("2025-03-04T12:00:00.123456+00:00", (12, 0, 0, 123456)),
        ("2025-03-04T12:00:00.123456", (12, 0, 0, 123456)),
        ("2025-03-04T12:00:00Z", (12, 0, 0)),
        ("2025-03-04T12:00:00.5Z", (12, 0, 0, 500000)),
        ("2025-03-04T12:00:00.123456789Z", (12, 0, 0, 123456)),
        ("2025-03-04T14:00:00+02:00", (12, 0, 0)),
        ("2025-03-04", (0, 0, 0)),
    ],
)
def test_a_time_is_aware_in_every_shape_and_stays_the_text_it_was(text: str, time: tuple[int, ...]) -> None:
    doc = leaf(changed=text)
    assert doc.changed == datetime(2025, 3, 4, *time, tzinfo=timezone.utc)  # type: ignore[misc, arg-type]  # the rest of a time
    assert doc["changed"] == doc.data["changed"] == text
    assert copy.deepcopy(doc).changed == pickle.loads(pickle.dumps(doc)).changed == doc.changed


def test_a_time_keeps_the_zone_that_was_sent() -> None:
    time = leaf(changed="2025-03-04T14:00:00+05:30").changed
    assert time is not None
    assert time.utcoffset() == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("text", ["soon", "", "2025-13-45T00:00:00Z", "1741089600", "2025-03-04T25:00:00Z"])
def test_a_text_that_is_no_time_does_not_fail_the_document(text: str) -> None:
    doc = leaf(changed=text)
    assert doc.changed is None
    assert doc["changed"] == text
    assert doc.name == "a"


def test_how_a_document_came_is_no_part_of_it() -> None:
    doc = attach(leaf(), HTTP)
    assert doc == leaf()
    assert doc.http is HTTP
    assert (doc.http_status, doc.content_type, doc.text) == (200, "application/json", '{"name": "a"}')
    assert doc.model_dump() == leaf().model_dump()
    assert "http" not in repr(doc)
    assert "_http" not in str(Leaf.model_json_schema())
    assert (leaf().http_status, leaf().content_type, leaf().text) == (None, None, None)


def _pickled(doc: Leaf) -> Leaf:
    clone: Leaf = pickle.loads(pickle.dumps(doc))
    return clone


@pytest.mark.parametrize("number", [1741088405, 1741088405.5, -1])
def test_a_number_that_is_sent_for_a_time_does_not_fail_the_document(number: float) -> None:
    doc = Leaf.from_body(b'{"name": "a", "changed": %s}' % str(number).encode())
    assert doc.changed is None
    assert doc["changed"] == number
    assert doc.data == {"name": "a", "changed": number}


def test_a_copy_may_be_given_another_time() -> None:
    time = datetime(2025, 3, 4, tzinfo=timezone.utc)
    copied = leaf(changed="2024-01-01T00:00:00Z").model_copy(update={"changed": time})
    assert copied.changed == time


@pytest.mark.parametrize("clone", [copy.copy, copy.deepcopy, _pickled, Leaf.model_copy])
def test_a_clone_is_equal_and_tells_how_it_came(clone: Callable[[Leaf], Leaf]) -> None:
    doc = attach(leaf(changed="2025-03-04"), HTTP)
    assert clone(doc) == doc
    assert clone(doc).http == HTTP
    assert clone(doc)["later"] == {"x": None}
    assert clone(leaf()).http is None


@pytest.mark.parametrize("name", ["name", "changed", "later", "brand_new"])
def test_a_received_document_cannot_be_changed(name: str) -> None:
    doc = leaf(changed="2025-03-04")
    with pytest.raises(ValidationError, match="frozen"):
        setattr(doc, name, None)
    assert doc == leaf(changed="2025-03-04")


def test_a_list_is_iterated_and_indexed_and_has_members_of_its_own() -> None:
    page = Leaves.from_body(b'{"DATA": [{"name": "a"}, {"name": "b"}], "total": 2, "length": 2}')
    assert [each.name for each in page] == ["a", "b"]
    assert page.items[1].name == "b"
    assert len(page) == 2
    assert page["DATA"] == [{"name": "a"}, {"name": "b"}]
    assert (page.total, page["length"]) == (2, 2)
    assert not list(Leaves.from_body(b'{"DATA": []}'))


def test_a_document_makes_a_dict_of_what_was_sent() -> None:
    doc = leaf(changed="2025-03-04", keys=[1])
    sent = {**SENT, "changed": "2025-03-04", "keys": [1]}
    assert {**doc} == dict(doc) == sent
    assert set(doc.keys()) == set(sent)
    assert dict(doc, name="b")["name"] == "b"
    assert response(b'{"data": 1, "x": [2]}').keys() == {"data", "x"}
    with pytest.raises(TypeError, match="no JSON object"):
        dict(response(b"[1]"))


RECEIVED = [kind for kind in document_classes().values() if issubclass(kind, Document)]
LISTS: list[type[Entries[Any]]] = [kind for kind in RECEIVED if issubclass(kind, Entries)]


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_a_list_of_documents_is_no_dict_and_false_when_it_is_empty(kind: type[Entries[Any]]) -> None:
    (name,) = (name for name, field in kind.model_fields.items() if field.is_required())
    empty = kind.model_validate({name: [], "newer": 1})
    assert not empty
    assert (list(empty), len(empty), empty[:]) == ([], 0, [])
    untyped: Any = empty
    with pytest.raises(TypeError, match=r"not a mapping|not callable"):
        untyped = {**untyped}


def test_every_other_document_is_true_and_has_keys() -> None:
    assert leaf()
    assert Leaf.model_construct()
    assert response(b"[]")
    others = [kind for kind in RECEIVED if not issubclass(kind, Entries)]
    assert len(others) > 60
    for kind in others:
        assert kind.model_construct()
        assert {**kind.model_construct()} == {}


def test_a_member_called_keys_is_what_was_sent() -> None:
    published = JSONWebKeySet.model_validate({"keys": [{"kty": "RSA"}]})
    assert [key.kty for key in published] == [key.kty for key in published.keys] == ["RSA"]
    assert published["keys"] == [{"kty": "RSA"}]
    page = Leaves.from_body(b'{"DATA": [], "keys": 3}')
    assert page["keys"] == page.keys == 3


@pytest.mark.parametrize("body", [b"{}", b'{"DATA": null}', b'{"DATA": [{}]}', b"[]", b"", b"<html>"])
def test_a_body_of_another_shape_is_no_document(body: bytes) -> None:
    with pytest.raises(ValidationError):
        Leaves.from_body(body)


def response(body: bytes) -> Response:
    return attach(Response.from_body(body), HTTPInfo("GET", "https://x.example/", 200, {}, body))


def test_a_route_without_a_document_gives_the_json_object() -> None:
    answer = response(b'{"data": 1, "name": "a", "DATA": [{"x": 2}]}')
    assert answer["name"] == answer.get("name") == "a"
    assert answer["data"] == 1
    assert answer.data == {"data": 1, "name": "a", "DATA": [{"x": 2}]}
    with pytest.raises(KeyError, match="typo"):
        answer["typo"]
    assert response(b"{}").data == {}


@pytest.mark.parametrize(
    ("body", "data"), [(b"[1]", [1]), (b'"a"', "a"), (b"null", None), (b"", None), (b"<html>", None), (b"\xff", None)]
)
def test_a_body_that_is_no_object_is_data_or_text(body: bytes, data: object) -> None:
    answer = response(body)
    assert answer.data == data
    assert answer.text == body.decode(errors="replace")
    with pytest.raises(TypeError, match=r"no JSON object.*'name'"):
        answer["name"]


def test_a_secret_shows_itself_nowhere_but_is_the_text() -> None:
    class Holder(Document, frozen=True):
        token: SecretText
        tokens: list[SecretText] = []

    doc = Holder.model_validate({"token": "hush", "tokens": ["hush"]})
    assert doc.token == "hush"
    assert doc["token"] == doc.data["token"] == "hush"
    assert doc.model_dump_json() == '{"token":"hush","tokens":["hush"]}'
    for shown in (repr(doc), str(doc), f"{doc!r}", repr({"x": Secret("hush")})):
        assert "hush" not in shown
        assert "<redacted>" in shown


def test_the_repr_of_how_a_document_came_shows_neither_headers_nor_body() -> None:
    http = HTTPInfo("GET", "https://x.example/", 200, {"Set-Cookie": "hush"}, b"hush")
    assert "hush" not in repr(http)


def test_a_payload_sends_wire_names_and_leaves_out_what_is_not_given() -> None:
    assert Order(name="a").to_wire() == b'{"DATA_TYPE":"order","name":"a"}'
    assert Order(name="a", count=0).to_wire() == b'{"DATA_TYPE":"order","name":"a","count":0}'
    assert Order.model_validate({"DATA_TYPE": "order", "name": "a"}) == Order(name="a")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"name": "a", "nmae": "b"}, "nmae"),
        ({"name": 7}, "name"),
        ({"name": "a", "count": "7"}, "count"),
        ({"name": "a", "count": True}, "count"),
        ({"name": "a", "collection": "x"}, "collection"),
        ({}, "name"),
    ],
)
def test_a_wrong_payload_is_refused_by_field_and_a_wrong_mapping_just_the_same(
    fields: dict[str, Any], place: str
) -> None:
    before = dict(fields)
    ways: tuple[Callable[[], Order], ...] = (lambda: Order(**fields), lambda: Order.of(fields))
    for make in ways:
        with pytest.raises(ValidationError) as caught:
            make()
        assert [problem["loc"] for problem in caught.value.errors()] == [(place,)]
    assert fields == before


def test_a_payload_is_checked_when_it_is_changed_and_stays_as_it_was_if_refused() -> None:
    order = Order(name="a")
    order.count = 2
    with pytest.raises(ValidationError, match="count"):
        order.count = "many"  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]  # what is refused
    with pytest.raises(ValidationError, match="cuont"):
        order.cuont = 3  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # what is refused
    assert order == Order(name="a", count=2)


def test_an_update_tells_leaving_alone_from_clearing() -> None:
    assert OrderUpdate().to_wire() == b"{}"
    assert OrderUpdate(name=None).to_wire() == b'{"name":null}'
    assert OrderUpdate(name="a", count=0).to_wire() == b'{"name":"a","count":0}'
    with pytest.raises(ValidationError, match="count"):
        OrderUpdate(count=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # what cannot be cleared
