"""Whom a rule is for, in the forms that programs have it; which rule is meant; what refusals say of a path."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globus_typed import GlobusUsageError, Identity, TransferAPIError
from globus_typed.core.http_info import HTTPInfo
from globus_typed.transfer import AccessRule
from globus_typed.transfer.existence import directories_to, lacks_parent, says_exists, says_missing
from globus_typed.transfer.principals import Grantee, grantee, only_identity
from globus_typed.transfer.sharing import change_to, deletable, rule_for, rule_on

ID = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001"
OTHER = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0002"


class Group:
    """A group, as far as it is looked at."""

    id = ID
    group_type = "regular"


@pytest.mark.parametrize(
    ("with_", "found"),
    [
        ("wren@larkspur.example", Grantee("identity", username="wren@larkspur.example")),
        (f"{ID}@clients.auth.globus.org", Grantee("identity", username=f"{ID}@clients.auth.globus.org")),
        (ID, Grantee(None, ID)),
        (ID.upper(), Grantee(None, ID)),
        (UUID(ID), Grantee(None, ID)),
        (Identity(id=ID, username="wren@larkspur.example"), Grantee("identity", ID)),
        (Group(), Grantee("group", ID)),
        ("all_authenticated_users", Grantee("all_authenticated_users")),
        ("anonymous", Grantee("anonymous")),
    ],
)
def test_forms_of_somebody(with_: object, found: Grantee) -> None:
    assert grantee(with_) == found


@pytest.mark.parametrize(
    "with_",
    ["", "wren", "@larkspur.example", "wren@", "a@b,c@d", "a b@c", None, 7, object(), ["a@b"], AccessRule(id=ID)],
)
def test_nobody(with_: object) -> None:
    with pytest.raises(GlobusUsageError, match=r"^with_: must be a username such as"):
        grantee(with_)


def test_an_id_can_be_said_to_be_of_an_identity_or_a_group() -> None:
    assert grantee(ID, "group") == Grantee("group", ID)
    assert grantee(UUID(ID), "identity") == Grantee("identity", ID)
    assert grantee(Group(), "group") == Grantee("group", ID)
    assert grantee("a@b.example", "identity").username == "a@b.example"
    with pytest.raises(GlobusUsageError, match="'group' does not fit with_, which is an identity"):
        grantee("a@b.example", "group")
    with pytest.raises(GlobusUsageError, match='does not fit with_, which is "anonymous"'):
        grantee("anonymous", "identity")
    with pytest.raises(GlobusUsageError, match='must be "identity" or "group", got \'user\''):
        grantee(ID, "user")  # type: ignore[arg-type]  # refused


def test_one_identity_has_a_username() -> None:
    wren, robin = Identity(id=ID.upper(), username="Wren@x.example"), Identity(id=OTHER, username="robin@x.example")
    assert only_identity("wren@X.example", [robin, wren]) == Grantee("identity", ID)
    with pytest.raises(GlobusUsageError, match=r"knows no identity with the username 'wren@x\.example'"):
        only_identity("wren@x.example", [robin])
    twin = Identity(id=OTHER, username="wren@x.example")
    with pytest.raises(GlobusUsageError, match=f"several identities .* give the id of one: {ID}, {OTHER}"):
        only_identity("wren@x.example", [twin, wren])


def test_the_rule_of_somebody_on_a_path() -> None:
    def rule(id: str | None, path: str = "/a/", **fields: Any) -> AccessRule:
        document = {"id": id, "path": path, "principal_type": "identity", "principal": ID, **fields}
        return AccessRule.model_validate(document)

    rules = [
        rule("1", "/"),
        rule("2", principal=OTHER),
        rule(None, role_id="r", role_type="administrator"),
        rule("3"),
        rule("4", principal_type="group"),
        rule("5", "/a/b/"),
        rule("6", principal_type="anonymous", principal=""),
    ]

    def found(grantee: Grantee, path: str = "/a/") -> str | None:
        there = rule_on(rules, grantee, path)
        return None if there is None else there.id

    assert found(Grantee("identity", ID)) == found(Grantee("identity", ID), "/a") == found(Grantee(None, ID)) == "3"
    assert found(Grantee("group", ID)) == "4"
    assert found(Grantee("identity", ID), "/") == "1"
    assert found(Grantee("anonymous")) == "6"
    assert found(Grantee("identity", OTHER), "/a/b/") is None
    del rules[3]
    of_role = rule_on(rules, Grantee("identity", ID), "/a/")
    assert of_role is not None
    with pytest.raises(GlobusUsageError, match="comes from the role administrator and ends with it"):
        deletable(of_role)
    with pytest.raises(GlobusUsageError, match="has no id"):
        deletable(rule(None))


def test_the_rule_to_make() -> None:
    made = rule_for(Grantee("group", ID), "/a/", "rw", timedelta(days=1), None, "for you")
    assert (made.principal_type, made.principal, made.path, made.permissions) == ("group", ID, "/a/", "rw")
    assert made.expiration_date is not None
    assert change_to("r", None).model_dump() == {"DATA_TYPE": "access", "permissions": "r", "expiration_date": None}


@pytest.mark.parametrize(
    ("path", "directories"),
    [
        ("/a/b/c", ["/a/b/c", "/a/b", "/a"]),
        ("/a//b/./c//", ["/a/b/c", "/a/b", "/a"]),
        ("/~/a/b", ["/~/a/b", "/~/a"]),
        ("~/a/", ["~/a"]),
        ("~", []),
        ("/~/", []),
        ("/", []),
    ],
)
def test_the_directories_above(path: str, directories: list[str]) -> None:
    assert directories_to(path) == directories


@given(st.lists(st.text(st.characters(exclude_characters="/~", exclude_categories=["C"]), min_size=1), max_size=6))
def test_each_directory_is_above_the_one_before(names: list[str]) -> None:
    found = directories_to("/" + "/".join(names))
    kept = [name for name in names if name != "."]
    assert len(found) == len(kept)
    for below, above in pairwise(found):
        assert below.rpartition("/")[0] == above


@pytest.mark.parametrize(
    ("status", "code", "missing", "exists", "parent"),
    [
        (404, "NotFound", True, False, True),
        (404, "ClientError.NotFound", True, False, True),
        (404, "EndpointNotFound", False, False, False),
        (404, "EndpointDeleted", False, False, False),
        (403, "EndpointPermissionDenied", False, False, False),
        (502, "ExternalError.MkdirFailed.Exists", False, True, False),
        (502, "ExternalError.MkdirFailed", False, False, True),
        (502, "ExternalError.MkdirFailed.NotFound", False, False, True),
        (502, "ExternalError.MkdirFailed.PermissionDenied", False, False, False),
        (502, "ExternalError.MkdirFailed.GCDisconnected", False, False, False),
        (502, "ExternalError.StatFailed.NotDirectory", True, False, True),
    ],
)
def test_what_a_refusal_says_of_a_path(status: int, code: str, missing: bool, exists: bool, parent: bool) -> None:
    body = f'{{"code": "{code}", "message": "no", "request_id": "r"}}'.encode()
    http = HTTPInfo("GET", "https://x.example/y", status, {"Content-Type": "application/json"}, body)
    error = TransferAPIError(http)
    assert (says_missing(error), says_exists(error), lacks_parent(error)) == (missing, exists, parent)
