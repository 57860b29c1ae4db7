"""A collection of a few directories, and what becomes of calls that list them."""

from typing import Any

import httpx

Tree = dict[str, Any]
"""Entries by name: of a directory a dict of such, of a file None, of what has a `type` the members it has."""
FILE: Tree = {"DATA_TYPE": "file", "type": "file", "size": 10, "last_modified": "2023-11-14 21:13:20+00:00"}


def refused(status: int, code: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": "no", "request_id": "r1"}, headers=headers)


class Collection:
    """Lists the directories of a tree.

    `refusals` has, by path, the responses that come before a listing, one for each call; the last one for ever.
    """

    def __init__(self, **top: Any) -> None:
        self.top: Tree = top
        self.refusals: dict[str, list[httpx.Response | Exception]] = {}
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.params["path"]
        self.asked.append(path)
        if waiting := self.refusals.get(path):
            refusal = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(refusal, Exception):
                raise refusal
            if refusal.status_code != 200:
                return httpx.Response(refusal.status_code, headers=refusal.headers, content=refusal.content)
        inside: Tree | None = self.top
        for name in path.strip("/").split("/")[1:]:
            inside = None if inside is None else inside.get(name)
        if inside is None:
            return refused(404, "ClientError.NotFound")
        entries = [self._entry(name, inner) for name, inner in inside.items()]
        return httpx.Response(200, json={"DATA_TYPE": "file_list", "path": path, "DATA": entries})

    def _entry(self, name: str, inner: Tree | None) -> Tree:
        if inner is not None and "type" in inner:
            return {**FILE, "name": name, **inner}
        return {**FILE, "name": name, "type": "file" if inner is None else "dir"}


def fine() -> httpx.Response:
    return httpx.Response(200)
