# Generated from async_service.py by tools/unasync.py: change that file.
"""A Globus that answers as a test says, at once, and remembers what it was asked."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import httpx

from globus_typed import (
    AccessTokenAuthorizer,
    AuthClient,
    ConfidentialAppAuthClient,
    GlobusAuthorizer,
    GroupsClient,
    NativeAppAuthClient,
    TransferClient,
)
from globus_typed.core.client import ClientOptions

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
OTHER = "5d2e8f31-9a07-4c63-8b12-aa10bb20cc01"
NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def ok(status: int = 200, /, **document: Any) -> httpx.Response:
    return httpx.Response(status, json=document)


def error(status: int, code: str = "Broken", headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": "no", "request_id": "r1"}, headers=headers)


class Service:
    """Answers with the given answers one after another, the last one for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if not isinstance(answer, httpx.Response):
            return answer(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def transfer(self, authorizer: GlobusAuthorizer | None = None) -> TransferClient:
        return TransferClient(authorizer or AccessTokenAuthorizer("the-token"), **self._options("transfer"))

    def auth(self) -> AuthClient:
        return AuthClient(authorizer=AccessTokenAuthorizer("the-token"), **self._options("auth"))

    def groups(self) -> GroupsClient:
        return GroupsClient(AccessTokenAuthorizer("the-token"), **self._options("groups"))

    def native(self) -> NativeAppAuthClient:
        return NativeAppAuthClient(ID, **self._options("auth"))

    def confidential(self) -> ConfidentialAppAuthClient:
        return ConfidentialAppAuthClient(ID, "the-secret", **self._options("auth"))

    @property
    def queries(self) -> list[dict[str, str]]:
        return [dict(request.url.params) for request in self.requests]

    @property
    def forms(self) -> list[dict[str, str]]:
        return [dict(parse_qsl(request.content.decode(), keep_blank_values=True)) for request in self.requests]

    def _options(self, service: str) -> ClientOptions:
        return {
            "base_url": f"https://{service}.example/",
            "http_client": httpx.Client(transport=httpx.MockTransport(self)),
            "clock": lambda: NOW,
            "sleep": self.sleep,
        }
