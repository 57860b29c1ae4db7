"""A collection of a few directories, and what becomes of calls that list them."""

import httpx

FILE = {"DATA_TYPE": "file", "type": "file", "size": 10, "last_modified": "2023-11-14 21:13:20+00:00"}
Tree = dict[str, "Tree | dict[str, object] | None"]


def refused(status: int, code: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": "no", "request_id": "r1"}, headers=headers)


class Collection:
    """Lists its directories, which are dicts; a dict with a type is an entry of that type, None a file.

    `refusals` has, by path, the responses that come before a listing, one for each call; the last one for ever.
    """

    def __init__(self, **top: "Tree | dict[str, object] | None") -> None:
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
        inside: object = self.top
        for name in path.strip("/").split("/")[1:]:
            inside = inside.get(name) if isinstance(inside, dict) else None
        if not isinstance(inside, dict):
            return refused(404, "ClientError.NotFound")
        entries = [self._entry(name, inner) for name, inner in inside.items()]
        return httpx.Response(200, json={"DATA_TYPE": "file_list", "path": path, "DATA": entries})

    def _entry(self, name: str, inner: object) -> dict[str, object]:
        if isinstance(inner, dict) and "type" in inner:
            return {**FILE, "name": name, **inner}
        return {**FILE, "name": name, "type": "file" if inner is None else "dir"}


def fine() -> httpx.Response:
    return httpx.Response(200)
