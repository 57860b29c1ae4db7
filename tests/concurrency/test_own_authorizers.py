"""Authorizers that a program writes itself, by the interface that is documented."""

from collections.abc import MutableMapping

import httpx
import pytest

from globus_typed import AuthenticationError, GlobusAuthorizer, GlobusUsageError, TransferClient

from .meeting import ID, NOW, Clock, Globus, renewing


class Transfer:
    """Answers with the statuses one after another."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.headers: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.headers.append(request.headers.get("Authorization"))
        document = {"id": ID, "code": "AuthenticationFailed", "message": "no", "request_id": "r1"}
        return httpx.Response(self.statuses.pop(0), json=document)

    def client(self, authorizer: GlobusAuthorizer) -> TransferClient:
        return TransferClient(authorizer, http_client=httpx.Client(transport=httpx.MockTransport(self)))


class Keys(GlobusAuthorizer):
    """Keys from outside, the next one when the service refuses one."""

    def __init__(self, *keys: str) -> None:
        self.keys = list(keys)

    def handle_missing_authorization(self) -> bool:
        if len(self.keys) > 1:
            del self.keys[0]
            return True
        return False


class DocumentedKeys(Keys):
    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        header_dict["Authorization"] = f"Bearer {self.keys[0]}"


class LaterKeys(Keys):
    """By the name that later versions of globus-sdk ask for."""

    def get_authorization_header(self) -> str:
        return f"Bearer {self.keys[0]}"


class NoHeader(GlobusAuthorizer):
    def get_authorization_header(self) -> str | None:
        return None

    def handle_missing_authorization(self) -> bool:
        return super().handle_missing_authorization()


class Nothing(GlobusAuthorizer):
    pass


@pytest.mark.parametrize("kind", [DocumentedKeys, LaterKeys])
def test_an_own_authorizer_gives_the_header_and_is_asked_on_a_401(kind: type[Keys]) -> None:
    service = Transfer(401, 200)
    service.client(kind("old", "new")).get_endpoint(ID)
    assert service.headers == ["Bearer old", "Bearer new"]


def test_an_own_authorizer_that_has_no_other_header_ends_the_call() -> None:
    service = Transfer(401)
    with pytest.raises(AuthenticationError):
        service.client(DocumentedKeys("old")).get_endpoint(ID)
    assert service.headers == ["Bearer old"]


def test_no_header_is_a_header_too() -> None:
    service = Transfer(401)
    with pytest.raises(AuthenticationError):
        service.client(NoHeader()).get_endpoint(ID)
    assert service.headers == [None]
    assert NoHeader().handle_missing_authorization() is False


def test_an_authorizer_that_overrides_nothing_is_refused_before_a_call() -> None:
    with pytest.raises(GlobusUsageError, match="Nothing: must override set_authorization_header"):
        TransferClient(Nothing())
    with pytest.raises(GlobusUsageError, match="Nothing: must override set_authorization_header"):
        Nothing().header()


@pytest.mark.parametrize("header", ["", "Bearer a\r\nX: y", "Bearer \N{SNOWMAN}", 7, b"Bearer a"])
def test_a_header_that_cannot_be_sent_is_refused_and_not_shown(header: object) -> None:
    class Wrong(GlobusAuthorizer):
        def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
            header_dict.update({"authorization": header})  # type: ignore[dict-item]  # what a program may do

    service = Transfer(200)
    with pytest.raises(GlobusUsageError, match=r"^Wrong: Authorization: must be") as caught:
        service.client(Wrong()).get_endpoint(ID)
    assert not service.headers
    assert "Bearer" not in str(caught.value)


def test_a_token_is_had_by_its_documented_name_and_made_valid_by_hand() -> None:
    globus, clock = Globus(), Clock()
    authorizer = renewing(globus, clock)
    assert authorizer.access_token == "access-0"
    assert repr(authorizer.access_token) == "<redacted>"
    authorizer.ensure_valid_token()
    assert not globus.refreshes
    clock.now = NOW + 10**6
    authorizer.ensure_valid_token()
    assert (authorizer.access_token, globus.refreshes) == ("access-1", ["refresh-0"])
    assert authorizer.get_authorization_header() == "Bearer access-1"
