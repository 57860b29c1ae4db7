"""Scopes: what is read, what is printed, and what is refused with its place."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globus_typed import (
    CollectionScopes,
    GlobusError,
    GlobusUsageError,
    ResourceServers,
    Scope,
    ScopeCycleError,
    ScopeParseError,
    ScopeParser,
    TransferScopes,
    registry,
)
from globus_typed.auth.login_arguments import requested_scopes_text
from globus_typed.core.service import Service
from globus_typed.scopes import (
    AuthScopes,
    DynamicScopeCollection,
    FlowsScopes,
    GCSCollectionScopes,
    GCSEndpointScopes,
    NexusScopes,
    ScopeCollection,
    ScopeString,
    SpecificFlowScopes,
    StaticScopeCollection,
    scopes_to_text,
)

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
    given = [value for name in module.__all__ if isinstance(value := getattr(module, name), StaticScopeCollection)]
    scopes = given[0]
    assert scopes.resource_server == service.resource_server
    assert len(given) == 1 + (service.name == "groups")  # which had a forerunner
    assert [*scopes]
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
        ("a\n  b[c\nd]\n", ["a", "b[c d]"]),
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
    [
        *(
            ("a [b]", 3),
            ("a[b][c]", 4),
            ("a[]", 3),
            ("[a]", 1),
            ("a]", 2),
            ("* a", 1),
            ("a[b]c", 4),
            ("**a", 1),
            ("*", 1),
        ),
        *(("a\tb", 2), ("a[b\u00a0c]", 4), ("a\x00", 2), ("\u00e9", 1), ("a\x7f", 2), ("a b\r\n", 4)),
    ],
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


@pytest.mark.parametrize("name", ["", "a b", "a[b]", "*a", "a\n", "a\tb", "\u00e9", None, 3])
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


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ("a[b]", "a[*c] b", "a[b *c] b"),
        ("a[*b]", "a[b]", "a[b]"),
        ("a[b[c]]", "a[b[d]]", "a[b[c d]]"),
        ("*a", "a", "a"),
        ("*a", "*a", "*a"),
        ("a[c[x] d]", "b a[c[y]]", "a[c[x y] d] b"),
        ("", "", ""),
    ],
)
def test_scopes_of_one_name_are_merged_in_the_order_in_which_they_came(first: str, second: str, merged: str) -> None:
    scopes = ScopeParser.merge_scopes(Scope.parse_all(first), Scope.parse_all(second))
    assert " ".join(map(str, scopes)) == merged
    assert ScopeParser.parse(f"{first} {second}") == scopes


@given(st.lists(scopes, max_size=4))
def test_merging_is_finished_after_once(given: list[Scope]) -> None:
    try:
        once = ScopeParser.merge_scopes(given, [])
    except ScopeCycleError:
        return
    assert ScopeParser.merge_scopes(once, given) == once


@pytest.mark.parametrize("text", ["a[a]", "a[b[a]]", "a[b] a[c[b[c]]]"])
def test_a_scope_that_depends_on_itself_is_refused_with_the_way_back_to_it(text: str) -> None:
    with pytest.raises(ScopeCycleError, match=r"depends on itself: .* > "):
        ScopeParser.parse(text)


def test_no_nesting_is_too_deep() -> None:
    text = "".join(f"s{number}[" for number in range(5000)) + "x" + "]" * 5000
    scope = Scope.parse(text)
    (merged,) = ScopeParser.merge_scopes([scope], ScopeParser.parse(text))
    assert merged == scope
    assert hash(merged) == hash(scope)
    assert repr(scope) == f"Scope.parse({text!r})"
    assert pickle.loads(pickle.dumps(scope)) == copy.deepcopy(scope) == scope
    with pytest.raises(ScopeCycleError):
        ScopeParser.parse(text.replace("x", "s0"))


def test_the_errors_are_those_of_the_package_and_value_errors() -> None:
    for kind in (ScopeParseError, ScopeCycleError):
        assert issubclass(kind, GlobusError)
        assert issubclass(kind, ValueError)
    with pytest.raises(ScopeParseError, match="at least one scope"):
        ScopeParser.serialize([])
    assert ScopeParser.serialize([], reject_empty=False) == ""
    assert ScopeParser.serialize([TransferScopes.all, Scope("a")]) == f"{TransferScopes.all} a"


def test_collections_of_scopes_are_iterated_over() -> None:
    assert [str(scope).rpartition(":")[2] for scope in TransferScopes] == ["all", "gcp_install"]
    assert next(iter(AuthScopes)) == "openid"
    assert all(isinstance(scope, Scope) for scope in FlowsScopes)
    assert (NexusScopes.resource_server, len([*NexusScopes])) == ("nexus.api.globus.org", 1)
    collection, endpoint, flow = (
        GCSCollectionScopes(COLLECTION),
        GCSEndpointScopes(COLLECTION),
        SpecificFlowScopes(COLLECTION),
    )
    assert [*collection] == [collection.data_access, collection.https]
    assert [*endpoint] == [f"urn:globus:auth:scope:{COLLECTION}:manage_collections"] == [endpoint.manage_collections]
    assert flow.user == f"https://auth.globus.org/scopes/{COLLECTION}/flow_{COLLECTION.replace('-', '_')}_user"
    for made in (collection, endpoint, flow):
        assert isinstance(made, DynamicScopeCollection)
        assert made.resource_server == COLLECTION
        assert repr(made) == f"{type(made).__name__}({COLLECTION!r})"
    for wrong in (GCSEndpointScopes, SpecificFlowScopes):
        with pytest.raises(GlobusUsageError, match="must be a UUID"):
            wrong("x")


def test_a_collection_of_one_s_own() -> None:
    class OwnScopes(StaticScopeCollection):
        resource_server = "own"
        one = Scope("one")
        two = ScopeString("two")
        note = "not a scope"

    own: ScopeCollection = OwnScopes()
    assert [str(scope) for scope in own] == ["one", "two"]


def test_a_known_scope_is_a_string_and_a_scope() -> None:
    known = TransferScopes.all
    assert isinstance(known, str)
    assert isinstance(known, Scope)
    assert known == "urn:globus:auth:scope:transfer.api.globus.org:all"
    assert f"{known}" == " ".join([known]) == str(known)
    assert str(known.with_dependency("b").with_optional(True)) == f"*{known}[b]"
    assert str(Scope("a").with_dependency(known)) == f"a[{known}]"
    for other in (pickle.loads(pickle.dumps(known)), copy.copy(known), copy.deepcopy(known)):
        assert (type(other), other) == (ScopeString, known)
    with pytest.raises(ScopeParseError):
        ScopeString("a b")
