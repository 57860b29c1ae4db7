"""Routes of stream access points, which are of Transfer v2."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.json_api import answer
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.endpoints import begins_a_word
from globus_typed.sandbox.transfer.routes.queries import Marker, PageLimit, link_page
from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint

router: APIRouter = APIRouter(prefix="/stream_access_points")


@router.get("", **described("List stream access points", answer="StreamAccessPointList"))
async def list_stream_access_points(
    request: Request,
    state: State,
    user: User,
    endpoint_admin: Annotated[bool | None, Query(alias="filter[endpoint_admin]")] = None,
    fulltext: Annotated[str | None, Query(alias="filter[fulltext]")] = None,
    marker: Marker = 0,
    limit: PageLimit = 100,
) -> Response:
    words = (fulltext or "").casefold().split()
    found = [
        point
        for point in state.streams.access_points(user)
        if endpoint_admin in (None, point.host.has_role(user, "administrator"))
        and all(_has_word(point, word) for word in words)
    ]
    return answer(link_page(request, found, marker, limit, filters=("endpoint_admin", "fulltext")))


@router.get("/{stream_ap_id}", **described("Give a stream access point", answer="StreamAccessPoint"))
async def get_stream_access_point(state: State, user: User, stream_ap_id: str) -> Response:
    return answer({"data": state.streams.access_point(user, stream_ap_id).document()})


def _has_word(point: StreamAccessPoint, prefix: str) -> bool:
    host = point.host
    texts = (point.display_name, point.description, point.keywords, point.advertised_owner)
    return any(text and begins_a_word(prefix, text) for text in (*texts, host.organization, host.department))
