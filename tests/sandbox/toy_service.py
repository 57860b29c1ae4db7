"""The files of a toy service: all that adding one takes."""

FILES = {
    "toy/service.py": '''
"""Globus Toy as a service."""

from globus_typed.core.service import Service, hosts

SERVICE = Service(
    "toy",
    "Globus Toy",
    hosts=hosts("https://toy.example.org/", "https://toy.{domain}/"),
    resource_server="toy.example.org",
    default_scopes=("urn:globus:auth:scope:toy.example.org:all",),
    path_prefixes=("v1",),
    errors=("ToyAPIError",),
    final_codes=frozenset({"Broken"}),
    exports=("AsyncToyClient", "Toy", "ToyClient", "ToyScopes"),
    document_types={"toy": "Toy"},
)
''',
    "toy/scopes.py": '''
"""The scopes of Globus Toy."""

from typing import Final

__all__ = ["ToyScopes"]


class ToyScopes:
    """What a token may be allowed to do at Globus Toy."""

    all: Final = "urn:globus:auth:scope:toy.example.org:all"
    """Everything."""
''',
    "toy/errors.py": '''
"""The exception of Globus Toy."""

from typing import ClassVar

from globus_typed.errors import GlobusAPIError
from globus_typed.toy.service import SERVICE

__all__ = ["ToyAPIError"]


class ToyAPIError(GlobusAPIError):
    """Globus Toy refused a request."""

    final_codes: ClassVar[frozenset[str]] = SERVICE.final_codes
''',
    "toy/documents/toy.py": '''
"""Toys."""

from typing import Literal

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.payloads import Payload

__all__ = ["Toy", "ToyCreate", "ToyList"]


class Toy(Document, frozen=True):
    """A toy."""

    data_type: str | None = None
    """``toy``"""
    id: str
    """The id of the toy."""
    wheels: int | None = None
    """How many wheels it has."""


class ToyList(ListDocument[Toy], frozen=True):
    """All toys."""


class ToyCreate(Payload):
    """A toy to make."""

    data_type: Literal["toy"] = "toy"
    """``toy``"""
    wheels: int
    """How many wheels it has."""
''',
    "toy/async_client/__init__.py": '''
"""`AsyncToyClient`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from globus_typed.core.async_client import AsyncClient
from globus_typed.core.async_pager import AsyncPager
from globus_typed.core.paging import MarkerPaging
from globus_typed.core.request import Part, Request
from globus_typed.core.service import Service
from globus_typed.errors import GlobusAPIError
from globus_typed.toy import documents
from globus_typed.toy.errors import ToyAPIError
from globus_typed.toy.service import SERVICE

__all__ = ["AsyncToyClient"]


class AsyncToyClient(AsyncClient):
    """Globus Toy."""

    service: ClassVar[Service] = SERVICE
    base_path: ClassVar[str] = "/v1/"
    error_class: ClassVar[type[GlobusAPIError]] = ToyAPIError

    async def get_toy(self, toy_id: str) -> documents.Toy:
        """The toy with this id.

        ``GET /toys/{id}``
        """
        return await self.send(Request("GET", ("v1", "toys", Part("toy_id", toy_id)), documents.Toy))

    async def create_toy(self, data: documents.ToyCreate | Mapping[str, object]) -> documents.Toy:
        """The toy that was made.

        ``POST /toys``
        """
        return await self.send(Request("POST", ("v1", "toys"), documents.Toy, json=documents.ToyCreate.of(data)))

    def toy_list(self) -> AsyncPager[documents.Toy, documents.ToyList]:
        """All toys, page by page.

        ``GET /toys``
        """
        return AsyncPager(self.send, Request("GET", ("v1", "toys"), documents.ToyList), MarkerPaging())
''',
    "sandbox/toy/__init__.py": '''
"""The sandbox's Toy."""
''',
    "sandbox/toy/service.py": '''
"""Globus Toy as the sandbox plays it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from globus_typed import registry
from globus_typed.sandbox.auth.state import AuthState, TokenRefused
from globus_typed.sandbox.described import described, routes_of
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import Area, PlayedService
from globus_typed.sandbox.setting import part_of

__all__ = ["PLAYED"]

SCOPE = "urn:globus:auth:scope:toy.example.org:all"
TOYS = {"red": {"DATA_TYPE": "toy", "id": "red", "wheels": 4}}


class ToyRefused(Exception):
    """Toy refuses a request."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status


router = APIRouter(prefix="/toys")


def caller(request: Request, auth: Annotated[AuthState, Depends(part_of(AuthState))]) -> None:
    """Whoever calls, with a token for Toy."""
    try:
        auth.authenticate(request.headers.get("authorization"), scope=SCOPE)
    except TokenRefused as refused:
        raise ToyRefused(refused.status, "NoToken") from None


@router.get("", **described("List toys", answer="ToyList"), dependencies=[Depends(caller)])
async def toy_list() -> JSONResponse:
    """All toys."""
    return JSONResponse({"DATA_TYPE": "toy_list", "DATA": [*TOYS.values()]})


@router.get("/{toy_id}", **described("Give a toy", answer="Toy"), dependencies=[Depends(caller)])
async def get_toy(toy_id: str) -> JSONResponse:
    """One toy."""
    if toy_id not in TOYS:
        raise ToyRefused(404, "NoSuchToy")
    return JSONResponse(TOYS[toy_id])


@router.post("", **described("Make a toy", answer="Toy", body="ToyCreate", status=201), dependencies=[Depends(caller)])
async def create_toy(request: Request) -> JSONResponse:
    """A new toy."""
    return JSONResponse({**await request.json(), "id": "new"}, 201)


def refuse(request: Request, error: Exception) -> Response:
    """The error document of Toy."""
    return JSONResponse({"code": str(error), "message": "no"}, getattr(error, "status", 500))


PLAYED = PlayedService(
    registry.service("toy"),
    lambda: routes_of([router], "/v1"),
    (Area("/v1/toys", "ToyError"),),
    refuse,
    refusals=(ToyRefused,),
    needs=("auth",),
    scopes=ServiceScopes("toy.example.org", {SCOPE: "Play with your toys"}),
    versions="v1",
    schemas={"ToyError": {"type": "object", "properties": {"code": {"type": "string"}}}},
)
''',
}
"""The files of the service by their paths in the package: all that adding one takes."""

PROGRAM = '''
"""Uses Toy everywhere, as programs use any service."""

import asyncio
import pickle

import globus_typed
from globus_typed import (
    AccessTokenAuthorizer,
    AsyncToyClient,
    NativeAppAuthClient,
    NotFoundError,
    ResourceServers,
    Toy,
    ToyClient,
    ToyScopes,
    config,
    errors,
)
from globus_typed.exc import ToyAPIError
from globus_typed.sandbox import Sandbox
from globus_typed.toy import ToyCreate, ToyList

assert config.service_url("toy", "preview") == "https://toy.preview.globus.org/"
assert config.service_url("toy") == "https://toy.example.org/"
assert ResourceServers.toy == "toy.example.org"
assert globus_typed.toy.Toy is Toy
assert getattr(errors, "ToyAPIError") is ToyAPIError  # found at run time, so no type checker knows it
assert getattr(globus_typed.scopes, "ToyScopes") is ToyScopes
assert ToyCreate(wheels=4).to_wire() == b\'{"DATA_TYPE":"toy","wheels":4}\'

with Sandbox() as sandbox:
    import os

    os.environ.update(sandbox.environment)
    app = NativeAppAuthClient(sandbox.native_client_id)
    app.oauth2_start_flow(requested_scopes=ToyScopes.all)
    url = app.oauth2_get_authorize_url()
    assert "toy.example.org" in url
    token = sandbox.access_token([ToyScopes.all])

    with ToyClient(AccessTokenAuthorizer(token)) as client:
        toy = client.get_toy("red")
        assert isinstance(toy, Toy)
        assert toy.wheels == 4
        assert [each.id for each in client.toy_list()] == ["red"]
        assert client.create_toy({"wheels": 3}).id == "new"
        assert client.get("toys", response_class=ToyList).items == [toy]
        try:
            client.get_toy("blue")
        except NotFoundError as error:
            again = pickle.loads(pickle.dumps(error))
            assert isinstance(error, ToyAPIError)
            assert isinstance(again, NotFoundError)
            assert isinstance(again, ToyAPIError)
            assert (again.code, type(again)) == ("NoSuchToy", type(error))
        else:
            raise AssertionError("a toy that is not there")

    async def main() -> None:
        async with AsyncToyClient(AccessTokenAuthorizer(token)) as client:
            assert (await client.get_toy("red")).wheels == 4
            assert [each.id async for each in client.toy_list()] == ["red"]

    asyncio.run(main())

    import httpx

    # The consent page names the scope in words.
    with httpx.Client(follow_redirects=True) as browser:
        page = browser.get(url)
        assert page.status_code == 200, page.text
        assert "Play with your toys" in page.text or "username" in page.text
'''
"""A program that uses the toy service; it exits with 0 when all is as it should be."""
