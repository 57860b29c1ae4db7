"""``globus-typed demo``: the main job, on a sandbox, before your eyes."""

import hashlib
import os
import random
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import ValidationError
from rich import box
from rich.console import Console
from rich.filesize import decimal
from rich.padding import Padding
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from globus_typed import NativeAppAuthClient, RefreshTokenAuthorizer, Task, TransferClient, TransferData
from globus_typed.sandbox import Sandbox

_TOPIC = "survey 2026"
_NAMES = ("frame {:03}.fits", "Häufigkeit_{:03}.csv", "измерение {:03}.dat", "it's (final) {:03}.txt")
_FOLDERS = (
    "",
    "raw",
    "raw/night 1",
    "raw/night 2",
    "raw/night 2/камера Б",
    "reduced/spectra/by object/NGC 7331/slit 04/order 12",
    "reduced/Überblick",
    "notes/日誌",
)


def run_demo(console: Console | None = None, *, size: int = 50_000_000, rate: int = 12_000_000) -> int:
    """Run it; 0 when every file arrived whole, else 1.

    Parameters: `console` to show it on (None: standard output, plain unless that is a terminal); `size` of all files in
    bytes; `rate` at most to move them with, in bytes a second.
    """
    show = _Show(console or Console(force_terminal=sys.stdout.isatty() and os.environ.get("TERM") != "dumb"))
    began = time.monotonic()
    # This machine is not to be asked for through a proxy.
    with Sandbox(pace=_Throttle(rate)) as sandbox, httpx.Client(trust_env=False) as http:
        show.step("A local Globus", f"at {sandbox.url}, with a user and two collections")
        source, destination = sandbox.source.root / _TOPIC, sandbox.destination.root / "copy"
        _plant(source, size)
        total = _Total.of(source)
        deep = max(len(folder.split("/")) for folder in _FOLDERS)
        show.step("A source tree", f"{total.files} files, {decimal(total.bytes)}, up to {deep} folders deep")

        app = NativeAppAuthClient(sandbox.native_client_id, base_url=sandbox.url, http_client=http)
        flow = app.oauth2_start_flow(refresh_tokens=True)
        # A person would follow this URL in a browser, and paste the code that it shows.
        code = http.get(flow.get_authorize_url(), headers={"Accept": "text/plain"}).raise_for_status().text
        tokens = flow.exchange_code_for_tokens(code).by_resource_server["transfer.api.globus.org"]
        authorizer = RefreshTokenAuthorizer(
            tokens.refresh_token or "", app, access_token=tokens.access_token, expires_at=tokens.expires_at_seconds
        )
        show.step("Logged in", f"as {sandbox.user.username}, with PKCE")

        tc = TransferClient(authorizer, base_url=sandbox.url, http_client=http)
        mine = list(tc.endpoint_search(filter_scope="my-endpoints"))
        show.table(
            "My collections", ("name", "id", "opens at"), [(e.display_name, e.id, e.default_directory) for e in mine]
        )
        listing = tc.operation_ls(sandbox.source.id, f"/~/{_TOPIC}/", orderby=["type", "size DESC"], limit=9)
        entries = [(f.name, f.type, "" if f.type == "dir" else decimal(f.size or 0)) for f in listing]
        title = f"Sandbox Source: /~/{_TOPIC}/ ({len(listing)} of {listing.total} entries)"
        show.table(title, ("name", "type", "size"), entries)

        try:
            TransferData(sandbox.source.id, sandbox.destination.id, sync_level="cheksum")  # type: ignore[arg-type]  # shown
        except ValidationError as error:
            (problem,) = error.errors()
            wrong_document = 'TransferData(…, sync_level="cheksum")'
            show.step("Refused, nothing sent", wrong_document, mark="[bold red]✗[/]")
            show.line(f"{problem['loc'][0]}: {problem['msg']}")

        data = TransferData(sandbox.source.id, sandbox.destination.id, label="demo", verify_checksum=True)
        data.add_item(f"/~/{_TOPIC}/", "/~/copy/", recursive=True)
        task_id = tc.submit_transfer(data).task_id
        show.step("Submitted", f"task {task_id}")
        task = show.watch(tc.task_progress(task_id, polling_interval=0.1), total)

        wrong = _differences(source, destination)
        summary = [
            ("task", f"{task.status}, {task.faults} faults"),
            ("files", f"{task.files_transferred} of {total.files}, in {task.directories} directories"),
            ("moved", f"{decimal(task.bytes_transferred or 0)}, {decimal(task.effective_bytes_per_second or 0)}/s"),
            ("verified", f"{total.files - len(wrong)} of {total.files} files identical (SHA-256, both sides)"),
            ("took", f"{time.monotonic() - began:.1f} s in all"),
        ]
        show.table("Summary", ("what", "result"), summary)
        for path in wrong:
            show.step("Not identical", path, mark="[bold red]✗[/]")
    show.step("Cleaned up", "the sandbox and its files are gone")
    return 1 if wrong or task.status != "SUCCEEDED" else 0


class _Throttle:
    """A pace that keeps the mover to so many bytes a second, so that there is something to see."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._due = 0.0
        self._lock = threading.Lock()

    def __call__(self, size: int) -> None:
        with self._lock:
            now = time.monotonic()
            self._due = max(self._due, now) + size / self._rate
            wait = self._due - now
        if size:
            time.sleep(wait)


def _plant(root: Path, size: int) -> None:
    """Some hundred files of all sizes, together about `size` bytes, some nested deep, some with odd names."""
    chance = random.Random(2026)
    shares = [chance.lognormvariate(0, 1.6) for _ in range(336)]
    for number, share in enumerate(shares):
        folder = root / _FOLDERS[number % len(_FOLDERS)]
        folder.mkdir(parents=True, exist_ok=True)
        name = _NAMES[number // len(_FOLDERS) % len(_NAMES)].format(number)
        (folder / name).write_bytes(chance.randbytes(int(size * share / sum(shares))))
    (root / "notes" / "empty").touch()


@dataclass(frozen=True)
class _Total:
    files: int
    bytes: int

    @classmethod
    def of(cls, root: Path) -> "_Total":
        sizes = [path.stat().st_size for path in root.rglob("*") if path.is_file()]
        return cls(len(sizes), sum(sizes))


def _differences(source: Path, destination: Path) -> list[str]:
    """The files, by their place, that are not the same on both sides."""
    places = {
        str(path.relative_to(root)) for root in (source, destination) for path in root.rglob("*") if path.is_file()
    }
    return sorted(place for place in places if _checksum(source / place) != _checksum(destination / place))


def _checksum(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


class _Show:
    """Shows things: with colours, tables and a live bar on a terminal, as plain lines in a pipe."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def step(self, title: str, text: str, mark: str = "[bold green]✓[/]") -> None:
        if self._console.is_terminal:
            line = Table.grid(padding=(0, 1))
            line.add_row(mark, Text.assemble((title, "bold"), " ", text))
            self._console.print(line)
        else:
            self._plain(f"{title}: {text}")

    def line(self, text: str) -> None:
        if self._console.is_terminal:
            self._console.print(Padding(Text(text), (0, 2)))
        else:
            self._plain(f"  {text}")

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
        if self._console.is_terminal:
            table = Table(*columns, box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
            for row in rows:
                table.add_row(*(Text(cell or "") for cell in row))
            self.step(title, "")
            self._console.print(Padding(table, (0, 2)))
            return
        self._plain(f"{title}:")
        for row in rows:
            self._plain("  " + "  ".join(cell for cell in row if cell))

    def watch(self, progress: Iterable[Task], total: _Total) -> Task:
        """Show how a task goes on; gives the task as it ended."""
        task: Task | None = None
        if not self._console.is_terminal:
            shown = -1
            for task in progress:
                tenth = 10 * (task.bytes_transferred or 0) // max(total.bytes, 1)
                if tenth // 2 > shown or task.status != "ACTIVE":
                    shown = tenth // 2
                    self._plain(
                        f"{task.status}: {task.files_transferred or 0} of {total.files} files, "
                        f"{decimal(task.bytes_transferred or 0)} of {decimal(total.bytes)}"
                    )
        else:
            bar = Progress(
                TextColumn("  [bold]{task.fields[state]:<9}[/]"),
                BarColumn(bar_width=None),
                DownloadColumn(),
                TransferSpeedColumn(),
                TextColumn("{task.fields[files]} files"),
                TimeRemainingColumn(),
                console=self._console,
            )
            with bar:
                line = bar.add_task("", total=total.bytes, state="QUEUED", files=f"0/{total.files}")
                for task in progress:
                    files = f"{task.files_transferred or 0}/{total.files}"
                    bar.update(line, completed=task.bytes_transferred or 0, state=task.status, files=files)
        if task is None:
            raise RuntimeError("a task's progress has at least one step")
        return task

    def _plain(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
