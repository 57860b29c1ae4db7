"""The OpenAPI document is one, has every route of the sandbox, and says what the sandbox really answers."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from globus_typed import AuthClient, ConfidentialAppAuthClient, GroupsClient, TransferClient
from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.openapi import openapi as described
from globus_typed.schema.openapi import openapi

WITHOUT_METHOD = {
    "answer_authorize",
    "get_identity",
    "operation_symlink",
    "remove_task",
    "show_code",
}
WITHOUT_BODY = ("/autoactivate", "/cancel", "/deactivate", "/remove")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(directory=tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    # As a reader of the text has it.
    read: dict[str, Any] = json.loads(json.dumps(openapi(described())))
    return read


def test_routes_are_called_as_the_methods_that_use_them(said: dict[str, Any]) -> None:
    clients = (TransferClient, ConfidentialAppAuthClient, AuthClient, GroupsClient)
    methods = {name for client in clients for name in dir(client)}
    names = [operation["operationId"] for operations in said["paths"].values() for operation in operations.values()]
    assert len(set(names)) == len(names)
    # What several services have by one name, such as set_subscription_admin_verified, is told apart by the service.
    assert {name.rpartition(".")[2] for name in names} - methods == WITHOUT_METHOD
    assert {name for name in names if "." in name} == {
        "groups.set_subscription_admin_verified",
        "transfer.set_subscription_admin_verified",
    }


def test_a_document_that_nobody_knows_is_refused() -> None:
    wrong = described()
    wrong["paths"]["/wrong"] = {"get": {"responses": {"200": {"$ref": "#/components/schemas/Nothing"}}}}
    with pytest.raises(LookupError, match="Nothing"):
        openapi(wrong)


def test_the_document_is_one(said: dict[str, Any]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(said).iter_errors()] == []
    for schema in said["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_operation_says_what_it_takes_and_answers(said: dict[str, Any]) -> None:
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            done = next(iter(operation["responses"].values()))
            assert all(content["schema"] for content in done["content"].values()), (method, path)
            # Whatever changes something with a document says which.
            assert "requestBody" in operation or method in ("get", "delete") or path.endswith(WITHOUT_BODY), path


def fits(said: dict[str, Any], route: str, answer: httpx.Response) -> dict[str, Any]:
    """The answer, which must have the status and the shape that the document tells of that route."""
    method, path = route.split(" ")
    answers = said["paths"][path][method.lower()]["responses"]
    schema = answers.get(str(answer.status_code), answers["default"])["content"]["application/json"]["schema"]
    checker: Any = Draft202012Validator({"components": said["components"], **schema})
    document: dict[str, Any] = answer.json()
    assert [error.message for error in checker.iter_errors(document)] == []
    assert str(answer.status_code) in answers or answer.is_error
    return document


def test_transfer_answers_as_it_says(sandbox: Sandbox, said: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {sandbox.access_token()}"}
    source, destination = sandbox.source.id, sandbox.destination.id
    with httpx.Client(base_url=f"{sandbox.url}/v0.10", headers=headers) as http:

        def get(path: str, route: str) -> dict[str, Any]:
            return fits(said, f"GET /v0.10{route}", http.get(path))

        def post(path: str, route: str, body: object) -> dict[str, Any]:
            return fits(said, f"POST /v0.10{route}", http.post(path, json=body))

        endpoint = "/endpoint/{endpoint_id}"
        assert get(f"/endpoint/{source}", endpoint)["id"] == source
        assert get("/endpoint_search?filter_scope=my-endpoints", "/endpoint_search")["DATA"]
        assert get(f"/operation/endpoint/{source}/ls", "/operation/endpoint/{endpoint_id}/ls")["DATA"]
        made = post(
            f"/operation/endpoint/{source}/mkdir",
            "/operation/endpoint/{endpoint_id}/mkdir",
            {"DATA_TYPE": "mkdir", "path": "/~/new/"},
        )
        assert made["code"] == "DirectoryCreated"
        bookmark = {"DATA_TYPE": "bookmark", "name": "new", "endpoint_id": source, "path": "/~/new/"}
        assert post("/bookmark", "/bookmark", bookmark)["name"] == "new"
        assert get("/bookmark_list", "/bookmark_list")["DATA"]
        assert get(f"/endpoint/{source}/role_list", f"{endpoint}/role_list")["DATA"]
        submitted = post(
            "/transfer",
            "/transfer",
            {
                "DATA_TYPE": "transfer",
                "submission_id": get("/submission_id", "/submission_id")["value"],
                "source_endpoint": source,
                "destination_endpoint": destination,
                "DATA": [{"DATA_TYPE": "transfer_item", "source_path": "/~/", "destination_path": "/~/copy/"}],
            },
        )
        task = submitted["task_id"]
        assert get(f"/task/{task}", "/task/{task_id}")["task_id"] == task
        assert get("/task_list", "/task_list")["DATA"]
        assert get(f"/task/{task}/event_list", "/task/{task_id}/event_list")["DATA"] is not None
        assert get(f"/task/{'0' * 8}", "/task/{task_id}")["code"]
        assert "DATA_TYPE" in post("/delete", "/delete", {})["message"]


def test_auth_answers_as_it_says(sandbox: Sandbox, said: dict[str, Any]) -> None:
    app = (sandbox.client_id, sandbox.client_secret)
    scopes = "openid email profile urn:globus:auth:scope:transfer.api.globus.org:all"
    with httpx.Client(base_url=sandbox.url) as http:

        def post(path: str, **form: str) -> dict[str, Any]:
            return fits(said, f"POST {path}", http.post(path, data=form, auth=app))

        tokens = post("/v2/oauth2/token", grant_type="client_credentials", scope=scopes)
        assert post("/v2/oauth2/token/introspect", token=tokens["access_token"])["active"]
        assert post("/v2/oauth2/token", grant_type="none")["error"] == "unsupported_grant_type"
        mine = {"Authorization": f"Bearer {sandbox.access_token('openid email')}"}
        assert fits(said, "GET /v2/oauth2/userinfo", http.get("/v2/oauth2/userinfo", headers=mine))["sub"]
        for path in ("/.well-known/openid-configuration", "/jwk.json"):
            assert fits(said, f"GET {path}", http.get(path))
        found = http.get("/v2/api/identities", params={"usernames": sandbox.user.username}, auth=app)
        (identity,) = fits(said, "GET /v2/api/identities", found)["identities"]
        one = http.get(f"/v2/api/identities/{identity['id']}", auth=app)
        assert fits(said, "GET /v2/api/identities/{id}", one)["identity"] == identity
        path = "/v2/api/identities/{identity_id}/consents"
        own = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert fits(said, f"GET {path}", http.get(path.format(identity_id=sandbox.client_id), headers=own))["consents"]
        assert post("/v2/oauth2/token/revoke", token=tokens["access_token"]) == {"active": False}


def test_the_developer_api_answers_as_it_says(sandbox: Sandbox, said: dict[str, Any]) -> None:
    token = sandbox.access_token(("urn:globus:auth:scope:auth.globus.org:manage_projects",))
    with httpx.Client(base_url=f"{sandbox.url}/v2/api", headers={"Authorization": f"Bearer {token}"}) as http:

        def call(route: str, document: object = None, /, **ids: str) -> dict[str, Any]:
            method, _, path = route.partition(" ")
            answer = http.request(method, path.format(**ids), json=document)
            return fits(said, f"{method} /v2/api{path.partition('?')[0]}", answer)

        def made(route: str, kind: str, /, **fields: object) -> str:
            document = call(f"POST {route}", {kind: fields}, client_id=sandbox.client_id)
            return str(document[kind]["id"])

        project = made(
            "/projects", "project", display_name="Reeds", contact_email="a@b.example", admin_ids=[sandbox.user.id]
        )
        policy = made("/policies", "policy", project_id=project, display_name="Staff", description="The lab")
        client = made("/clients", "client", project=project, name="Count", public_client=False)
        credential = made("/clients/{client_id}/credentials", "credential", name="key")
        suffix = "read"
        scope = made("/clients/{client_id}/scopes", "scope", name="Read", description="Read", scope_suffix=suffix)
        providers = call("GET /identity_providers?domains=sandbox.example")["identity_providers"]
        assert [provider["domains"] for provider in providers] == [["sandbox.example"]]
        assert call("GET /projects")["projects"]
        assert call("GET /policies")["policies"]
        assert call("GET /clients")["clients"]
        assert call("GET /scopes?ids={scope_id}", scope_id=scope)["scopes"]
        assert call("GET /clients/{client_id}/credentials", client_id=sandbox.client_id)["credentials"]
        here = "/clients/{client_id}/credentials/{credential_id}"
        assert call(f"DELETE {here}", client_id=sandbox.client_id, credential_id=credential)["credential"]
        # Clients and policies before the project that they are in.
        for kind, route, id in (
            ("scope", "/scopes/{scope_id}", scope),
            ("policy", "/policies/{policy_id}", policy),
            ("client", "/clients/{client_id}", client),
            ("project", "/projects/{project_id}", project),
        ):
            named = {f"{kind}_id": id}
            document = call(f"GET {route}", **named)
            assert call(f"PUT {route}", {kind: {}}, **named) == document
            assert call(f"DELETE {route}", **named) == document
            assert call(f"GET {route}", **named)["errors"][0]["code"] == "NOT_FOUND"


def test_the_command_prints_it(said: dict[str, Any]) -> None:
    command = [sys.executable, "-W", "error", "-m", "globus_typed", "openapi"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout) == said
    assert (done.returncode, done.stderr) == (0, "")
