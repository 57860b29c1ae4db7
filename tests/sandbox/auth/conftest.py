import pytest

from .service import Service, start


@pytest.fixture
def service() -> Service:
    return start()
