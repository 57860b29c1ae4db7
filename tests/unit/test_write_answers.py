"""A write that succeeded is told as a success, whatever the service leaves out of its response."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from pydantic_core import from_json, to_json

import globus_typed
from globus_typed import auth, groups, transfer
from globus_typed.core.documents import Document
from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.json_data import is_list, is_object
from globus_typed.core.request import Request
from globus_typed.core.wire import decode

DATA = Path(__file__).parents[1] / "data"
EXAMPLES: dict[type[Document], tuple[str, ...]] = {
    transfer.AccessRuleCreateResult: ("transfer/access_create_result", "transfer/access_create_result_old"),
    transfer.ActivationResult: ("transfer/activation_result", "transfer/activation_result_failed"),
    transfer.AdminCancel: ("transfer/admin_cancel",),
    transfer.Bookmark: ("transfer/bookmark",),
    transfer.BookmarkV2: ("transfer/bookmark_v2",),
    transfer.BookmarkV2DeleteResult: ("transfer/bookmark_v2_deleted",),
    transfer.DeleteResult: ("transfer/delete_result",),
    transfer.EndpointCreateResult: ("transfer/endpoint_create_result", "transfer/endpoint_create_result_shared"),
    transfer.MkdirResult: ("transfer/mkdir_result",),
    transfer.PauseRule: ("transfer/pause_rule",),
    transfer.Result: ("transfer/result_updated", "transfer/result_server_deleted"),
    transfer.Role: ("transfer/role",),
    transfer.ServerAddResult: ("transfer/server_add_result",),
    transfer.TransferResult: ("transfer/transfer_result",),
    transfer.Tunnel: ("transfer/tunnel",),
    transfer.TunnelDeleteResult: ("transfer/tunnel_delete_result",),
    auth.ClientCredentialResult: ("auth/client_credential",),
    auth.OAuthClientResult: ("auth/client", "auth/client_native_instance"),
    auth.PolicyResult: ("auth/policy",),
    auth.ProjectResult: ("auth/project",),
    auth.ScopeResult: ("auth/scope",),
    auth.TokenRevocation: ("auth/token_revocation",),
    groups.Group: ("groups/group", "groups/group_plus"),
    groups.GroupPolicies: ("groups/policies",),
    groups.IdentityPreferencesMap: ("groups/preferences",),
    groups.MembershipActionResult: ("groups/actions_result", "groups/actions_result_full"),
    groups.MembershipFieldsMap: ("groups/membership_fields",),
    groups.SubscriptionVerified: ("groups/subscription_verified",),
}
"""The documents that respond to writes, and examples of them."""
NO_WRITES = {auth.TokenResponse, auth.DependentTokenResponse, auth.Introspection}
"""Responses to a POST that are nothing without what was asked for: a token, or whether one is good."""


def answers_of_writes() -> Iterator[str]:
    """The names of the documents that respond to requests which change something, from the source of the clients."""
    for file in Path(globus_typed.__file__).parent.glob("*/client/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(
                    func=ast.Name("Request"), args=[ast.Constant("POST" | "PUT" | "PATCH" | "DELETE"), _, answer, *_]
                ):
                    names = [each.attr for each in ast.walk(answer) if isinstance(each, ast.Attribute)]
                    yield from names
                case _:
                    pass


def test_every_document_that_responds_to_a_write_is_among_those_that_are_tried() -> None:
    tried = {each.__name__ for each in EXAMPLES} | {each.__name__ for each in NO_WRITES}
    # Submissions name theirs in an argument.
    assert {*answers_of_writes(), "TransferResult", "DeleteResult"} == tried


def lesser(value: object) -> Iterator[object]:
    """The JSON data, each time with one member left out or null, however deep it stands."""
    if is_object(value):
        for name, member in value.items():
            yield {each: other for each, other in value.items() if each != name}
            yield {**value, name: None}
            for less in lesser(member):
                yield {**value, name: less}
    if is_list(value):
        for place, member in enumerate(value):
            for less in lesser(member):
                yield [*value[:place], less, *value[place + 1 :]]


def answered(document: type[Document], value: object, status: int = 200) -> Document:
    body = b"" if value is None else to_json(value)
    return decode(
        Request("POST", "/", document), HTTPInfo("POST", "https://e.org/", status, {}, body), auth.AuthAPIError
    )


@pytest.mark.parametrize(("document", "example"), [(kind, name) for kind, names in EXAMPLES.items() for name in names])
def test_nothing_that_is_left_out_makes_a_success_a_failure(document: type[Document], example: str) -> None:
    whole = from_json((DATA / f"{example}.json").read_bytes())
    assert answered(document, whole)
    own = [kind for kind in document.__mro__ if kind.__module__.startswith("globus_typed.")]
    properties = [each for kind in own for each, found in vars(kind).items() if isinstance(found, property)]
    count = 0
    for less in lesser(deepcopy(whole)):
        read = answered(document, less)
        # What is read through properties is there too.
        for name in properties:
            getattr(read, name)
        count += 1
    assert count >= 2
    assert answered(document, {}) is not None
    assert answered(document, None, 204) is not None


def test_what_stands_in_for_an_id_is_empty() -> None:
    for value in ({}, {"data": None}, {"data": {"id": None, "attributes": None, "relationships": None}}):
        for document in (transfer.Tunnel, transfer.BookmarkV2):
            read = answered(document, value)
            assert isinstance(read, (transfer.Tunnel, transfer.BookmarkV2))
            assert (read.id, read.attributes.model_dump(exclude_none=True)) == ("", {})
    for kind in (transfer.AdminCancel, transfer.ServerAddResult):
        assert kind.model_validate({"id": None}).id == 0
    assert auth.PolicyResult.model_validate({"policy": None}).policy.id == ""
