"""The fixture `globus_sandbox`. pytest loads this by itself, so it imports no more than it must."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from globus_typed.sandbox.server import Sandbox


@pytest.fixture
def globus_sandbox(monkeypatch: pytest.MonkeyPatch) -> "Iterator[Sandbox]":
    """A fresh local Globus for one test, with the environment set so that clients made in it use it."""
    from globus_typed.sandbox import Sandbox

    with Sandbox() as sandbox:
        monkeypatch.delenv("GLOBUS_SDK_ENVIRONMENT", raising=False)
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        yield sandbox
