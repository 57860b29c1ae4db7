"""A Transfer service in process, with two users, their collections, and a mover that a test can hold."""

import threading
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx
from fastapi import FastAPI

from globus_typed.sandbox.app import create_app
from globus_typed.sandbox.auth.state import Caller, SandboxUser, TokenRefused
from globus_typed.sandbox.setting import Setting
from globus_typed.sandbox.transfer import SandboxCollection, TransferState
from globus_typed.sandbox.transfer.service import PLAYED

SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all"


class Clock:
    """Time that only moves when a test says so."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class Hold:
    """A pace that lets the mover do `free` chunks or files, then holds it until `release`."""

    def __init__(self) -> None:
        self.free: float = float("inf")
        self.calls: list[int] = []
        self.held = threading.Event()
        self._go = threading.Event()

    def __call__(self, size: int) -> None:
        self.calls.append(size)
        if len(self.calls) > self.free:
            self.held.set()
            assert self._go.wait(20), "the test never released the mover"

    def release(self) -> None:
        self.free = float("inf")
        self._go.set()


class Tokens:
    """Stands in for the sandbox's Auth: the token is the user's name."""

    def __init__(self, *users: SandboxUser) -> None:
        self.users = {user.username: user for user in users}
        self.consents: set[tuple[str, str]] = set()

    def authenticate(self, authorization: str | None, *, scope: str) -> Caller:
        assert scope == SCOPE
        token = (authorization or "").removeprefix("Bearer ")
        if token == "foreign":
            raise TokenRefused(403, "The token is for something else")
        if token not in self.users:
            raise TokenRefused(401, "No such token")
        return Caller(self.users[token], "an app", frozenset({scope}))

    def has_consent(self, caller: Caller, scope: str, dependency: str) -> bool:
        return (scope, dependency) in self.consents


def user(name: str) -> SandboxUser:
    return SandboxUser(str(uuid.uuid4()), f"{name}@sandbox.example", name, None, None, "a provider")


@dataclass
class Bench:
    state: TransferState
    app: FastAPI
    clock: Clock
    hold: Hold
    wren: SandboxUser
    lark: SandboxUser
    source: SandboxCollection
    destination: SandboxCollection
    groups: dict[str, Collection[str]]

    def add_group(self, *members: SandboxUser) -> str:
        """The id of a new group, as the service Groups would know it."""
        group_id = str(uuid.uuid4())
        self.groups[group_id] = {member.id for member in members}
        return group_id

    @property
    def here(self) -> Path:
        return self.source.root

    @property
    def there(self) -> Path:
        return self.destination.root

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        content: bytes | None = None,
        token: str | None = "wren@sandbox.example",
        raise_errors: bool = True,
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=raise_errors)
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with httpx.AsyncClient(transport=transport, base_url="http://sandbox", headers=headers) as client:
                url = path if path.startswith("/v2/") else f"/v0.10{path}"
                return await client.request(method, url, params=params, json=json, content=content)

        return anyio.run(send)

    def get(self, url: str, /, **params: Any) -> dict[str, Any]:
        return good(self.request("GET", url, params=params))

    def names(self, collection: SandboxCollection, path: str | None = None, **params: Any) -> list[str]:
        """The names in a listing."""
        query = params if path is None else {"path": path, **params}
        return [entry["name"] for entry in self.get(f"/operation/endpoint/{collection.id}/ls", **query)["DATA"]]

    def refused(self, method: str, path: str, **rest: Any) -> tuple[int, str, str]:
        """Status, code and message of a request that must be refused with a whole error document."""
        response = self.request(method, path, **rest)
        assert response.status_code >= 400, response.text
        document = response.json()
        assert set(document) >= {"code", "message", "request_id", "resource"}
        assert len(document["request_id"]) == 9
        assert document["request_id"].isalnum()
        assert response.headers["X-Request-Id"] == document["request_id"]
        assert document["resource"] == path
        return response.status_code, document["code"], document["message"]

    def transfer(self, *items: Mapping[str, object], **fields: object) -> dict[str, Any]:
        return {
            "DATA_TYPE": "transfer",
            "submission_id": str(uuid.uuid4()),
            "source_endpoint": self.source.id,
            "destination_endpoint": self.destination.id,
            "DATA": list(items),
            **fields,
        }

    def delete(self, *paths: str, **fields: object) -> dict[str, Any]:
        return {
            "DATA_TYPE": "delete",
            "submission_id": str(uuid.uuid4()),
            "endpoint": self.destination.id,
            "DATA": [{"DATA_TYPE": "delete_item", "path": path} for path in paths],
            **fields,
        }

    def share(self, host_path: str = "/", **fields: object) -> str:
        """The id of a new guest collection on the source."""
        body = {
            "DATA_TYPE": "shared_endpoint",
            "host_endpoint": self.source.id,
            "host_path": host_path,
            "display_name": "Bench Share",
            **fields,
        }
        made = self.request("POST", "/shared_endpoint", json=body)
        assert made.status_code == 201, made.text
        id = made.json()["id"]
        assert isinstance(id, str)
        return id

    def submit(self, document: Mapping[str, object]) -> str:
        answer = good(self.request("POST", f"/{document['DATA_TYPE']}", json=document))
        task_id = answer["task_id"]
        assert isinstance(task_id, str)
        return task_id

    def finish(self, task_id: str) -> dict[str, Any]:
        """The task's document once it has ended."""
        assert self.state.task(self.wren, task_id).done.wait(20)
        return self.get(f"/task/{task_id}")

    def run(self, document: Mapping[str, object]) -> dict[str, Any]:
        return self.finish(self.submit(document))

    def events(self, task: Mapping[str, Any], **params: Any) -> list[str]:
        listed = self.get(f"/task/{task['task_id']}/event_list", limit=1000, **params)
        return [event["code"] for event in listed["DATA"]]

    def moved(self, task: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """The successful transfers of a task by destination path."""
        listed = self.get(f"/task/{task['task_id']}/successful_transfers", limit=1000)
        return {one["destination_path"]: one for one in listed["DATA"]}


def good(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code < 300, response.text
    assert response.headers["X-Transfer-API-Version"] == "0.10"
    document: dict[str, Any] = response.json()
    return document


def item(source: str, destination: str, recursive: bool | None = None, **fields: object) -> dict[str, object]:
    document: dict[str, object] = {
        "DATA_TYPE": "transfer_item",
        "source_path": source,
        "destination_path": destination,
        **fields,
    }
    if recursive is not None:
        document["recursive"] = recursive
    return document


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def tree(root: Path) -> dict[str, str]:
    """Every file below `root` with its content, `-> target` for links, and `/` for directories that are empty."""
    found: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes().decode()
        elif not any(path.iterdir()):
            found[name] = "/"
    return found


def build(directory: Path, *, cancel_wait: float = 20.0, paced: bool = True) -> Bench:
    wren, lark, clock, hold = user("wren"), user("lark"), Clock(), Hold()
    groups: dict[str, Collection[str]] = {}
    state = TransferState(
        Tokens(wren, lark),
        clock=clock,
        pace=hold if paced else None,
        cancel_wait=cancel_wait,
        members_of=lambda group_id: groups.get(group_id, ()),
    )
    for name in ("source", "destination"):
        (directory / name).mkdir()
    setting = Setting()
    setting.add(state)
    return Bench(
        state,
        create_app([PLAYED], setting),
        clock,
        hold,
        wren,
        lark,
        state.add_collection("Bench Source", directory / "source", wren, organization="Larkspur Lab"),
        state.add_collection("Bench Destination", directory / "destination", wren),
        groups,
    )
