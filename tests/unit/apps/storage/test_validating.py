"""A store that checks what it stores and what it reads."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from globus_typed import (
    AuthClient,
    Consents,
    ExpiredTokenError,
    GlobusConnectionError,
    HasRefreshTokensValidator,
    IdentityMismatchError,
    IdentityValidationError,
    JSONTokenStorage,
    MemoryTokenStorage,
    MissingIdentityError,
    MissingTokenError,
    NotExpiredValidator,
    Scope,
    ScopeRequirementsValidator,
    TokenDataValidator,
    TokenResponse,
    TokenStorageData,
    TokenValidationContext,
    TokenValidationError,
    UnchangingIdentityIDValidator,
    UnmetScopeRequirementsError,
    ValidatingTokenStorage,
)

WREN, STORK = "5b0f1d7e-77aa-4a41-8a53-6f1f5b2c0003", "5b0f1d7e-77aa-4a41-8a53-6f1f5b2c0004"
TRANSFER = "transfer.api.globus.org"
ALL = "urn:globus:auth:scope:transfer.api.globus.org:all"


def token(server: str = TRANSFER, identity: str | None = WREN, **members: object) -> TokenStorageData:
    data: dict[str, Any] = {"scope": ALL, "access_token": "sesame", "expires_at_seconds": 1000, **members}
    return TokenStorageData(resource_server=server, identity_id=identity, **data)


def by_server(*tokens: TokenStorageData) -> dict[str, TokenStorageData]:
    return {each.resource_server: each for each in tokens}


class Heard(TokenDataValidator):
    """A validator that writes down what it was asked."""

    def __init__(self, name: str, heard: list[object]) -> None:
        self.name, self.heard = name, heard

    def before_store(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        self.heard.append((self.name, "store", [*token_data_by_resource_server], context))

    def after_retrieve(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
    ) -> None:
        self.heard.append((self.name, "read", [*token_data_by_resource_server], context))


def test_every_validator_is_asked_in_its_order_with_the_identities() -> None:
    heard: list[object] = []
    inner = MemoryTokenStorage(namespace="n")
    storage = ValidatingTokenStorage(inner, validators=[Heard("a", heard), Heard("b", heard)])
    assert (storage.namespace, storage.identity_id) == ("n", None)
    storage.store_token_data_by_resource_server(by_server(token()))
    first = TokenValidationContext(prior_identity_id=None, token_data_identity_id=WREN)
    assert heard == [("a", "store", [TRANSFER], first), ("b", "store", [TRANSFER], first)]
    heard.clear()
    storage.get_token_data(TRANSFER)
    storage.get_token_data_by_resource_server()
    assert heard == [(name, "read", [TRANSFER], TokenValidationContext(WREN, WREN)) for name in ("a", "b")] * 2
    heard.clear()
    assert storage.identity_id == WREN
    assert storage.remove_token_data(TRANSFER)
    assert not storage.remove_token_data(TRANSFER)
    assert heard == []


def test_what_is_missing_is_an_error() -> None:
    storage = ValidatingTokenStorage(MemoryTokenStorage())
    with pytest.raises(MissingTokenError, match=TRANSFER) as caught:
        storage.get_token_data(TRANSFER)
    assert caught.value.resource_server == TRANSFER
    assert storage.get_token_data_by_resource_server() == {}


def test_what_is_refused_is_not_stored(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    storage = ValidatingTokenStorage(JSONTokenStorage(path), validators=[UnchangingIdentityIDValidator()])
    assert not path.exists()
    assert (storage.location, storage.is_shared) == (str(path), True)
    with pytest.raises(MissingIdentityError):
        storage.store_token_data_by_resource_server(by_server(token(identity=None)))
    storage.store_token_data_by_resource_server(by_server(token()))
    with pytest.raises(IdentityMismatchError) as caught:
        storage.store_token_data_by_resource_server(by_server(token(identity=STORK)))
    assert (caught.value.stored_id, caught.value.new_id) == (WREN, STORK)
    assert storage.get_token_data(TRANSFER).identity_id == WREN
    with pytest.raises(IdentityValidationError, match="several identities"):
        storage.store_token_data_by_resource_server(by_server(token(), token("x", STORK)))
    assert [*storage.iter_namespaces()] == ["DEFAULT"]
    assert storage.remove_namespace()
    assert "sesame" not in repr(storage)


def test_a_store_with_tokens_of_several_identities_can_be_emptied() -> None:
    inner = MemoryTokenStorage()
    inner.store_token_data_by_resource_server(by_server(token(), token("x", STORK)))
    storage = ValidatingTokenStorage(inner, validators=[UnchangingIdentityIDValidator()])
    assert storage.identity_id is None
    with pytest.raises(IdentityValidationError):
        storage.get_token_data_by_resource_server()
    assert storage.get_token_data(TRANSFER).identity_id == WREN
    assert storage.remove_token_data("x")
    assert storage.get_token_data_by_resource_server()


def test_tokens_are_valid_until_they_expire() -> None:
    now = [0.0]
    storage = ValidatingTokenStorage(MemoryTokenStorage(), validators=[NotExpiredValidator(clock=lambda: now[0])])
    storage.store_token_data_by_resource_server(by_server(token()))
    assert storage.get_token_data(TRANSFER).access_token == "sesame"
    now[0] = 1000
    with pytest.raises(ExpiredTokenError) as caught:
        storage.get_token_data(TRANSFER)
    assert caught.value.expires_at_seconds == 1000
    storage.store_token_data_by_resource_server(by_server(token()))


def test_refresh_tokens_can_be_wanted() -> None:
    storage = ValidatingTokenStorage(MemoryTokenStorage(), validators=[HasRefreshTokensValidator()])
    storage.store_token_data_by_resource_server(by_server(token()))
    with pytest.raises(MissingTokenError, match="no refresh token") as caught:
        storage.get_token_data_by_resource_server()
    assert caught.value.resource_server == TRANSFER
    storage.store_token_data_by_resource_server(by_server(token(refresh_token="again")))
    assert storage.get_token_data(TRANSFER).refresh_token == "again"


def response(**members: object) -> TokenResponse:
    claims = base64.urlsafe_b64encode(json.dumps({"sub": WREN}).encode()).decode().rstrip("=")
    data: dict[str, Any] = {
        "access_token": "new",
        "resource_server": TRANSFER,
        "scope": ALL,
        "expires_in": 60,
        "other_tokens": [],
    }
    return TokenResponse.model_validate({**data, "token_type": "Bearer", "id_token": f"e.{claims}.s", **members})


def test_a_response_is_stored_though_what_it_replaces_has_expired() -> None:
    storage = ValidatingTokenStorage(
        MemoryTokenStorage(), validators=[NotExpiredValidator(), UnchangingIdentityIDValidator()]
    )
    storage.store_token_data_by_resource_server(by_server(token(refresh_token="again")))
    storage.store_token_response(response(id_token=None))  # of a renewal, which has none
    stored = storage.get_token_data(TRANSFER)
    assert (stored.access_token, stored.refresh_token, stored.identity_id) == ("new", "again", WREN)


class Auth(AuthClient):
    """An Auth client with the given consents."""

    def __init__(self, *answers: Consents | Exception) -> None:
        super().__init__()
        self.answers, self.asked = [*answers], 0

    def get_consents(self, identity_id: object, *args: object, **kwargs: object) -> Consents:
        assert identity_id == WREN
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


ROOT = {"id": 1, "scope_name": ALL, "dependency_path": [1], "status": "approved"}
BARE = Consents.model_validate({"consents": [ROOT]})
FULL = Consents.model_validate(
    {"consents": [ROOT, {"id": 2, "scope_name": "b", "dependency_path": [1, 2], "status": "approved"}]}
)


def scoped(auth: AuthClient, scope: str, now: list[float]) -> ValidatingTokenStorage:
    validator = ScopeRequirementsValidator({TRANSFER: [Scope.parse(scope)]}, auth, clock=lambda: now[0])
    assert [str(each) for each in validator.scope_requirements[TRANSFER]] == [scope]
    return ValidatingTokenStorage(MemoryTokenStorage(), validators=[validator])


def test_scopes_are_wanted_of_what_is_stored_and_read() -> None:
    auth = Auth()
    storage = scoped(auth, f"{ALL}[*b]", [0.0])  # which may be declined
    with pytest.raises(UnmetScopeRequirementsError) as caught:
        storage.store_token_data_by_resource_server(by_server(token(scope="x")))
    assert caught.value.scope_requirements == (ALL,)
    storage.store_token_data_by_resource_server(by_server(token(scope=f"x {ALL}"), token("y", scope="z")))
    assert len(storage.get_token_data_by_resource_server()) == 2
    storage.token_storage.store_token_data_by_resource_server(by_server(token(scope="x")))
    with pytest.raises(UnmetScopeRequirementsError):
        storage.get_token_data(TRANSFER)
    assert auth.asked == 0


def test_consents_are_read_where_a_scope_needs_them_and_kept_for_a_minute() -> None:
    auth, now = Auth(FULL, FULL, BARE, BARE), [0.0]
    storage = scoped(auth, f"{ALL}[b]", now)
    storage.store_token_data_by_resource_server(by_server(token()))
    assert auth.asked == 0
    storage.get_token_data(TRANSFER)
    now[0] = 59.0
    storage.get_token_data(TRANSFER)
    assert auth.asked == 1
    now[0] = 60.0
    storage.get_token_data(TRANSFER)
    assert auth.asked == 2
    now[0] = 120.0
    with pytest.raises(UnmetScopeRequirementsError, match="no consent"):
        storage.get_token_data(TRANSFER)
    assert auth.asked == 4  # once more, as one may have been given since


def test_a_consent_given_since_is_found() -> None:
    auth = Auth(BARE, FULL)
    storage = scoped(auth, f"{ALL}[b]", [0.0])
    storage.store_token_data_by_resource_server(by_server(token()))
    assert storage.get_token_data(TRANSFER).access_token == "sesame"


def test_consents_that_cannot_be_read_refuse_nothing() -> None:
    auth = Auth(GlobusConnectionError("down"))
    storage = scoped(auth, f"{ALL}[b]", [0.0])
    storage.store_token_data_by_resource_server(by_server(token()))
    assert storage.get_token_data(TRANSFER).access_token == "sesame"
    storage.token_storage.store_token_data_by_resource_server(by_server(token(identity=None)))
    assert storage.get_token_data(TRANSFER).access_token == "sesame"
    assert auth.asked == 1


def test_all_refusals_are_token_validation_errors() -> None:
    for error in (MissingTokenError, ExpiredTokenError, UnmetScopeRequirementsError, IdentityMismatchError):
        assert issubclass(error, TokenValidationError)
