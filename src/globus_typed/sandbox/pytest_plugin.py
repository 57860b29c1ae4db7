"""The fixtures `globus_sandbox`, `globus_transfer_client` and `globus_app`.

pytest loads this by itself, so it imports no more than it must.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from globus_typed.apps.user_app import UserApp
    from globus_typed.sandbox.server import Sandbox
    from globus_typed.transfer import TransferClient


@pytest.fixture
def globus_sandbox(monkeypatch: pytest.MonkeyPatch) -> "Iterator[Sandbox]":
    """A fresh local Globus for one test, with the environment set so that clients made in it use it."""
    # The package says what to install where the extra is missing; after that its module can be imported.
    from globus_typed.sandbox import Sandbox
    from globus_typed.sandbox.server import NOT_INHERITED

    with Sandbox() as sandbox:
        for name in NOT_INHERITED:
            monkeypatch.delenv(name, raising=False)
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        yield sandbox


@pytest.fixture
def globus_transfer_client(globus_sandbox: "Sandbox") -> "Iterator[TransferClient]":
    """A Transfer client of the user of `globus_sandbox`, closed after the test."""
    from globus_typed import AccessTokenAuthorizer, TransferClient

    with TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as client:
        yield client


@pytest.fixture
def globus_app(globus_sandbox: "Sandbox") -> "Iterator[UserApp]":
    """An app that is logged in as the user of `globus_sandbox`, with refresh tokens, closed after the test.

    ``TransferClient(app=globus_app)``; `Sandbox.app` makes one with other scopes or another token store.
    """
    with globus_sandbox.app() as app:
        yield app
