"""Consents as trees: what was allowed an app, and what follows from it."""

import copy
import pickle
from pathlib import Path

import pytest

from globus_typed import GlobusError
from globus_typed.auth.documents.consent import (
    ConsentForest,
    ConsentParseError,
    Consents,
    ConsentTree,
    ConsentTreeConstructionError,
)
from globus_typed.gcs.scopes import CollectionScopes
from globus_typed.scopes import Scope
from globus_typed.transfer.scopes import TransferScopes

CONSENTS = Consents.from_body((Path(__file__).parents[2] / "data" / "auth" / "consents.json").read_bytes())
FIRST = CollectionScopes("7a1d3c52-0b6e-4f19-9c44-3e8a51d20001").data_access
SECOND = CollectionScopes("7a1d3c52-0b6e-4f19-9c44-3e8a51d20002").data_access
COUNT = "https://auth.globus.org/scopes/83d2cb14-3d70-4c2e-8b15-90ab12cd0001/submit_count"


def test_trees_are_walked_from_the_top() -> None:
    assert [consent.id for consent in CONSENTS.top_level()] == [90211, 90214]
    first, second = CONSENTS.top_level()
    assert [consent.id for consent in CONSENTS.children(first)] == [90212, 90213]
    (transfer,) = CONSENTS.children(second)
    assert (transfer.scope_name, [consent.id for consent in CONSENTS.children(transfer)]) == (
        TransferScopes.all,
        [90216],
    )
    assert CONSENTS.children(CONSENTS.items[5]) == []
    assert CONSENTS.items[1].last_used is None


@pytest.mark.parametrize(
    ("scopes", "there"),
    [
        (TransferScopes.all, True),
        (Scope(TransferScopes.all), True),
        (Scope(TransferScopes.all).with_dependency(FIRST), True),
        (f"{TransferScopes.all}[{FIRST} *{SECOND}]", True),
        ([TransferScopes.all, COUNT], True),
        (f"{TransferScopes.all} {COUNT}[{TransferScopes.all}[{SECOND}]]", True),
        (f"{COUNT}[{TransferScopes.all}[{FIRST}]]", False),  # that is in the other tree
        (f"{COUNT}[{SECOND}]", False),  # one level is left out
        (FIRST, False),  # no app was allowed that directly
        (f"{TransferScopes.all}[{FIRST}[{SECOND}]]", False),
        ([TransferScopes.all, "openid"], False),
    ],
)
def test_scopes_are_consented_to_where_one_tree_has_them_with_all_they_depend_on(
    scopes: str | Scope | list[str], there: bool
) -> None:
    assert CONSENTS.contains(scopes) is there


def test_a_consent_that_is_not_approved_allows_nothing() -> None:
    pending = Consents.model_validate(
        {"consents": [{"id": 1, "dependency_path": [1], "scope_name": "openid", "status": "pending"}]}
    )
    assert not pending.contains("openid")
    assert pending.top_level() == pending.items


def test_a_consent_without_a_path_is_at_the_top() -> None:
    alone = Consents.model_validate(
        {
            "consents": [
                {"id": 1, "dependency_path": [], "scope_name": "openid"},
                {"id": 2, "dependency_path": [1, 2], "scope_name": "email"},
            ]
        }
    )
    assert [consent.id for consent in alone.top_level()] == [1]
    assert alone.contains("openid[email]")
    assert not alone.contains("openid[openid]")


def test_no_consents_contain_nothing_and_a_wrong_scope_is_refused() -> None:
    none = Consents.model_validate({"consents": []})
    assert not none.contains("openid")
    assert (none.top_level(), len(none)) == ([], 0)
    with pytest.raises(ValueError, match="bracket"):
        none.contains("openid[")


def test_trees_have_their_official_names() -> None:
    forest = CONSENTS.to_forest()
    assert isinstance(forest, ConsentForest)
    assert forest.nodes == CONSENTS.items
    assert forest.get_node(90212).scope_name == CONSENTS.items[1].scope_name
    first, second = forest.trees
    assert (first.root.id, first.max_depth, [each.id for each in first.nodes]) == (90211, 2, [90211, 90212, 90213])
    assert second.max_depth == 3
    assert first.meets_scope_requirements(f"{TransferScopes.all}[{FIRST}]")
    assert not second.meets_scope_requirements(TransferScopes.all)
    assert forest.meets_scope_requirements(Scope(TransferScopes.all).with_dependency(FIRST))
    assert ConsentTree(90211, forest).get_node(90213).id == 90213
    with pytest.raises(KeyError):
        first.get_node(90216)
    for other in (pickle.loads(pickle.dumps(forest)), copy.deepcopy(forest)):
        assert other.nodes == forest.nodes


def test_a_forest_is_made_of_consents_or_of_their_data() -> None:
    data = {"id": 1, "scope_name": "a", "dependency_path": [1], "status": "approved"}
    below = {"id": 2, "scope_name": "b", "dependency_path": [1, 2], "status": "approved"}
    forest = ConsentForest([data, *ConsentForest([data, below]).nodes[1:]])
    assert forest.meets_scope_requirements("a[b *c]")
    assert not forest.meets_scope_requirements("a[c]")
    assert forest.meets_scope_requirements(["a", "*x"])
    with pytest.raises(ConsentParseError, match="id: ") as unread:
        ConsentForest([{"scope_name": "a"}])
    assert unread.value.raw_consent == {"scope_name": "a"}
    with pytest.raises(ConsentTreeConstructionError, match="consent 2 follows from consent 1") as torn:
        ConsentForest([below])
    assert [consent.id for consent in torn.value.consents] == [2]
    for error in (unread.value, torn.value):
        assert isinstance(error, GlobusError)
        assert isinstance(error, ValueError)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
