"""`Setting`: the address, clock, directory and states that the services of one sandbox share."""

import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from typing import TypeVar
from uuid import UUID

from fastapi import Request
from starlette.types import ASGIApp

from globus_typed.core.service import Service
from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.known_scopes import KnownScopes
from globus_typed.sandbox.rotation import Rotation
from globus_typed.sandbox.weather import Weather

__all__ = ["Options", "Setting", "checked_id", "part_of", "setting_of"]

_T = TypeVar("_T")


@dataclass(frozen=True)
class Options:
    """Options of the services."""

    token_lifetime: int = 172800
    """The lifetime of access tokens, in seconds."""
    rotation: Rotation = "never"
    """The refresh token of the response to a refresh."""
    strict_apps: bool = False
    """Whether apps that are not registered cannot log in."""
    pace: Callable[[int], None] | None = None
    """Called by the mover with the size of each chunk it moved, and with 0 after each file: it may wait."""
    any_query_parameter: bool = False
    """Whether query parameters that a route does not know are ignored, instead of refused."""
    collections: Mapping[str, str] = field(default_factory=dict[str, str])
    """The ids of collections by their names: of those that each sandbox has, and of further ones."""
    native_apps: Sequence[str] = ()
    """The ids of native apps, that of the sandbox's own first."""
    code_lifetime: int = 600
    """The lifetime of authorization codes, in seconds."""
    refresh_token_lifetime: int = 180 * 86400
    """The lifetime of refresh tokens since their last use, in seconds."""
    retry_faults_for: float = 0.0
    """How many seconds a task goes on with what fails, before it fails itself."""


class Setting:
    """The address, the clock, the directory and the parts of one sandbox.

    A part is the state of a service, or what the service has furnished a fresh sandbox with; others find it by its
    type.

    Parameters: `url`, without a slash at its end; `clock`, the time in seconds since the epoch; `scopes`, those of all
    services; `services`, which are played; `directory`, where files are kept (None: a temporary one, gone with
    `clean_up`); `open_tls_port`, which serves an application on a port of its own and gives its address (None: nothing
    is served over TLS).
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1",
        *,
        clock: Callable[[], float] = time.time,
        options: Options | None = None,
        scopes: KnownScopes | None = None,
        services: Sequence[Service] = (),
        directory: Path | None = None,
        open_tls_port: Callable[[ASGIApp], str] | None = None,
    ) -> None:
        self.url = url
        self.open_tls_port = open_tls_port
        self.clock = clock
        self.options: Options = options or Options()
        self.scopes: KnownScopes = scopes or KnownScopes()
        self.services: tuple[Service, ...] = tuple(services)
        self.weather: Weather = Weather()
        self._directory = directory
        self._temporary: Path | None = None
        self._parts: dict[type, object] = {}

    def add(self, part: object) -> None:
        """Keep a part, for others to find by its type."""
        self._parts[type(part)] = part

    def part(self, kind: type[_T]) -> _T:
        """The part of that type; `GlobusUsageError` when there is none."""
        part = self._parts.get(kind)
        if not isinstance(part, kind):
            raise GlobusUsageError(f"sandbox: it has no {kind.__name__}")
        return part

    def directory(self) -> Path:
        """The directory for files; a temporary one is made when it is first asked for."""
        if self._directory is not None:
            return self._directory
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="globus-sandbox-"))
        return self._temporary

    def clean_up(self) -> None:
        """Remove the temporary directory, if there is one."""
        if self._temporary is not None:
            rmtree(self._temporary, ignore_errors=True)
            self._temporary = None


def checked_id(text: str) -> str:
    """An id in its usual form; ValueError for what is no UUID."""
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError(f"an id must be a UUID, not {text!r}") from None


def setting_of(request: Request) -> Setting:
    """The setting that a request came to."""
    setting = request.app.state.setting
    assert isinstance(setting, Setting)
    return setting


def part_of(kind: type[_T]) -> Callable[[Request], Awaitable[_T]]:
    """A dependency of routes: the part of that type."""

    async def part(request: Request) -> _T:
        return setting_of(request).part(kind)

    return part
