"""The exports of a sandbox: addresses of all services, tokens for those that it plays, ids that programs know."""

import configparser
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from globus_typed import (
    AsyncTransferClient,
    AuthClient,
    AuthenticationError,
    GlobusAPIError,
    GlobusUsageError,
    NativeAppAuthClient,
    TransferClient,
    registry,
)
from globus_typed.core.client import Client
from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.described import described, routes_of
from globus_typed.sandbox.played import Area, PlayedService, played_services, unplayed_services

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
OTHER = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20002"
MEMBERS = {
    "compute": ("detail", "http_status_code"),
    "flows": ("error", "debug_id"),
    "gcs": ("message", "http_response_code"),
    "groups": ("detail", "code"),
    "search": ("message", "request_id"),
    "timers": ("error",),
}
"""The members of error documents by which each service is known."""


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def test_the_addresses_of_all_services_lead_to_it(running: Sandbox) -> None:
    environment = running.environment
    for service in registry.services():
        assert environment[f"GLOBUS_SDK_SERVICE_URL_{service.option.upper()}"].startswith(f"{running.url}/")


def test_a_program_needs_no_login_for_what_is_played(globus_sandbox: Sandbox) -> None:
    with TransferClient() as transfer, AuthClient() as auth:
        assert {each.display_name for each in transfer.endpoint_search(filter_scope="my-endpoints")} >= {
            "Sandbox Source"
        }
        assert auth.oauth2_userinfo().preferred_username == globus_sandbox.user.username
        (identity,) = auth.get_identities(ids=globus_sandbox.user.id)
        assert identity.username == globus_sandbox.user.username


def test_tokens_are_exported_for_what_is_played_alone(running: Sandbox) -> None:
    tokens = {name for name in running.environment if name.endswith("_TOKEN")}
    assert tokens == {f"GLOBUS_SDK_{played.service.option.upper()}_TOKEN" for played in played_services()}
    assert not {value for name, value in running.environment.items() if name in tokens and value in repr(running)}


@pytest.mark.anyio
async def test_tokens_go_nowhere_else(globus_sandbox: Sandbox) -> None:
    with Sandbox() as other:
        with TransferClient(base_url=other.url) as transfer, pytest.raises(AuthenticationError):
            transfer.task_list().first()
        async with AsyncTransferClient(base_url=other.url) as transfer_async:
            with pytest.raises(AuthenticationError):
                await transfer_async.task_list().first()


@pytest.mark.parametrize("name", sorted(one.name for one in unplayed_services(played_services())))
def test_what_is_not_played_says_so_in_its_own_error_document(running: Sandbox, name: str) -> None:
    service = registry.service(name)
    url = running.environment[f"GLOBUS_SDK_SERVICE_URL_{service.option.upper()}"]
    for method, path in (("GET", "v2/groups/my_groups"), ("POST", ""), ("DELETE", "a/b/c")):
        response = httpx.request(method, f"{url}{path}")
        assert response.status_code == 501
        assert f"The sandbox does not play {service.title}" in response.text
        assert response.json().keys() >= set(MEMBERS.get(name, ("code", "message")))

    class UnplayedClient(Client):
        pass

    UnplayedClient.service = service
    with UnplayedClient(base_url=url) as client, pytest.raises(GlobusAPIError, match="does not play") as caught:
        client.get("/anything")
    assert caught.value.http_status == 501


def test_an_unplayed_service_has_weather_too(globus_sandbox: Sandbox) -> None:
    globus_sandbox.fail_next(503, retry_after=7)
    unplayed = next(iter(unplayed_services(played_services())))
    response = httpx.get(globus_sandbox.environment[f"GLOBUS_SDK_SERVICE_URL_{unplayed.service.option.upper()}"])
    assert (response.status_code, response.headers["Retry-After"]) == (503, "7")


def test_what_is_played_from_now_on_has_its_address_at_once() -> None:
    unplayed = next(iter(unplayed_services(played_services())))
    router = APIRouter()

    @router.get("/nests", **described("List nests", answer="Nest"))
    async def nests() -> JSONResponse:  # pyright: ignore[reportUnusedFunction]  # its route is
        return JSONResponse({})

    now_played = PlayedService(
        unplayed.service,
        lambda: routes_of([router], "/v7"),
        (Area("/v7", "NestsError"),),
        unplayed.refuse,
        scopes=unplayed.scopes,
    )
    with Sandbox(services=[*played_services(), now_played]) as sandbox:
        url = sandbox.environment[f"GLOBUS_SDK_SERVICE_URL_{unplayed.service.option.upper()}"]
        assert url == f"{sandbox.url}/"
        assert httpx.get(f"{url}v7/nests").json() == {}
        token = f"GLOBUS_SDK_{unplayed.service.option.upper()}_TOKEN" in sandbox.environment
        assert token is (unplayed.service.resource_server is not None)
        assert httpx.get(f"{url}not-played/{unplayed.service.option}/").status_code == 404


def scopes_of_services() -> Iterator[tuple[str, str]]:
    """The scopes that clients know, with their resource servers."""
    for name in registry.names():
        for each in vars(registry.part(name, "scopes")).values():
            server = getattr(each, "resource_server", None)
            # Others are services of before, which have no address any more.
            if isinstance(each, type) and isinstance(server, str) and server == registry.service(name).resource_server:
                constants = {
                    key: value
                    for key, value in vars(each).items()
                    if not key.startswith("_") and key not in ("resource_server", "client_id")
                }
                yield from ((scope, server) for scope in constants.values())


@pytest.mark.parametrize(("scope", "server"), list(scopes_of_services()))
def test_the_scopes_of_all_services_are_for_their_resource_servers(running: Sandbox, scope: str, server: str) -> None:
    form = {"grant_type": "client_credentials", "scope": scope}
    app = (running.client_id, running.client_secret)
    document = httpx.post(f"{running.url}/v2/oauth2/token", data=form, auth=app).json()
    assert (document["resource_server"], document["scope"]) == (server, scope)
    assert running.auth.known.words(scope)


def test_globus_cfg_is_what_older_clients_read(running: Sandbox) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(running.globus_cfg)
    assert parser.sections() == ["environment default"]
    urls = {f"{service.option}_service": running.url for service in registry.services()}
    assert parser["environment default"].keys() == urls.keys()
    assert all(value.startswith(f"{running.url}/") for value in parser["environment default"].values())


def test_collections_and_apps_have_the_ids_that_programs_know() -> None:
    source = str(uuid.uuid4())
    with Sandbox(collections={"Sandbox Source": source, "Rings": ID}, native_apps=[ID, OTHER], strict_apps=True) as one:
        assert (one.source.id, one.native_client_id) == (source, ID)
        names = {each.id: each.display_name for each in one.transfer.collections()}
        assert names[ID] == "Rings"
        for client_id in (ID, OTHER):
            app = NativeAppAuthClient(client_id, base_url=one.url)
            app.oauth2_start_flow("openid")
            response = httpx.get(app.oauth2_get_authorize_url(), headers={"Accept": "text/plain"})
            assert app.oauth2_exchange_code_for_tokens(response.text).access_token
        assert one.add_collection("Feathers", id=OTHER).id == OTHER
        for id in (OTHER, "nonsense"):
            with pytest.raises(GlobusUsageError, match=id):
                one.add_collection("Again", id=id)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"collections": {"Rings": "nonsense"}}, "collections: Rings: .*'nonsense'"),
        ({"collections": {"Rings": ID, "Feathers": ID}}, "collections: Feathers: .*there is a collection"),
        ({"native_apps": ["nonsense"]}, "native_apps: .*'nonsense'"),
        ({"native_apps": [ID, ID]}, "native_apps: .*registered"),
    ],
)
def test_ids_that_cannot_be_are_refused_at_the_start(options: dict[str, Any], problem: str, tmp_path: Path) -> None:
    with pytest.raises(GlobusUsageError, match=problem), Sandbox(directory=tmp_path, **options):
        pass
