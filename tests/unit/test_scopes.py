"""Scopes: what is read, what is printed, and what is refused with its place."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globus_typed import CollectionScopes, GlobusUsageError, ResourceServers, Scope, TransferScopes, registry
from globus_typed.auth.login_arguments import requested_scopes_text
from globus_typed.core.service import Service
from globus_typed.scopes import scopes_to_text

COLLECTION = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"
names = st.text("abc:/._-0", min_size=1, max_size=6)
scopes = st.recursive(
    st.builds(Scope, names, st.booleans()),
    lambda inner: st.builds(Scope, names, st.booleans(), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


@given(st.lists(scopes, max_size=4))
def test_what_is_printed_is_read_as_the_same(given: list[Scope]) -> None:
    assert Scope.parse_all(" ".join(map(str, given))) == given


@pytest.mark.parametrize("service", [service for service in registry.services() if service.resource_server])
def test_the_scopes_of_a_service_name_its_resource_server(service: Service) -> None:
    module: Any = registry.part(service.name, "scopes")
    scopes: Any
    (scopes,) = (value for name in module.__all__ if isinstance(value := getattr(module, name), type))
    assert scopes.resource_server == service.resource_server
    assert scopes.resource_server in vars(ResourceServers).values()


def test_the_scopes_of_a_collection_name_it_as_their_resource_server() -> None:
    assert CollectionScopes(COLLECTION.upper()).resource_server == COLLECTION


def test_a_collection_whose_data_is_asked_for() -> None:
    scope = Scope(TransferScopes.all).with_dependency(Scope(CollectionScopes(COLLECTION).data_access, optional=True))
    text = f"{TransferScopes.all}[*https://auth.globus.org/scopes/{COLLECTION}/data_access]"
    assert str(scope) == text
    assert Scope.parse(text) == scope
    assert pickle.loads(pickle.dumps(scope)) == scope
    assert copy.deepcopy(scope) == scope
    assert hash(scope) == hash(Scope.parse(text))


def test_dependencies_are_added_to_a_copy() -> None:
    scope = Scope("a")
    assert str(scope.with_dependencies(["b[c]", Scope("d")]).with_optional(True)) == "*a[b[c] d]"
    assert str(scope) == "a"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a  b", ["a", "b"]),
        ("a[ b ]", ["a[b]"]),
        ("a[b*c]", ["a[b *c]"]),
        ("a[b[c *d] e] f", ["a[b[c *d] e]", "f"]),
        ("", []),
        ("a[" * 3000 + "b" + "]" * 3000, ["a[" * 3000 + "b" + "]" * 3000]),
    ],
)
def test_texts_are_read(text: str, read: list[str]) -> None:
    assert [str(scope) for scope in Scope.parse_all(text)] == read


@pytest.mark.parametrize(
    ("text", "place"),
    [("a [b]", 3), ("a[b][c]", 4), ("a[]", 3), ("[a]", 1), ("a]", 2), ("* a", 1), ("a[b]c", 4), ("**a", 1), ("*", 1)],
)
def test_a_wrong_text_is_refused_with_its_place(text: str, place: int) -> None:
    with pytest.raises(ValueError, match=f"character {place} "):
        Scope.parse_all(text)


def test_a_bracket_that_stays_open_is_refused() -> None:
    with pytest.raises(ValueError, match="open"):
        Scope.parse("a[b")


@pytest.mark.parametrize("text", ["", "a b", "a b[c]"])
def test_one_scope_is_one(text: str) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Scope.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a[b]", "*a", "a\n", None, 3])
def test_the_name_of_a_scope_is_one_word(name: Any) -> None:
    with pytest.raises(ValueError, match="scope_string"):
        Scope(name)


def test_a_collection_is_named_by_its_id() -> None:
    assert CollectionScopes(COLLECTION.upper()).https == f"https://auth.globus.org/scopes/{COLLECTION}/https"
    with pytest.raises(ValueError, match="collection_id: must be a UUID"):
        CollectionScopes("x")


def test_scopes_are_taken_as_values_and_as_texts_together() -> None:
    assert scopes_to_text([Scope("a", dependencies=(Scope("b"),)), "c  d[ e]"]) == "a[b] c d[e]"
    assert scopes_to_text(Scope("a")) == "a"
    with pytest.raises(GlobusUsageError, match="requested_scopes: character 3"):
        requested_scopes_text(["a []"])
