"""What the use of collections needs is asked for before they are used: once, and only what there is."""

from collections.abc import Callable

import anyio
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    ClientApp,
    GlobusAppConfig,
    GlobusUsageError,
    NotFoundError,
    TransferClient,
    UserApp,
)
from globus_typed.sandbox import Sandbox

from .conftest import Person

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
TIMER = "https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer"
FLOW = "b9b24f27-9b1f-4ca3-8f3c-1f1e0a5b0001"
Apps = Callable[..., UserApp]


def data_access(collection: str) -> str:
    return f"https://auth.globus.org/scopes/{collection}/data_access"


def test_the_scopes_of_all_collections_are_asked_for_in_one_login(
    globus_sandbox: Sandbox, make_app: Apps, person: Person
) -> None:
    first, second = (globus_sandbox.add_collection(name, data_access=True) for name in ("First", "Second"))
    personal = globus_sandbox.add_collection("Personal")
    app = make_app()
    app.add_scope_requirements({"transfer.api.globus.org": TRANSFER})
    app.login()
    found = app.prepare(collections=[first.id, second.id, personal.id])
    assert len(person.asked) == 2
    assert found.login.was_needed
    needs = {need.subject: need for need in found.needs}
    assert needs[first.id].scope == f"{TRANSFER}[*{data_access(first.id)}]"
    assert "GCSv5_mapped_collection" in needs[first.id].reason
    assert needs[personal.id].scope is None
    assert "has no scope data_access" in needs[personal.id].reason
    assert needs[personal.id] not in found.added
    with TransferClient(app=app) as client:
        for each in (first, second, personal):
            client.operation_ls(each.id)
    assert not app.login_required()


def test_what_was_asked_for_is_asked_for_no_more(globus_sandbox: Sandbox, make_app: Apps, person: Person) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    make_app().prepare(archive.id)
    before = len(person.asked)
    again = make_app().prepare(archive.id)
    assert not again.login.was_needed
    assert len(person.asked) == before


def test_a_scope_that_was_declined_is_asked_for_no_more(
    globus_sandbox: Sandbox, make_app: Apps, person: Person
) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    person.declines = True
    result = make_app(request_refresh_tokens=True).prepare(archive.id).login
    assert result.declined_scopes == (f"{TRANSFER}[{data_access(archive.id)}]",)
    before = len(person.asked)
    app = make_app(request_refresh_tokens=True)
    assert not app.prepare(archive.id).login.was_needed
    # A renewal does not forget it.
    with app.token_storage.transaction():
        app.obtain(
            "transfer.api.globus.org",
            app.token_storage.get_token_data_by_resource_server()["transfer.api.globus.org"].access_token,
            False,
        )
    assert not make_app(request_refresh_tokens=True).prepare(archive.id).login.was_needed
    assert len(person.asked) == before


def test_a_timer_a_flow_and_https_need_other_scopes(globus_sandbox: Sandbox, make_app: Apps, person: Person) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    app = make_app()
    app.prepare(archive.id, purpose="timer")
    assert f"{TIMER}[{TRANSFER}[*{data_access(archive.id)}]]" in person.last_scopes
    app.prepare(archive.id, purpose=f"flow:{FLOW}")
    user = f"https://auth.globus.org/scopes/{FLOW}/flow_{FLOW.replace('-', '_')}_user"
    assert f"{user}[*{TRANSFER}[*{data_access(archive.id)}]]" in person.last_scopes
    stored = app.token_storage.get_token_data_by_resource_server()
    assert {FLOW, "524230d7-ea86-4a52-8312-86065a9e0417"} <= set(stored)
    assert not app.login_required()


@pytest.mark.parametrize("purpose", ["", "copy", "flow:", "flow:x", f"flow {FLOW}"])
def test_another_purpose_is_refused(make_app: Apps, purpose: str, person: Person) -> None:
    with pytest.raises(GlobusUsageError, match='must be "transfer", "timer", "https" or "flow:"'):
        make_app().prepare("b9b24f27-9b1f-4ca3-8f3c-1f1e0a5b0001", purpose=purpose)
    assert not person.asked


def test_what_is_no_collection_is_said(make_app: Apps) -> None:
    with pytest.raises(GlobusUsageError, match="collections: must be ids"):
        make_app().prepare(["Archive"])
    with pytest.raises(NotFoundError):
        make_app().prepare("b9b24f27-9b1f-4ca3-8f3c-1f1e0a5b0001")


def test_in_a_running_loop_there_is_a_form_that_waits(globus_sandbox: Sandbox, make_app: Apps, person: Person) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    app = make_app()

    async def main() -> None:
        with pytest.raises(GlobusUsageError, match="prepare_async"):
            app.prepare(archive.id)
        assert (await app.prepare_async([archive.id])).added
        async with AsyncTransferClient(app=app) as client:
            await client.operation_ls(archive.id)

    anyio.run(main)
    assert len(person.asked) == 2


def test_an_app_that_acts_for_itself_asks_by_its_secret(globus_sandbox: Sandbox) -> None:
    archive = globus_sandbox.add_collection("Archive", owner=globus_sandbox.app_identity, data_access=True)
    with ClientApp(
        "nightly",
        client_id=globus_sandbox.client_id,
        client_secret=globus_sandbox.client_secret,
        config=GlobusAppConfig(token_storage="memory"),
    ) as app:
        with TransferClient(app=app) as client:
            client.task_list().first()
            logins = app.logins
            found = app.prepare([archive.id])
            assert found.login.was_needed
            assert app.logins == logins + 1
            client.operation_ls(archive.id)
        assert not app.prepare([archive.id]).login.was_needed
        assert app.lacking(f"{TRANSFER}[{data_access(archive.id)}]") == ()


def test_a_client_asks_for_data_access_where_there_is_one(
    globus_sandbox: Sandbox, make_app: Apps, person: Person
) -> None:
    archive, personal = globus_sandbox.add_collection("Archive", data_access=True), globus_sandbox.add_collection("P")
    app = make_app()
    with TransferClient(app=app) as client:
        assert client.add_app_data_access_scope([archive.id, personal.id]) is client
        (scope,) = app.scope_requirements["transfer.api.globus.org"]
        assert str(scope) == f"{TRANSFER}[*{data_access(archive.id)}]"
        assert app.login_required()
        assert app.login().was_needed
        client.operation_ls(archive.id)
    assert len(person.asked) == 2

    async def main() -> None:
        other = globus_sandbox.add_collection("Other", data_access=True)
        async with AsyncTransferClient(app=app) as client:
            assert await client.add_app_data_access_scope(other.id) is client
            assert (await app.login_async()).was_needed
            await client.operation_ls(other.id)

    anyio.run(main)


def test_without_an_app_nobody_asks(globus_sandbox: Sandbox) -> None:
    with TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as client:
        with pytest.raises(GlobusUsageError, match="app: the client has none"):
            client.add_app_data_access_scope("b9b24f27-9b1f-4ca3-8f3c-1f1e0a5b0001")
        with pytest.raises(GlobusUsageError, match="app: the client has none"):
            client.add_app_scope(TRANSFER)


def test_whether_tokens_are_alive_is_asked_of_auth(globus_sandbox: Sandbox, make_app: Apps) -> None:
    app = make_app(request_refresh_tokens=True)
    app.login()
    assert not app.login_required(check=True)
    token = app.token_storage.get_token_data("transfer.api.globus.org")
    assert token is not None
    assert token.refresh_token is not None
    app.add_scope_requirements({"transfer.api.globus.org": TRANSFER})
    app.login_client.oauth2_revoke_token(token.refresh_token)
    assert not app.login_required()
    assert app.login_required(check=True)
    assert app.login_client.oauth2_validate_token("not-a-token").active is False
