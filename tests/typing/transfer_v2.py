# Generated from async_transfer_v2.py by tools/unasync.py: change that file.
# pyright: reportUnnecessaryTypeIgnoreComment=true
"""Types of Transfer v2, as an editor shows them, and what must not pass: see `transfer_client.py`."""

from typing_extensions import assert_type

from globus_typed import Pager, TransferClient
from globus_typed.transfer import (
    BookmarkV2,
    BookmarkV2Create,
    BookmarkV2DeleteResult,
    BookmarkV2List,
    BookmarkV2Resource,
    BookmarkV2Update,
    StreamAccessPoint,
    StreamAccessPointList,
    StreamAccessPointResource,
    Tunnel,
    TunnelCreate,
    TunnelDeleteResult,
    TunnelEvent,
    TunnelEventList,
    TunnelList,
    TunnelResource,
    TunnelUpdate,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


def tunnels(tc: TransferClient) -> None:
    tunnel = tc.create_tunnel(TunnelCreate(listener=ID, initiator=ID, label="x"))
    assert_type(tunnel, Tunnel)
    assert_type(tunnel.attributes.lifetime_mins, int | None)
    assert_type(tc.update_tunnel(ID, TunnelUpdate(state="STOPPING")), Tunnel)
    assert_type(tc.get_tunnel(ID), Tunnel)
    assert_type(tc.delete_tunnel(ID), TunnelDeleteResult)
    assert_type(tc.list_tunnels(), Pager[TunnelResource, TunnelList])
    assert_type(tc.get_tunnel_events(ID), Pager[TunnelEvent, TunnelEventList])
    assert_type(tc.get_stream_access_point(ID), StreamAccessPoint)
    assert_type(tc.list_stream_access_points(), Pager[StreamAccessPointResource, StreamAccessPointList])
    TunnelCreate(listener=ID)  # type: ignore[call-arg]  # no initiator
    TunnelUpdate(lable="x")  # type: ignore[call-arg]  # a misspelt field
    tc.create_tunnel(None)  # type: ignore[arg-type]  # None is no document
    tc.update_tunnel(ID)  # type: ignore[call-arg]  # no document
    tc.get_tunnel(None)  # type: ignore[arg-type]  # None is no id
    tc.delete_tunnel()  # type: ignore[call-arg]  # no id
    tc.list_tunnels(num_results="all")  # type: ignore[arg-type]  # None means all
    tc.get_tunnel_events(5)  # type: ignore[arg-type]  # a number is no id
    tc.get_stream_access_point()  # type: ignore[call-arg]  # no id
    tc.list_stream_access_points(num_results=1.5)  # type: ignore[arg-type]  # a whole number


def bookmarks(tc: TransferClient) -> None:
    bookmark = tc.create_bookmark_v2(BookmarkV2Create(collection=ID, name="x", path="/~/"))
    assert_type(bookmark, BookmarkV2)
    assert_type(bookmark.attributes.path, str | None)
    assert_type(tc.get_bookmark_v2(ID, include="collection"), BookmarkV2)
    assert_type(tc.update_bookmark_v2(ID, BookmarkV2Update(path="/~/y/")), BookmarkV2)
    assert_type(tc.delete_bookmark_v2(ID), BookmarkV2DeleteResult)
    assert_type(tc.list_bookmarks_v2(), Pager[BookmarkV2Resource, BookmarkV2List])
    BookmarkV2Create(name="x", path="/~/")  # type: ignore[call-arg]  # no collection
    BookmarkV2Update(pinned=True)  # type: ignore[call-arg]  # bookmarks of version 2 are not pinned
    print(bookmark.attributes.pinned)  # type: ignore[attr-defined]  # nor here
    tc.create_bookmark_v2()  # type: ignore[call-arg]  # no bookmark
    tc.get_bookmark_v2(None)  # type: ignore[arg-type]  # None is no id
    tc.get_bookmark_v2(ID, include=True)  # type: ignore[arg-type]  # what to include, by its name
    tc.update_bookmark_v2(ID, 5)  # type: ignore[arg-type]  # a number is no document
    tc.delete_bookmark_v2()  # type: ignore[call-arg]  # no id
    tc.list_bookmarks_v2(num_results="all")  # type: ignore[arg-type]  # None means all
