"""Ids in paths: none changes what is asked for, in any method."""

import inspect
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest

from globus_typed import AsyncTransferClient, GlobusUsageError, NotFoundError

from .async_service import ID, Service, error
from .test_async_transfer_rows import ROWS, Row

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of methods that the service has retired
]


def ids_of(row: Row) -> dict[str, int]:
    """The parameters that go into the path, and their places among the arguments."""
    names = list(inspect.signature(getattr(AsyncTransferClient, row.name)).parameters)[1:]
    places = {name: names.index(name) for name in names if name.endswith("_id")}
    return {
        name: place for name, place in places.items() if place < len(row.args) and f"/{row.args[place]}" in row.path
    }


IDS = [(row, name, place) for row in ROWS for name, place in ids_of(row).items()]
EVERY_ID = pytest.mark.parametrize(("row", "name", "place"), IDS, ids=[f"{row.name}-{name}" for row, name, _ in IDS])


async def call(service: Service, row: Row, place: int, value: object) -> None:
    args = [*row.args[:place], value, *row.args[place + 1 :]]
    called: Any = getattr(service.transfer(), row.name)(*args, **row.kwargs)
    _ = await (called.all() if hasattr(called, "pages") else called)


async def address(row: Row, place: int, value: str) -> httpx.URL:
    service = Service(error(404))
    with pytest.raises(NotFoundError):
        await call(service, row, place, value)
    (request,) = service.requests
    return request.url


def test_every_method_with_an_id_is_among_those_that_are_tried() -> None:
    tried = {row.name for row, _, _ in IDS}
    assert tried == {row.name for row in ROWS if any(f"/{arg}" in row.path for arg in row.args)}
    assert {"get_endpoint", "operation_ls", "get_task", "task_event_list", "cancel_task", "task_pause_info"} <= tried


@EVERY_ID
async def test_an_id_that_would_lead_elsewhere_is_refused_by_name(row: Row, name: str, place: int) -> None:
    service = Service(error(500))
    for value in ("../../task_list", "", ".", "..", "a/b", "/", "a\n", "\0", b"\xff", None, True):
        with pytest.raises(GlobusUsageError, match=rf"^{name}: "):
            await call(service, row, place, value)
    assert not service.requests


@EVERY_ID
async def test_an_id_of_odd_characters_stays_one_part_of_the_path(row: Row, name: str, place: int) -> None:
    usual = await address(row, place, "the-id")
    for value in ("a?x=1", "a#b", "a%2F..%2Fb", "ä b", "a;b", "a\\b", "%2e%2e"):
        url = await address(row, place, value)
        assert url.raw_path == usual.raw_path.replace(b"the-id", quote(value, safe="").encode())
        assert not url.fragment


@pytest.mark.parametrize("value", [UUID(ID), ID.encode()])
async def test_an_id_may_be_a_uuid_or_bytes(value: Any) -> None:
    service = Service(error(404))
    with pytest.raises(NotFoundError):
        await service.transfer().get_endpoint(value)
    assert service.requests[0].url.path == f"/v0.10/endpoint/{ID}"
