"""Every path tells all its methods: where one is refused, and where OPTIONS asks for them."""

import httpx

from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.openapi import openapi


def test_allow_has_every_method_of_a_path(globus_sandbox: Sandbox) -> None:
    paths = {
        path: {*map(str.upper, methods), "OPTIONS", *(["HEAD"] if "get" in methods else [])}
        for path, methods in openapi()["paths"].items()
    }
    assert paths["/v0.10/bookmark/{bookmark_id}"] == {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
    with httpx.Client(base_url=globus_sandbox.url) as http:
        for path, methods in paths.items():
            refused, told = http.request("TRACE", path), http.options(path)
            assert (refused.status_code, told.status_code, told.content) == (405, 204, b"")
            for answer in (refused, told):
                assert set(answer.headers["Allow"].split(", ")) == methods
            assert not path.startswith("/v0.10") or refused.json()["code"] == "ClientError.BadMethod"


def test_a_path_that_there_is_not_has_no_methods(globus_sandbox: Sandbox) -> None:
    answer = httpx.options(f"{globus_sandbox.url}/v0.10/nothing")
    assert (answer.status_code, "Allow" in answer.headers) == (404, False)


def test_head_is_get_without_the_body(globus_sandbox: Sandbox) -> None:
    path = f"/v0.10/endpoint/{globus_sandbox.source.id}"
    with httpx.Client(base_url=globus_sandbox.url) as http:
        assert http.head(path).status_code == http.get(path).status_code == 401
        http.headers["Authorization"] = f"Bearer {globus_sandbox.access_token()}"
        for each in (path, "/v0.10/task_list?limit=1", "/v0.10/nothing", "/v2/oauth2/authorize", "/jwk.json"):
            head, get = http.head(each), http.get(each)
            assert (head.status_code, head.content) == (get.status_code, b"")
            assert head.headers["Content-Type"] == get.headers["Content-Type"]
            assert head.headers["Content-Length"] == str(len(get.content))
        assert http.head("/v0.10/transfer").status_code == 405


def test_the_weather_of_a_route_is_that_of_its_head(globus_sandbox: Sandbox) -> None:
    globus_sandbox.fail_next(503, route="GET /task_list")
    url = f"{globus_sandbox.url}/v0.10/task_list"
    assert [httpx.head(url).status_code for _ in range(2)] == [503, 401]
