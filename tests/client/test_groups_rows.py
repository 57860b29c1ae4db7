# Generated from test_async_groups_rows.py by tools/unasync.py: change that file.
"""Every method of Groups on the wire: route, query, body, and the document that answers."""

import inspect
import json
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest
from pydantic import ValidationError

from globus_typed import (
    AuthenticationError,
    BadRequestError,
    Document,
    GlobusUsageError,
    GroupsAPIError,
    GroupsManager,
    NetworkError,
    PermissionDeniedError,
    ReauthenticationRequiredError,
)
from globus_typed import groups as g

from .service import Service

pytestmark = pytest.mark.anyio

DATA = Path(__file__).parents[1] / "data" / "groups"
G, A, B = (f"1d3e0c7a-9b52-4a7e-8d60-2f6b1c9e000{number}" for number in (1, 2, 3))
POLICIES = {
    "is_high_assurance": False,
    "group_visibility": "private",
    "group_members_visibility": "managers",
    "join_requests": False,
    "signup_fields": ["zip"],
}
CREATE: dict[str, Any] = {"name": "n", "description": None}
ONE = f"/v2/groups/{G}"


class Row(NamedTuple):
    """A method, how it is called, what it sends, and what answers it."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any] | None
    answer: str
    type: type[Document]


def client_row(name: str, args: tuple[Any, ...], line: str, body: Any, answer: str, kind: type[Document]) -> Row:
    method, path = line.split()
    return Row(name, args, {"query_params": {"some": "x"}}, method, path, {"some": "x"}, body, answer, kind)


ROWS = [
    client_row("get_my_groups", (), "GET /v2/groups/my_groups", None, "groups", g.GroupList),
    client_row("get_group", (UUID(G),), f"GET {ONE}", None, "group", g.Group),
    client_row("get_children", (G,), f"GET {ONE}/children", None, "children", g.GroupChildren),
    client_row("get_statuses", (), "GET /v2/groups/statuses", None, "statuses", g.GroupStatuses),
    client_row("create_group", (CREATE,), "POST /v2/groups", {"name": "n"}, "group", g.Group),
    client_row("update_group", (G, {"description": None}), f"PUT {ONE}", {"description": None}, "group", g.Group),
    client_row("delete_group", (G,), f"DELETE {ONE}", None, "group", g.Group),
    client_row(
        *("get_group_by_subscription_id", (A,), f"GET /v2/subscription_info/{A}", None),
        *("subscription_group", g.SubscriptionGroup),
    ),
    client_row(
        *("set_subscription_admin_verified", (G, UUID(A)), f"PUT {ONE}/subscription_admin_verified"),
        *({"subscription_admin_verified_id": A}, "subscription_verified", g.SubscriptionVerified),
    ),
    client_row(
        *("set_subscription_admin_verified", (G, None), f"PUT {ONE}/subscription_admin_verified"),
        *({"subscription_admin_verified_id": None}, "subscription_verified", g.SubscriptionVerified),
    ),
    client_row("get_group_policies", (G,), f"GET {ONE}/policies", None, "policies", g.GroupPolicies),
    client_row(
        *("set_group_policies", (G, {"join_requests": True}), f"PUT {ONE}/policies"),
        *({"join_requests": True}, "policies", g.GroupPolicies),
    ),
    client_row("get_identity_preferences", (), "GET /v2/preferences", None, "preferences", g.IdentityPreferencesMap),
    client_row(
        *("set_identity_preferences", ({A: {"allow_add": False}},), "PUT /v2/preferences"),
        *({A: {"allow_add": False}}, "preferences", g.IdentityPreferencesMap),
    ),
    client_row(
        *("get_membership_fields", (G,), f"GET {ONE}/membership_fields", None),
        *("membership_fields", g.MembershipFieldsMap),
    ),
    client_row(
        *("set_membership_fields", (G, {A: {"zip": "9016", "city": None}}), f"PUT {ONE}/membership_fields"),
        *({A: {"zip": "9016", "city": None}}, "membership_fields", g.MembershipFieldsMap),
    ),
    client_row(
        *("batch_membership_action", (G, {"leave": [{"identity_id": A}]}), f"POST {ONE}"),
        *({"leave": [{"identity_id": A}]}, "actions_result", g.MembershipActionResult),
    ),
]


def action(name: str, args: tuple[Any, ...], body: dict[str, Any], **kwargs: Any) -> Row:
    return Row(name, (G, *args), kwargs, "POST", ONE, {}, body, "actions_result", g.MembershipActionResult)


MANAGER_ROWS = [
    Row("create_group", ("n", None), {"parent_id": UUID(A), "policies": {"join_requests": True}}, "POST", "/v2/groups", {}, {"name": "n", "parent_id": A, "policies": {"join_requests": True}}, "group", g.Group),
    Row("set_group_policies", (G,), POLICIES, "PUT", f"{ONE}/policies", {}, POLICIES, "policies", g.GroupPolicies),
    Row("set_group_policies", (G,), POLICIES | {"authentication_assurance_timeout": None}, "PUT", f"{ONE}/policies", {}, POLICIES | {"authentication_assurance_timeout": None}, "policies", g.GroupPolicies),
    action("accept_invite", (A,), {"accept": [{"identity_id": A}]}),
    action("add_member", (UUID(A),), {"add": [{"identity_id": A, "role": "member"}]}),
    action("add_member", (A,), {"add": [{"identity_id": A, "role": "admin", "status_reason": "new"}]}, role=g.GroupRole.admin, status_reason="new"),
    action("approve_pending", (A,), {"approve": [{"identity_id": A}]}),
    action("change_role", (A, "manager"), {"change_role": [{"identity_id": A, "role": "manager"}]}),
    action("decline_invite", (A,), {"decline": [{"identity_id": A}]}),
    action("invite_member", (A,), {"invite": [{"identity_id": A, "role": "manager", "invite_email_address": "t@h.example"}]}, role="manager", invite_email_address="t@h.example"),
    action("join", (A,), {"join": [{"identity_id": A}]}),
    action("leave", (A,), {"leave": [{"identity_id": A, "status_reason": "done"}]}, status_reason="done"),
    action("reject_join_request", (A,), {"reject": [{"identity_id": A}]}),
    action("remove_member", (A,), {"remove": [{"identity_id": A}]}),
    action("request_join", (A,), {"request_join": [{"identity_id": A}]}),
]  # fmt: skip


def answer(name: str, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=(DATA / f"{name}.json").read_bytes())


def check(target: object, service: Service, row: Row) -> None:
    document = getattr(target, row.name)(*row.args, **row.kwargs)
    assert type(document) is row.type
    assert document.data == json.loads((DATA / f"{row.answer}.json").read_bytes())
    assert document.http is not None
    (request,) = service.requests
    assert (request.method, request.url.path, dict(request.url.params)) == (row.method, row.path, row.query)
    assert (json.loads(request.content) if request.content else None) == row.body
    assert request.headers["Authorization"] == "Bearer the-token"
    assert request.headers.get("Content-Type") == (None if row.body is None else "application/json")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_method_sends_what_the_service_takes(row: Row) -> None:
    service = Service(answer(row.answer))
    check(service.groups(), service, row)


@pytest.mark.parametrize("row", MANAGER_ROWS, ids=lambda row: row.name)
def test_a_method_of_the_manager_sends_what_the_service_takes(row: Row) -> None:
    service = Service(answer(row.answer))
    check(GroupsManager(service.groups()), service, row)


def test_every_method_has_a_row() -> None:
    def own(kind: type[object]) -> set[str]:
        found = inspect.getmembers(kind, inspect.isfunction)
        return {name for name, each in found if not name.startswith("_") and ".groups." in each.__module__}

    assert own(g.GroupsClient) == {row.name for row in ROWS}
    assert own(GroupsManager) == {row.name for row in MANAGER_ROWS} | {"update_group", "update_group_policies"}


@pytest.mark.parametrize(
    ("given", "sent"),
    [("active", "active"), (["invited", "pending"], "invited,pending"), (iter(["left"]), "left")],
)
def test_statuses_and_parts_are_lists_with_commas(given: Any, sent: str) -> None:
    service = Service(answer("groups"))
    service.groups().get_my_groups(statuses=given)
    assert service.queries == [{"statuses": sent}]


def test_parts_of_a_group_are_asked_for() -> None:
    service = Service(answer("group"))
    client = service.groups()
    client.get_group(G, include=["memberships", "child_ids"])
    assert service.queries == [{"include": "memberships,child_ids"}]
    anything: Any = "members"
    with pytest.raises(GlobusUsageError, match=r"^include: .* got 'members'; did you mean memberships\?"):
        client.get_group(G, include=anything)
    anything = "Active"
    with pytest.raises(GlobusUsageError, match=r"^statuses: .*did you mean active\?"):
        client.get_my_groups(statuses=anything)
    for anything in ([], 5, [None], ""):
        with pytest.raises(GlobusUsageError, match=r"^include: "):
            client.get_children(G, include=anything)
    with pytest.raises(GlobusUsageError, match=r"include is given twice"):
        client.get_group(G, include="policies", query_params={"include": "memberships"})
    assert len(service.requests) == 1


def test_a_community_is_named_in_a_header() -> None:
    service = Service(answer("actions_result"))
    service.groups().batch_membership_action(G, g.BatchMembershipActions().add_members(A), community_context="waders")
    assert service.requests[0].headers["community-context"] == "waders"


def test_what_was_received_is_sent_again() -> None:
    service = Service(answer("policies"))
    client = service.groups()
    policies = client.get_group_policies(G)
    client.set_group_policies(G, policies)
    assert json.loads(service.requests[1].content) == policies.data


def test_changes_are_sent_with_what_does_not_change() -> None:
    service = Service(answer("policies"))
    manager = GroupsManager(service.groups())
    policies = manager.update_group_policies(G, join_requests=False, signup_fields=("zip",))
    assert json.loads(service.requests[1].content) == policies.data | {"join_requests": False, "signup_fields": ["zip"]}
    service = Service(answer("group_plus"))
    manager = GroupsManager(service.groups())
    group = manager.update_group(G, description="new")
    assert [request.method for request in service.requests] == ["GET", "PUT"]
    names = ("name", "description", "terms_and_conditions", "subscription_admin_verified_id")
    kept = {name: group[name] for name in names}
    assert json.loads(service.requests[1].content) == kept | {"description": "new"}


def test_wrong_changes_send_nothing() -> None:
    service = Service(answer("group"))
    manager = GroupsManager(service.groups())
    anything: Any = None
    with pytest.raises(ValidationError, match="name"):
        manager.update_group(G, name=anything)
    with pytest.raises(ValidationError, match="join_requests"):
        manager.update_group_policies(G, join_requests=anything)
    with pytest.raises(ValidationError, match="action"):
        service.groups().batch_membership_action(G, {})
    with pytest.raises(GlobusUsageError, match=r"^client: "):
        anything = 5
        GroupsManager(anything)
    assert not service.requests


def test_a_manager_makes_a_client_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_GROUPS", "https://groups.example/")
    manager = GroupsManager()
    assert isinstance(manager.client, g.GroupsClient)
    assert manager.client.base_url == "https://groups.example/"
    manager.client.close()


def test_only_making_a_group_is_not_repeated() -> None:
    broken = httpx.ReadTimeout("slow")
    service = Service(broken, answer("group", 201))
    with pytest.raises(NetworkError):
        service.groups().create_group({"name": "n"})
    assert len(service.requests) == 1
    service = Service(broken, answer("actions_result"))
    result = service.groups().batch_membership_action(G, g.BatchMembershipActions().add_members(A))
    assert result.http is not None
    assert (len(service.requests), result.http.attempts) == (2, 2)
    service = Service(broken, answer("policies"))
    service.groups().set_group_policies(G, {"join_requests": True})
    assert len(service.requests) == 2


def test_a_group_that_came_without_its_id_has_that_of_the_request() -> None:
    service = Service(httpx.Response(200, json={"name": "n"}))
    assert service.groups().update_group(G, {"name": "n"}).id == G
    assert service.groups().delete_group(UUID(G)).id == G


def refused(status: int, **body: Any) -> Service:
    return Service(httpx.Response(status, json=body))


def test_errors_tell_all_that_the_service_says() -> None:
    view = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"
    service = refused(403, code="FORBIDDEN", detail="This call needs a wider scope", provided_scopes=[view])
    with pytest.raises(PermissionDeniedError, match=r"GroupsScopes\.all") as narrow:
        service.groups().create_group({"name": "n"})
    assert isinstance(narrow.value, GroupsAPIError)
    assert (narrow.value.code, narrow.value.message) == ("FORBIDDEN", "This call needs a wider scope")
    assert narrow.value.provided_scopes == (view,)

    service = refused(400, code="BAD_REQUEST", detail="An identity was named twice", ambiguous_identities=[A])
    with pytest.raises(BadRequestError, match=f"named more than once: {A}") as twice:
        service.groups().get_statuses()
    assert isinstance(twice.value, GroupsAPIError)
    assert (twice.value.ambiguous_identities, twice.value.provided_scopes) == ((A,), ())

    problems = [
        {"loc": ["body", "name"], "msg": "Field required", "type": "missing"},
        {"loc": ["body", "add", 0, "role"], "msg": "Input should be 'member'", "type": "enum", "input": "owner"},
    ]
    service = refused(422, detail=problems)
    with pytest.raises(BadRequestError, match=r"body\.name: Field required; body\.add\.0\.role: Input") as wrong:
        service.groups().get_statuses()
    assert [error.raw for error in wrong.value.errors] == problems

    service = refused(401, code="INVALID_TOKEN", detail="The token is no longer valid")
    with pytest.raises(AuthenticationError) as expired:
        service.groups().get_statuses()
    assert isinstance(expired.value, GroupsAPIError)
    assert expired.value.code == "INVALID_TOKEN"

    parameters = {"session_message": "Log in again for this group", "session_required_identities": [A]}
    code = "SESSION_ENFORCEMENT_FAILED"
    service = refused(401, code=code, detail="Log in again", authorization_parameters=parameters)
    with pytest.raises(ReauthenticationRequiredError) as stale:
        service.groups().get_statuses()
    assert isinstance(stale.value, GroupsAPIError)
    assert stale.value.authorization_parameters is not None
    assert stale.value.authorization_parameters.session_required_identities == (A,)
