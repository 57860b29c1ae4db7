# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of Globus Connect on this machine. Checked, never run: ignored lines must be errors."""

from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Literal

from typing_extensions import assert_type

from globus_typed import (
    AsyncAuthClient,
    AsyncTransferClient,
    AuthClient,
    GlobusConnectPersonalOwnerInfo,
    Identity,
    LocalGlobusConnectPersonal,
    LocalGlobusConnectServer,
    TransferClient,
)
from globus_typed.files import AllowedPath, LocalProblem

Status = Literal["connected", "paused", "offline", "unknown"]


def personal(gcp: LocalGlobusConnectPersonal, auth: AuthClient, async_auth: AsyncAuthClient) -> None:
    assert_type(LocalGlobusConnectPersonal.detect(), LocalGlobusConnectPersonal | None)
    assert_type(LocalGlobusConnectPersonal.detect(config_dir=Path("/x"), environ={}), LocalGlobusConnectPersonal | None)
    assert_type(LocalGlobusConnectPersonal.detect_all(["/x", Path("/y")]), list[LocalGlobusConnectPersonal])
    LocalGlobusConnectPersonal("/x")  # type: ignore[call-arg]  # by name
    print(LocalGlobusConnectPersonal.detect().endpoint_id)  # type: ignore[union-attr]  # there may be none
    assert_type(gcp.endpoint_id, str | None)
    assert_type(gcp.collection_id, str | None)
    assert_type(gcp.owner_id, str | None)
    assert_type(gcp.owner_username, str | None)
    assert_type(gcp.config_dir, str)
    assert_type(gcp.allowed_paths, tuple[AllowedPath, ...] | None)
    assert_type(gcp.problems, tuple[LocalProblem, ...])
    gcp.endpoint_id = "x"  # type: ignore[misc]  # it is read
    del gcp.endpoint_id
    print(gcp.client_id)  # type: ignore[attr-defined]  # endpoint_id
    assert_type(gcp.get_owner_info(), GlobusConnectPersonalOwnerInfo | None)
    assert_type(gcp.get_owner_info(auth), Identity | None)
    assert_type(gcp.get_owner_info(async_auth), Awaitable[Identity | None])
    gcp.get_owner_info("x")  # type: ignore[call-overload]  # a client
    assert_type(gcp.to_collection_path(Path("x"), write=True), str)
    assert_type(gcp.to_local_path("/C/x"), str)
    gcp.to_local_path(Path("/C/x"))  # type: ignore[arg-type]  # one of the collection
    assert_type(gcp.is_allowed("x"), bool | None)


def status(gcp: LocalGlobusConnectPersonal, tc: TransferClient, async_tc: AsyncTransferClient) -> None:
    assert_type(gcp.status(), Status)
    assert_type(gcp.status(tc), Status)
    assert_type(gcp.status(async_tc), Awaitable[Status])
    gcp.status(True)  # type: ignore[call-overload]  # a client
    print(gcp.status() == "running")  # type: ignore[comparison-overlap]  # connected


def server() -> None:
    node = LocalGlobusConnectServer.detect(info_path=Path("/x"))
    assert_type(node, LocalGlobusConnectServer | None)
    print(node.endpoint_id)  # type: ignore[union-attr]  # there may be none
    assert node is not None
    assert_type(node.info_dict, dict[str, Any] | None)
    assert_type(node.endpoint_id, str | None)
    assert_type(node.domain_name, str | None)
    print(node.domain)  # type: ignore[attr-defined]  # domain_name
