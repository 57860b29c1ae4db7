"""What is compared, by how much this project may take of what globus-sdk takes, and what was found."""

import statistics
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["ROWS", "Found", "Row", "growth", "table"]

TOLERANCE = 1.10
"""How far over its limit a ratio may be before a check fails: what a busy machine adds."""


@dataclass(frozen=True)
class Row:
    """One piece of work that both do."""

    name: str
    title: str
    limit: float
    memory_limit: float | None = None
    """The same for the peak memory of the process; None where memory is not compared."""
    environment: int = 38
    """How many environment variables there are: requests reads them at every call."""
    heavy: bool = False
    """Whether a few rounds have to do."""


ROWS = (
    Row("call_38", "one call, 38 environment variables", 0.60),
    Row("call_3", "one call, 3 environment variables", 0.85, environment=3),
    Row("flight", "32 calls in flight, async against threads", 0.60),
    Row("items_1k", "1,000 items", 0.80),
    Row("items_10k", "10,000 items", 0.80),
    Row("items_100k", "100,000 items", 0.40, 0.25, heavy=True),
    Row("items_1m", "1,000,000 items", 0.40, 0.25, heavy=True),
    Row("listing_10k", "listing of 10,000 entries", 1.5),
    Row("listing_100k", "listing of 100,000 entries", 1.5, heavy=True),
    Row("pages", "100 pages of 1,000 tasks", 1.2, heavy=True),
    Row("import", "import of four names", 0.60),
    Row("first", "from import to the first answer", 1.1),
)

Kind = Literal["time", "memory"]


@dataclass
class Found:
    """What the rounds of a row gave: processor seconds and peak megabytes, ours and theirs of the same round."""

    row: Row
    ours: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    theirs: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

    def ratios(self, kind: Kind) -> list[float]:
        at = 0 if kind == "time" else 1
        return [ours[at] / theirs[at] for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    def figure(self, side: Literal["ours", "theirs"], kind: Kind) -> float:
        values: list[tuple[float, float]] = getattr(self, side)
        return statistics.median(value[0 if kind == "time" else 1] for value in values)

    def missed(self) -> bool:
        """Whether a limit is missed by more than is to be put down to the machine."""
        memory = self.row.memory_limit
        return statistics.median(self.ratios("time")) > self.row.limit * TOLERANCE or (
            memory is not None and statistics.median(self.ratios("memory")) > memory * TOLERANCE
        )

    def lines(self) -> list[str]:
        kinds: list[tuple[Kind, float, str]] = [("time", self.row.limit, self.row.title)]
        if self.row.memory_limit is not None:
            kinds.append(("memory", self.row.memory_limit, "    peak memory of the process"))
        lines: list[str] = []
        for kind, limit, title in kinds:
            ratios = self.ratios(kind)
            ratio = statistics.median(ratios)
            verdict = "ok" if ratio <= limit else "near" if ratio <= limit * TOLERANCE else "MISSED"
            ours, theirs = (_shown(self.figure(side, kind), kind) for side in ("ours", "theirs"))
            spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
            lines.append(f"{title:44} {ours:>10} {theirs:>10} {ratio:6.2f}  {spread:>10} {limit:6.2f}  {verdict}")
        return lines


def table(found: list[Found]) -> str:
    """The figures of all rows, a line each."""
    head = f"{'work':44} {'ours':>10} {'globus-sdk':>10} {'ratio':>6}  {'spread':>10} {'limit':>6}"
    return "\n".join([head, *(line for each in found for line in each.lines())])


SIZES = {"items_1k": 1_000, "items_10k": 10_000, "items_100k": 100_000, "items_1m": 1_000_000}


def growth(found: list[Found]) -> str:
    """How time and memory an item grow with the number of items."""
    by_name = {each.row.name: each for each in found}
    lines = [f"{'items':>10} {'us each':>10} {'theirs':>10} {'peak MB':>10} {'theirs':>10}"]
    for name, count in SIZES.items():
        if name in by_name:
            one = by_name[name]
            times = (one.figure(side, "time") / count * 1e6 for side in ("ours", "theirs"))
            memory = (one.figure(side, "memory") for side in ("ours", "theirs"))
            lines.append(" ".join([f"{count:>10,}", *(f"{value:>10.2f}" for value in (*times, *memory))]))
    return "\n".join(lines) if len(lines) > 1 else ""


def _shown(value: float, kind: Kind) -> str:
    if kind == "memory":
        return f"{value:.0f} MB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.0f} us"
