"""Apps whose user logs in by following the link, as a person would with a browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from globus_typed import CommandLineLoginFlowManager, GlobusAppConfig, JSONTokenStorage, UserApp
from globus_typed.sandbox import Sandbox


class Person:
    """Somebody who logs in whenever they are asked, and may decline what is optional."""

    def __init__(self) -> None:
        self.asked: list[httpx.URL] = []
        self.declines = False

    def __call__(self, authorize_url: str) -> str:
        url = httpx.URL(authorize_url)
        self.asked.append(url)
        if self.declines:
            url = url.copy_set_param("scope", re.sub(r"\[\*[^][]*\]", "", url.params["scope"]))
        response = httpx.get(url, headers={"Accept": "text/plain"})
        response.raise_for_status()
        return response.text.strip()

    @property
    def last_scopes(self) -> str:
        return str(self.asked[-1].params["scope"])


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def make_app(globus_sandbox: Sandbox, person: Person, tmp_path: Path) -> Iterator[Callable[..., UserApp]]:
    """Makes apps of one native client with one store; the arguments are those of `GlobusAppConfig`."""
    made: list[UserApp] = []

    def make(**options: Any) -> UserApp:
        settings: dict[str, Any] = {
            "token_storage": JSONTokenStorage(tmp_path / "tokens.json"),
            "login_flow_manager": CommandLineLoginFlowManager(ask=person),
            **options,
        }
        config = GlobusAppConfig(**settings)
        made.append(UserApp("lab sync", client_id=globus_sandbox.native_client_id, config=config))
        return made[-1]

    yield make
    for app in made:
        app.close()
