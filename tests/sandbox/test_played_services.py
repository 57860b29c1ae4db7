"""A further service is played as it declares itself, and nothing else in the sandbox knows of it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from globus_typed import GlobusUsageError, registry, sandbox
from globus_typed.core.service import Service
from globus_typed.sandbox import Sandbox, SandboxUser
from globus_typed.sandbox.auth.first_people import FirstPeople
from globus_typed.sandbox.auth.state import AuthState, TokenRefused
from globus_typed.sandbox.described import described, routes_of
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.openapi import openapi as described_services
from globus_typed.sandbox.played import Area, PlayedService, ordered, played_services
from globus_typed.sandbox.setting import Setting, part_of
from globus_typed.schema.openapi import openapi

READ = "urn:globus:auth:scope:nests.api.globus.org:read"
SITE = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


class NestsRefused(Exception):
    """Nests refuses a request."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass
class Nests:
    """The state of a service that counts the eggs in nests."""

    auth: AuthState
    clutch: int
    eggs: dict[str, int] = field(default_factory=dict[str, int])
    closed: bool = False


@dataclass(frozen=True)
class FirstNest:
    """The nest of a fresh sandbox, which the user has found."""

    name: str
    finder: SandboxUser


router = APIRouter(prefix="/nests")
State = Annotated[Nests, Depends(part_of(Nests))]


@router.get("/{name}", **described("Count the eggs in a nest", answer="Nest", query={"season": "The year."}))
async def get_nest(request: Request, state: State, name: str, limit: Annotated[int, Query(ge=1)] = 10) -> JSONResponse:
    try:
        caller = state.auth.authenticate(request.headers.get("authorization"), scope=READ)
    except TokenRefused as refused:
        raise NestsRefused(refused.status, refused.reason) from None
    if name not in state.eggs:
        raise NestsRefused(404, f"no nest {name}")
    return JSONResponse({"name": name, "eggs": min(state.eggs[name], limit), "finder": caller.user.username})


@router.post("", **described("Find a nest", answer="Nest", body="AccessRuleCreate", status=201, callers="app anybody"))
async def create_nest(state: State) -> JSONResponse:
    raise RuntimeError("secret detail")


def refuse(request: Request, error: Exception) -> Response:
    if isinstance(error, NestsRefused):
        return JSONResponse({"nests": str(error)}, error.status)
    if isinstance(error, HTTPException):
        return JSONResponse({"nests": "no such path"}, error.status_code)
    if isinstance(error, RequestValidationError):
        return JSONResponse({"nests": "wrong parameters"}, 422)
    return JSONResponse({"nests": "failed"}, 500)


def make(setting: Setting) -> Nests:
    return Nests(setting.part(AuthState), 4)


def furnish(setting: Setting) -> FirstNest:
    nests = setting.part(Nests)
    nests.eggs["reed"] = nests.clutch
    return FirstNest("reed", setting.part(FirstPeople).user)


def close(setting: Setting) -> None:
    setting.part(Nests).closed = True


NESTS = PlayedService(
    Service("nests", "Globus Nests", configured_as="nest_box"),
    lambda: routes_of([router], "/v7"),
    (Area("/v7/nests", "NestsError", "application/problem+json"),),
    refuse,
    refusals=(NestsRefused,),
    state=make,
    furnish=furnish,
    close=close,
    environment=lambda setting: {"GLOBUS_SANDBOX_NEST": setting.part(FirstNest).name},
    needs=("auth",),
    scopes=ServiceScopes(
        "nests.api.globus.org",
        {READ: "Count eggs"},
        {r"urn:globus:auth:scope:(?P<server>[0-9a-f-]{36}):ring": "Ring birds at {server}"},
    ),
    versions="v7",
    schemas={
        "NestsError": {"type": "object", "properties": {"nests": {"type": "string"}}},
        "Nest": {"type": "object"},
    },
)


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(services=(NESTS, *played_services())) as sandbox:
        yield sandbox


@pytest.fixture
def http(running: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url) as client:
        yield client


def bearer(sandbox: Sandbox, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {sandbox.access_token(scopes)}"}


def test_its_routes_work_on_its_own_state(running: Sandbox, http: httpx.Client) -> None:
    nest = http.get("/v7/nests/reed", headers=bearer(running, READ)).json()
    assert nest == {"name": "reed", "eggs": 4, "finder": running.user.username}
    running.part(Nests).eggs["willow"] = 2
    assert http.get("/v7/nests/willow", headers=bearer(running, READ)).json()["eggs"] == 2
    assert running.part(FirstNest).finder == running.user
    with pytest.raises(GlobusUsageError, match="APIRouter"):
        running.part(APIRouter)


@pytest.mark.parametrize(
    ("path", "status", "refusal"),
    [
        ("/v7/nests/reed", 401, {"nests": "No access token was sent: the Authorization header is missing"}),
        ("/v7/nests/reed?limit=0", 422, {"nests": "wrong parameters"}),
        ("/v7/nests/reed/eggs", 404, {"nests": "no such path"}),
    ],
)
def test_it_says_itself_what_is_wrong_on_its_paths(
    http: httpx.Client, path: str, status: int, refusal: dict[str, str]
) -> None:
    answer = http.get(path)
    assert (answer.status_code, answer.json()) == (status, refusal)


def test_it_says_itself_that_it_failed(http: httpx.Client) -> None:
    answer = http.post("/v7/nests")
    assert (answer.status_code, answer.json()) == (500, {"nests": "failed"})


@pytest.mark.parametrize(
    ("path", "code"),
    [("/v7/nestsegg", "NOT_FOUND"), ("/v0.10/nests", "ClientError.NotFound"), ("/v0.1000", "NOT_FOUND")],
)
def test_other_paths_keep_the_refusals_of_their_services(http: httpx.Client, path: str, code: str) -> None:
    document = http.get(path).json()
    assert (document["errors"][0] if "errors" in document else document)["code"] == code


def test_its_scopes_can_be_asked_for(running: Sandbox, http: httpx.Client) -> None:
    ring = f"urn:globus:auth:scope:{SITE}:ring"
    form = {"grant_type": "client_credentials", "scope": f"{READ} {ring}"}
    document = http.post("/v2/oauth2/token", data=form, auth=(running.client_id, running.client_secret)).json()
    tokens = {token["resource_server"]: token["scope"] for token in (document, *document["other_tokens"])}
    assert tokens == {"nests.api.globus.org": READ, SITE: ring}
    form["scope"] = "urn:globus:auth:scope:nests.api.globus.org:write"
    refused = http.post("/v2/oauth2/token", data=form, auth=(running.client_id, running.client_secret)).json()
    assert refused["errors"][0]["code"] == "UNKNOWN_SCOPE_ERROR"


def test_a_login_says_in_words_what_its_scopes_allow(running: Sandbox, http: httpx.Client) -> None:
    query = {
        "client_id": running.client_id,
        "redirect_uri": "http://localhost:5000/login",
        "response_type": "code",
        "scope": f"{READ} urn:globus:auth:scope:{SITE}:ring",
    }
    page = http.get("/v2/oauth2/authorize", params=query)
    token = page.text.partition('name="form_token" value="')[2].partition('"')[0]
    form = {"form_token": token, "username": running.user.username}
    page = http.post("/v2/oauth2/authorize", params=query, data=form, follow_redirects=True)
    assert "Count eggs" in page.text
    assert f"Ring birds at {SITE}" in page.text


def test_programs_find_it_by_the_name_it_has_in_the_configuration(running: Sandbox) -> None:
    environment = running.environment
    assert environment["GLOBUS_SDK_SERVICE_URL_NEST_BOX"] == f"{running.url}/"
    assert environment["GLOBUS_SDK_SERVICE_URL_TRANSFER"] == f"{running.url}/"
    assert environment["GLOBUS_SANDBOX_NEST"] == "reed"


def test_openapi_has_its_routes() -> None:
    document = openapi(described_services((*played_services(), NESTS)))
    assert document["info"]["title"].endswith("Globus Nests v7")
    assert document["tags"][-1] == {"name": "nests", "description": "Globus Nests"}
    get, post = document["paths"]["/v7/nests/{name}"]["get"], document["paths"]["/v7/nests"]["post"]
    assert (get["operationId"], get["summary"], get["tags"]) == ("get_nest", "Count the eggs in a nest", ["nests"])
    assert {each["name"]: each["in"] for each in get["parameters"]} == {
        "name": "path",
        "limit": "query",
        "season": "query",
    }
    assert get["security"] == [{"token": []}]
    assert post["security"] == [{"app": []}, {}]
    assert post["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/AccessRuleCreate")
    assert post["responses"].keys() == {"201", "default"}
    refused = post["responses"]["default"]["content"]["application/problem+json"]
    assert refused["schema"]["$ref"].endswith("/NestsError")
    assert {"Nest", "NestsError", "AccessRuleCreate"} <= document["components"]["schemas"].keys()


def test_it_is_made_after_what_it_needs_and_closed_with_the_sandbox() -> None:
    assert [played.name for played in ordered([NESTS, *played_services()])].index("nests") > 0
    with Sandbox(services=(NESTS, *played_services())) as sandbox:
        nests = sandbox.part(Nests)
        before = nests.closed
    assert (before, nests.closed) == (False, True)
    with pytest.raises(GlobusUsageError, match="TransferState"), Sandbox(services=[NESTS, _auth()]) as sandbox:
        sandbox.add_collection("Nowhere")


def _auth() -> PlayedService:
    return next(played for played in played_services() if "auth" in played.name)


def test_what_plays_all_services_knows_none() -> None:
    """All modules beside the services' folders, but for the attributes that `Sandbox` has of some of them."""
    root = Path(next(iter(sandbox.__path__)))
    for path in root.glob("*.py"):
        if path.stem not in ("__init__", "world", "login_trouble"):  # the last two are what `Sandbox` is made of
            tree = ast.parse(path.read_text(encoding="utf-8"))
            homes = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            assert not [home for home in homes if home.split(".")[2:3] and home.split(".")[2] in registry.names()], path
            assert not strings & set(registry.names()), path
