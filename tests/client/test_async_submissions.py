"""The submission id of a mapping: given to it before it is sent, and told by the exception."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import httpx
import pytest

from globus_typed import ConflictError, GlobusTimeoutError, TransferAPIError

from .async_service import ID, OTHER, Service, error, ok

pytestmark = pytest.mark.anyio


def mapping(kind: str) -> dict[str, Any]:
    if kind == "delete":
        return {"endpoint": ID, "DATA": [{"path": "/a"}]}
    return {
        "source_endpoint": ID,
        "destination_endpoint": ID,
        "DATA": [{"source_path": "/a", "destination_path": "/b"}],
    }


async def submit(service: Service, kind: str, document: Mapping[str, Any]) -> str:
    tc = service.transfer()
    if kind == "delete":
        return (await tc.submit_delete(document)).task_id
    return (await tc.submit_transfer(document)).task_id


KINDS = pytest.mark.parametrize("kind", ["transfer", "delete"])


@KINDS
@pytest.mark.parametrize("before", [{}, {"submission_id": None}])
async def test_a_mapping_keeps_its_submission_id(kind: str, before: dict[str, None]) -> None:
    document = mapping(kind) | before
    lost = httpx.ReadTimeout("late")
    service = Service(ok(value=OTHER), *[lost] * 6, ok(202, task_id=ID))
    with pytest.raises(GlobusTimeoutError) as caught:
        await submit(service, kind, document)
    assert document == mapping(kind) | {"submission_id": OTHER}
    assert caught.value.submission_id == OTHER
    assert await submit(service, kind, document) == ID
    assert len({request.content for request in service.requests[1:]}) == 1
    assert json.loads(service.requests[-1].content)["submission_id"] == OTHER


class Frozen(dict[str, Any]):
    def __setitem__(self, name: str, value: object) -> None:
        raise TypeError("immutable")


@KINDS
@pytest.mark.parametrize("freeze", [MappingProxyType, Frozen])
async def test_a_mapping_that_cannot_be_changed_stays_as_it_is_and_the_exception_has_the_id(
    kind: str, freeze: Callable[[dict[str, Any]], Mapping[str, Any]]
) -> None:
    document = freeze(mapping(kind))
    service = Service(ok(value=OTHER), error(403, "PermissionDenied"), ok(202, task_id=ID))
    with pytest.raises(TransferAPIError) as caught:
        await submit(service, kind, document)
    assert dict(document) == mapping(kind)
    assert caught.value.submission_id == OTHER
    assert await submit(service, kind, {**document, "submission_id": caught.value.submission_id}) == ID
    assert json.loads(service.requests[-1].content)["submission_id"] == OTHER
    assert len(service.requests) == 3


@KINDS
async def test_without_a_submission_id_nothing_is_sent_and_nothing_kept(kind: str) -> None:
    document = mapping(kind)
    service = Service(error(403, "PermissionDenied"))
    with pytest.raises(TransferAPIError) as caught:
        await submit(service, kind, document)
    assert document == mapping(kind)
    assert caught.value.submission_id is None
    assert len(service.requests) == 1


@KINDS
async def test_a_mapping_that_was_edited_is_told_to_take_the_id_out(kind: str) -> None:
    document = mapping(kind)
    service = Service(ok(value=OTHER), ok(202, task_id=ID), error(409, "Conflict"))
    await submit(service, kind, document)
    document["label"] = "another"
    with pytest.raises(ConflictError, match=r"take its submission_id out .*`del data\[\"submission_id\"\]`"):
        await submit(service, kind, document)


async def test_another_conflict_has_no_such_hint() -> None:
    service = Service(ok(value=OTHER), error(409, "OperationPaused"))
    with pytest.raises(ConflictError) as caught:
        await submit(service, "delete", mapping("delete"))
    assert "take its" not in str(caught.value)


ENDS = {
    name: {"data": {"type": "StreamAccessPoint", "id": end}} for name, end in (("listener", ID), ("initiator", OTHER))
}


@pytest.mark.parametrize(
    "document",
    [
        {"listener": ID, "initiator": OTHER},
        {"data": {"type": "Tunnel", "relationships": ENDS}},
        {"data": {"type": "Tunnel", "attributes": {"label": "x"}, "relationships": ENDS}},
    ],
)
async def test_a_mapping_of_a_tunnel_keeps_its_submission_id(document: dict[str, Any]) -> None:
    document = json.loads(json.dumps(document))
    service = Service(httpx.ReadTimeout("late"))
    sent: set[str | None] = set()
    for _ in range(2):
        with pytest.raises(GlobusTimeoutError) as caught:
            await service.transfer().create_tunnel(document)
        sent.add(caught.value.submission_id)
    assert {json.loads(request.content)["data"]["attributes"]["submission_id"] for request in service.requests} == sent
    assert len(sent) == 1
