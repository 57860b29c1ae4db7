import pytest

from .developer import Developer, developer
from .service import Service, start


@pytest.fixture
def service() -> Service:
    return start()


@pytest.fixture
def dev(service: Service) -> Developer:
    """The service's user as a developer."""
    return developer(service)
