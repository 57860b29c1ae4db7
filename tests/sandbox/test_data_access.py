"""A collection that needs the consent `data_access`, as a program meets it: refused, told why, logged in again."""

from urllib.parse import urlencode

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    ClientCredentialsAuthorizer,
    CollectionScopes,
    ConfidentialAppAuthClient,
    ConsentRequiredError,
    DeleteData,
    NativeAppAuthClient,
    Scope,
    TransferClient,
    TransferData,
    TransferScopes,
)
from globus_typed.sandbox import Sandbox


def logged_in(sandbox: Sandbox, scopes: str) -> TransferClient:
    """A client of Transfer after a login as a person does it, but for the browser."""
    with NativeAppAuthClient(sandbox.native_client_id, base_url=sandbox.url) as app:
        flow = app.oauth2_start_flow(scopes)
        code = httpx.get(flow.get_authorize_url(), headers={"Accept": "text/plain"}).text
        tokens = flow.exchange_code_for_tokens(code).by_resource_server
    token = tokens["transfer.api.globus.org"]["access_token"]
    return TransferClient(AccessTokenAuthorizer(token), base_url=sandbox.url)


def test_the_error_says_what_to_log_in_for(globus_sandbox: Sandbox) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    shelf = globus_sandbox.add_collection("Shelf", data_access=True)
    data = TransferData(archive.id, shelf.id)
    data.add_item("/", "/", recursive=True)
    delete = DeleteData(archive.id)
    delete.add_item("/x")
    with logged_in(globus_sandbox, TransferScopes.all) as tc:
        assert tc.get_endpoint(archive.id).entity_type == "GCSv5_mapped_collection"
        for use in (
            lambda: list(tc.operation_ls(archive.id)),
            lambda: tc.operation_mkdir(archive.id, "/x/"),
            lambda: tc.submit_delete(delete),
        ):
            with pytest.raises(ConsentRequiredError) as caught:
                use()
            scope = Scope(TransferScopes.all).with_dependency(
                Scope(CollectionScopes(archive.id).data_access, optional=True)
            )
            assert caught.value.required_scopes == (str(scope),)
        with pytest.raises(ConsentRequiredError) as caught:
            tc.submit_transfer(data)
        (both,) = caught.value.required_scopes
        assert {str(each.scope_string) for each in Scope.parse(both).dependencies} == {
            CollectionScopes(archive.id).data_access,
            CollectionScopes(shelf.id).data_access,
        }
        # The consent is the app's, so that the token that was there does too.
        with logged_in(globus_sandbox, both) as again:
            for client in (again, tc):
                assert list(client.operation_ls(archive.id)) == []
            task = again.submit_transfer(data)
            assert again.task_wait(task.task_id, timeout=30, polling_interval=1)


def test_a_guest_collection_there_needs_no_consent_to_be_used(globus_sandbox: Sandbox) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    (archive.root / "counts").mkdir()
    (archive.root / "counts" / "a.csv").write_text("1")
    share = {"host_endpoint": archive.id, "host_path": "/counts/", "display_name": "Counts"}
    with logged_in(globus_sandbox, TransferScopes.all) as tc:
        with pytest.raises(ConsentRequiredError) as caught:
            tc.create_shared_endpoint(share)
        with logged_in(globus_sandbox, caught.value.required_scopes[0]):
            guest = tc.create_shared_endpoint(share).id
        globus_sandbox.revoke_consents(globus_sandbox.native_client_id)
    with logged_in(globus_sandbox, TransferScopes.all) as tc:
        assert tc.get_endpoint(guest).entity_type == "GCSv5_guest_collection"
        assert [entry.name for entry in tc.operation_ls(guest)] == ["a.csv"]


def test_an_app_that_acts_for_itself_asks_with_its_scopes(globus_sandbox: Sandbox) -> None:
    archive = globus_sandbox.add_collection("Archive", owner=globus_sandbox.app_identity, data_access=True)
    app = ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret, base_url=globus_sandbox.url)
    scope = Scope(TransferScopes.all)
    with app, TransferClient(ClientCredentialsAuthorizer(app, scope), base_url=globus_sandbox.url) as tc:
        with pytest.raises(ConsentRequiredError):
            list(tc.operation_ls(archive.id))
        scope = scope.with_dependency(Scope(CollectionScopes(archive.id).data_access))
        tc.authorizer = ClientCredentialsAuthorizer(app, scope)
        assert list(tc.operation_ls(archive.id)) == []


def test_the_login_page_shows_what_is_asked_for(globus_sandbox: Sandbox) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    scope = f"{TransferScopes.all}[*{CollectionScopes(archive.id).data_access}]"
    query = {
        "client_id": globus_sandbox.client_id,
        "redirect_uri": "http://localhost:5000/login",
        "response_type": "code",
        "scope": scope,
    }
    with httpx.Client(base_url=globus_sandbox.url, follow_redirects=True) as browser:
        page = browser.get(f"/v2/oauth2/authorize?{urlencode(query)}").text
        form_token = page.partition('name="form_token" value="')[2].partition('"')[0]
        form = {"form_token": form_token, "username": globus_sandbox.user.username}
        page = browser.post(f"/v2/oauth2/authorize?{urlencode(query)}", data=form).text
    assert f"See and change the data on collection {archive.id}" in page
