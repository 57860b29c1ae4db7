"""What holds in every test: whatever is logged, at whatever level, shows no secret."""

import logging
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from globus_typed.core.http_info import Secret

# How long an example takes says more of the machine than of the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

# Whether somebody could log in where the tests run says nothing of the code; those that ask it set these themselves.
for name in ("CI", "SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID", "JOB_ID", "GLOBUS_TYPED_INTERACTIVE"):
    os.environ.pop(name, None)

# Below a shell's background jobs Ctrl-C is ignored, in programs that tests start too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """No workers for a single module or test, which would wait for them; else xdist's own number."""
    single = len(config.args) == 1 and ".py" in config.args[0]
    return 0 if single or config.option.usepdb else None


LOUD = ("globus_typed", "httpx", "httpcore", "uvicorn", "asyncio", "requests", "urllib3")
SHORT = 8
"""Texts of fewer characters are in other words by chance."""


class Listener(logging.Handler):
    """Keeps what is logged, and what is a secret, until a test is over."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        self.heard: list[str] = []
        self.secrets: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        # Where a test plays the browser, its addresses hold state and code, as OAuth wants them to.
        if not (record.name.startswith(("httpx", "httpcore")) and ("state=" in text)):
            self.heard.append(text)

    def leaks(self) -> list[str]:
        """What was heard that holds a secret."""
        return [text for text in self.heard if any(secret in text for secret in self.secrets)]


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    """Hears everything, from the first test to the last, and learns of every secret when it is made one."""
    listener = Listener()

    def new(cls: type[Secret], text: object = "") -> Secret:
        secret = str.__new__(cls, text)
        text = str.__str__(secret).removeprefix("Bearer ").removeprefix("Basic ")
        if len(text) >= SHORT:
            listener.secrets.add(text)
        return secret

    patch = pytest.MonkeyPatch()
    patch.setattr(Secret, "__new__", new)
    for name in LOUD:
        patch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    logging.getLogger().addHandler(listener)
    yield listener
    logging.getLogger().removeHandler(listener)
    patch.undo()


@pytest.fixture(autouse=True)
def no_secret_is_logged(listener: Listener) -> Iterator[None]:
    """Fails the test in which a secret was logged."""
    listener.heard.clear()
    listener.secrets.clear()
    yield
    assert not listener.leaks()
