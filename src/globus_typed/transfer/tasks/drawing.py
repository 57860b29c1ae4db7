"""Draws how tasks go on, with rich."""

from collections.abc import Callable, Sequence
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text
from typing_extensions import Self

from globus_typed.transfer import documents
from globus_typed.transfer.tasks.lookout import ENDED
from globus_typed.transfer.tasks.rows import NOT_SEEN, Row, TaskRows, size_text

__all__ = ["Drawing"]

_MOST = 8
"""The tasks that have a line of their own."""


class Drawing:
    """A bar for each task, drawn anew at each look, by no thread of its own."""

    def __init__(self, console: Console, clock: Callable[[], float]) -> None:
        self._console = console
        self._rows = TaskRows(clock)
        self._live = Live(console=console, auto_refresh=False, vertical_overflow="crop")

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._live.stop()

    def show(self, tasks: "Sequence[documents.Task]", count: int, *, outage: bool = False) -> None:
        """Draw the tasks: those that are active, where there are many."""
        whole, each = self._rows.rows(tasks, count)
        shown = [whole]
        if count > 1:
            going = [row for row, task in zip(each, tasks, strict=True) if task.status not in ENDED]
            shown += (each if count <= _MOST else going)[:_MOST]
        self._live.update(self._drawn(shown, outage), refresh=True)

    def _drawn(self, rows: Sequence[Row], outage: bool) -> RenderableType:
        width = self._console.width
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(no_wrap=True, overflow="ellipsis", max_width=max(width // 4, 8))
        table.add_column(ratio=1, min_width=4)
        for _ in range(5):
            table.add_column(justify="right", no_wrap=True)
        for number, row in enumerate(rows):
            table.add_row(
                Text(row.name, style="bold" if not number else ""),
                _bar(row),
                row.percent,
                Text(row.items, style="cyan"),
                Text(size_text(row.progress.bytes_transferred), style="green"),
                Text(row.rate, style="red"),
                Text(row.left and f"{row.left} left", style="magenta"),
            )
        notes = [_note(row, rows) for row in rows if row.trouble or row.state not in ("ACTIVE", "SUCCEEDED")]
        notes += [Text(f"  {NOT_SEEN}", style="yellow")] * outage
        return Group(table, *notes)


def _bar(row: Row) -> ProgressBar:
    fraction = row.progress.fraction
    return ProgressBar(total=1.0, completed=fraction or 0.0)


def _note(row: Row, rows: Sequence[Row]) -> Text:
    style = "red" if "FAILED" in row.state or "INACTIVE" in row.state else "yellow" if row.trouble else "dim"
    name = f"{row.name}: " if len(rows) > 1 else ""
    text = f"  {name}{', '.join(filter(None, (row.state, row.trouble)))}"
    return Text(text, style=style, no_wrap=True, overflow="ellipsis")
