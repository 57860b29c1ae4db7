"""The fixture `globus_sandbox`. pytest loads this by itself, so it imports no more than it must."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from globus_typed.sandbox.server import Sandbox


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
