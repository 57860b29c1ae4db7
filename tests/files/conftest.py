"""What tests of files share."""

from collections.abc import Generator

import pytest

from .collection import World, serving


@pytest.fixture
def world() -> Generator[World, None, None]:
    """A collection on loopback."""
    with serving() as served:
        yield served


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
