"""The display of tasks: drawn at 80 and 140 columns, and as plain lines."""

import io
import re
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from rich.console import Console

from globus_typed import Task
from globus_typed.transfer.tasks import display
from globus_typed.transfer.tasks.display import PlainLines, progress_display
from globus_typed.transfer.tasks.drawing import Drawing
from globus_typed.transfer.tasks.rows import size_text, time_text

LONG = "a very long label of a nightly synchronisation of everything there is"
GOING: dict[str, Any] = {
    "status": "ACTIVE",
    "nice_status": "OK",
    "bytes_transferred": 7_340_032_111,
    "subtasks_total": 330,
    "subtasks_succeeded": 173,
    "faults": 0,
}


def task(number: int = 7, **more: Any) -> Task:
    task_id = f"7a1d3c52-0b6e-4f19-9c44-3e8a51d2{number:04}"
    return Task.model_validate({"task_id": task_id, "label": f"bench run {number}", **GOING, **more})


class Screen:
    """A terminal, and what stands on it after each look."""

    def __init__(self, width: int) -> None:
        self.text = io.StringIO()
        self.console = Console(
            file=self.text, force_terminal=True, width=width, height=40, color_system=None, legacy_windows=False
        )
        self.now = 0.0
        self.drawing = Drawing(self.console, lambda: self.now)

    def after(self, seconds: float, *tasks: Task, count: int | None = None, outage: bool = False) -> list[str]:
        self.now += seconds
        self.text.seek(0)
        self.text.truncate()
        self.drawing.show(tasks, len(tasks) if count is None else count, outage=outage)
        lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", self.text.getvalue()).splitlines()
        assert all(len(line) <= self.console.width for line in lines)
        return [line.rstrip() for line in lines]


@pytest.fixture(params=[80, 140])
def screen(request: pytest.FixtureRequest) -> Iterator[Screen]:
    screen = Screen(request.param)
    with screen.drawing:
        yield screen


def test_a_task_has_a_bar_and_its_numbers(screen: Screen) -> None:
    screen.after(0, task())
    (line,) = screen.after(10, task(bytes_transferred=7_864_320_111, subtasks_succeeded=200))
    name, bar, numbers = re.split(r" (?=━)|(?<=[━╸]) +", line)
    assert name == "bench run 7"
    assert numbers.split() == ["60%", "200/330", "7.9", "GB", "52.4", "MB/s", "0:00:48", "left"]
    room = screen.console.width - len(name) - len(numbers) - 2
    assert len(bar) == pytest.approx(room * 200 / 330, abs=1.5)
    assert len(line) == screen.console.width


def test_before_it_has_begun_it_says_so(screen: Screen) -> None:
    bar, note = screen.after(0, task(nice_status="Queued", subtasks_total=0, subtasks_succeeded=0, bytes_transferred=0))
    assert "━" not in bar
    assert note == "  Queued"


def test_trouble_stands_below_the_bar_and_a_long_label_is_cut(screen: Screen) -> None:
    denied: dict[str, Any] = {
        "nice_status": "PERMISSION_DENIED",
        "nice_status_short_description": "permission denied",
        "faults": 12,
    }
    line, note = screen.after(0, task(label=LONG, **denied))
    name = line.partition("…")[0]
    assert LONG.startswith(name)
    assert 15 < len(name) <= screen.console.width // 4
    assert note == "  PERMISSION_DENIED, 12 faults"
    away: dict[str, Any] = {
        "nice_status": "GC_NOT_CONNECTED",
        "nice_status_short_description": "the laptop sleeps",
        "faults": 1,
    }
    assert screen.after(0, task(**away))[1] == "  GC_NOT_CONNECTED, the laptop sleeps, 1 fault"


def test_an_outage_is_told(screen: Screen) -> None:
    assert screen.after(0, count=1, outage=True)[-1] == "  cannot be looked at now"
    assert screen.after(0, task(), outage=True)[-1] == "  cannot be looked at now"
    assert len(screen.after(0, task())) == 1


def test_the_end_is_told(screen: Screen) -> None:
    (line,) = screen.after(0, task(status="SUCCEEDED", nice_status=None, subtasks_succeeded=330))
    assert " 100% 330/330 7.3 GB" in line
    assert "left" not in line
    fatal = {"code": "FILE_NOT_FOUND", "description": "x"}
    _, note = screen.after(0, task(status="FAILED", nice_status=None, fatal_error=fatal, faults=3))
    assert note == "  FAILED, FILE_NOT_FOUND, 3 faults"


def test_a_few_tasks_have_a_line_each_below_that_of_all(screen: Screen) -> None:
    sides = {"source_endpoint_display_name": "Lab", "destination_endpoint_display_name": "Scratch"}
    lines = screen.after(0, task(1), task(2, label=None, **sides), task(3, status="SUCCEEDED", nice_status=None))
    names = [line.partition("━")[0].strip() for line in lines[:4]]
    assert names == ["3 tasks", "bench run 1", "Lab to Scratch", "bench run 3"]
    assert "519/990" in lines[0]
    assert lines[4:] == ["  3 tasks: 1 done, 2 to go"]


def test_of_many_those_that_go_on_are_drawn(screen: Screen) -> None:
    done: dict[str, Any] = {"status": "SUCCEEDED", "nice_status": None}
    lines = screen.after(0, *(task(number, **(done if number < 100 else {})) for number in range(200)))
    assert [line.partition("━")[0].strip() for line in lines[:-1]] == [
        "200 tasks",
        *(f"bench run {number}" for number in range(100, 108)),
    ]
    assert lines[-1] == "  200 tasks: 100 done, 100 to go"


def test_a_label_is_text_and_no_markup(screen: Screen) -> None:
    (line,) = screen.after(0, task(label="[bold]x[/]\x1b[2J"))
    assert line.startswith("[bold]x[/] [2J ")


def test_drawing_has_no_thread_and_gives_the_cursor_back() -> None:
    screen = Screen(80)
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt), screen.drawing:
        assert threading.active_count() == before
        screen.drawing.show([task()], 1)
        raise KeyboardInterrupt
    assert screen.text.getvalue().endswith("\x1b[?25h")


class Lines:
    def __init__(self) -> None:
        self.text = io.StringIO()
        self.now = 0.0
        self.plain = PlainLines(self.text, lambda: self.now)

    def after(self, seconds: float, *tasks: Task, outage: bool = False) -> list[str]:
        self.now += seconds
        self.plain.show(tasks, max(len(tasks), 1), outage=outage)
        lines = self.text.getvalue().splitlines()
        self.text.seek(0)
        self.text.truncate()
        return lines


def test_plain_lines_come_when_something_happens_and_now_and_then() -> None:
    lines = Lines()
    assert lines.after(0, task()) == ["bench run 7: ACTIVE, 52%, 173/330, 7.3 GB"]
    assert lines.after(10, task(subtasks_succeeded=180)) == []
    assert lines.after(20, task(subtasks_succeeded=203, bytes_transferred=10_340_032_111)) == [
        "bench run 7: ACTIVE, 61%, 203/330, 10.3 GB, 100 MB/s, 0:02:07 left"
    ]
    assert lines.after(1, task(nice_status="CONNECT_FAILED", faults=1)) == [
        "bench run 7: CONNECT_FAILED, 52%, 173/330, 7.3 GB, 1 fault"
    ]
    assert lines.after(1, task(nice_status="CONNECT_FAILED", faults=1), outage=True)[0].endswith(
        "cannot be looked at now"
    )
    assert lines.after(1, task(status="SUCCEEDED", nice_status=None))[0].startswith("bench run 7: SUCCEEDED, 100%")


def test_a_stream_that_nobody_reads_any_more_ends_no_program() -> None:
    lines = Lines()
    lines.text.close()
    lines.plain.show([task()], 1)
    lines.plain.show([task(status="FAILED")], 1)


def shown(monkeypatch: pytest.MonkeyPatch, wanted: bool = True) -> object:
    with progress_display(wanted, lambda: 0.0) as given:
        given.show([task()], 1)
        return given


def test_where_there_is_no_terminal_there_are_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "JUPYTER_COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    assert isinstance(shown(monkeypatch), PlainLines)
    assert capsys.readouterr() == ("", "bench run 7: ACTIVE, 52%, 173/330, 7.3 GB\n")
    shown(monkeypatch, wanted=False)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys, "stderr", None)
    shown(monkeypatch)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_drawn_on_if_rich_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert isinstance(shown(monkeypatch), Drawing)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(shown(monkeypatch), PlainLines)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(display, "find_spec", dict[str, object]().get)
    assert isinstance(shown(monkeypatch), PlainLines)


@pytest.mark.parametrize("widgets", [True, False])
def test_a_notebook_has_a_widget_if_it_can_have_one(monkeypatch: pytest.MonkeyPatch, widgets: bool) -> None:
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    there = {"rich": True, "ipywidgets": widgets or None}
    monkeypatch.setattr(display, "find_spec", there.get)
    kind = progress_display(True, lambda: 0.0)
    assert isinstance(kind, Drawing) == widgets


def test_sizes_and_times() -> None:
    sizes = [0, 999, 1000, 99_949, 99_950, 999_499, 999_500, 7_340_032_111, 10**18]
    assert [size_text(size) for size in sizes] == [
        *("0 B", "999 B", "1.0 kB", "99.9 kB", "100 kB", "999 kB", "1.0 MB", "7.3 GB", "1000 PB")
    ]
    times = [0, 59.9, 3600, 47 * 3600 + 59, 48 * 3600, -5]
    assert [time_text(timedelta(seconds=each)) for each in times] == [
        *("0:00:00", "0:00:59", "1:00:00", "47:00:59", "2 d 00 h", "0:00:00")
    ]
