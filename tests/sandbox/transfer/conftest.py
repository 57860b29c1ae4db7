import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint

from .bench import Bench, build


def _movers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("sandbox-mover")]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = build(tmp_path)
    yield bench
    bench.hold.release()
    bench.state.close()
    assert not _movers()


@pytest.fixture
def unprivileged() -> Iterator[Bench]:
    """A bench for which file permissions count, also when the tests are run by root."""
    with tempfile.TemporaryDirectory() as name:
        root = os.geteuid() == 0
        if root:
            os.chmod(name, 0o777)
            os.seteuid(65534)
        try:
            bench = build(Path(name))
            yield bench
            bench.state.close()
        finally:
            if root:
                os.seteuid(0)


@pytest.fixture
def points(bench: Bench) -> tuple[StreamAccessPoint, StreamAccessPoint]:
    add = bench.state.streams.add_access_point
    out = add("Beamline out", bench.source, description="Frames of the detector", keywords="x-ray,video")
    return out, add("Archive in", bench.destination)
