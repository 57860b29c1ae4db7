"""Async tests run on asyncio, which is what most programs run on."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
