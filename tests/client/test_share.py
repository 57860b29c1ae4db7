# Generated from test_async_share.py by tools/unasync.py: change that file.
"""Sharing with people and groups: who is looked up where, and which rules are made, changed and deleted."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import ValidationError

from globus_typed import (
    AccessTokenAuthorizer,
    ConflictError,
    GlobusUsageError,
    Identity,
    NotFoundError,
    PermissionDeniedError,
    TransferClient,
)
from globus_typed.transfer import AccessRule

from .service import ID, Service, error, ok

pytestmark = pytest.mark.anyio

WREN = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001"
GROUP = "3b8d0f21-44c5-4e6f-a071-2c3d4e5f0001"
NAME = "wren@larkspur.example"


class Globus:
    """Access rules of one collection, and one identity that Auth knows."""

    def __init__(self) -> None:
        self.rules: list[dict[str, Any]] = []
        self.service = Service(self)
        self.calls: list[str] = []
        self.paths = {"/data": "dir", "/x.csv": "file"}
        self.status = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        route = f"{request.method} {request.url.path.rpartition(ID)[2] or request.url.path}"
        self.calls.append(f"{route}?{request.url.query.decode()}" if request.url.query else route)
        if self.status:
            return error(self.status, "EndpointNotFound" if self.status == 404 else "PermissionDenied")
        if request.url.path == "/v2/api/identities":
            query = request.url.params
            known = query.get("usernames") == NAME or query.get("ids") == WREN
            return ok(identities=[{"id": WREN, "username": NAME}] if known else [])
        if route.endswith("/stat"):
            type = self.paths.get(request.url.params["path"])
            return ok(DATA_TYPE="file", name="x", type=type) if type else error(404, "NotFound")
        if route == "GET /access_list":
            return ok(DATA_TYPE="access_list", endpoint=ID, DATA=self.rules)
        if request.method == "POST":
            return self.create(json.loads(request.content))
        rule = next((each for each in self.rules if route.endswith(f"/{each['id']}")), None)
        if rule is None:
            return error(404, "AccessRuleNotFound")
        if request.method == "DELETE":
            self.rules.remove(rule)
        elif request.method == "PUT":
            rule.update(json.loads(request.content))
        else:
            return ok(**rule)
        return ok(DATA_TYPE="result", code="Fine", message="fine")

    def create(self, rule: dict[str, Any]) -> httpx.Response:
        if any((each["principal"], each["path"]) == (rule["principal"], rule["path"]) for each in self.rules):
            return error(409, "Exists")
        rule = {"expiration_date": None, **rule, "id": f"rule-{len(self.calls)}", "role_id": None}
        self.rules.append(rule)
        return ok(201, DATA_TYPE="access_create_result", code="Created", message="made", access_id=rule["id"])

    def transfer(self) -> TransferClient:
        return self.service.transfer()


def test_a_username_is_looked_up_and_given_an_identity() -> None:
    globus = Globus()
    rule = globus.transfer().share(
        ID, "/data/", with_=NAME, expires=timedelta(days=30), auth_client=globus.service.auth()
    )
    assert isinstance(rule, AccessRule)
    assert (rule.principal_type, rule.principal, rule.path, rule.permissions) == ("identity", WREN, "/data/", "r")
    assert rule.expiration_date is not None
    assert timedelta(days=29) < rule.expiration_date - datetime.now(timezone.utc) <= timedelta(days=30)
    assert globus.calls == [
        "GET /v2/api/identities?usernames=wren%40larkspur.example&provision=true",
        "POST /access",
        f"GET /access/{rule.id}",
    ]


def test_a_whole_rule_can_be_said() -> None:
    globus = Globus()
    globus.transfer().share(
        ID,
        "/data/",
        with_=Identity(id=WREN, username=NAME),
        permissions="rw",
        expires="2130-01-31T12:00Z",
        notify_email=NAME,
        notify_message="have a look",
    )
    assert globus.rules == [
        {
            "DATA_TYPE": "access",
            "principal_type": "identity",
            "principal": WREN,
            "path": "/data/",
            "permissions": "rw",
            "expiration_date": "2130-01-31T12:00:00+00:00",
            "notify_email": NAME,
            "notify_message": "have a look",
            "id": "rule-1",
            "role_id": None,
        }
    ]


@pytest.mark.parametrize(("id", "kind"), [(WREN, "identity"), (GROUP, "group"), (UUID(GROUP), "group")])
def test_an_id_is_that_of_an_identity_or_of_a_group(id: str, kind: str) -> None:
    globus = Globus()
    rule = globus.transfer().share(ID, "/", with_=id, auth_client=globus.service.auth())
    assert (rule.principal_type, rule.principal) == (kind, str(id))
    assert globus.calls[0] == f"GET /v2/api/identities?ids={id}"


def test_what_is_known_is_not_looked_up() -> None:
    globus = Globus()
    client = globus.transfer()
    assert client.share(ID, "/", with_=GROUP, principal_type="group").principal_type == "group"
    assert client.share(ID, "/", with_=WREN, principal_type="identity").principal == WREN
    assert client.share(ID, "/a/", with_="all_authenticated_users").principal == ""
    assert client.share(ID, "/b/", with_="anonymous").principal_type == "anonymous"
    assert not [each for each in globus.calls if "identities" in each]


def test_without_a_way_to_ask_auth_the_cure_is_told() -> None:
    globus = Globus()
    for with_ in (NAME, WREN):
        with pytest.raises(GlobusUsageError, match=r"auth_client=AuthClient\(…\), make the client with app=…"):
            globus.transfer().share(ID, "/data/", with_=with_)
    assert not globus.calls


def test_a_token_of_the_configuration_asks_auth(monkeypatch: pytest.MonkeyPatch) -> None:
    globus = Globus()
    for name in ("TRANSFER", "AUTH"):
        monkeypatch.setenv(f"GLOBUS_SDK_SERVICE_URL_{name}", f"https://{name.lower()}.example/")
    monkeypatch.setenv("GLOBUS_SDK_TRANSFER_TOKEN", "t")
    http = httpx.Client(transport=httpx.MockTransport(globus.service))
    client = TransferClient(http_client=http)
    with pytest.raises(GlobusUsageError, match="the client has no app"):
        client.share(ID, "/data/", with_=NAME)
    monkeypatch.setenv("GLOBUS_SDK_AUTH_TOKEN", "the-auth-token")
    assert client.share(ID, "/data/", with_=NAME).principal == WREN
    asked = [(each.url.host, each.headers["authorization"]) for each in globus.service.requests]
    assert asked[:2] == [("auth.example", "Bearer the-auth-token"), ("transfer.example", "Bearer t")]
    # A token of the program's own says nothing of the one to use for Auth.
    own = TransferClient(AccessTokenAuthorizer("own"), http_client=http)
    with pytest.raises(GlobusUsageError, match="the client has no app"):
        own.share(ID, "/data/", with_=NAME)


@pytest.mark.parametrize(("path", "shared"), [("/data", "/data/"), ("/x.csv", "/x.csv"), ("/none/", "/none/")])
def test_a_path_without_a_slash_is_looked_at(path: str, shared: str) -> None:
    globus = Globus()
    rule = globus.transfer().share(ID, path, with_=GROUP, principal_type="group")
    assert rule.path == shared
    assert globus.calls[0].startswith("GET /stat?path=") != path.endswith("/")
    with pytest.raises(NotFoundError):
        globus.transfer().share(ID, "/none", with_=GROUP, principal_type="group")


def test_wrong_use_is_refused_before_anything_is_sent() -> None:
    globus = Globus()
    client, auth = globus.transfer(), globus.service.auth()
    with pytest.raises(GlobusUsageError, match="with_: must be a username"):
        client.share(ID, "/data/", with_="wren", auth_client=auth)
    with pytest.raises(GlobusUsageError, match="path: must be absolute"):
        client.share(ID, "data/", with_=NAME, auth_client=auth)
    with pytest.raises(ValidationError, match='must start with "/"'):
        client.share(ID, "~/data/", with_=NAME, auth_client=auth)
    with pytest.raises(ValidationError, match="permissions"):
        client.share(ID, "/data/", with_=NAME, permissions="w", auth_client=auth)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # the point
    with pytest.raises(ValidationError, match="must be in the future"):
        client.share(ID, "/data/", with_=NAME, expires=timedelta(days=-1), auth_client=auth)
    with pytest.raises(GlobusUsageError, match="does not fit with_"):
        client.share(ID, "/data/", with_=NAME, principal_type="group", auth_client=auth)
    with pytest.raises(GlobusUsageError, match="shared: must be absolute"):
        client.unshare(ID, "data/", with_=NAME, auth_client=auth)
    with pytest.raises(GlobusUsageError, match="with_: must be a username"):
        client.unshare(ID, "/data/")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]  # the point
    with pytest.raises(GlobusUsageError, match="with_: is that of the rule"):
        client.unshare(ID, AccessRule(id="1"), with_=NAME)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]  # the point
    assert not globus.calls


def test_somebody_unknown_is_told_of_and_nothing_is_shared() -> None:
    globus = Globus()
    for call in (globus.transfer().share, globus.transfer().unshare):
        with pytest.raises(GlobusUsageError, match=r"knows no identity with the username 'nobody@x\.example'"):
            call(ID, "/data/", with_="nobody@x.example", auth_client=globus.service.auth())
    assert not globus.rules


def test_a_rule_that_is_there_is_a_conflict_or_is_changed() -> None:
    globus = Globus()
    client = globus.transfer()
    first = client.share(ID, "/data/", with_=GROUP, principal_type="group", expires=timedelta(days=1))
    with pytest.raises(ConflictError):
        client.share(ID, "/data/", with_=GROUP, principal_type="group")
    assert client.get_endpoint_acl_rule(ID, first.id or "") == first
    changed = client.share(ID, "/data/", with_=GROUP, principal_type="group", permissions="rw", update=True)
    assert (changed.id, changed.permissions, changed.expiration_date) == (first.id, "rw", None)
    assert len(globus.rules) == 1
    other = client.share(ID, "/other/", with_=GROUP, principal_type="group", update=True)
    assert (other.id, len(globus.rules)) == (globus.rules[1]["id"], 2)


def test_another_conflict_is_raised_whatever_is_asked_for() -> None:
    conflict = error(409, "NotSupported")
    service = Service(conflict, ok(DATA_TYPE="access_list", DATA=[]))
    with pytest.raises(ConflictError) as caught:
        service.transfer().share(ID, "/data/", with_="anonymous", update=True)
    assert caught.value.code == "NotSupported"


def test_a_rule_is_taken_back_by_path_or_as_it_was_given() -> None:
    globus = Globus()
    client, auth = globus.transfer(), globus.service.auth()
    rule = client.share(ID, "/data/", with_=NAME, auth_client=auth)
    globus.calls.clear()
    assert client.unshare(ID, "/data", with_=NAME, auth_client=auth) == rule
    assert globus.calls == [
        "GET /v2/api/identities?usernames=wren%40larkspur.example&provision=false",
        "GET /access_list",
        f"DELETE /access/{rule.id}",
    ]
    assert client.unshare(ID, "/data", with_=NAME, auth_client=auth) is None
    rule = client.share(ID, "/data/", with_=GROUP, principal_type="group")
    globus.calls.clear()
    assert client.unshare(ID, rule) == rule
    assert client.unshare(ID, rule) is None
    assert globus.calls == [f"DELETE /access/{rule.id}"] * 2
    client.share(ID, "/data/", with_=GROUP, principal_type="group")
    removed = client.unshare(ID, "/data/", with_=GROUP)  # an id needs no lookup here
    assert removed is not None
    assert not globus.rules


@pytest.mark.parametrize(("status", "kind"), [(404, NotFoundError), (403, PermissionDeniedError)])
def test_other_refusals_are_raised(status: int, kind: type[Exception]) -> None:
    globus = Globus()
    globus.status = status
    for shared in (AccessRule(id="1"), AccessRule(id="2", path="/data/")):
        with pytest.raises(kind):
            globus.transfer().unshare(ID, shared)
    with pytest.raises(kind):
        globus.transfer().unshare(ID, "/data/", with_="anonymous")


def test_access_by_a_role_is_not_taken_back_here() -> None:
    globus = Globus()
    globus.rules = [
        {"DATA_TYPE": "access", "id": None, "principal_type": "identity", "principal": WREN, "path": "/"}
        | {"permissions": "rw", "role_id": "r-1", "role_type": "administrator"}
    ]
    with pytest.raises(GlobusUsageError, match=r"role administrator .* delete_endpoint_role\(…, 'r-1'\)"):
        globus.transfer().unshare(ID, "/", with_=WREN)
    assert not [each for each in globus.calls if each.startswith("DELETE")]
