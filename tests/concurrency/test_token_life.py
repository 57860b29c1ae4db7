"""When a token is renewed: at its end, a little before, after a 401; and when it is not."""

import base64

import anyio
import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AuthAPIError,
    AuthenticationError,
    ConfidentialAppAuthClient,
    GlobusConnectionError,
    GlobusUsageError,
    RefreshTokenAuthorizer,
    TokenResponse,
    TransferClient,
)

from .meeting import (
    ID,
    NOW,
    WAYS,
    Clock,
    Globus,
    Way,
    async_client,
    in_threads,
    renewing,
    transfer,
)


@WAYS
def test_a_401_is_recovered_from_once_a_call_and_the_second_is_raised(way: Way) -> None:
    globus, clock = Globus(), Clock()
    globus.access = "another"
    authorizer = RefreshTokenAuthorizer(
        "refresh-0",
        globus.app("threads" if way is in_threads else "tasks"),
        access_token="access-0",
        expires_at=NOW + 172800,
        clock=clock,
    )
    assert way(globus, authorizer, 1) == [ID]
    assert globus.calls == ["access-0", "access-1"]

    globus.accepts = False
    (error,) = way(globus, authorizer, 1)
    assert isinstance(error, AuthenticationError)
    assert globus.calls == ["access-0", "access-1", "access-1", "access-2"]
    assert globus.refreshes == ["refresh-0", "refresh-1"]


def test_a_401_with_retry_401_off_is_raised_and_the_token_kept() -> None:
    globus, clock = Globus(), Clock()
    tc = transfer(globus, renewing(globus, clock))
    globus.access = "another"
    for _ in range(2):
        with pytest.raises(AuthenticationError):
            tc.get(f"endpoint/{ID}", retry_401=False)

    async def main() -> None:
        with pytest.raises(AuthenticationError):
            await async_client(globus, renewing(globus, clock)).get(f"endpoint/{ID}", retry_401=False)

    anyio.run(main)
    assert globus.calls == ["access-0"] * 3
    assert not globus.refreshes


def test_a_401_without_a_way_to_renew_is_raised() -> None:
    globus = Globus()
    with pytest.raises(AuthenticationError):
        transfer(globus, AccessTokenAuthorizer("wrong")).get_endpoint(ID)
    assert globus.calls == ["wrong"]


def test_a_401_of_another_origin_says_nothing_of_a_token_that_was_not_sent_there() -> None:
    globus = Globus()

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "elsewhere.example":
            assert "Authorization" not in request.headers
            return httpx.Response(401)
        return globus.answer(request)

    authorizer = renewing(globus, Clock())
    tc = TransferClient(
        authorizer,
        base_url="https://transfer.example/",
        http_client=httpx.Client(transport=httpx.MockTransport(answer)),
    )
    with pytest.raises(AuthenticationError):
        tc.get("https://elsewhere.example/x")
    assert tc.get_endpoint(ID).id == ID
    assert not globus.refreshes


def test_a_token_is_renewed_a_minute_before_its_end_and_no_earlier() -> None:
    globus, clock = Globus(), Clock()
    tc = transfer(globus, renewing(globus, clock, left=1000))
    for clock.now, refreshes in ((NOW, 0), (NOW + 939, 0), (NOW + 941, 1), (NOW + 2000, 1)):
        tc.get_endpoint(ID)
        assert len(globus.refreshes) == refreshes, clock.now - NOW


@pytest.mark.parametrize("status", [400, 500, None])
def test_a_renewal_before_the_end_may_fail(status: int | None) -> None:
    globus, clock = Globus(), Clock()
    authorizer = renewing(globus, clock, left=30)
    tc = transfer(globus, authorizer)

    def refuse(number: int) -> httpx.Response:
        if status is None:
            raise httpx.ReadError("gone")
        return httpx.Response(status, json={"error": "out_of_order"})

    globus.at_refresh = refuse
    for _ in range(3):
        assert tc.get_endpoint(ID).id == ID
    assert len(globus.refreshes) == 1
    clock.now = NOW + 29  # later, but before its end: it is tried again, and may fail again
    assert tc.get_endpoint(ID).id == ID
    assert len(globus.refreshes) == 2
    assert globus.calls == ["access-0"] * 4
    clock.now = NOW + 30
    with pytest.raises(AuthAPIError if status else GlobusConnectionError, match=r"out_of_order|gone"):
        tc.get_endpoint(ID)
    globus.at_refresh = lambda number: None
    assert tc.get_endpoint(ID).id == ID


@pytest.mark.parametrize(
    ("rotates", "used"), [(True, ["refresh-0", "refresh-1", "refresh-2"]), (False, ["refresh-0"] * 3)]
)
def test_a_new_refresh_token_is_used_from_then_on(rotates: bool, used: list[str]) -> None:
    globus, clock = Globus(), Clock()
    globus.rotates = rotates
    told: list[str | None] = []

    def store(tokens: TokenResponse) -> None:
        told.append(tokens.refresh_token)

    authorizer = renewing(globus, clock, left=-1)
    authorizer.on_refresh = store
    tc = transfer(globus, authorizer)
    for days in range(3):
        clock.now = NOW + days * 3 * 86400
        tc.get_endpoint(ID)
        assert authorizer.expires_at == clock.now + 172800
    assert globus.refreshes == used
    assert told == (["refresh-1", "refresh-2", "refresh-3"] if rotates else ["refresh-0"] * 3)


def test_a_token_that_lives_shorter_than_a_minute_is_not_renewed_at_every_call() -> None:
    globus, clock = Globus(), Clock()
    globus.lifetime = 30
    tc = transfer(globus, renewing(globus, clock, left=-1))
    for clock.now, refreshes in ((NOW, 1), (NOW + 1, 1), (NOW + 26, 1), (NOW + 27, 2), (NOW + 28, 2)):
        tc.get_endpoint(ID)
        assert len(globus.refreshes) == refreshes, clock.now - NOW


@WAYS
@pytest.mark.parametrize("lifetime", [0, -5, None])
def test_a_token_without_a_lifetime_is_used_all_the_same(lifetime: int | None, way: Way) -> None:
    globus = Globus()
    globus.lifetime = lifetime

    def enough(number: int) -> httpx.Response | None:
        return httpx.Response(400, json={"error": "again and again"}) if number > 1 else None

    globus.at_refresh = enough
    authorizer = RefreshTokenAuthorizer("refresh-0", globus.app("threads" if way is in_threads else "tasks"))
    assert way(globus, authorizer, 1) == [ID]


def test_a_token_of_unknown_end_is_used_until_it_is_refused() -> None:
    globus, clock = Globus(), Clock()
    globus.lifetime = None
    authorizer = renewing(globus, clock, left=-1)
    tc = transfer(globus, authorizer)
    for _ in range(3):
        tc.get_endpoint(ID)
    assert globus.refreshes == ["refresh-0"]
    globus.access = "another"
    assert tc.get_endpoint(ID).id == ID
    assert globus.refreshes == ["refresh-0", "refresh-1"]


def test_a_refresh_token_of_several_services_is_refused_by_name() -> None:
    one = {"access_token": "a", "resource_server": "a.example", "expires_in": 60}
    answer = httpx.Response(200, json={**one, "other_tokens": [{**one, "resource_server": "b.example"}]})
    globus = Globus()
    globus.at_refresh = lambda number: answer
    tc = transfer(globus, renewing(globus, Clock(), left=-1))
    for _ in range(2):  # and nobody is locked up
        with pytest.raises(GlobusUsageError, match=r"authorizer: .* one resource server"):
            tc.get_endpoint(ID)


def test_a_secret_app_renews_as_itself() -> None:
    globus, seen = Globus(), list[httpx.Request]()

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return globus.answer(request)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    app = ConfidentialAppAuthClient(ID, "secret", base_url="https://auth.example/", http_client=http)
    assert transfer(globus, RefreshTokenAuthorizer("refresh-0", app)).get_endpoint(ID).id == ID
    (request,) = seen
    assert base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")) == f"{ID}:secret".encode()


@WAYS
def test_on_refresh_is_given_the_refresh_token_that_is_good_even_where_the_service_sends_none(way: Way) -> None:
    globus, clock = Globus(), Clock()
    told: list[TokenResponse] = []
    authorizer = RefreshTokenAuthorizer(
        "refresh-0", globus.app("threads" if way is in_threads else "tasks"), on_refresh=told.append, clock=clock
    )
    globus.rotates = False
    assert way(globus, authorizer, 1) == [ID]
    clock.now += 172800
    globus.rotates = True
    assert way(globus, authorizer, 1) == [ID]
    clock.now += 172800
    globus.rotates = False
    assert way(globus, authorizer, 1) == [ID]
    stored = [tokens.by_resource_server["transfer.api.globus.org"]["refresh_token"] for tokens in told]
    assert stored == ["refresh-0", "refresh-2", "refresh-2"]
    assert [tokens["refresh_token"] for tokens in told] == stored
    assert [tokens.data["refresh_token"] for tokens in told] == stored
    assert all(tokens.http is not None for tokens in told)
