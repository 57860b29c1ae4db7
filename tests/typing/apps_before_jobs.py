# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of apps before a job. Checked, never run: every ignored line must be an error."""

from datetime import datetime

from typing_extensions import assert_type

from globus_typed import (
    AsyncTransferClient,
    ClientApp,
    Endpoint,
    LoginResult,
    NeededScope,
    PreflightItem,
    PreflightReport,
    Preparation,
    Scope,
    TransferClient,
    UserApp,
    UserInfo,
)
from globus_typed.apps import Check, Verdict


def before_a_job(app: UserApp | ClientApp, collection: Endpoint, until: datetime) -> None:
    assert_type(collection.needs_data_access, bool | None)
    assert_type(app.prepare(collections=[collection.id], purpose="timer"), Preparation)
    prepared = app.prepare(collection.id)
    assert_type(prepared.added, tuple[NeededScope, ...])
    assert_type(prepared.login, LoginResult)
    report = app.preflight([collection.id], until=until, services=["groups"], refresh=True)
    assert_type(report, PreflightReport)
    assert_type(next(iter(report)), PreflightItem)
    for item in report.problems:
        assert_type(item.verdict, Verdict)
        assert_type(item.check, Check)
    assert_type(app.login_required(check=True), bool)
    assert_type(app.userinfo(), UserInfo)
    assert_type(app.lacking("a[b]"), tuple[str, ...] | None)
    app.preflight(until="tomorrow")  # type: ignore[arg-type]


def clients(app: UserApp, client: TransferClient) -> None:
    client.attach_globus_app(app, app_scopes=[Scope("a"), "b"])
    assert_type(client.add_app_scope("a"), TransferClient)
    assert_type(client.add_app_data_access_scope(["a"]), TransferClient)
    assert_type(client.default_scope_requirements, list[Scope])
    assert_type(client.resource_server, str | None)
    client.attach_globus_app("lab sync")  # type: ignore[arg-type]


async def async_clients(app: UserApp, client: AsyncTransferClient, until: datetime) -> None:
    client.attach_globus_app(app)
    assert_type(client.add_app_scope("a"), AsyncTransferClient)
    assert_type(await client.add_app_data_access_scope("a"), AsyncTransferClient)
    assert_type(await app.prepare_async(["a"]), Preparation)
    assert_type(await app.preflight_async(until=until), PreflightReport)
