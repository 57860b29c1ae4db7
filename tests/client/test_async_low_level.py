"""`get`, `post`, `put`, `patch` and `delete`: any route, as documented, by the way that every call goes."""

import inspect
from typing import Any

import httpx
import pytest

from globus_typed import (
    AsyncAuthClient,
    AsyncTransferClient,
    AuthAPIError,
    BadRequestError,
    Endpoint,
    GlobusAPIError,
    GlobusUsageError,
    NotFoundError,
    Part,
    RedirectedError,
    Request,
    Response,
    ResponseShapeError,
    TransferAPIError,
)
from globus_typed.core.async_client import AsyncClient

from .async_service import ID, Service, error, ok

pytestmark = pytest.mark.anyio

LOW_LEVEL = ("get", "post", "put", "patch", "delete")


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("endpoint/x", "/v0.10/endpoint/x"),
        ("/endpoint/x", "/v0.10/endpoint/x"),
        ("v0.10/endpoint/x", "/v0.10/endpoint/x"),
        ("/v0.10/endpoint/x", "/v0.10/endpoint/x"),
        ("v2/tunnels", "/v2/tunnels"),
        ("/v2/tunnels", "/v2/tunnels"),
        ("v2x/tunnels", "/v0.10/v2x/tunnels"),
        ("", "/v0.10/"),
        ("endpoint/a%20b", "/v0.10/endpoint/a%20b"),
        ("endpoint/ä b", "/v0.10/endpoint/%C3%A4%20b"),
        ("https://transfer.example/v0.10/x", "/v0.10/x"),
    ],
)
@pytest.mark.parametrize("method", LOW_LEVEL)
async def test_a_path_is_one_within_the_service(method: str, path: str, asked: str) -> None:
    service = Service(ok(x=1))
    answer = await getattr(service.transfer(), method)(path)
    (request,) = service.requests
    assert (request.method, request.url.raw_path.decode()) == (method.upper(), asked)
    assert request.url.host == "transfer.example"
    assert isinstance(answer, Response)
    assert answer["x"] == 1


async def test_a_path_of_auth_begins_at_its_root() -> None:
    service = Service(ok())
    app = service.native()
    for path in ("v2/api/identities", "/v2/api/identities", "/jwk.json"):
        await app.get(path)
    assert [request.url.path for request in service.requests] == ["/v2/api/identities"] * 2 + ["/jwk.json"]


@pytest.mark.parametrize("method", LOW_LEVEL)
async def test_query_and_headers_go_along(method: str) -> None:
    service = Service(ok())
    params = {"a": "b c", "none": None, "flag": True, "many": ["1", "2"]}
    await getattr(service.transfer(), method)("x?y=z", params=params, headers={"X-Test": "yes", "Accept": "text/csv"})
    (request,) = service.requests
    assert request.url.query == b"y=z&a=b+c&flag=true&many=1&many=2"
    assert (request.headers["X-Test"], request.headers.get_list("Accept")) == ("yes", ["text/csv"])


@pytest.mark.parametrize("method", ["post", "put"])
@pytest.mark.parametrize(
    ("body", "content", "kind"),
    [
        ({"json_body": {"a": [None, 1.5]}}, b'{"a":[null,1.5]}', "application/json"),
        ({"json_body": {}}, b"{}", "application/json"),
        ({"text_body": "a,b\nä"}, "a,b\nä".encode(), None),
        ({"text_body": {"a": "b c", "d": "ä&"}}, b"a=b+c&d=%C3%A4%26", "application/x-www-form-urlencoded"),
        ({}, b"", None),
    ],
)
async def test_a_body_is_an_object_a_form_or_a_text(
    method: str, body: dict[str, Any], content: bytes, kind: str | None
) -> None:
    service = Service(ok())
    await getattr(service.transfer(), method)("x", **body)
    assert service.requests[0].content == content
    assert service.requests[0].headers.get("Content-Type") == kind


@pytest.mark.parametrize("method", ["post", "put"])
async def test_a_body_is_one_thing(method: str) -> None:
    service = Service(ok())
    with pytest.raises(GlobusUsageError, match="json_body, text_body: "):
        await getattr(service.transfer(), method)("x", json_body={}, text_body="")
    assert not service.requests


def test_the_documented_order_of_the_arguments_holds() -> None:
    read = ["path", "params", "headers", "response_class", "retry_401"]
    write = ["path", "json_body", "params", "headers", "text_body", "response_class", "retry_401"]
    for name, names in (("get", read), ("delete", read), ("post", write), ("put", write)):
        parameters = inspect.signature(getattr(AsyncClient, name)).parameters
        places = [each.name for each in parameters.values() if each.kind is not each.KEYWORD_ONLY]
        assert places[1:] == names
        assert parameters["retry_401"].default is True


@pytest.mark.parametrize("method", LOW_LEVEL)
async def test_the_document_that_answers_may_be_named(method: str) -> None:
    answer = await getattr(Service(ok(id=ID)).transfer(), method)("x", response_class=Endpoint)
    assert type(answer) is Endpoint
    assert answer.id == ID
    with pytest.raises(ResponseShapeError, match=r"no Endpoint: id: "):
        await getattr(Service(ok()).transfer(), method)("x", response_class=Endpoint)


@pytest.mark.parametrize(
    ("answer", "data", "text"),
    [
        (httpx.Response(204), None, ""),
        (httpx.Response(200, text="a,b"), None, "a,b"),
        (httpx.Response(200, json=[1]), [1], "[1]"),
    ],
)
async def test_an_answer_that_is_no_object_is_there_as_data_or_text(
    answer: httpx.Response, data: Any, text: str
) -> None:
    service = Service(answer)
    got = await service.transfer().get("x")
    assert (got.data, got.text, got.http_status) == (data, text, answer.status_code)
    assert len(service.requests) == 1


REDIRECTS = {
    "https://evil.example/login?code=s3cret#f": "https://evil.example/login",
    "https://me:s3cret@evil.example/x": "https://evil.example/x",
    "//me:s3cret@evil.example": "//evil.example",
    "/x?s3cret": "/x",
    "": "nowhere",
}


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
@pytest.mark.parametrize(("location", "told"), REDIRECTS.items())
async def test_a_redirect_is_an_error_that_says_where_to_and_is_never_followed(
    status: int, location: str, told: str
) -> None:
    service = Service(httpx.Response(status, headers={"Location": location} if location else {}))
    with pytest.raises(RedirectedError) as deleted:
        await service.transfer().delete("x")
    with pytest.raises(RedirectedError) as renewed:
        await service.native().oauth2_refresh_token("refresh")
    assert isinstance(renewed.value, AuthAPIError)
    for caught in (deleted, renewed):
        assert f"redirected to {told}, " in str(caught.value)
        assert "s3cret" not in str(caught.value)
    assert len(service.requests) == 2


async def test_a_redirect_is_a_response_where_the_request_says_so() -> None:
    service = Service(httpx.Response(303, headers={"Location": "/next"}))
    got = await service.transfer().send(Request("POST", ("x",), Response, statuses=(303,)))
    assert (got.http_status, len(service.requests)) == (303, 1)
    with pytest.raises(RedirectedError):
        await service.transfer().send(Request("POST", ("x",), Response, statuses=(302,)))


async def test_a_refusal_is_that_of_the_service() -> None:
    with pytest.raises(TransferAPIError) as caught:
        await Service(error(404)).transfer().post("x", {})
    assert isinstance(caught.value, NotFoundError)
    with pytest.raises(AuthAPIError) as other:
        await Service(error(400)).native().get("x")
    assert isinstance(other.value, BadRequestError)
    assert (AsyncTransferClient.error_class, AsyncAuthClient.error_class) == (TransferAPIError, AuthAPIError)
    assert AsyncTransferClient.default_response_class is Response


async def test_a_service_of_ones_own_needs_an_address_alone() -> None:
    service = Service(ok(x=1), error(404))
    http = httpx.AsyncClient(transport=httpx.MockTransport(service))
    client = AsyncClient(base_url="https://own.example/api/", http_client=http)
    assert (await client.get("x"))["x"] == 1
    with pytest.raises(NotFoundError) as caught:
        await client.get("x")
    assert isinstance(caught.value, GlobusAPIError)
    assert [str(request.url) for request in service.requests] == ["https://own.example/api/x"] * 2
    assert "Authorization" not in service.requests[0].headers


async def test_a_request_by_hand_is_typed_and_quoted() -> None:
    service = Service(ok(id=ID))
    request = Request("GET", ("v0.10", "endpoint", Part("my_id", "a b")), Endpoint, query={"fields": "id"})
    assert (await service.transfer().send(request)).id == ID
    assert service.requests[0].url.raw_path == b"/v0.10/endpoint/a%20b?fields=id"
    with pytest.raises(GlobusUsageError, match=r"^my_id: "):
        Request("GET", ("v0.10", "endpoint", Part("my_id", "a/b")), Endpoint)


@pytest.mark.parametrize("path", ["https://other.example/x", "http://transfer.example/x", "https://x:y/"])
async def test_another_origin_is_asked_without_the_token_or_not_at_all(path: str) -> None:
    service = Service(ok())
    tc = service.transfer()
    if path == "https://x:y/":
        with pytest.raises(GlobusUsageError, match="path: "):
            await tc.get(path)
        return
    await tc.get(path, headers={"X-Mine": "1"})
    await tc.get(path, headers={"Authorization": "Bearer for-them"})
    assert [request.headers.get("Authorization") for request in service.requests] == [None, "Bearer for-them"]


async def test_a_header_by_hand_does_not_replace_the_token() -> None:
    service = Service(ok())
    await service.transfer().get("x", headers={"authorization": "Bearer mine"})
    assert service.requests[0].headers.get_list("Authorization") == ["Bearer the-token"]


async def test_what_every_request_says_of_the_client() -> None:
    service = Service(ok(id=ID))
    tc = service.transfer()
    tc.set_app_name("my app/1.0")
    await tc.get_endpoint(ID)
    headers = service.requests[0].headers
    assert headers["Accept"] == "application/json"
    assert headers["User-Agent"].startswith("globus-typed/")
    assert headers["User-Agent"].endswith(" my app/1.0")
    for wrong in ("a\nb", "ä"):
        with pytest.raises(GlobusUsageError, match=r"^app_name: "):
            tc.set_app_name(wrong)
    assert tc.app_name == "my app/1.0"
    tc.set_app_name(None)
    await tc.get_endpoint(ID)
    assert "my app" not in service.requests[1].headers["User-Agent"]


async def test_a_client_that_is_closed_says_so_and_one_that_was_given_stays_open() -> None:
    async with AsyncTransferClient(base_url="https://transfer.example/") as tc:
        pass
    with pytest.raises(GlobusUsageError, match="closed"):
        await tc.get("x")
    service = Service(ok())
    http = httpx.AsyncClient(transport=httpx.MockTransport(service))
    async with AsyncTransferClient(base_url="https://transfer.example/", http_client=http) as tc:
        await tc.get("x")
    assert not http.is_closed
    assert (await tc.get("x")).http_status == 200
