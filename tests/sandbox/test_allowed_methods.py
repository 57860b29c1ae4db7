"""Every path tells all its methods: where one is refused, and where OPTIONS asks for them."""

import httpx

from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.openapi import openapi


def test_allow_has_every_method_of_a_path(globus_sandbox: Sandbox) -> None:
    paths = {path: {*map(str.upper, methods), "OPTIONS"} for path, methods in openapi()["paths"].items()}
    assert paths["/v0.10/bookmark/{bookmark_id}"] == {"GET", "PUT", "DELETE", "OPTIONS"}
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
