# Generated from async_sharing.py by tools/unasync.py: change that file.
# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of sharing and directories. Checked, never run: every ignored line must be an error."""

from datetime import timedelta
from uuid import UUID

from typing_extensions import assert_type

from globus_typed import AuthClient, Identity, TransferClient
from globus_typed.transfer import AccessRule

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


class Group:
    """A group, as far as it is needed."""

    id: str = ID
    group_type: str | None = None


def directories(tc: TransferClient) -> None:
    assert_type(tc.exists(ID, "/a"), bool)
    assert_type(tc.exists(UUID(ID), "/a", type="dir", local_user="me"), bool)
    tc.exists(ID, "/a", type="directory")  # type: ignore[arg-type]  # dir
    tc.exists(ID)  # type: ignore[call-arg]  # no path
    tc.exists(ID, None)  # type: ignore[arg-type]  # None is no path
    assert_type(tc.ensure_directory(ID, "/a/b"), list[str])
    tc.ensure_directory(ID, "/a", parents=True)  # type: ignore[call-arg]  # they are always made
    tc.ensure_directory(ID)  # type: ignore[call-arg]  # no path


def sharing(tc: TransferClient, auth: AuthClient, identity: Identity, rule: AccessRule) -> None:
    assert_type(tc.share(ID, "/a/", with_="wren@larkspur.example"), AccessRule)
    tc.share(ID, "/a/", with_=identity, permissions="rw", expires=timedelta(days=30), auth_client=auth)
    tc.share(ID, "/a/", with_=Group(), update=True, notify_email="wren@larkspur.example")
    tc.share(ID, "/a/", with_=UUID(ID), principal_type="group")
    tc.share(ID, "/a/")  # type: ignore[call-arg]  # with nobody
    tc.share(ID, "/a/", with_=["a@b"])  # type: ignore[arg-type]  # one at a time
    tc.share(ID, "/a/", with_=rule)  # type: ignore[arg-type]  # neither an identity nor a group
    tc.share(ID, "/a/", with_=ID, permissions="w")  # type: ignore[arg-type]  # rw
    tc.share(ID, "/a/", with_=ID, expires=30)  # type: ignore[arg-type]  # days or seconds?
    tc.share(ID, "/a/", with_=ID, principal_type="user")  # type: ignore[arg-type]  # identity
    tc.share(ID, "/a/", with_=ID, auth_client=tc)  # type: ignore[arg-type]  # not that of Auth
    assert_type(tc.unshare(ID, rule), AccessRule | None)
    assert_type(tc.unshare(ID, "/a/", with_="wren@larkspur.example", auth_client=auth), AccessRule | None)
    tc.unshare(ID, "/a/")  # type: ignore[call-overload]  # with whom?
    tc.unshare(ID, rule, with_=identity)  # type: ignore[call-overload]  # that of the rule
