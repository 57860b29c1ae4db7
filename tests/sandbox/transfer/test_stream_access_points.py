"""Stream access points, which are of Transfer v2."""

import pytest

from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint

from .bench import Bench
from .json_api import NOWHERE, pages, refused, v2

LARK = "lark@sandbox.example"


def test_stream_access_points(bench: Bench, points: tuple[StreamAccessPoint, StreamAccessPoint]) -> None:
    out, archive = points
    url = "/v2/stream_access_points"
    assert list(pages(bench, url, **{"page[limit]": 1})) == [[out.id], [archive.id]]
    document = v2(bench.request("GET", f"{url}/{out.id}"))
    assert document == v2(bench.request("GET", url))[0]
    assert document == {
        "type": "StreamAccessPoint",
        "id": out.id,
        "attributes": {
            "display_name": "Beamline out",
            "tlsftp_server": f"tlsftp://{out.id}.streams.sandbox.example:443",
            "advertised_owner": "wren@sandbox.example",
            "contact_email": None,
            "contact_info": None,
            "department": None,
            "description": "Frames of the detector",
            "info_link": None,
            "keywords": "x-ray,video",
            "organization": "Larkspur Lab",
        },
        "relationships": {"host_endpoint": {"data": {"type": "Endpoint", "id": bench.source.id}}},
    }
    missing = refused(bench, "GET", f"{url}/{NOWHERE}")
    assert missing == (404, "ClientError.NotFound", f"No stream access point '{NOWHERE}'")
    assert refused(bench, "POST", url, json={})[:2] == (405, "ClientError.BadMethod")
    with pytest.raises(ValueError, match=r"^id: "):
        bench.state.streams.add_access_point("again", bench.source, id=out.id)


@pytest.mark.parametrize(
    ("text", "found"),
    [("beam", [0]), ("OUT detector", [0]), ("video", [0]), ("archive", [1]), ("wren", [0, 1]), ("eamline", [])],
)
def test_full_text(
    bench: Bench, points: tuple[StreamAccessPoint, StreamAccessPoint], text: str, found: list[int]
) -> None:
    (ids,) = pages(bench, "/v2/stream_access_points", **{"filter[fulltext]": text})
    assert ids == [points[n].id for n in found]


def test_whose_host_is_seen(bench: Bench, points: tuple[StreamAccessPoint, StreamAccessPoint]) -> None:
    url = "/v2/stream_access_points"
    out, archive = points

    def seen_by_lark(**params: object) -> list[str]:
        return [point["id"] for point in v2(bench.request("GET", url, params=params, token=LARK))]

    assert seen_by_lark() == []
    assert refused(bench, "GET", f"{url}/{out.id}", token=LARK)[0] == 404
    bench.source.public = True
    assert seen_by_lark() == [out.id] == seen_by_lark(**{"filter[endpoint_admin]": "false"})
    assert seen_by_lark(**{"filter[endpoint_admin]": "true"}) == []
    assert list(pages(bench, url, **{"filter[endpoint_admin]": "true"})) == [[out.id, archive.id]]
    bench.source.deleted = True
    assert list(pages(bench, url)) == [[archive.id]]
