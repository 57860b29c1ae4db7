# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of sharing and directories. Checked, never run: every ignored line must be an error."""

from datetime import timedelta
from uuid import UUID

from typing_extensions import assert_type

from globus_typed import AsyncAuthClient, AsyncTransferClient, Identity
from globus_typed.transfer import AccessRule

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


class Group:
    """A group, as far as it is needed."""

    id: str = ID
    group_type: str | None = None


async def directories(tc: AsyncTransferClient) -> None:
    assert_type(await tc.exists(ID, "/a"), bool)
    assert_type(await tc.exists(UUID(ID), "/a", type="dir", local_user="me"), bool)
    await tc.exists(ID, "/a", type="directory")  # type: ignore[arg-type]  # dir
    await tc.exists(ID)  # type: ignore[call-arg]  # no path
    await tc.exists(ID, None)  # type: ignore[arg-type]  # None is no path
    assert_type(await tc.ensure_directory(ID, "/a/b"), list[str])
    await tc.ensure_directory(ID, "/a", parents=True)  # type: ignore[call-arg]  # they are always made
    await tc.ensure_directory(ID)  # type: ignore[call-arg]  # no path


async def sharing(tc: AsyncTransferClient, auth: AsyncAuthClient, identity: Identity, rule: AccessRule) -> None:
    assert_type(await tc.share(ID, "/a/", with_="wren@larkspur.example"), AccessRule)
    await tc.share(ID, "/a/", with_=identity, permissions="rw", expires=timedelta(days=30), auth_client=auth)
    await tc.share(ID, "/a/", with_=Group(), update=True, notify_email="wren@larkspur.example")
    await tc.share(ID, "/a/", with_=UUID(ID), principal_type="group")
    await tc.share(ID, "/a/")  # type: ignore[call-arg]  # with nobody
    await tc.share(ID, "/a/", with_=["a@b"])  # type: ignore[arg-type]  # one at a time
    await tc.share(ID, "/a/", with_=rule)  # type: ignore[arg-type]  # neither an identity nor a group
    await tc.share(ID, "/a/", with_=ID, permissions="w")  # type: ignore[arg-type]  # rw
    await tc.share(ID, "/a/", with_=ID, expires=30)  # type: ignore[arg-type]  # days or seconds?
    await tc.share(ID, "/a/", with_=ID, principal_type="user")  # type: ignore[arg-type]  # identity
    await tc.share(ID, "/a/", with_=ID, auth_client=tc)  # type: ignore[arg-type]  # not that of Auth
    assert_type(await tc.unshare(ID, rule), AccessRule | None)
    assert_type(await tc.unshare(ID, "/a/", with_="wren@larkspur.example", auth_client=auth), AccessRule | None)
    await tc.unshare(ID, "/a/")  # type: ignore[call-overload]  # with whom?
    await tc.unshare(ID, rule, with_=identity)  # type: ignore[call-overload]  # that of the rule
