# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of Transfer's documents. Checked, never run: every ignored line must be an error."""

from collections.abc import KeysView
from datetime import datetime
from typing import Any

from typing_extensions import assert_type

from globus_typed import MISSING
from globus_typed.auth import JSONWebKey, JSONWebKeySet
from globus_typed.transfer import (
    AccessRule,
    AccessRuleCreate,
    AccessRuleCreateResult,
    AccessRuleList,
    AccessRuleUpdate,
    ActivationRequirements,
    AdminPause,
    BookmarkCreate,
    BookmarkUpdate,
    EndpointCreate,
    EndpointUpdate,
    ManagedTask,
    ManagedTaskList,
    PauseRule,
    PauseRuleLimited,
    PauseRuleList,
    PauseRuleUpdate,
    RoleCreate,
    ServerUpdate,
    SharedEndpointCreate,
    SharedEndpointId,
    SharedEndpointList,
    SubscriptionUpdate,
    Tunnel,
    TunnelCreate,
    TunnelList,
    TunnelResource,
    TunnelUpdate,
)

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


def received(
    rules: AccessRuleList,
    made: AccessRuleCreateResult,
    shares: SharedEndpointList,
    pauses: PauseRuleList,
    tasks: ManagedTaskList,
    tunnels: TunnelList,
    tunnel: Tunnel,
    activation: ActivationRequirements,
) -> None:
    assert_type(list(rules), list[AccessRule])
    assert_type(rules.items[0].id, str | None)
    assert_type(rules[0], AccessRule)
    assert_type(rules[:2], list[AccessRule])
    assert_type(rules[0].id, str | None)
    assert_type(rules.items[0].expiration_date, datetime | None)
    assert_type(made.access_id, str)
    assert_type(shares.items, list[SharedEndpointId])
    assert_type(pauses.items, list[PauseRule | PauseRuleLimited])
    assert_type(list(tasks), list[ManagedTask])
    assert_type(tunnels.items[0], TunnelResource)
    assert_type(tunnel.id, str)
    assert_type(tunnel.attributes.created_time, datetime | None)
    assert_type(activation.active_until(60), bool)
    assert_type(activation.expires_at, float | None)
    print(rules[0].permisions)  # type: ignore[attr-defined]  # a misspelt field
    print(rules.items[0].permisions)  # type: ignore[attr-defined]  # a misspelt field
    rules.items[0].path = "/"  # type: ignore[misc]  # received documents stay as they are
    activation.active_until()  # type: ignore[call-arg]  # until when?


def dicts(tunnel: Tunnel, rules: AccessRuleList, published: JSONWebKeySet) -> None:
    assert_type({**tunnel}, dict[str, Any])
    assert_type(dict(tunnel), dict[str, Any])
    assert_type(tunnel.keys(), KeysView[str])
    assert_type(tunnel.get("id"), Any)
    assert_type(published.keys, list[JSONWebKey])
    assert_type(published[0], JSONWebKey)
    many: dict[str, object] = {**rules}  # type: ignore[dict-item]  # a list of documents is no dict
    dict(rules)  # type: ignore[arg-type]  # nor made one
    rules.keys()  # type: ignore[misc]  # it has no keys
    print(many)


def rules() -> None:
    AccessRuleCreate(principal_type="anonymous", path="/x/", permissions="r")
    AccessRuleCreate(principal_type="user", principal=A, path="/x/", permissions="r")  # type: ignore[arg-type]  # a misspelt value
    AccessRuleCreate(principal_type="group", principal=A, path="/x/", permissions="rwx")  # type: ignore[arg-type]  # r or rw
    AccessRuleCreate(principal_type="group", principal=A, permissions="r")  # type: ignore[call-arg]  # no path
    AccessRuleUpdate(permissions="rw", expiration_date=None)
    AccessRuleUpdate(permissions=MISSING, expiration_date=MISSING)
    AccessRuleUpdate(permissions=None)  # type: ignore[arg-type]  # the service has no null there
    AccessRuleUpdate(path="/x/")  # type: ignore[call-arg]  # a path does not change
    RoleCreate(principal_type="group", principal=A, role="activity_monitor")
    RoleCreate(principal_type="group", principal=A, role="activity_monitr")  # type: ignore[arg-type]  # a misspelt value
    RoleCreate(principal_type="anonymous", principal=A, role="administrator")  # type: ignore[arg-type]  # no role for all
    BookmarkCreate(name="x", endpoint_id=A, path="/x/", pinned=True)
    BookmarkCreate(name="x", endpoint=A, path="/x/")  # type: ignore[call-arg]  # a misspelt field
    BookmarkUpdate(name=None)  # type: ignore[arg-type]  # the service has no null there


def endpoints() -> None:
    assert_type(EndpointUpdate().description, str | MISSING | None)
    EndpointUpdate(description=None, keywords="lab,bench", public=MISSING)
    EndpointUpdate(display_nmae="typo")  # type: ignore[call-arg]  # a misspelt field
    EndpointUpdate(display_name=None)  # type: ignore[arg-type]  # the service has no null there
    EndpointUpdate(network_use="lots")  # type: ignore[arg-type]  # a misspelt value
    EndpointUpdate(max_concurrency="4")  # type: ignore[arg-type]  # a number
    EndpointCreate(display_name="x", is_globus_connect=True)
    EndpointCreate(is_globus_connect=True)  # type: ignore[call-arg]  # no name
    EndpointCreate(display_name="x", public=MISSING)  # type: ignore[arg-type]  # there is nothing to leave alone
    SharedEndpointCreate(host_endpoint=A, host_path="/~/x/", display_name="x", description="y")
    SharedEndpointCreate(host_endpoint=A, display_name="x")  # type: ignore[call-arg]  # no path
    SubscriptionUpdate(subscription_id="DEFAULT")
    SubscriptionUpdate(subscription_id=None)
    SubscriptionUpdate()  # type: ignore[call-arg]  # nothing to say
    ServerUpdate(subject=None, scheme="gsiftp")
    ServerUpdate(scheme="https")  # type: ignore[arg-type]  # gsiftp or ftp


def management() -> None:
    AdminPause(task_id_list=[A], message="why")
    AdminPause(task_id_list=[A])  # type: ignore[call-arg]  # no message
    PauseRuleUpdate(identity_id=None, pause_ls=False)
    PauseRuleUpdate(pause_ls=None)  # type: ignore[arg-type]  # the service has no null there
    TunnelCreate(listener=A, initiator=A, lifetime_mins=60)
    TunnelCreate(listener=A)  # type: ignore[call-arg]  # one end
    TunnelUpdate(label=None, state="STOPPING")
    TunnelUpdate(state="STOPED")  # type: ignore[arg-type]  # only to stop it
