"""Measurements in words: the table, its Markdown section, and the file that keeps the sections of several runs."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.benchmarks.rows import Found, Kind, Side

__all__ = ["growth", "machine", "save", "table"]

SIDES: tuple[Side, ...] = ("ours", "theirs", "floor")
HEADS = (("ours", 10), ("globus-sdk", 10), ("floor", 9), ("ratio", 6), ("spread", 11), ("least", 6))
INTRODUCTION = """\
# Benchmarks

`python -m tests.benchmarks --save docs/benchmarks.md` appends a run to this file. Each piece of work is done by
globus_typed, by globus-sdk and by the floor, in processes of their own and by turns, against a server on 127.0.0.1.
Times are processor seconds of the client, medians over the rounds; a listing is the first that its process reads. Of
the walk whose listings take 50 ms the time is that of the clock, 10 being under way at once; globus-sdk has none, so
its documentation's recipe lists one directory after another. Memory kept is what a process has
more than before the work.

A plan of a sync has no HTTP in it, and is compared with what users of globus-sdk write, which has no such thing: `json`
reads both listings into dicts, which are compared.

- `floor`: the least that the work takes. For a call, a bare socket that exchanges the same HTTP messages, prebuilt, and
  the document made of the body; for 32 in flight, asyncio streams that do it. For listings, pages
  and the plan, msgspec, which reads the same bytes into structs. For items, msgspec, which writes the same JSON, sent
  over a bare TLS socket. For imports, pydantic and a model with one field.
- `ratio`: globus_typed to globus-sdk in the same round, the median; `spread`: the smallest and the largest.
- `least`: the floor to globus-sdk, the median.
- `target`: the ratio that is aimed at; `bound`: the ratio that `--check` holds to.
"""


def table(found: Sequence[Found]) -> str:
    """The figures of all rows, a line each, and the reasons of bounds that are not the target."""
    heads = " ".join(f"{name:>{width}}" for name, width in (*HEADS, ("target", 6), ("bound", 6)))
    lines = [f"{'work':44} {heads}"]
    reasons: list[str] = []
    for each in found:
        for ratio in each.ratios():
            figures = [_shown(each.figure(side, ratio.kind), ratio.kind) for side in SIDES]
            figures += [f"{ratio.median:.2f}", f"{min(ratio.values):.2f}-{max(ratio.values):.2f}"]
            figures += [f"{median(ratio.least):.2f}"]
            cells = " ".join(f"{figure:>{width}}" for figure, (_, width) in zip(figures, HEADS, strict=True))
            bounds = f"{ratio.bound.target:6.2f} {ratio.bound.limit:6.2f}"
            lines.append(f"{ratio.title:44} {cells} {bounds}  {ratio.verdict()}")
            if ratio.bound.reason:
                reasons.append(f"{ratio.title}: {ratio.bound.reason}")
    return "\n".join([*lines, *(["", *reasons] if reasons else [])])


def growth(found: Iterable[Found]) -> str:
    """Time and memory an item, by the number of items; empty where no row has items."""
    heads = ("us each", "globus-sdk", "floor", "peak MB", "globus-sdk", "floor")
    lines = [" ".join([f"{'items':>10}", *(f"{head:>10}" for head in heads)])]
    for each in found:
        if count := each.row.items:
            times = [each.figure(side, "time") / count * 1e6 for side in SIDES]
            memory = [each.figure(side, "memory") for side in SIDES]
            lines.append(" ".join([f"{count:>10,}", *(f"{value:>10.2f}" for value in (*times, *memory))]))
    return "\n".join(lines) if len(lines) > 1 else ""


def _shown(value: float, kind: Kind) -> str:
    if kind == "memory":
        return f"{value:.0f} MB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.0f} us"


def machine() -> str:
    """The Python, the packages and the processor that a run was made with."""
    names = ("globus-sdk", "pydantic", "httpx", "httpcore", "h11", "requests", "msgspec")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    cpuinfo = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text(encoding="utf-8")) if cpuinfo.exists() else None
    processor = model[1] if model else platform.machine()
    return f"Python {platform.python_version()}, {packages}; {processor}, {os.cpu_count()} cores"


def save(file: Path, date: str, parts: Sequence[str]) -> None:
    """Append a run of that date to a Markdown file, which is begun where there is none.

    Parameters: `parts`, the lines about the run first, then its tables.
    """
    about, *tables = parts
    before = file.read_text(encoding="utf-8") if file.exists() else INTRODUCTION
    blocks = "\n\n".join(tables)
    file.write_text(f"{before}\n## {date}\n\n{about}\n\n```\n{blocks}\n```\n", encoding="utf-8")
