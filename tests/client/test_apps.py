# Generated from test_async_apps.py by tools/unasync.py: change that file.
"""Clients that are given an app: what they ask it for, and what is refused."""

from typing import Any

import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AuthClient,
    ClientApp,
    GlobusAppConfig,
    GlobusUsageError,
    Scope,
    TransferClient,
    UserApp,
)
from globus_typed.core.client import Client
from globus_typed.core.service import Service as ServiceDeclaration

from .service import ID, OTHER

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
pytestmark = pytest.mark.anyio


@pytest.fixture
def app() -> UserApp:
    return UserApp("läb sync", client_id=ID, config=GlobusAppConfig(token_storage="memory", environment="preview"))


class InstallationClient(Client):
    """A client of a service of which each installation has a resource server, known at the first call."""

    service = ServiceDeclaration("", "an installation")


def test_a_client_brings_the_scopes_it_needs(app: UserApp) -> None:
    with TransferClient(app=app) as client:
        assert client.app is app
        assert client.authorizer is app.get_authorizer("transfer.api.globus.org")
        assert client.resource_server == TransferClient.resource_server == "transfer.api.globus.org"
        assert client.default_scope_requirements == [Scope(TRANSFER)]
        assert client.environment == "preview"
        assert "preview" in client.base_url
    assert app.scope_requirements["transfer.api.globus.org"] == [Scope(TRANSFER)]


def test_an_app_can_be_attached_later(app: UserApp, monkeypatch: pytest.MonkeyPatch) -> None:
    # A token that is configured is no authorizer of the client's own.
    monkeypatch.setenv("GLOBUS_SDK_TRANSFER_TOKEN", "configured")
    monkeypatch.setenv("GLOBUS_SDK_ENVIRONMENT", "preview")
    with TransferClient() as client:
        assert client.authorizer is not None
        client.attach_globus_app(app)
        assert client.app is app
        assert client.authorizer is app.get_authorizer("transfer.api.globus.org")
        assert client.app_name == "l?b sync"
        with pytest.raises(GlobusUsageError, match="app: the client has one, 'läb sync', and can have no other"):
            client.attach_globus_app(app)
        with pytest.raises(GlobusUsageError, match="can have no other"):
            client.attach_globus_app(UserApp("another", client_id=OTHER))


def test_the_scopes_of_a_client_may_be_others(app: UserApp) -> None:
    with (
        TransferClient(app=app, app_scopes=Scope(TRANSFER).with_dependency("x")) as client,
        AuthClient(environment="preview", app_name="own") as auth,
    ):
        assert client.add_app_scope(f"{TRANSFER}[*y]") is client
        assert [*map(str, app.scope_requirements["transfer.api.globus.org"])] == [f"{TRANSFER}[x *y]"]
        auth.attach_globus_app(app, app_scopes="openid")
        assert auth.app_name == "own"
        assert [*map(str, app.scope_requirements["auth.globus.org"])] == ["openid"]
        auth.add_app_scope(["email", Scope("profile")])
        assert [*map(str, app.scope_requirements["auth.globus.org"])] == ["openid", "email", "profile"]


def test_a_client_with_an_authorizer_takes_no_app(app: UserApp) -> None:
    token = AccessTokenAuthorizer("the-token")
    with pytest.raises(GlobusUsageError, match="only one of the two"):
        TransferClient(token, app=app)
    with TransferClient(token, environment="preview") as client:
        with pytest.raises(GlobusUsageError, match="only one of the two"):
            client.attach_globus_app(app)
        assert client.app is None
        assert client.authorizer is token


def test_a_client_of_another_environment_takes_no_app(app: UserApp) -> None:
    with pytest.raises(GlobusUsageError, match="'production' is not that of the app, 'preview'"):
        TransferClient(app=app, environment="production")
    with TransferClient() as client:
        assert client.environment == "production"
        with pytest.raises(GlobusUsageError, match="'production' is not that of the app, 'preview'"):
            client.attach_globus_app(app)


def test_a_client_of_no_service_takes_no_app(app: UserApp) -> None:
    with pytest.raises(GlobusUsageError, match="no resource server that an app could have tokens for"):
        Client(app=app, base_url="https://example.org")
    with InstallationClient(environment="preview", base_url="https://example.org") as client:
        with pytest.raises(GlobusUsageError, match="an installation has no resource server"):
            client.attach_globus_app(app)
        client.resource_server = OTHER  # as a client knows at its first call
        client.attach_globus_app(app, app_scopes=f"urn:globus:auth:scope:{OTHER}:manage_collections")
        assert client.authorizer is app.get_authorizer(OTHER)


def test_what_is_no_app_or_no_scope_is_refused(app: UserApp) -> None:
    no_app: Any = "lab sync"
    with pytest.raises(GlobusUsageError, match="app: must be an app, such as UserApp"):
        TransferClient(app=no_app)
    with pytest.raises(GlobusUsageError, match="app_scopes: are those of an app"):
        TransferClient(app_scopes=TRANSFER)
    with TransferClient() as client:
        with pytest.raises(GlobusUsageError, match="app: the client has none"):
            client.add_app_scope(TRANSFER)
        with pytest.raises(GlobusUsageError, match="app: the client has none"):
            client.add_app_data_access_scope(ID)
    with TransferClient(app=app) as client:
        with pytest.raises(GlobusUsageError, match="a bracket is open"):
            client.add_app_scope(f"{TRANSFER}[x")
        with pytest.raises(GlobusUsageError, match="is a scope of auth"):
            client.add_app_scope("openid")


def test_options_stay_those_of_the_app(app: UserApp) -> None:
    with TransferClient(app=app) as client:
        other = client.with_options(timeout=3)
        assert other.app is app
        assert other.authorizer is client.authorizer


def test_an_app_that_acts_for_itself_is_attached_like_others() -> None:
    app = ClientApp("nightly", client_id=ID, client_secret="not-real", config=GlobusAppConfig(token_storage="memory"))
    with TransferClient() as client:
        client.attach_globus_app(app)
        assert client.authorizer is app.get_authorizer("transfer.api.globus.org")
