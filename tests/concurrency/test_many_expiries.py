"""A token that ends again and again under many callers, and apps that get their own."""

from typing import Any

import pytest

from globus_typed import (
    AsyncConfidentialAppAuthClient,
    ClientCredentialsAuthorizer,
    ConfidentialAppAuthClient,
    GlobusUsageError,
    LoginRequiredError,
    NativeAppAuthClient,
    RefreshTokenAuthorizer,
    Scope,
    TokenResponse,
)
from globus_typed.auth.errors import AuthAPIError
from globus_typed.errors import BadRequestError

from .meeting import APPS, ID, NOW, WAYS, Clock, Globus, Way, in_tasks, renewing, start_threads, transfer

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"


def test_fifty_threads_and_fifty_tasks_make_one_refresh_at_each_end_of_the_token() -> None:
    globus, clock = Globus(), Clock()
    globus.lifetime = 1
    # What the service calls a second is 50 ms of the clock.
    authorizer = RefreshTokenAuthorizer("refresh-0", globus.app("threads"), clock=lambda: NOW + 20 * (clock.now - NOW))
    for end in range(1, 21):
        finish = start_threads(globus, authorizer, 50)
        outcomes = in_tasks(globus, authorizer, 50) + finish()
        assert outcomes == [ID] * 100
        assert len(globus.refreshes) == end
        clock.now += 0.05


def test_a_refresh_token_that_is_over_says_to_log_in_again() -> None:
    globus = Globus()
    globus.refresh = "another"
    with pytest.raises(LoginRequiredError, match="log in again") as caught:
        transfer(globus, renewing(globus, Clock(), left=-1)).get_endpoint(ID)
    assert isinstance(caught.value, AuthAPIError)
    assert isinstance(caught.value, BadRequestError)
    assert caught.value.code == "invalid_grant"


class Apps(Globus):
    """A Globus that gives an app tokens of its own, and wants to see who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.rotates = False

    def _renew(self, form: dict[str, str]) -> Any:
        self.forms.append(form)
        return super()._renew({"refresh_token": self.refresh})

    def confidential(self, kind: str) -> ConfidentialAppAuthClient | AsyncConfidentialAppAuthClient:
        if kind == "threads":
            return ConfidentialAppAuthClient(ID, "s", base_url="https://auth.example/", http_client=self.sync())
        return AsyncConfidentialAppAuthClient(ID, "s", base_url="https://auth.example/", http_client=self.tasks())


@WAYS
@APPS
def test_an_app_gets_its_token_once_and_again_at_its_end(way: Way, kind: str) -> None:
    globus, clock = Apps(), Clock()
    told: list[TokenResponse] = []
    scope = Scope(TRANSFER).with_dependency("*https://auth.globus.org/scopes/c/data_access")
    authorizer = ClientCredentialsAuthorizer(globus.confidential(kind), scope, on_refresh=told.append, clock=clock)
    assert way(globus, authorizer, 12) == [ID] * 12
    assert globus.forms == [
        {
            "grant_type": "client_credentials",
            "scope": f"{TRANSFER}[*https://auth.globus.org/scopes/c/data_access]",
        }
    ]
    clock.now += 172800 - 61
    assert way(globus, authorizer, 2) == [ID] * 2
    assert len(globus.forms) == 1
    clock.now += 1
    assert way(globus, authorizer, 12) == [ID] * 12
    assert len(globus.forms) == 2
    assert [tokens.access_token for tokens in told] == ["access-1", "access-2"]
    assert authorizer.expires_at == int(clock.now) + 172800


def test_an_app_uses_the_token_that_it_kept() -> None:
    globus = Apps()
    app = globus.confidential("threads")
    authorizer = ClientCredentialsAuthorizer(app, TRANSFER, "access-0", NOW + 1000, clock=Clock())
    assert transfer(globus, authorizer).get_endpoint(ID).id == ID
    assert globus.forms == []
    assert "access-0" not in repr(authorizer)


def test_what_an_app_cannot_use_is_refused_by_name() -> None:
    app = ConfidentialAppAuthClient(ID, "s")
    wrong: Any
    for wrong in (NativeAppAuthClient(ID), None, ConfidentialAppAuthClient):
        with pytest.raises(GlobusUsageError, match="confidential_client"):
            ClientCredentialsAuthorizer(wrong, TRANSFER)
    several: list[Any] = [None, "", [], "a[", 3]
    for scopes in several:
        with pytest.raises(GlobusUsageError, match="scopes"):
            ClientCredentialsAuthorizer(app, scopes)
    with pytest.raises(GlobusUsageError, match="access_token"):
        ClientCredentialsAuthorizer(app, TRANSFER, "two words")
