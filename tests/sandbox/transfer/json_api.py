"""What the tests of Transfer v2 ask and expect."""

from collections.abc import Iterator
from typing import Any

import httpx

from .bench import Bench

NOWHERE = "7a1d3c52-0b6e-4f19-9c44-3e8a51d2ffff"


def v2(response: httpx.Response, status: int = 200) -> Any:
    """The `data` of an answer that must be a whole JSON:API document."""
    assert response.status_code == status, response.text
    document = response.json()
    assert set(document) <= {"data", "links", "meta"}
    assert response.headers["X-Request-Id"] == document["meta"]["request_id"]
    return document["data"]


def refused(bench: Bench, method: str, path: str, **rest: Any) -> tuple[int, str, str]:
    """Status, code and detail of a request that must be refused with a JSON:API error document."""
    response = bench.request(method, path, **rest)
    assert response.headers["Content-Type"] == "application/vnd.api+json"
    document = response.json()
    assert set(document) == {"errors", "meta"}
    assert response.headers["X-Request-Id"] == document["meta"]["request_id"]
    (error,) = document["errors"]
    assert (error["status"], bool(error["title"])) == (str(response.status_code), True)
    return response.status_code, error["code"], error["detail"]


def pages(bench: Bench, path: str, **params: object) -> Iterator[list[str]]:
    """The ids on each page, by the links."""
    url: str | None = str(httpx.URL(path, params={name: str(value) for name, value in params.items()}))
    while url:
        answer = bench.request("GET", url)
        yield [each["id"] for each in v2(answer)]
        links = answer.json()["links"]
        url = links and links["next"].removeprefix("http://sandbox")
