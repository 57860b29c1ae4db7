"""The sandbox, which shares no code with the clients' documents, refuses what they refuse and takes what they send."""

import base64
import json
import re
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.auth.own_scopes import AUTH_URN

DATA = Path(__file__).parents[1] / "data"
WRONG = DATA / "wrong"
CASES: list[dict[str, Any]] = [
    json.loads(line) | {"at": f"{path.relative_to(WRONG)}:{number}"}
    for path in sorted(WRONG.rglob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]
PREFIXES = {
    "groups": ("/v2/groups", "/v2/preferences", "/v2/subscription_info"),
    "transfer": ("/v0.10/", "/v2/tunnels", "/v2/stream", "/v2/bookmarks"),
}
"""How the paths of services begin; all others are Auth's."""
GROUPS_ALL = "urn:globus:auth:scope:groups.api.globus.org:all"
NEW_YEAR = 1_767_225_600.0  # 1 January 2026
Record = Callable[[str, object], None]


class World:
    """A sandbox with one of everything, and a user to whom it belongs; the mover rests while `moving` is not set."""

    def __init__(self) -> None:
        self.moving = threading.Event()
        self.moving.set()
        self.sandbox = Sandbox(clock=lambda: NEW_YEAR, pace=self._rest)
        self.sandbox.start()
        self.http = httpx.Client(base_url=self.sandbox.url)
        app = f"{self.sandbox.client_id}:{self.sandbox.client_secret}"
        view = (f"{AUTH_URN}view_identities", f"{AUTH_URN}manage_projects")
        self.authorizations = {
            "transfer": f"Bearer {self.sandbox.access_token()}",
            "auth": f"Bearer {self.sandbox.access_token(view)}",
            "groups": f"Bearer {self.sandbox.access_token(GROUPS_ALL)}",
            "basic": f"Basic {base64.b64encode(app.encode()).decode()}",
        }
        self.ids = {"source": self.sandbox.source.id, "destination": self.sandbox.destination.id}
        self.ids |= {"me": self.sandbox.user.id, "subscription": self.sandbox.subscription_id}
        self.ids |= {"native": self.sandbox.native_client_id, "app": self.sandbox.client_id}
        self.ids["native_redirect"] = f"{self.sandbox.url}/v2/web/auth-code"
        for name in ("other", "stranger"):
            self.ids[name] = self.sandbox.add_user(f"{name}@sandbox.example").id
        self._furnish()

    def close(self) -> None:
        self.moving.set()
        self.http.close()
        self.sandbox.stop()

    def send(self, raw: Mapping[str, Any]) -> httpx.Response:
        """The answer to a request of the catalogue, names in braces being those of what is there."""
        raw = self.filled(raw)
        body = raw.get("body")
        content = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json"} | ({} if body is None else {"Content-Type": "application/json"})
        found = (name for name, prefixes in PREFIXES.items() if raw["path"].startswith(prefixes))
        if authorization := self.authorizations.get(raw.get("auth", next(found, "auth"))):
            headers["Authorization"] = authorization
        return self.http.request(
            raw["method"], raw["path"], params=raw.get("query"), content=content, data=raw.get("form"), headers=headers
        )

    def filled(self, value: Any) -> Any:
        """The same with the names in braces replaced by what they stand for."""
        text = json.dumps(value)
        for name, known in self.ids.items():
            text = text.replace(f"{{{name}}}", known)
        return json.loads(re.sub(r"\{fresh\}", lambda _: str(uuid.uuid4()), text))

    def made(self, method: str, path: str, /, **document: Any) -> Any:
        answer = self.send({"method": method, "path": path, "body": document})
        assert answer.status_code < 300, answer.text
        return answer.json()

    def _rest(self, size: int) -> None:
        self.moving.wait(30)

    def _furnish(self) -> None:
        ids, made = self.ids, self.made
        for directory in ("waders", "counts", "gulls"):
            (self.sandbox.source.root / directory).mkdir()
        (self.sandbox.source.root / "a.csv").write_text("hello")
        share = {"DATA_TYPE": "shared_endpoint", "display_name": "Guest", "host_endpoint": "{source}"}
        ids["guest"] = made("POST", "/v0.10/shared_endpoint", host_path="/~/", **share)["id"]
        access = {"DATA_TYPE": "access", "principal_type": "identity", "principal": "{other}", "path": "/"}
        ids["rule"] = made("POST", "/v0.10/endpoint/{guest}/access", permissions="r", **access)["access_id"]
        bookmark = {"name": "the one", "endpoint_id": "{source}", "path": "/~/"}
        ids["bookmark"] = made("POST", "/v0.10/bookmark", **bookmark)["id"]
        host = {"DATA_TYPE": "endpoint", "display_name": "Host", "myproxy_server": "myproxy.marsh.example"}
        ids["host"] = made("POST", "/v0.10/endpoint", **host)["id"]
        server = {"DATA_TYPE": "server", "hostname": "dtn.marsh.example"}
        ids["server"] = str(made("POST", "/v0.10/endpoint/{host}/server", **server)["id"])
        rule = {"DATA_TYPE": "pause_rule", "endpoint_id": "{destination}", "pause_task_transfer_write": False}
        ids["pause_rule"] = made("POST", "/v0.10/endpoint_manager/pause_rule", message="Quiet", **rule)["id"]
        ids |= {"listener": self.sandbox.listener.id, "initiator": self.sandbox.initiator.id}
        ends = {
            name: {"data": {"type": "StreamAccessPoint", "id": f"{{{name}}}"}} for name in ("listener", "initiator")
        }
        tunnel = {"type": "Tunnel", "attributes": {"submission_id": "{fresh}"}, "relationships": ends}
        ids["tunnel"] = made("POST", "/v2/tunnels", data=tunnel)["data"]["id"]
        ids["done"] = self.submitted()
        while self.send({"method": "GET", "path": "/v0.10/task/{done}"}).json()["status"] == "ACTIVE":
            pass
        self._register()
        ids["group"] = made("POST", "/v2/groups", name="Waders")["id"]
        self.moving.clear()
        ids["task"] = self.submitted()

    def _register(self) -> None:
        ids = self.ids
        for name in ("project", "given_project", "groups_project"):
            document = {"display_name": name, "contact_email": "ops@marsh.example", "admin_ids": ["{me}"]}
            ids[name] = self.made("POST", "/v2/api/projects", project=document)["project"]["id"]
        policy = {"project_id": "{project}", "display_name": "Staff", "description": "The lab", "high_assurance": True}
        ids["policy"] = self.made("POST", "/v2/api/policies", policy=policy)["policy"]["id"]
        scope = {"name": "Count", "description": "Count birds", "scope_suffix": "count"}
        ids["scope"] = self.made("POST", "/v2/api/clients/{app}/scopes", scope=scope)["scope"]["id"]
        query = {"scope_strings": "urn:globus:auth:scope:transfer.api.globus.org:all"}
        (transfer,) = self.send({"method": "GET", "path": "/v2/api/scopes", "query": query}).json()["scopes"]
        ids |= {"transfer_scope": transfer["id"], "provider": self.sandbox.user.identity_provider}

    def submitted(self) -> str:
        item = {"DATA_TYPE": "transfer_item", "source_path": "/~/", "destination_path": "/~/{fresh}/"}
        task = {"DATA_TYPE": "transfer", "source_endpoint": "{source}", "destination_endpoint": "{destination}"}
        answer = self.made("POST", "/v0.10/transfer", submission_id="{fresh}", DATA=[item], **task)
        return str(answer["task_id"])


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    world = World()
    yield world
    world.close()


def refusal(path: str, answer: httpx.Response) -> str | None:
    """What the service says of its refusal; None where it is not in its shape."""
    document = answer.json()
    if path.startswith("/v0.10/"):
        texts = [document.get(name) for name in ("code", "message", "request_id", "resource")]
        said = document.get("message")
    elif path.startswith(PREFIXES["groups"]):
        said = document["detail"]
        if isinstance(said, list):
            said = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in document["detail"])
        texts = [said]
    elif path.startswith("/v2/oauth2/token"):
        texts = [document.get(name) for name in ("error", "error_description")]
        said = document.get("error_description")
    else:
        texts = [problem.get(name) for problem in document["errors"] for name in ("status", "code", "detail")]
        said = texts[-1]
    return said if all(isinstance(text, str) and text for text in texts) else None


def test_each_case_is_refused_by_the_sandbox_too(world: World, record_property: Record) -> None:
    raw = [case for case in CASES if case["raw"] is not None]
    assert all(case["raw"] or case["raw_why"] for case in CASES)
    wrong: list[str] = []
    refused = named = 0
    for case in raw:
        request = case["raw"]
        answer = world.send(request)
        where = f"{case['at']}: {case['call']}\n    {answer.status_code} {answer.text}"
        message = refusal(request["path"], answer) if 400 <= answer.status_code < 500 else None
        if message is None or answer.status_code != request.get("status", 400):
            wrong.append(where)
            continue
        refused += 1
        field = request.get("field", case["field"])
        if field is None or re.search(rf"(?<!\w){re.escape(field)}(?!\w)", message):
            named += 1
        else:
            wrong.append(f"{where}\n    does not name {field}")
    counts = {"cases": len(CASES), "submitted raw": len(raw), "refused by the sandbox": refused, "named by it": named}
    for name, count in counts.items():
        record_property(name, count)
    sys.stdout.write(f"\ncatalogue: {counts}\n")
    assert not wrong, f"{len(wrong)} of {len(raw)}:\n" + "\n".join(wrong[:50])


GOLDEN: dict[str, str] = {
    "sent_access": "POST /v0.10/endpoint/{guest}/access",
    "sent_access_full": "POST /v0.10/endpoint/{guest}/access",
    "sent_access_update": "PUT /v0.10/endpoint/{guest}/access/{rule}",
    "sent_access_update_cleared": "PUT /v0.10/endpoint/{guest}/access/{rule}",
    "sent_activation": "POST /v0.10/endpoint/{host}/activate",
    "sent_activation_as_received": "POST /v0.10/endpoint/{host}/activate",
    "sent_admin_cancel": "POST /v0.10/endpoint_manager/admin_cancel",
    "sent_admin_pause": "POST /v0.10/endpoint_manager/admin_pause",
    "sent_admin_resume": "POST /v0.10/endpoint_manager/admin_resume",
    "sent_admin_resume_named": "POST /v0.10/endpoint_manager/admin_resume",
    "sent_bookmark": "POST /v0.10/bookmark",
    "sent_bookmark_update": "PUT /v0.10/bookmark/{bookmark}",
    "sent_endpoint": "POST /v0.10/endpoint",
    "sent_endpoint_full": "POST /v0.10/endpoint",
    "sent_endpoint_gcp": "POST /v0.10/endpoint",
    "sent_endpoint_oauth": "POST /v0.10/endpoint",
    "sent_endpoint_update": "PUT /v0.10/endpoint/{host}",
    "sent_endpoint_update_cleared": "PUT /v0.10/endpoint/{host}",
    "sent_endpoint_update_one": "PUT /v0.10/endpoint/{host}",
    "sent_mkdir": "POST /v0.10/operation/endpoint/{source}/mkdir",
    "sent_rename": "POST /v0.10/operation/endpoint/{source}/rename",
    "sent_role": "POST /v0.10/endpoint/{guest}/role",
    "sent_server": "POST /v0.10/endpoint/{host}/server",
    "sent_server_full": "POST /v0.10/endpoint/{host}/server",
    "sent_server_update": "PUT /v0.10/endpoint/{host}/server/{server}",
    "sent_server_update_cleared": "PUT /v0.10/endpoint/{host}/server/{server}",
    "sent_shared_endpoint": "POST /v0.10/shared_endpoint",
    "sent_shared_endpoint_full": "POST /v0.10/shared_endpoint",
    "sent_subscription": "PUT /v0.10/endpoint/{source}/subscription",
    "sent_subscription_admin_verified": "PUT /v0.10/endpoint/{source}/subscription_admin_verified",
    "sent_subscription_default": "PUT /v0.10/endpoint/{source}/subscription",
    "sent_subscription_none": "PUT /v0.10/endpoint/{destination}/subscription",
    "sent_symlink": "POST /v0.10/operation/endpoint/{source}/symlink",
    "sent_task_update": "PUT /v0.10/task/{task}",
    "sent_task_update_cleared": "PUT /v0.10/task/{task}",
    "sent_transfer": "POST /v0.10/transfer",
    "sent_transfer_full": "POST /v0.10/transfer",
    "sent_tunnel": "POST /v2/tunnels",
    "sent_tunnel_full": "POST /v2/tunnels",
    "sent_tunnel_update": "PATCH /v2/tunnels/{tunnel}",
    "sent_tunnel_update_cleared": "PATCH /v2/tunnels/{tunnel}",
    "sent_tunnel_stop": "PATCH /v2/tunnels/{tunnel}",
    "sent_bookmark_v2": "POST /v2/bookmarks",
    "sent_bookmark_v2_update": "PATCH /v2/bookmarks/{bookmark}",
    "sent_delete": "POST /v0.10/delete",
    "sent_delete_full": "POST /v0.10/delete",
    "sent_pause_rule": "POST /v0.10/endpoint_manager/pause_rule",
    "sent_pause_rule_full": "POST /v0.10/endpoint_manager/pause_rule",
    "sent_pause_rule_update": "PUT /v0.10/endpoint_manager/pause_rule/{pause_rule}",
    "sent_pause_rule_update_cleared": "PUT /v0.10/endpoint_manager/pause_rule/{pause_rule}",
    "sent_client": "POST /v2/api/clients",
    "sent_client_full": "POST /v2/api/clients",
    "sent_client_child": "POST /v2/api/clients as basic",
    "sent_client_child_public": "POST /v2/api/clients as basic",
    "sent_client_native_instance": "POST /v2/api/clients as nobody",
    "sent_client_update": "PUT /v2/api/clients/{app}",
    "sent_client_update_cleared": "PUT /v2/api/clients/{app}",
    "sent_client_credential": "POST /v2/api/clients/{app}/credentials",
    "sent_policy": "POST /v2/api/policies",
    "sent_policy_full": "POST /v2/api/policies",
    "sent_policy_update": "PUT /v2/api/policies/{policy}",
    "sent_policy_update_cleared": "PUT /v2/api/policies/{policy}",
    "sent_project": "POST /v2/api/projects",
    "sent_project_full": "POST /v2/api/projects",
    "sent_project_update": "PUT /v2/api/projects/{given_project}",
    "sent_project_update_cleared": "PUT /v2/api/projects/{groups_project}",
    "sent_scope": "POST /v2/api/clients/{app}/scopes",
    "sent_scope_full": "POST /v2/api/clients/{native}/scopes",
    "sent_scope_update": "PUT /v2/api/scopes/{scope}",
    "sent_scope_update_cleared": "PUT /v2/api/scopes/{scope}",
    "sent_actions": "POST /v2/groups/{group}",
    "sent_actions_full": "POST /v2/groups/{group}",
    "sent_group": "POST /v2/groups",
    "sent_group_full": "POST /v2/groups",
    "sent_group_update": "PUT /v2/groups/{group}",
    "sent_group_update_cleared": "PUT /v2/groups/{group}",
    "sent_membership_fields": "PUT /v2/groups/{group}/membership_fields",
    "sent_policies": "PUT /v2/groups/{group}/policies",
    "sent_policies_some": "PUT /v2/groups/{group}/policies",
    "sent_preferences": "PUT /v2/preferences",
    "sent_preferences_default": "PUT /v2/preferences",
    "sent_subscription_verified": "PUT /v2/groups/{group}/subscription_admin_verified",
    "sent_subscription_verified_none": "PUT /v2/groups/{group}/subscription_admin_verified",
}
"""Where each golden payload is sent, and by whom where that matters; what deletes or forbids goes last."""

GOLDEN_IDS = {
    "c0a81f30-7d52-4e0b-9b1e-5f2e6a100001": "{source}",
    "c0a81f30-7d52-4e0b-9b1e-5f2e6a100002": "{destination}",
    "c0a81f30-7d52-4e0b-9b1e-5f2e6a100003": "{source}",
    "c0a81f30-7d52-4e0b-9b1e-5f2e6a100005": "{source}",
    "5d1f7c44-90aa-4b3c-8e21-0c9d3f750002": "{me}",
    "e2f6a9b4-3c58-4d17-a0ce-7b1d5f900001": "{fresh}",
    "4c9e1032-55d6-11ef-8a01-0a1b2c3d4e01": "{task}",
    "4c9e1032-55d6-11ef-8a01-0a1b2c3d4e02": "{done}",
    "f2815ce7-69d4-4eab-8b80-7c1d5ef30001": "{subscription}",
    "cd8e4f97-fa6d-4c29-8b78-aa76bb860001": "{listener}",
    "cd8e4f97-fa6d-4c29-8b78-aa76bb860002": "{initiator}",
    "9a5b1c64-cd3a-11ef-be45-dd43ee53ff03": "{fresh}",
    "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0001": "{me}",
    "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0002": "{other}",
    "61b0a9f2-3d70-4c2e-8b15-90ab12cd0001": "{project}",
    "c81d5f3e-17b4-4a09-8e62-0d9f3b7c0001": "{provider}",
    "a5f4ed37-3d70-4c2e-8b15-90ab12cd0001": "{transfer_scope}",
    "c7160f58-3d70-4c2e-8b15-90ab12cd0001": "{native}",
    "5b0f1d7e-77aa-4a41-8a53-6f1f5b2c0003": "{me}",
    "1d3e0c7a-9b52-4a7e-8d60-2f6b1c9e0001": "{group}",
    "c6a2f0b4-5d17-4a0e-9a3b-7d5e2c8f0001": "{subscription}",
}
"""What is in the sandbox in the place of what golden payloads name."""


def test_each_golden_payload_is_accepted_by_the_sandbox(world: World, record_property: Record) -> None:
    files = {path.stem: path for path in DATA.glob("*/sent_*.json")}
    assert files.keys() == GOLDEN.keys()
    wrong: list[str] = []
    for stem, destination in GOLDEN.items():
        text = files[stem].read_text(encoding="utf-8")
        for id, name in GOLDEN_IDS.items():
            text = text.replace(id, name)
        body = json.loads(text)
        method, route, *caller = destination.replace(" as ", " ").split(" ")
        if route in ("/v0.10/transfer", "/v0.10/delete"):
            # The client fetches one, where the payload has none.
            body.setdefault("submission_id", "{fresh}")
        request = {"method": method, "path": route, "body": body}
        answer = world.send({**request, "auth": caller[0]} if caller else request)
        if answer.status_code >= 300:
            wrong.append(f"{stem}: {answer.status_code} {answer.text}")
    counts = {"golden payloads": len(GOLDEN), "accepted by the sandbox": len(GOLDEN) - len(wrong)}
    for name, count in counts.items():
        record_property(name, count)
    sys.stdout.write(f"\ncatalogue: {counts}\n")
    assert not wrong, "\n".join(wrong)
