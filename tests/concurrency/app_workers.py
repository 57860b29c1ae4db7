"""What threads and processes do with an app in tests of its store, and the clock that they share with the sandbox.

Other processes import this module by its name: it brings neither pytest nor the sandbox along.
"""

import os
import struct
import time
from pathlib import Path

from globus_typed import GlobusAppConfig, JSONTokenStorage, TransferClient, UserApp

SERVER = "transfer.api.globus.org"
AUTH = "auth.globus.org"
LIFETIME = 60
CLOCK = "GLOBUS_TYPED_TEST_CLOCK"
"""The environment variable that names the file which holds the time."""


def now() -> float:
    """The time, in seconds since the epoch, as the test has set it for all processes."""
    (seconds,) = struct.unpack("d", Path(os.environ[CLOCK]).read_bytes())
    assert isinstance(seconds, float)
    return seconds


def set_time(seconds: float) -> None:
    """Set the time for all processes, by one write."""
    descriptor = os.open(os.environ[CLOCK], os.O_WRONLY)
    try:
        os.pwrite(descriptor, struct.pack("d", seconds), 0)
    finally:
        os.close(descriptor)


TRANSFER_ALL = "urn:globus:auth:scope:transfer.api.globus.org:all"


def store(directory: Path) -> JSONTokenStorage:
    return JSONTokenStorage(directory / "app" / "tokens.json")


def app_at(directory: Path, client_id: str) -> UserApp:
    """An app over the store in the directory, with nobody to ask."""
    config = GlobusAppConfig(token_storage=store(directory), request_refresh_tokens=True, clock=now, interactive=False)
    return UserApp("Sandbox test", client_id=client_id, config=config)


def name_of(client: TransferClient, collection_id: str) -> str | None:
    return client.get_endpoint(collection_id).display_name


def names_of(job: tuple[TransferClient, str]) -> str | None:
    return name_of(*job)


def settle(environment: dict[str, str]) -> None:
    """Take over the environment of the test: a process of a fork server has that of an earlier one."""
    os.environ.update(environment)


def call_for_ever(environment: dict[str, str], directory: str, client_id: str, collection_id: str, log: str) -> None:
    """Call until killed, by a new app now and then, and write down what became of each call, a line each."""
    settle(environment)
    with open(log, "a", buffering=1, encoding="utf-8") as file:
        while True:
            with app_at(Path(directory), client_id) as app, TransferClient(app=app) as client:
                for _ in range(20):
                    file.write(f"{outcome(client, collection_id)}\n")
                    time.sleep(0.01)  # or eight of these would leave no processor to the others


def outcome(client: TransferClient, collection_id: str) -> str:
    try:
        name_of(client, collection_id)
    except Exception as error:
        return f"{type(error).__name__} {error}".replace("\n", " ")
    return "ok"
