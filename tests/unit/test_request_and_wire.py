"""What cannot be sent is refused by the name of the parameter, before anything is sent; the rest arrives as meant."""

from enum import Enum
from typing import Any

import httpx
import pytest

from globus_typed import AccessTokenAuthorizer, GlobusUsageError, Request, Response, TransferClient
from globus_typed.core.http_info import Secret
from globus_typed.core.wire import encode

BASE = "https://transfer.example/"
HALF = "\ud800"
"""Half a character, as a name that `os.listdir` gives may hold."""


def sent(**more: Any) -> httpx.Request:
    request: Request[Response] = Request("POST", more.pop("path", "/x"), Response, **more)
    return encode(request, BASE, {"accept": "json"}, Secret("Bearer hush"), 60.0)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("path", {"path": f"/x{HALF}"}),
    ("path", {"path": "/x\n"}),
    ("filter", {"query": {"filter": HALF}}),
    ("filter", {"query": {"filter": ["a", HALF]}}),
    ("filter", {"query": {"filter": {"a": "b"}}}),
    ("filter", {"query": {"filter": b"a"}}),
    ("code", {"form": {"code": HALF}}),
    ("code", {"form": {"code": b"a"}}),
    ("json_body", {"json": {"a": len}}),
    ("json_body", {"json": {"a": HALF}}),
    *(("headers: X-A", {"headers": {"X-A": it}}) for it in ("a\r\nX-B: c", "a\0", "ä", " a", "a\t", 7, None, b"a")),
    *(("headers", {"headers": {name: "a"}}) for name in ("", "X A", "X:", "X\n", "Ä", 7, b"X")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given"), WRONG, ids=ascii)
def test_what_cannot_be_sent_is_refused_by_name(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(GlobusUsageError) as caught:
        sent(**given)
    assert str(caught.value).startswith(f"{name}")
    assert str(caught.value).encode()  # it can be printed


def test_a_header_that_is_refused_does_not_show_its_value() -> None:
    with pytest.raises(GlobusUsageError) as caught:
        sent(headers={"X-Key": "hush\n"})
    assert "hush" not in f"{caught.value!r}"


@pytest.mark.parametrize(("name", "given"), WRONG, ids=ascii)
def test_a_client_asks_nothing_when_it_refuses(name: str, given: dict[str, Any]) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with TransferClient(AccessTokenAuthorizer("hush"), base_url=BASE, http_client=http) as tc:
        with pytest.raises(GlobusUsageError, match=f"^{name}"):
            tc.send(
                Request("POST", given.get("path", "/x"), Response, **{k: v for k, v in given.items() if k != "path"})
            )
        assert not asked
        assert tc.send(Request("POST", "/x", Response)).http_status == 200  # it goes on working


class Order(str, Enum):
    NAME = "name"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"a": [True, None, 3, "x"]}, b"a=true&a=3&a=x"),
        ({"a": (), "b": [], "c": [None]}, b""),
        ({"a": Order.NAME}, b"a=name"),
    ],
)
def test_texts_of_a_list_are_sent_like_single_ones(query: dict[str, Any], text: bytes) -> None:
    assert sent(query=query).url.query == text


def test_what_can_be_read_only_once_is_there_when_a_request_goes_out_again() -> None:
    asked: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.query)
        return httpx.Response(503 if len(asked) == 1 else 200, json={})

    def no_sleep(seconds: float) -> None: ...

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with TransferClient(base_url=BASE, http_client=http, sleep=no_sleep) as tc:
        tc.get("/x", params={"filter": (name for name in ("a", "b"))})
    assert asked == [b"filter=a&filter=b"] * 2


def test_a_form_leaves_out_what_is_not_given() -> None:
    form: Any = {"a": None, "b": True, "c": "x y"}
    assert sent(form=form).content == b"b=true&c=x+y"


@pytest.mark.parametrize("path", ["/x#part", "/x?y=1#part", f"{BASE}x#part"])
def test_a_fragment_does_not_take_the_query_with_it(path: str) -> None:
    url = sent(path=path, query={"a": "b"}).url
    assert (url.path, url.fragment) == ("/x", "")
    assert dict(url.params) == {"a": "b"} | ({"y": "1"} if "y=1" in path else {})
