"""What is compared, how much of what globus-sdk takes this project may take, and what was found. Measures nothing."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["ROWS", "Bound", "Found", "Row", "Taken", "growth", "over", "table"]

TOLERANCE = 1.10
"""How far over its limit a ratio may be before a check fails: what a busy machine adds."""

Kind = Literal["time", "memory"]
Side = Literal["ours", "theirs"]


@dataclass(frozen=True)
class Bound:
    """The ratio that is aimed at, and the one that holds: another only where a reason says why."""

    target: float
    holds: float | None = None
    reason: str = ""

    @property
    def limit(self) -> float:
        """What a ratio is held to."""
        return self.target if self.holds is None else self.holds


@dataclass(frozen=True)
class Row:
    """One piece of work that both do."""

    name: str
    title: str
    time: Bound
    memory: Bound | None = None
    """The same for the peak memory of the process; None where memory is not compared."""
    environment: int = 38
    """How many environment variables there are: requests reads them at every call."""
    heavy: bool = False
    """Whether a few rounds have to do."""
    items: int = 0
    """Of how many items the work is, for what grows with them."""


ROWS = (
    Row("call_38", "one call, 38 environment variables", Bound(0.60)),
    Row("call_3", "one call, 3 environment variables", Bound(0.85), environment=3),
    Row("flight", "32 calls in flight, async against threads", Bound(0.60)),
    Row("items_1k", "1,000 items", Bound(0.80), items=1_000),
    Row("items_10k", "10,000 items", Bound(0.80), items=10_000),
    Row(
        "items_100k",
        "100,000 items",
        Bound(0.40),
        Bound(0.25, 0.60, "Python with pydantic and httpx is 50 MB by itself, and all of globus-sdk's work 134 MB"),
        items=100_000,
    ),
    Row("items_1m", "1,000,000 items", Bound(0.40), Bound(0.25), heavy=True, items=1_000_000),
    Row("listing_10k", "listing of 10,000 entries", Bound(1.5)),
    Row(
        "listing_100k",
        "listing of 100,000 entries",
        Bound(1.5, 1.75, "an instance, its dict and its set of given fields for each entry: pydantic makes no less"),
        heavy=True,
    ),
    Row("pages", "100 pages of 1,000 tasks", Bound(1.2), heavy=True),
    Row(
        "import",
        "import of four names",
        Bound(0.60, 1.25, "importing pydantic and making a model with one field takes 0.8 to 1.2 by itself"),
    ),
    Row("first", "from import to the first answer", Bound(1.1, 1.50, "pydantic's import, and httpx's after it")),
)


class Taken(NamedTuple):
    """What a piece of work took once: processor seconds, and peak megabytes."""

    time: float
    memory: float


class Ratio(NamedTuple):
    """How one thing compares, over all rounds."""

    kind: Kind
    title: str
    bound: Bound
    values: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def verdict(self) -> str:
        if self.median <= self.bound.target:
            return "ok"
        if self.median <= self.bound.limit:
            return "limit"
        return "MISSED" if self.median > self.bound.limit * TOLERANCE else "near"


@dataclass
class Found:
    """What the rounds of a row gave, ours and theirs of the same round."""

    row: Row
    ours: list[Taken] = field(default_factory=list[Taken])
    theirs: list[Taken] = field(default_factory=list[Taken])

    def figure(self, side: Side, kind: Kind) -> float:
        taken = self.ours if side == "ours" else self.theirs
        return statistics.median(_of(kind, each) for each in taken)

    def ratios(self) -> list[Ratio]:
        """What is compared of this row: the time, and where it has a bound the memory."""
        bounds: list[tuple[Kind, str, Bound | None]] = [
            ("time", self.row.title, self.row.time),
            ("memory", f"{self.row.title}: peak memory", self.row.memory),
        ]
        rounds = list(zip(self.ours, self.theirs, strict=True))
        return [
            Ratio(kind, title, bound, [_of(kind, ours) / _of(kind, theirs) for ours, theirs in rounds])
            for kind, title, bound in bounds
            if bound is not None
        ]


def _of(kind: Kind, taken: Taken) -> float:
    return taken.time if kind == "time" else taken.memory


def over(found: Iterable[Found]) -> list[str]:
    """What is over its limit by more than is to be put down to the machine: what a check refuses."""
    return [ratio.title for each in found for ratio in each.ratios() if ratio.verdict() == "MISSED"]


def table(found: Sequence[Found]) -> str:
    """The figures of all rows, a line each, and why some limits are not what was aimed at."""
    heads = ("ours", "globus-sdk", "ratio", "spread", "target", "limit")
    lines = [f"{'work':44} {heads[0]:>10} {heads[1]:>10} {heads[2]:>6} {heads[3]:>11} {heads[4]:>6} {heads[5]:>6}"]
    reasons: list[str] = []
    for each in found:
        for ratio in each.ratios():
            ours, theirs = (_shown(each.figure(side, ratio.kind), ratio.kind) for side in ("ours", "theirs"))
            spread = f"{min(ratio.values):.2f}-{max(ratio.values):.2f}"
            bounds = f"{ratio.bound.target:6.2f} {ratio.bound.limit:6.2f}"
            figures = f"{ours:>10} {theirs:>10} {ratio.median:6.2f} {spread:>11} {bounds}"
            lines.append(f"{ratio.title:44} {figures}  {ratio.verdict()}")
            if ratio.bound.reason:
                reasons.append(f"{ratio.title}: {ratio.bound.reason}")
    return "\n".join([*lines, *(["", *reasons] if reasons else [])])


def growth(found: Iterable[Found]) -> str:
    """How time and memory an item grow with the number of items; nothing where no row is of items."""
    lines = [f"{'items':>10} {'us each':>10} {'theirs':>10} {'peak MB':>10} {'theirs':>10}"]
    for each in found:
        if count := each.row.items:
            times = (each.figure(side, "time") / count * 1e6 for side in ("ours", "theirs"))
            memory = (each.figure(side, "memory") for side in ("ours", "theirs"))
            lines.append(" ".join([f"{count:>10,}", *(f"{value:>10.2f}" for value in (*times, *memory))]))
    return "\n".join(lines) if len(lines) > 1 else ""


def _shown(value: float, kind: Kind) -> str:
    if kind == "memory":
        return f"{value:.0f} MB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.0f} us"
