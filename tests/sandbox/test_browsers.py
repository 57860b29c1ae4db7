"""What browsers ask of a server: whose pages may read it, by which name it is called, what its answers are."""

import httpx

from globus_typed.sandbox import Sandbox


def test_a_page_from_anywhere_may_call_with_its_token(globus_sandbox: Sandbox) -> None:
    url = f"{globus_sandbox.url}/v0.10/endpoint/{globus_sandbox.source.id}"
    origin = {"Origin": "https://portal.example"}
    wanted = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,content-type"}
    allowed = httpx.options(url, headers={**origin, **wanted})
    assert allowed.status_code == 200
    assert "PUT" in allowed.headers["Access-Control-Allow-Methods"]
    assert "authorization" in allowed.headers["Access-Control-Allow-Headers"].lower()
    answer = httpx.get(url, headers={**origin, "Authorization": f"Bearer {globus_sandbox.access_token()}"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_another_host_name_is_refused(globus_sandbox: Sandbox) -> None:
    port = httpx.URL(globus_sandbox.url).port
    url = f"{globus_sandbox.url}/v2/web/auth-code"
    assert httpx.get(url, headers={"Host": f"rebound.example:{port}"}).status_code == 400
    query = {"code": "c"}
    assert httpx.get(url, params=query, headers={"Host": f"localhost:{port}"}).status_code == 200


def test_no_answer_is_to_be_guessed_at(globus_sandbox: Sandbox) -> None:
    for path in ("/v2/web/auth-code?code=c", "/v0.10/submission_id", "/nowhere"):
        answer = httpx.get(f"{globus_sandbox.url}{path}")
        assert answer.headers.get_list("X-Content-Type-Options") == ["nosniff"]
