"""A sandbox that shares its clock with other processes, and counts the refreshes that it grants."""

import os
import struct
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Lock
from typing import TypeVar

import pytest

from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.auth.store.ledger import GivenToken
from globus_typed.sandbox.rotation import Rotation

from .app_workers import CLOCK, LIFETIME, SERVER, TRANSFER_ALL, now, store

SCALE = int(os.environ.get("GLOBUS_TYPED_STRESS", "1"))
"""How many times as long the tests go on as they do by default."""


class Meter:
    """The refreshes of one resource server that the sandbox has granted."""

    def __init__(self) -> None:
        self.granted: list[GivenToken] = []
        self.refused = 0
        self.when_granted: Callable[[], object] = lambda: None
        """Called when a refresh was granted, before its response is sent."""
        self._lock = Lock()

    @contextmanager
    def at(self, sandbox: Sandbox) -> Generator["Meter"]:
        """Count at this sandbox."""
        ledger = sandbox.auth.ledger
        refresh = ledger.refresh

        def counted(text: str, client_id: str) -> GivenToken | None:
            given = refresh(text, client_id)
            with self._lock:
                if given is None:
                    self.refused += 1
                elif given.record.resource_server == SERVER:
                    self.granted.append(given)
                    self.when_granted()
            return given

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledger, "refresh", counted)
            yield self

    def too_early(self) -> int:
        """How many refreshes were granted while the token of the one before was to be used: none for one an expiry."""
        times = [given.record for given in self.granted]
        return sum(later.issued_at < before.expires_at - LIFETIME / 10 - 1 for before, later in pairwise(times))


ContextT = TypeVar("ContextT", bound=BaseContext)
PRELOADED = (
    *("filelock", "httpcore", "globus_typed.core.transport", "globus_typed.core.wire"),
    *("globus_typed.auth.client.native", "globus_typed.transfer.documents.endpoint"),
)


def preloaded(context: ContextT) -> ContextT:
    """A start method of processes; its fork server, if it has one, imports beforehand what they need."""
    context.set_forkserver_preload([now.__module__, *PRELOADED])
    return context


def environment() -> dict[str, str]:
    """The environment variables of the sandbox and its clock, for other processes."""
    return {name: value for name, value in os.environ.items() if name.startswith("GLOBUS_")}


@contextmanager
def shared_sandbox(directory: Path, rotation: Rotation, *, failing: float = 0.2) -> Generator[Sandbox]:
    """A sandbox with the clock of this module, a share of whose token requests fails, and the environment set."""
    clock = directory / "clock"
    clock.write_bytes(struct.pack("d", 1_800_000_000.0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CLOCK, str(clock))
        tests = str(Path(__file__).parent.parent)
        patch.setattr(sys, "path", [tests, *sys.path])
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (tests, os.environ.get("PYTHONPATH", "")))))
        with Sandbox(clock=now, token_lifetime=LIFETIME, rotation=rotation) as sandbox:
            for name, value in sandbox.environment.items():
                patch.setenv(name, value)
            with sandbox.app(storage=store(directory), scopes={SERVER: TRANSFER_ALL}):
                pass  # logged in
            if failing:
                sandbox.fail_next(503, times=None, route="POST /v2/oauth2/token", share=failing)
            yield sandbox
