"""Requests that are made up from the OpenAPI document: nothing fails, and every answer is one that it tells of.

The ids in them are, where that helps, ids of what there is.
"""

# Generic types of schemathesis are used bare in its own signatures.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import httpx
import pytest

pytest.importorskip("schemathesis", reason="schemathesis needs Python 3.11")

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.openapi import openapi as described
from globus_typed.schema.openapi import openapi

pytestmark = pytest.mark.once

EXAMPLES = {GenerationMode.POSITIVE: 10, GenerationMode.NEGATIVE: 5}
CONFORM = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DEVELOPER = [f"urn:globus:auth:scope:auth.globus.org:{name}" for name in ("manage_projects", "view_consents")]


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client() as http:
        yield http


@pytest.mark.parametrize("mode", EXAMPLES, ids=["as_described", "not_as_described"])
@pytest.mark.parametrize("service", ["transfer", "auth"])
def test_answers_are_as_described(
    globus_sandbox: Sandbox, http: httpx.Client, service: str, mode: GenerationMode
) -> None:
    known = made_in(globus_sandbox, http)
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(openapi(described()))))
    operations = [each.ok() for each in schema.include(tag=service).get_all_operations() if isinstance(each, Ok)]
    assert len(operations) > 30
    wrong: dict[str, str] = {}
    # What is deleted is not found any more.
    deletes = [each for each in operations if each.method.upper() == "DELETE"]
    for operation in [each for each in operations if each not in deletes] + deletes:
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
            continue
        about_me = "/api/" in operation.path or operation.path.endswith("/userinfo")
        token = globus_sandbox.access_token([*DEVELOPER, "openid"]) if about_me else globus_sandbox.access_token()
        asked = settings(
            max_examples=EXAMPLES[mode],
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        )
        try:
            asked(asks(operation, mode, known, globus_sandbox.url, token))()
        except (Failure, FailureGroup) as error:
            wrong[operation.label] = "\n".join(map(str, getattr(error, "exceptions", [error])))
    assert wrong == {}


def asks(
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    known: Mapping[str, list[str]],
    url: str,
    token: str,
) -> Callable[[], None]:
    """A test of the answers to requests that fit the description of an operation, or do not."""

    @given(case=operation.as_strategy(generation_mode=mode), pick=st.integers(0, 5))
    def ask(case: schemathesis.Case[Any], pick: int) -> None:
        checks: list[Any] = list(CONFORM)
        for name in case.path_parameters or {}:
            if pick and name in known:
                case.path_parameters[name] = known[name][pick % len(known[name])]
        if mode is GenerationMode.POSITIVE:
            put_in(case.body, known, pick)
        elif operation.body:
            checks.append(negative_data_rejection)
        answer = case.call(base_url=url, headers={"Authorization": f"Bearer {token}"}, allow_redirects=False)
        # What the endpoint cannot do Transfer tells with a 502 that has one of these codes.
        if answer.status_code == 502 and answer.json()["code"].startswith(("ExternalError.", "EndpointError")):
            checks.remove(not_a_server_error)
        case.validate_response(answer, checks=checks)

    return ask


def put_in(body: object, known: Mapping[str, list[str]], pick: int) -> None:
    """Ids of what there is, in place of those that were made up."""
    if isinstance(body, list):
        for each in cast("list[object]", body):
            put_in(each, known, pick)
    elif isinstance(body, dict):
        body = cast("dict[str, object]", body)
        for name, value in body.items():
            if pick and name in known and isinstance(value, str):
                body[name] = known[name][pick % len(known[name])]
            else:
                put_in(value, known, pick)


def made_in(sandbox: Sandbox, http: httpx.Client) -> dict[str, list[str]]:
    """What there is in the sandbox, by the names that its ids have in paths and documents."""
    source, destination, me = sandbox.source.id, sandbox.destination.id, sandbox.user.id

    def poster(token: str) -> Callable[[str, Mapping[str, object]], dict[str, Any]]:
        def post(path: str, document: Mapping[str, object]) -> dict[str, Any]:
            answer = http.post(f"{sandbox.url}{path}", json=document, headers={"Authorization": f"Bearer {token}"})
            assert answer.is_success, answer.text
            made: dict[str, Any] = answer.json()
            return made

        return post

    transfer, auth = poster(sandbox.access_token()), poster(sandbox.access_token(DEVELOPER))
    item = {"DATA_TYPE": "transfer_item", "source_path": "/~/", "destination_path": "/~/copy/"}
    ends = {"source_endpoint": source, "destination_endpoint": destination}
    submission = {"DATA_TYPE": "transfer", "submission_id": str(uuid.uuid4()), **ends, "DATA": [item]}
    guest = {"DATA_TYPE": "shared_endpoint", "display_name": "guest", "host_endpoint": source, "host_path": "/~/"}
    share = transfer("/v0.10/shared_endpoint", guest)["id"]
    everybody = {"principal_type": "all_authenticated_users", "principal": "", "path": "/", "permissions": "r"}
    access = transfer(f"/v0.10/endpoint/{share}/access", {"DATA_TYPE": "access", **everybody})["access_id"]
    bookmark = transfer("/v0.10/bookmark", {"name": "x", "endpoint_id": source, "path": "/~/"})["id"]
    rule = {"DATA_TYPE": "pause_rule", "endpoint_id": destination, "message": "m", "pause_ls": True}
    points = {"listener": sandbox.listener.id, "initiator": sandbox.initiator.id}
    between = {name: {"data": {"type": "StreamAccessPoint", "id": id}} for name, id in points.items()}
    tunnel = {"attributes": {"submission_id": str(uuid.uuid4())}, "relationships": between}
    about = {"display_name": "p", "contact_email": "a@b.example", "admin_ids": [me]}
    project = auth("/v2/api/projects", {"project": about})["project"]["id"]
    policy = {"project_id": project, "display_name": "p", "description": "d"}
    client = {"project": project, "name": "c", "public_client": False}
    return {
        **{name: [source, share] for name in ("endpoint_id", "source_endpoint", "endpoint", "host_endpoint")},
        "destination_endpoint": [destination],
        "task_id": [transfer("/v0.10/transfer", submission)["task_id"]],
        "rule_id": [access, transfer("/v0.10/endpoint_manager/pause_rule", rule)["id"]],
        "bookmark_id": [bookmark],
        "tunnel_id": [transfer("/v2/tunnels", {"data": tunnel})["data"]["id"]],
        "stream_ap_id": [sandbox.listener.id],
        **{name: [me] for name in ("identity_id", "id", "principal")},
        **{name: [project] for name in ("project_id", "project")},
        "policy_id": [auth("/v2/api/policies", {"policy": policy})["policy"]["id"]],
        "client_id": [auth("/v2/api/clients", {"client": client})["client"]["id"], sandbox.client_id],
    }
