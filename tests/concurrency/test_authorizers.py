"""Authorizers by hand, as documented programs use them, and the arguments they refuse."""

import re
import threading
from typing import Any

import anyio
import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AuthAPIError,
    BasicAuthorizer,
    GlobusUsageError,
    NativeAppAuthClient,
    NullAuthorizer,
    RefreshTokenAuthorizer,
    TransferClient,
)

from .meeting import ID, NOW, PATIENCE, Clock, Globus, Outcome, async_client, collect, renewing, transfer, until


def test_headers_are_set_and_taken_out() -> None:
    basic = "Basic Y2xpZW50OnPDqWNyZXQ="
    for authorizer, header in (
        (BasicAuthorizer("client", "sécret"), basic),
        (AccessTokenAuthorizer("tok"), "Bearer tok"),
    ):
        headers = {"Authorization": "old", "Accept": "x"}
        authorizer.set_authorization_header(headers)
        assert headers == {"Authorization": header, "Accept": "x"}
        assert authorizer.handle_missing_authorization() is False
        assert authorizer.header() == header
    headers = {"Authorization": "old", "Accept": "x"}
    NullAuthorizer().set_authorization_header(headers)
    assert headers == {"Accept": "x"}
    NullAuthorizer().set_authorization_header(headers)
    assert NullAuthorizer().handle_missing_authorization() is False


def test_a_renewing_authorizer_renews_by_hand() -> None:
    globus, clock = Globus(), Clock()
    authorizer = renewing(globus, clock)
    headers: dict[str, str] = {}
    authorizer.set_authorization_header(headers)
    assert headers == {"Authorization": "Bearer access-0"}
    assert not globus.refreshes

    assert authorizer.handle_missing_authorization() is True
    assert (authorizer.expires_at, authorizer.header()) == (None, "Bearer access-0")
    authorizer.set_authorization_header(headers)
    assert headers == {"Authorization": "Bearer access-1"}
    assert authorizer.expires_at == int(NOW) + 172800
    authorizer.set_authorization_header(headers)
    assert globus.refreshes == ["refresh-0"]

    clock.now += 172800
    globus.at_refresh = lambda number: httpx.Response(400, json={"error": "invalid_grant"})
    with pytest.raises(AuthAPIError, match="invalid_grant"):
        authorizer.set_authorization_header(headers)


def test_a_header_by_hand_needs_a_sync_app() -> None:
    globus = Globus()
    headers: dict[str, str] = {}
    authorizer = RefreshTokenAuthorizer("refresh-0", globus.app("tasks"), clock=Clock())
    with pytest.raises(GlobusUsageError, match=r"authorizer: .*await"):
        authorizer.set_authorization_header(headers)

    async def main() -> None:
        with anyio.fail_after(PATIENCE):
            assert await async_client(globus, authorizer).authorization() == "Bearer access-1"

    anyio.run(main)
    assert headers == {}


APP = NativeAppAuthClient(ID, base_url="https://auth.example/")
WRONG: list[tuple[str, type[object], dict[str, Any]]] = [
    *(
        (name, AccessTokenAuthorizer if name == "access_token" else RefreshTokenAuthorizer, {name: wrong})
        for name in ("access_token", "refresh_token")
        for wrong in (None, "", b"token", 7, "tok\n", "to ken", "token ", "tökén", "tok\x00")
    ),
    *(("username", BasicAuthorizer, {"username": wrong, "password": "p"}) for wrong in (None, "", "a\n", b"a", "a:b")),
    *(("password", BasicAuthorizer, {"username": "u", "password": wrong}) for wrong in (None, "", "a\n", b"a")),
    ("access_token", RefreshTokenAuthorizer, {"access_token": ""}),
    ("access_token", RefreshTokenAuthorizer, {"access_token": "to\nken"}),
    *(("auth_client", RefreshTokenAuthorizer, {"auth_client": wrong}) for wrong in (None, "app", NativeAppAuthClient)),
    *(
        ("expires_at", RefreshTokenAuthorizer, {"access_token": "token", "expires_at": wrong})
        for wrong in ("soon", True, float("nan"), float("inf"))
    ),
    *(("on_refresh", RefreshTokenAuthorizer, {"on_refresh": wrong}) for wrong in ("store", 7)),
    *(("clock", RefreshTokenAuthorizer, {"clock": wrong}) for wrong in (None, NOW)),
]


@pytest.mark.parametrize(("name", "kind", "given"), WRONG, ids=lambda value: None if isinstance(value, str) else "")
def test_a_wrong_argument_is_refused_by_name(name: str, kind: type[object], given: dict[str, Any]) -> None:
    if kind is RefreshTokenAuthorizer:
        given = {"refresh_token": "token", "auth_client": APP, **given}
    with pytest.raises(GlobusUsageError, match=rf"^{re.escape(name)}: "):
        kind(**given)


def test_an_on_refresh_that_nobody_would_await_is_refused() -> None:
    async def store(tokens: object) -> None: ...

    with pytest.raises(GlobusUsageError, match="on_refresh: "):
        RefreshTokenAuthorizer("token", APP, on_refresh=store)


def test_a_sync_call_in_the_loop_that_renews_is_refused_and_does_not_wait_for_ever() -> None:
    globus = Globus()
    authorizer = renewing(globus, Clock(), left=-1)
    authorizer.auth_client = globus.app("tasks")
    asked, tried = threading.Event(), threading.Event()

    def hold(number: int) -> None:
        asked.set()
        assert tried.wait(PATIENCE)

    globus.at_refresh = hold
    outcomes: list[Outcome] = []

    async def main() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(collect, outcomes, async_client(globus, authorizer))
            await until(asked)
            with pytest.raises(GlobusUsageError, match=r"authorizer: .*this very thread"):
                transfer(globus, authorizer).get_endpoint(ID)
            tried.set()

    anyio.run(main)
    assert outcomes == [ID]
    assert transfer(globus, authorizer).get_endpoint(ID).id == ID
    assert globus.refreshes == ["refresh-0"]


def test_a_client_takes_authorizers_only() -> None:
    wrong: Any
    for wrong in ("token", AccessTokenAuthorizer, {"Authorization": "x"}):
        with pytest.raises(GlobusUsageError, match=r"^authorizer: "):
            TransferClient(wrong)
