"""Clients of one app in the workers of Dask and joblib: each opens the store there, and all share one refresh."""

import warnings
from pathlib import Path
from typing import Any

import pytest

from globus_typed import TransferClient

from .app_stress import SCALE, Meter, environment, shared_sandbox
from .app_workers import AUTH, LIFETIME, SERVER, app_at, name_of, now, set_time, settle, store

pytestmark = [
    pytest.mark.once,
    # Dask warns of ports in use, and leaves sockets to the collector; neither is about this package.
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROUNDS = 2 * SCALE


def test_a_dask_cluster_of_processes(tmp_path: Path) -> None:
    distributed: Any = pytest.importorskip("distributed")
    with shared_sandbox(tmp_path, "grace") as sandbox, Meter().at(sandbox) as meter:
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=4, processes=True, dashboard_address=None, local_directory=str(tmp_path)
        )
        with cluster, distributed.Client(cluster) as dask, app_at(tmp_path, sandbox.native_client_id) as app:
            dask.run(settle, environment())
            with TransferClient(app=app) as client:
                for number in range(1, ROUNDS + 1):
                    set_time(now() + LIFETIME)
                    futures = dask.map(name_of, [client] * 40, [sandbox.source.id] * 40, pure=False)
                    assert set(dask.gather(futures)) == {"Sandbox Source"}
                    assert len(meter.granted) == number
        assert meter.refused == 0
        assert {*store(tmp_path).get_token_data_by_resource_server()} == {AUTH, SERVER}


def settled_name_of(variables: dict[str, str], client: TransferClient, collection_id: str) -> str | None:
    settle(variables)
    return name_of(client, collection_id)


def test_joblib(tmp_path: Path) -> None:
    joblib: Any = pytest.importorskip("joblib")
    with shared_sandbox(tmp_path, "grace") as sandbox, Meter().at(sandbox) as meter, warnings.catch_warnings():
        with app_at(tmp_path, sandbox.native_client_id) as app, TransferClient(app=app) as client:
            job = joblib.delayed(settled_name_of)(environment(), client, sandbox.source.id)
            for number in range(1, ROUNDS + 1):
                set_time(now() + LIFETIME)
                assert joblib.Parallel(n_jobs=2)([job] * 20) == ["Sandbox Source"] * 20
                assert len(meter.granted) == number
        assert meter.refused == 0
