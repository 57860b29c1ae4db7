"""Whatever a service sends within the types of its documents is read, and is dumped as it came."""

from datetime import datetime, timezone
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic_core import from_json, to_json

from globus_typed.auth.documents.token import DependentTokenResponse
from globus_typed.core.documents import Document
from globus_typed.core.fields import ReceivedId
from globus_typed.core.whole_bodies import ArrayDocument, MappingDocument
from globus_typed.schema.catalogue import document_classes

NO_OBJECTS: set[type[Document]] = {DependentTokenResponse}
"""The documents that are not JSON objects."""
RECEIVED = [each for each in document_classes().values() if issubclass(each, Document) and each not in NO_OBJECTS]
WHOLE: list[type[Document]] = [each for each in RECEIVED if {ArrayDocument, MappingDocument} & {*each.__mro__}]
"""The documents that are a list, or a mapping, and nothing else."""
MODELS = [each for each in RECEIVED if each not in WHOLE]
KNOWN = {
    name for model in MODELS for member, info in model.model_fields.items() for name in (member, info.alias) if name
}

TEXT = st.text(max_size=20)
UNKNOWN_NAMES = TEXT.filter(lambda name: name not in KNOWN)
NUMBERS = st.integers(-(2**70), 2**70)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)).flatmap(
    lambda time: st.sampled_from(
        [
            time.isoformat(),
            time.isoformat(" ", "seconds") + "+00:00",
            time.replace(tzinfo=timezone.utc).isoformat(),
            time.isoformat("T", "milliseconds") + "Z",
            time.date().isoformat(),
        ]
    )
)
PLAIN: dict[object, SearchStrategy[Any]] = {
    NoneType: st.none(),
    str: TEXT,
    int: NUMBERS,
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(-100, 100),
    # A time that cannot be read stays a string.
    datetime: TIMES | TEXT,
    ReceivedId: TEXT | NUMBERS,
    Any: ANYTHING,
}


@cache
def values(annotation: Any) -> SearchStrategy[Any]:
    """Values that the service may send for a member of that type."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return values(arguments[0])
    if origin in (Union, UnionType):
        return st.one_of([values(argument) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        return st.lists(values(arguments[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(values(arguments[0]), values(arguments[1]), max_size=3)
    return documents_of(annotation)


def merged(unknown: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return unknown | known


@cache
def documents_of(model: type[Document]) -> SearchStrategy[dict[str, Any]]:
    """Documents that the service may send as that model: some members are missing, and some are not known."""
    members: dict[bool, dict[str, SearchStrategy[Any]]] = {True: {}, False: {}}
    for name, info in model.model_fields.items():
        kind: Any = ReceivedId if get_args(ReceivedId)[1] in info.metadata else info.annotation
        members[info.is_required()][info.alias or name] = values(kind)
        if name == "data_type":  # the one whose values decide how the rest is read
            members[False][info.alias or name] |= st.sampled_from(["pause_rule", "pause_rule_limited"])
    return st.builds(
        merged,
        st.dictionaries(UNKNOWN_NAMES, ANYTHING, max_size=2),
        st.fixed_dictionaries(members[True], optional=members[False]),
    )


def test_there_is_a_model_for_every_document() -> None:
    assert len(MODELS) > 80


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data())
def test_whatever_comes_is_read_and_comes_out_as_it_went_in(model: type[Document], data: st.DataObject) -> None:
    sent = data.draw(documents_of(model))
    document = model.from_body(to_json(sent))
    assert from_json(document.model_dump_json(exclude_unset=True)) == document.data == sent
    assert {name: document[name] for name in sent} == sent
    assert all(name in document for name in sent)
    for name in model.model_fields:
        getattr(document, name)
    assert repr(document).startswith(model.__name__)


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data())
def test_what_is_equal_has_one_hash_and_a_repr_of_some_lines(model: type[Document], data: st.DataObject) -> None:
    sent = to_json(data.draw(documents_of(model)))
    one, other = model.from_body(sent), model.from_body(sent)
    assert one == other
    assert hash(one) == hash(other)
    assert len(repr(one)) < 3000


@cache
def whole_bodies_of(model: type[Document]) -> SearchStrategy[Any]:
    """Lists or mappings of documents that the service may send as that model."""
    parents = (each.__pydantic_generic_metadata__ for each in model.__mro__ if issubclass(each, Document))
    entry = values(next(argument for parent in parents for argument in parent["args"]))
    if issubclass(model, ArrayDocument):
        return st.lists(entry, max_size=3)
    return st.dictionaries(TEXT.filter(lambda name: name not in KNOWN), entry, max_size=3)


def test_some_documents_are_a_list_or_a_mapping() -> None:
    assert {each.__name__ for each in WHOLE} >= {"GroupList", "GroupStatuses"}


@pytest.mark.parametrize("model", WHOLE)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data())
def test_a_list_or_a_mapping_is_read_and_comes_out_as_it_went_in(model: type[Document], data: st.DataObject) -> None:
    sent = data.draw(whole_bodies_of(model))
    document, again = model.from_body(to_json(sent)), model.from_body(to_json(sent))
    assert from_json(document.model_dump_json(exclude_unset=True)) == document.data == sent
    assert model.model_validate(sent) == document == again
    assert hash(document) == hash(again)
    assert repr(document).startswith(model.__name__)
    assert bool(document) == (bool(sent) or isinstance(sent, dict))
    entries: Any = document
    if issubclass(model, ArrayDocument):
        assert [entry.data for entry in entries] == sent
    else:
        assert [*entries] == [*entries.keys()] == [*sent]
        assert {name: entries[name].data for name in entries} == sent
