"""What goes over the wire for a request, and what becomes of what comes back."""

import copy
import json
import pickle
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic_core import to_json

from globus_typed import (
    Document,
    Endpoint,
    GlobusUsageError,
    ListDocument,
    NotFoundError,
    Payload,
    RedirectedError,
    Request,
    Response,
    ResponseShapeError,
    TransferAPIError,
)
from globus_typed.core.fields import Timestamp
from globus_typed.core.http_info import Secret
from globus_typed.core.wire import decode, encode, http_info

BASE = "https://transfer.example/"
TOKEN = Secret("Bearer hush")


class Order(Payload):
    data_type: str = "order"
    name: str


class Leaf(Document, frozen=True):
    id: str
    name: str | None = None
    changed: Timestamp | None = None


class Leaves(ListDocument[Leaf], frozen=True):
    total: int | None = None


def get(**more: Any) -> Request[Response]:
    return Request("GET", more.pop("path", ("v0.10", "x")), Response, **more)


def sent(request: Request[Any], base: str = BASE, headers: dict[str, str] | None = None) -> httpx.Request:
    return encode(request, base, headers or {}, TOKEN, 60.0)


@pytest.mark.parametrize(
    ("base", "path", "url"),
    [
        ("https://transfer.example/", ("v0.10", "x"), "https://transfer.example/v0.10/x"),
        ("https://proxy.example/globus/", ("v0.10", "x"), "https://proxy.example/globus/v0.10/x"),
        ("http://127.0.0.1:8080/", "/v2/x", "http://127.0.0.1:8080/v2/x"),
        ("https://transfer.example/", "v2/x", "https://transfer.example/v2/x"),
        ("https://transfer.example/", "https://other.example/x", "https://other.example/x"),
    ],
)
def test_the_address_is_the_path_beneath_that_of_the_service(base: str, path: Any, url: str) -> None:
    assert str(sent(get(path=path), base).url) == url


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({}, ""),
        ({"a": None}, ""),
        ({"a": "", "b": 0, "c": 1.5}, "a=&b=0&c=1.5"),
        ({"a": True, "b": False}, "a=true&b=false"),
        ({"a": ["x", "y"], "b": ()}, "a=x&a=y"),
        ({"a": UUID(int=1)}, "a=00000000-0000-0000-0000-000000000001"),
        ({"a": "x&y=z #ä/+"}, "a=x%26y%3Dz+%23%C3%A4%2F%2B"),
    ],
)
def test_a_query_parameter_that_is_none_is_left_out(query: dict[str, Any], text: str) -> None:
    assert sent(get(query=query)).url.query.decode() == text


def test_a_query_is_added_to_one_that_the_path_has() -> None:
    assert sent(get(path="/x?a=1", query={"b": 2})).url.query == b"a=1&b=2"


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(GlobusUsageError, match="path: "):
        sent(get(path="https://x:y/"))


@pytest.mark.parametrize(
    ("body", "content", "kind"),
    [
        ({"json": Order(name="ä")}, '{"DATA_TYPE":"order","name":"ä"}'.encode(), "application/json"),
        ({"json": {"a": None, "b": [1]}}, b'{"a":null,"b":[1]}', "application/json"),
        ({"form": {"a": "b c", "d": "ä&"}}, b"a=b+c&d=%C3%A4%26", "application/x-www-form-urlencoded"),
        ({"content": b"raw"}, b"raw", None),
        ({}, b"", None),
        ({"content": b"a,b", "headers": {"Content-Type": "text/csv"}}, b"a,b", "text/csv"),
        ({"json": {}, "headers": {"CONTENT-TYPE": "application/vnd.api+json"}}, b"{}", "application/vnd.api+json"),
    ],
)
def test_a_body_has_its_content_type(body: dict[str, Any], content: bytes, kind: str | None) -> None:
    request = sent(Request("POST", ("x",), Response, **body))
    assert request.content == content
    assert request.headers.get("Content-Type") == kind
    assert request.headers["Content-Length"] == str(len(content))


def test_headers_meet_by_one_name_each() -> None:
    request = sent(get(headers={"X-A": "request", "Accept": "text/plain"}), headers={"accept": "json", "x-b": "client"})
    assert request.headers.get_list("accept") == ["text/plain"]
    assert (request.headers["x-a"], request.headers["x-b"]) == ("request", "client")


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION"])
def test_headers_of_a_request_do_not_replace_the_authorization(name: str) -> None:
    assert sent(get(headers={name: "Bearer mine"})).headers.get_list("authorization") == ["Bearer hush"]


def test_an_authorization_of_the_requests_own_replaces_that_of_the_client() -> None:
    assert sent(get(authorization=Secret("Basic x"))).headers["Authorization"] == "Basic x"


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        ("https://transfer.example/v0.10/x", True),
        ("HTTPS://TRANSFER.EXAMPLE/x", True),
        ("https://transfer.example:443/x", True),
        ("http://transfer.example/x", False),
        ("https://transfer.example:8443/x", False),
        ("https://transfer.example.evil.example/x", False),
        ("https://transfer.example@evil.example/x", False),
        ("https://evil.example/?https://transfer.example/", False),
    ],
)
def test_a_token_goes_to_its_own_origin_alone(url: str, goes: bool) -> None:
    request = sent(get(path=url))
    assert request.headers.get("Authorization") == ("Bearer hush" if goes else None)
    assert (request.url.host == "transfer.example" and request.url.scheme == "https" and not request.url.port) is goes


@pytest.mark.parametrize("seconds", [7.5, None])
def test_the_timeout_is_that_of_every_step(seconds: float | None) -> None:
    timeout = encode(get(), BASE, {}, None, seconds).extensions["timeout"]
    assert timeout == dict.fromkeys(("connect", "read", "write", "pool"), seconds)


def answered(request: Request[Any], status: int, content: bytes, **headers: str) -> Any:
    response = httpx.Response(status, content=content, headers=headers, request=sent(request))
    return decode(request, http_info(response, 3, 1_700_000_000.0), TransferAPIError)


def leaves(**more: Any) -> Request[Leaves]:
    return Request("GET", ("leaves",), Leaves, **more)


def test_a_document_tells_how_it_came() -> None:
    doc = answered(
        get(query={"a": "b"}), 201, b'{"x": 1}', **{"X-Request-Id": "r7", "Content-Type": "application/json"}
    )
    http = doc.http
    assert (http.method, http.url, http.status) == ("GET", f"{BASE}v0.10/x?a=b", 201)
    assert (http.body, http.request_id, http.attempts, http.received_at) == (b'{"x": 1}', "r7", 3, 1_700_000_000.0)
    assert http.headers["content-type"] == http.headers["Content-Type"] == "application/json"


def test_the_request_id_may_stand_in_the_document() -> None:
    assert answered(get(), 200, b'{"request_id": "r1"}').http.request_id == "r1"
    assert answered(get(), 200, b'{"request_id": "r1"}', **{"X-Request-Id": "r7"}).http.request_id == "r7"
    assert answered(get(), 200, b"{}").http.request_id is None


@pytest.mark.parametrize(("status", "error"), [(199, TransferAPIError), (404, NotFoundError), (500, TransferAPIError)])
def test_what_is_no_success_is_raised(status: int, error: type[TransferAPIError]) -> None:
    with pytest.raises(error) as caught:
        answered(get(), status, b'{"code": "X", "message": "no"}')
    assert (caught.value.http_status, caught.value.code) == (status, "X")


@pytest.mark.parametrize("status", [200, 204, 299])
def test_everything_from_200_to_299_is_success(status: int) -> None:
    assert answered(get(), status, b"").http_status == status


@pytest.mark.parametrize("status", [300, 302, 304, 399])
def test_what_goes_elsewhere_is_success_only_where_the_request_says_so(status: int) -> None:
    assert answered(Request("GET", ("x",), Response, statuses={status}), status, b"").http_status == status
    with pytest.raises(RedirectedError):
        answered(get(), status, b"")


@pytest.mark.parametrize(
    ("body", "member"),
    [
        (b'{"DATA": [{"id": "a"}, {"name": "hush"}]}', "DATA.1.id"),
        (b'{"DATA": [{"id": ["hush"]}]}', "DATA.0.id"),
        (b'{"hush": 1}', "DATA"),
        (b'{"DATA": [], "total": "hush"}', "total"),
        (b"<html>hush</html>", ""),
        (b"", ""),
        (b'["hush"]', ""),
    ],
)
def test_a_body_of_another_shape_names_the_member_and_not_what_is_in_it(body: bytes, member: str) -> None:
    with pytest.raises(ResponseShapeError) as caught:
        answered(leaves(), 200, body, **{"Content-Type": "text/html"})
    error = caught.value
    assert error.document == "Leaves"
    assert error.problems[0][0] == member
    assert f"{member or 'body'}: {error.problems[0][1]}" in str(error)
    assert error.http.body == body
    assert f"GET {BASE}leaves answered 200 (text/html, {len(body)} bytes)" in str(error)
    for shown in (str(error), repr(error), repr(error.problems), repr(error.args), repr(error.http)):
        assert "hush" not in shown
    assert error.__cause__ is error.__context__ is None  # pydantic's error holds the body


def test_an_answer_cut_down_by_fields_lacks_the_attributes() -> None:
    body = b'{"DATA": [{"name": "a", "changed": "2025-03-04"}, {"name": "b", "id": "7"}]}'
    page = answered(leaves(query={"fields": "name,changed"}), 200, body)
    first, second = page
    assert (first.name, second.name, second.id) == ("a", "b", "7")
    with pytest.raises(AttributeError, match="id"):
        first.id  # noqa: B018
    assert "id" not in first
    assert first.get("id") is None
    assert page.data == json.loads(body)
    with pytest.raises(ResponseShapeError, match=r"DATA\.0\.id"):
        answered(leaves(), 200, body)
    with pytest.raises(ResponseShapeError, match="total"):
        answered(leaves(query={"fields": "name"}), 200, b'{"DATA": [{}], "total": []}')


def test_a_document_that_was_cut_down_is_still_a_value() -> None:
    cut = Request("GET", ("endpoint", "x"), Endpoint, query={"fields": "display_name"})
    body = to_json({"display_name": "a"})
    doc: Endpoint = answered(cut, 200, body)
    assert doc == answered(cut, 200, body)
    assert doc != answered(cut, 200, to_json({"display_name": "a", "id": ""}))
    assert "display_name='a'" in repr(doc)
    for clone in (copy.copy(doc), copy.deepcopy(doc), pickle.loads(pickle.dumps(doc))):
        assert clone == doc
        with pytest.raises(AttributeError):
            clone.id  # noqa: B018
    assert doc.model_dump(exclude_unset=True) == {"display_name": "a"}
    assert json.loads(doc.model_dump_json(exclude_unset=True)) == {"display_name": "a"}
    assert "id" not in doc.model_dump()
