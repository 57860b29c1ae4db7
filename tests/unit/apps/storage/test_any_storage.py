"""What holds for every token store, a program's own too: responses are merged, threads and namespaces are apart."""

import base64
import copy
import json
import pickle
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from globus_typed import GlobusUsageError, TokenResponse
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.storage.memory import MemoryTokenStorage
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import DependentTokenResponse

from .some_tokens import AUTH, SOMEBODY, TRANSFER, tokens

ANOTHER = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0002"


class OwnStorage(TokenStorage):
    """A program's own store, with the methods that the official layer asks for and no other; it calls no __init__."""

    def __init__(self) -> None:
        self.namespace = "DEFAULT"
        self.kept: dict[tuple[str, str], dict[str, Any]] = {}

    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        for name, token in token_data_by_resource_server.items():
            self.kept[self.namespace, name] = token.to_dict()

    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        return {
            name: TokenStorageData.from_dict(data)
            for (namespace, name), data in self.kept.items()
            if namespace == self.namespace
        }

    def remove_token_data(self, resource_server: str) -> bool:
        return self.kept.pop((self.namespace, resource_server), None) is not None


MAKERS: dict[str, Callable[[Path], TokenStorage]] = {
    "memory": lambda folder: MemoryTokenStorage(),
    "json": lambda folder: JSONTokenStorage(folder / "tokens.json"),
    "own": lambda folder: OwnStorage(),
}


@pytest.fixture(params=MAKERS)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> TokenStorage:
    return MAKERS[request.param](tmp_path)


def id_token(sub: object) -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"sub": sub}).encode()).decode().rstrip("=")
    return f"e30.{claims}.c2ln"


def response(**members: Any) -> TokenResponse:
    document = {
        "access_token": "AgNewTransfer",
        "resource_server": TRANSFER,
        "scope": "urn:globus:auth:scope:transfer.api.globus.org:all",
        "expires_in": 172800,
        "token_type": "Bearer",
        **members,
    }
    return TokenResponse.model_validate({name: value for name, value in document.items() if value is not ...})


def test_a_response_stores_all_its_tokens_with_the_identity(storage: TokenStorage) -> None:
    storage.store_token_response(
        response(
            refresh_token="AgNewRefresh",
            id_token=id_token(SOMEBODY),
            other_tokens=[{"access_token": "AgNewAuth", "resource_server": AUTH, "scope": "openid", "expires_in": 100}],
        )
    )
    found = storage.get_token_data_by_resource_server()
    assert set(found) == {TRANSFER, AUTH}
    assert {each.identity_id for each in found.values()} == {SOMEBODY}
    assert (found[TRANSFER].access_token, found[TRANSFER].refresh_token) == ("AgNewTransfer", "AgNewRefresh")
    assert (found[AUTH].access_token, found[AUTH].refresh_token, found[AUTH].token_type) == ("AgNewAuth", None, None)
    assert found[TRANSFER].expires_at_seconds - found[AUTH].expires_at_seconds == 172700


def test_what_a_refresh_leaves_out_is_kept(storage: TokenStorage) -> None:
    storage.store_token_data_by_resource_server({TRANSFER: tokens(mine={"a": 1}), AUTH: tokens(AUTH)})
    storage.store_token_response(response(scope=..., token_type=...))
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert found.access_token == "AgNewTransfer"
    assert found.refresh_token == "AgExampleRefresh1"
    assert found.identity_id == SOMEBODY
    assert found.scope == tokens().scope
    assert found.token_type == "Bearer"
    assert found.extra == {"mine": {"a": 1}}
    assert found.expires_at_seconds != tokens().expires_at_seconds
    assert storage.get_token_data(AUTH) == tokens(AUTH)


def test_a_rotated_refresh_token_replaces_the_stored_one(storage: TokenStorage) -> None:
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    storage.store_token_response(response(refresh_token="AgRotated"))
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert found.refresh_token == "AgRotated"


@pytest.mark.parametrize("token", ["", "e30", "e30.!!.x", "e30.W10.x", id_token(None), id_token("")])
def test_an_id_token_that_names_nobody_changes_nothing(storage: TokenStorage, token: str) -> None:
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    storage.store_token_response(response(id_token=token))
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert found.identity_id == SOMEBODY


def test_nothing_is_kept_of_the_tokens_of_another_identity(tmp_path: Path) -> None:
    for make in (MAKERS["own"], MAKERS["memory"]):
        storage = make(tmp_path)
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
        storage.store_token_response(response(id_token=id_token(ANOTHER)))
        found = storage.get_token_data(TRANSFER)
        assert found is not None
        assert (found.identity_id, found.refresh_token) == (ANOTHER, None)


def test_dependent_tokens_are_stored_too(storage: TokenStorage) -> None:
    body = [{"access_token": "AgDependent", "resource_server": TRANSFER, "scope": "s", "expires_in": 10}]
    storage.store_token_response(DependentTokenResponse.from_body(json.dumps(body).encode()))
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert (found.access_token, found.identity_id) == ("AgDependent", None)


def test_a_namespace_is_removed_as_a_whole(storage: TokenStorage) -> None:
    assert list(storage.iter_namespaces()) == []
    assert not storage.remove_namespace()
    storage.store_token_data_by_resource_server({TRANSFER: tokens(), AUTH: tokens(AUTH)})
    assert list(storage.iter_namespaces()) == ["DEFAULT"]
    assert not storage.remove_namespace("staff")
    assert storage.remove_namespace()
    assert storage.get_token_data_by_resource_server() == {}
    assert list(storage.iter_namespaces()) == []


def test_another_namespace_is_removed(tmp_path: Path) -> None:
    storage = OwnStorage()
    storage.kept["staff", TRANSFER] = tokens().to_dict()
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    assert storage.remove_namespace("staff")
    assert list(storage.kept) == [("DEFAULT", TRANSFER)]
    assert storage.namespace == "DEFAULT"


def test_a_transaction_is_one_thread_s_and_may_be_nested(storage: TokenStorage) -> None:
    inside, seen = threading.Event(), list[str]()

    def other() -> None:
        inside.wait(30)
        with storage.transaction():
            seen.append("other")

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(other)
        with storage.transaction() as same:
            assert same is storage
            inside.set()
            with storage.transaction():
                storage.store_token_data_by_resource_server({TRANSFER: tokens()})
            assert seen == []
            assert storage.get_token_data(TRANSFER) == tokens()
            seen.append("this")
        done.result(30)
    assert seen == ["this", "other"]


def test_many_threads_lose_nothing(storage: TokenStorage) -> None:
    def store(number: int) -> None:
        with storage.transaction():
            counted = storage.get_token_data(TRANSFER)
            count = counted.extra["count"] if counted else 0
            storage.store_token_data_by_resource_server({TRANSFER: tokens(count=count + 1)})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store, range(40)))
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert found.extra["count"] == 40


def test_a_program_s_own_store_travels_as_it_did_before() -> None:
    storage = OwnStorage()
    with storage.transaction():
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    for again in (copy.copy(storage), copy.deepcopy(storage), pickle.loads(pickle.dumps(storage))):
        assert again.get_token_data(TRANSFER) == tokens()
        with again.transaction():
            pass
    assert storage.location == "OwnStorage in this process"
    assert not storage.is_shared
    with storage as same:
        assert same is storage


def test_a_store_in_memory_shows_and_sends_no_token() -> None:
    storage = MemoryTokenStorage()
    storage.store_token_data_by_resource_server({TRANSFER: tokens(mine=1)})
    storage.store_token_data_by_resource_server({TRANSFER: tokens(access_token="AgNew")})
    assert storage.get_token_data(TRANSFER) == tokens(access_token="AgNew", mine=1)
    assert repr(storage) == "MemoryTokenStorage(namespace='DEFAULT')"
    for work in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(GlobusUsageError, match="JSONTokenStorage"):
            work(storage)
