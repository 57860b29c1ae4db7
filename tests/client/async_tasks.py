"""A Globus whose tasks go on from look to look, as a test says."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import httpx
from pydantic_core import from_json

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, RetryPolicy

from .async_service import NOW

Look = dict[str, Any]


def task_id(number: int) -> str:
    """The id of the task that is submitted as this one, from 0."""
    return str(UUID(int=0x7A1D3C520B6E4F199C443E8A51D20000 + number))


class Tasks:
    """Takes submissions, shows each task as it is at each look (the last one for ever), and cancels."""

    def __init__(self, *looks: Iterable[Look], retries: int = 0) -> None:
        self.looks = [[dict(look) for look in each] for each in looks]
        self.submitted: dict[str, int] = {}
        self.canceled: list[str] = []
        self.requests: list[httpx.Request] = []
        self.pauses: list[float] = []
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.skipped: list[dict[str, Any]] = []
        self.copied: list[dict[str, Any]] = []
        self.broken: dict[str, Exception | httpx.Response] = {}
        self.rounds: list[int] = []
        self._retries = retries

    def client(self) -> AsyncTransferClient:
        return AsyncTransferClient(
            AccessTokenAuthorizer("the-token"),
            base_url="https://transfer.example/",
            http_client=httpx.AsyncClient(transport=httpx.MockTransport(self)),
            clock=lambda: NOW + sum(self.pauses),
            sleep=self.sleep,
            retry=RetryPolicy(max_retries=self._retries),
        )

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.rounds.append(len(self.requests))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        place = request.url.path.removeprefix("/v0.10/")
        for end, broken in self.broken.items():
            if place.endswith(end):
                if isinstance(broken, Exception):
                    raise broken
                return httpx.Response(broken.status_code, content=broken.content)
        return httpx.Response(200, json=self._answer(request, place))

    def _answer(self, request: httpx.Request, place: str) -> Any:
        if place == "submission_id":
            return {"value": str(uuid4())}
        if place in {"transfer", "delete"}:
            key = from_json(request.content)["submission_id"]
            code = "Duplicate" if key in self.submitted else "Accepted"
            number = self.submitted.setdefault(key, len(self.submitted))
            return {"task_id": task_id(number), "code": code, "submission_id": key}
        if place == "task_list":
            (ids,) = (part[8:] for part in request.url.params["filter"].split("/") if part.startswith("task_id:"))
            found = [self._task(each) for each in ids.split(",")]
            return {"DATA": [each for each in reversed(found) if not each.get("hidden")]}
        _, key, *more = place.split("/")
        if not more:
            return self._task(key)
        if more == ["cancel"]:
            self.canceled.append(key)
            return {"code": "Canceled", "message": "canceled"}
        if more == ["event_list"]:
            events = self.events.get(key, [])
            only = request.url.params.get("filter") == "is_error:1"
            events = [event for event in events if event["is_error"] or not only]
            start, limit = int(request.url.params.get("offset", 0)), int(request.url.params.get("limit", 10))
            page = events[start : start + limit]
            return {"DATA": page, "total": len(events), "length": len(page), "offset": start, "limit": limit}
        return {"DATA": self.skipped if more == ["skipped_errors"] else self.copied, "next_marker": None}

    def _task(self, key: str) -> Look:
        number = int(key.replace("-", ""), 16) & 0xFFFF
        looks = self.looks[number] if number < len(self.looks) else self.looks[-1]
        look = looks.pop(0) if len(looks) > 1 else looks[0]
        return {"task_id": key, "type": "TRANSFER", **look}


def fault(path: str, code: str = "PERMISSION_DENIED", second: int = 40) -> dict[str, Any]:
    """An event that tells of a fault."""
    return {
        "DATA_TYPE": "event",
        "code": code,
        "is_error": True,
        "description": code.lower().replace("_", " "),
        "details": f"Error (open)\nFile: {path}",
        "time": f"2025-03-04T11:21:{second:02}+00:00",
    }
