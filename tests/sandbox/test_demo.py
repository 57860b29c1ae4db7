"""The demo, as it is seen on a terminal and in a pipe."""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from rich.console import Console

from globus_typed.cli import demo

pytestmark = pytest.mark.once

FAST = 1_000_000_000


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, so that it is seen what is left of them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_on_a_terminal_of_80_columns_it_draws_tables_and_a_bar_and_cuts_nothing(temporary: Path) -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=80, _environ={"TERM": "xterm-256color"})
    assert demo.run_demo(console, size=500_000, rate=FAST) == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.getvalue())
    assert "━━━━━━━━" in text
    assert "337/337 files" in text
    assert "337 of 337 files identical" in text
    assert not [line for line in re.split("[\r\n]", text) if len(line) > 80 or line.rstrip().endswith("…")]
    assert not list(temporary.iterdir())


def test_in_a_pipe_it_prints_plain_lines(temporary: Path) -> None:
    shown = io.StringIO()
    assert demo.run_demo(Console(file=shown), size=500_000, rate=FAST) == 0
    text = shown.getvalue()
    assert "\x1b" not in text
    assert "━" not in text
    assert "SUCCEEDED: 337 of 337 files" in text
    assert "sync_level: Input should be" in text


def test_a_file_that_is_not_identical_is_named_and_the_demo_fails(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = demo._differences  # pyright: ignore[reportPrivateUsage]

    def damage_and_compare(source: Path, destination: Path) -> list[str]:
        victim = destination / "notes" / "日誌" / "frame 007.fits"
        victim.write_bytes(victim.read_bytes()[:-1] + b"?")
        (destination / "raw" / "frame 001.fits").unlink()
        (destination / "stray").touch()
        return compare(source, destination)

    monkeypatch.setattr(demo, "_differences", damage_and_compare)
    shown = io.StringIO()
    assert demo.run_demo(Console(file=shown), size=500_000, rate=FAST) == 1
    assert "Not identical: notes/日誌/frame 007.fits\n" in shown.getvalue()
    assert "Not identical: raw/frame 001.fits\n" in shown.getvalue()
    assert "Not identical: stray\n" in shown.getvalue()
    assert "334 of 337 files identical" in shown.getvalue()
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_broken_off_in_the_middle_it_leaves_nothing_behind(number: signal.Signals, tmp_path: Path) -> None:
    # As from a terminal, whatever the program that runs the tests ignores.
    program = f"""
import signal
signal.signal({number.value}, signal.default_int_handler if {number.value} == signal.SIGINT else signal.SIG_DFL)
from globus_typed.cli import main
main()
"""
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert any(line.startswith("ACTIVE") for line in running.stdout)
        assert list(tmp_path.iterdir())
        running.send_signal(number)
        assert "Traceback" not in running.stderr.read()
        assert running.wait(timeout=30) == 128 + number
    assert not list(tmp_path.iterdir())


def test_no_proxy_no_configuration_and_no_narrow_encoding_is_in_its_way(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
        "GLOBUS_SDK_ENVIRONMENT": "preview",
        "GLOBUS_SDK_TRANSFER_TOKEN": "of-another-globus",
        "PYTHONIOENCODING": "ascii",
        "FORCE_COLOR": "1",
        "TMPDIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "globus_typed", "demo"],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert "337 of 337 files identical" in done.stdout
    assert "sync_level" in done.stdout
    assert "\x1b" not in done.stdout
    assert not done.stderr
    assert not list(tmp_path.iterdir())
