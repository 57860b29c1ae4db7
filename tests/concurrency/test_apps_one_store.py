"""Many threads, tasks and processes at one token store: one refresh an expiry, whatever fails meanwhile."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from globus_typed import AsyncTransferClient, TransferClient
from globus_typed.sandbox.rotation import Rotation

from .app_stress import SCALE, Meter, environment, preloaded, shared_sandbox
from .app_workers import AUTH, LIFETIME, SERVER, app_at, name_of, names_of, now, set_time, settle, store

pytestmark = pytest.mark.once

ROTATIONS: list[Rotation] = ["never", "strict", "grace", "omit"]
ROUNDS = 2 * SCALE
forking = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.mark.parametrize("rotation", ROTATIONS)
def test_fifty_threads_of_five_apps(tmp_path: Path, rotation: Rotation) -> None:
    with shared_sandbox(tmp_path, rotation) as sandbox, Meter().at(sandbox) as meter, ThreadPoolExecutor(50) as pool:
        apps = [app_at(tmp_path, sandbox.native_client_id) for _ in range(5)]
        clients = [TransferClient(app=app) for app in apps]
        for number in range(1, ROUNDS + 1):
            set_time(now() + LIFETIME)
            names = pool.map(name_of, clients * 10, [sandbox.source.id] * 50)
            assert [*names] == ["Sandbox Source"] * 50
            assert len(meter.granted) == number
        assert meter.refused == 0
        assert {*store(tmp_path).get_token_data_by_resource_server()} == {AUTH, SERVER}
        for client, app in zip(clients, apps, strict=True):
            client.close()
            app.close()


@pytest.mark.parametrize("rotation", ROTATIONS)
def test_fifty_tasks_of_five_apps(tmp_path: Path, rotation: Rotation) -> None:
    with shared_sandbox(tmp_path, rotation) as sandbox, Meter().at(sandbox) as meter:
        apps = [app_at(tmp_path, sandbox.native_client_id) for _ in range(5)]

        async def main() -> None:
            clients = [AsyncTransferClient(app=app) for app in apps]
            for number in range(1, ROUNDS + 1):
                set_time(now() + LIFETIME)
                found = await asyncio.gather(*(each.get_endpoint(sandbox.source.id) for each in clients * 10))
                assert {each.display_name for each in found} == {"Sandbox Source"}
                assert len(meter.granted) == number
            for client in clients:
                await client.aclose()

        asyncio.run(main())
        assert meter.refused == 0
        for app in apps:
            app.close()


@forking
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_eight_processes_with_clients_that_travelled(tmp_path: Path, method: str) -> None:
    with shared_sandbox(tmp_path, "grace") as sandbox, Meter().at(sandbox) as meter:
        with (
            app_at(tmp_path, sandbox.native_client_id) as app,
            TransferClient(app=app) as client,
            ProcessPoolExecutor(
                8,
                mp_context=preloaded(multiprocessing.get_context(method)),
                initializer=settle,
                initargs=(environment(),),
            ) as pool,
        ):
            for number in range(1, ROUNDS + 1):
                set_time(now() + LIFETIME)
                names = pool.map(names_of, [(client, sandbox.source.id)] * 24)
                assert [*names] == ["Sandbox Source"] * 24
                assert len(meter.granted) == number
            assert name_of(client, sandbox.source.id) == "Sandbox Source"
            assert len(meter.granted) == ROUNDS
        assert meter.refused == 0
