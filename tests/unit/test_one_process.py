"""What holds secrets or connections is never copied: it says what to do instead."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncAuthClient,
    AsyncConfidentialAppAuthClient,
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    AuthClient,
    BasicAuthorizer,
    ClientCredentialsAuthorizer,
    ConfidentialAppAuthClient,
    GlobusAuthorizer,
    NativeAppAuthClient,
    NullAuthorizer,
    RefreshTokenAuthorizer,
    TransferClient,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
APP = ConfidentialAppAuthClient(ID, "s3same")
CLIENTS = [
    *(TransferClient(), AsyncTransferClient(), AuthClient(), AsyncAuthClient()),
    *(NativeAppAuthClient(ID), AsyncNativeAppAuthClient(ID), APP, AsyncConfidentialAppAuthClient(ID, "s3same")),
]
AUTHORIZERS = [
    *(AccessTokenAuthorizer("s3same"), BasicAuthorizer("name", "s3same"), RefreshTokenAuthorizer("s3same", APP)),
    ClientCredentialsAuthorizer(APP, "openid"),
]
COPIES: list[Callable[[Any], object]] = [copy.copy, copy.deepcopy, pickle.dumps, lambda each: pickle.dumps([each], 2)]


@pytest.mark.parametrize("copied", COPIES)
@pytest.mark.parametrize("each", [*CLIENTS, *AUTHORIZERS], ids=lambda each: type(each).__name__)
def test_what_cannot_be_copied_says_what_to_do(each: object, copied: Callable[[Any], object]) -> None:
    name = type(each).__name__
    kind = "authorizer" if isinstance(each, GlobusAuthorizer) else "client"
    with pytest.raises(TypeError, match=rf"^{name} cannot be pickled or copied: .* make a new {kind} there") as caught:
        copied(each)
    assert "s3same" not in str(caught.value)


def test_what_holds_a_client_says_so_too() -> None:
    flow = NativeAppAuthClient(ID).oauth2_start_flow(verifier="s3same" * 10)
    for holder in (TransferClient().task_list(), flow):
        with pytest.raises(TypeError, match="cannot be pickled or copied"):
            pickle.dumps(holder)


def test_an_authorizer_without_a_secret_can_be_copied() -> None:
    null = NullAuthorizer()
    for other in (copy.copy(null), copy.deepcopy(null), pickle.loads(pickle.dumps(null))):
        assert isinstance(other, NullAuthorizer)


class FromTheEnvironment(AccessTokenAuthorizer):
    """An authorizer that knows how to be made again elsewhere."""

    def __init__(self) -> None:
        super().__init__("s3same")

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return FromTheEnvironment, ()


def test_an_authorizer_of_ones_own_may_say_how_it_is_made_again() -> None:
    pickled = pickle.dumps(FromTheEnvironment())
    assert b"s3same" not in pickled
    assert pickle.loads(pickled).header() == "Bearer s3same"


def test_a_client_with_other_options_is_still_made_from_one() -> None:
    tc = TransferClient(timeout=7)
    other = tc.with_options(app_name="x")
    assert type(other) is TransferClient
    assert (other.timeout, other.app_name, tc.app_name) == (7, "x", None)
