"""`Sandbox`: starts and stops the local Globus."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import get_args

from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from typing_extensions import Self

from globus_typed import registry
from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.app import create_app
from globus_typed.sandbox.http_server import HTTPServer
from globus_typed.sandbox.https.authority import AUTHORITY
from globus_typed.sandbox.played import (
    PlayedService,
    known_scopes,
    ordered,
    played_services,
    unplayed_services,
)
from globus_typed.sandbox.rotation import Rotation
from globus_typed.sandbox.setting import Options, Setting
from globus_typed.sandbox.world import World

__all__ = ["NOT_INHERITED", "Sandbox"]


class Sandbox(World):
    """A local Globus on 127.0.0.1, for as long as the ``with`` block runs.

    The user ``wren@sandbox.example`` has the collections "Sandbox Source", with a small tree of files, and "Sandbox
    Destination", which is empty; and so has the confidential app. Each has a stream access point, so that tunnels can
    be made. A native app is registered too; both apps are in a project that the user administers.

    Parameters: `directory`, where the collections' files are (None: a temporary one, gone when it stops); `port` (0:
    a free one); `clock`, the time in seconds since the epoch; `token_lifetime` of access tokens, in seconds;
    `refresh_token_lifetime`, of those since their last use, and `code_lifetime`, of authorization codes, likewise;
    `rotation`, which refresh token a refresh gives: the same one (``"never"``), a new one that ends the old one at once
    (``"strict"``, and so with the older `rotate_refresh_tokens`) or when the new one is first used (``"grace"``), or
    none in the response, where the old one stays good (``"omit"``); `strict_apps`,
    whether an app that is not registered is refused, where else it becomes a native app when it first asks for a login,
    as programs carry their own ids; `pace`,
    called by the mover with the size of each chunk it moved, and with 0 after each file: it may wait, to slow the mover
    down; `any_query_parameter`, whether query parameters that a route does not know are ignored, instead of refused
    with a 400; `collections`, ids by name: of "Sandbox Source" and "Sandbox Destination", and of further ones, which
    are added; `native_apps`, ids of native apps, that of the registered one first; `retry_faults_for`, how long, in
    seconds, a task with a fault goes on, with more faults, as tasks of the service do for hours, by the sandbox's clock
    (0: it fails after three tries); `services`, which to play (None: all that the sandbox can).
    Raises `GlobusUsageError` for a negative time; at the start, for a port that is taken, a directory that cannot be
    used, or an id that is no UUID or is taken.
    """

    def __init__(
        self,
        *,
        directory: Path | None = None,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        token_lifetime: int = 172800,
        refresh_token_lifetime: int = 180 * 86400,
        code_lifetime: int = 600,
        rotation: Rotation | None = None,
        rotate_refresh_tokens: bool = False,
        strict_apps: bool = False,
        pace: Callable[[int], None] | None = None,
        any_query_parameter: bool = False,
        collections: Mapping[str, str] | None = None,
        native_apps: Sequence[str] = (),
        retry_faults_for: timedelta | float = 0,
        services: Sequence[PlayedService] | None = None,
    ) -> None:
        self._directory = directory
        self._port = port
        self._clock = clock
        seconds = retry_faults_for.total_seconds() if isinstance(retry_faults_for, timedelta) else retry_faults_for
        if not seconds >= 0:
            raise GlobusUsageError(f"retry_faults_for: must be at least 0 seconds, not {retry_faults_for}")
        rotations = get_args(Rotation)
        if rotation is None:
            rotation = "strict" if rotate_refresh_tokens else "never"
        if rotation not in rotations:
            raise GlobusUsageError(f"rotation: must be one of {', '.join(rotations)}, not {rotation!r}")
        if rotate_refresh_tokens and rotation != "strict":
            raise GlobusUsageError('rotate_refresh_tokens: is rotation="strict"; give one of the two')
        self._options = Options(
            token_lifetime,
            rotation,
            strict_apps,
            pace,
            any_query_parameter,
            dict(collections or {}),
            tuple(native_apps),
            code_lifetime=code_lifetime,
            refresh_token_lifetime=refresh_token_lifetime,
            retry_faults_for=seconds,
        )
        self._services = played_services() if services is None else ordered(services)
        self._server: HTTPServer | None = None
        self._made: list[PlayedService] = []

    def start(self) -> None:
        """Serve from now on; returns when the services answer."""
        if self._server is not None:
            raise GlobusUsageError("sandbox: it has been started already")
        self._server = server = HTTPServer(self._port)
        self._setting = setting = Setting(
            server.url,
            clock=self._clock,
            options=self._options,
            scopes=known_scopes(self._services),
            services=[played.service for played in self._services],
            directory=self._directory,
            open_tls_port=lambda app: server.open_tls_port(app, AUTHORITY.server_context()),
        )
        self._made = []
        try:
            for played in self._services:
                if played.state is not None:
                    setting.add(played.state(setting))
                self._made.append(played)
            for played in self._services:
                if played.furnish is not None:
                    setting.add(played.furnish(setting))
            app = create_app(self._services, setting)
            app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"])
            # A page from elsewhere whose host name was made to lead here is not served.
            app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"], www_redirect=False)
            server.serve(app)
        except BaseException:
            # Ctrl-C too: nothing is left of a start that was broken off.
            self.stop()
            raise

    def stop(self) -> None:
        """Serve no more; returns when all is gone that was not there before. It may be called twice."""
        server, self._server = self._server, None
        if server is None:
            return
        setting = self._started()
        server.finish()
        for played in reversed(self._made):
            if played.close is not None:
                played.close(setting)
        server.join()
        setting.clean_up()

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which a program uses this Globus: the addresses of all services, for those
        that are not played too, so that no request leads to another Globus, and an access token of the user's for each
        that is played.
        """
        setting = self._started()
        found = {f"GLOBUS_SDK_SERVICE_URL_{name.upper()}": url for name, url in self._addresses().items()}
        for played in self._services:
            if played.environment is not None:
                found.update(played.environment(setting))
        return {**found, **_no_proxy(os.environ)}

    @property
    def globus_cfg(self) -> str:
        """The contents of the file ``~/.globus.cfg`` with which globus-sdk 1.x and 2.x use this Globus."""
        lines = [f"{name}_service = {url}" for name, url in self._addresses().items()]
        return "\n".join(["[environment default]", *lines, ""])

    def _addresses(self) -> dict[str, str]:
        """The addresses of all services, by their names in the configuration."""
        url = self._started().url
        others = unplayed_services(self._services)
        return {
            **{played.service.option: f"{url}/" for played in self._services},
            **{unplayed.service.option: f"{url}{unplayed.address_not_played}/" for unplayed in others},
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Sandbox {self.url if self._server else 'not running'}>"


NOT_INHERITED = (
    "GLOBUS_SDK_ENVIRONMENT",
    *(f"GLOBUS_SDK_{service.option.upper()}_TOKEN" for service in registry.services()),
)
"""The environment variables for another Globus, which a program that uses the sandbox is not to have."""


def _no_proxy(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment variables that keep a program from asking a proxy for this machine."""
    if not any(environment.get(name) for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")):
        return {}
    known = environment.get("NO_PROXY") or environment.get("no_proxy")
    hosts = f"{known},127.0.0.1" if known else "127.0.0.1"
    return {"NO_PROXY": hosts, "no_proxy": hosts}
