"""The rows: what is compared, how much of globus-sdk's time and memory this project may take, and what was found."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["QUICK", "ROWS", "Bound", "Found", "Kind", "Row", "Side", "Taken", "over"]

TOLERANCE = 1.10
"""How far over its bound a ratio may be before a check fails: a busy machine adds that much."""

Kind = Literal["time", "memory"]
Side = Literal["ours", "theirs", "floor"]


@dataclass(frozen=True)
class Bound:
    """The ratio that is aimed at, and the one that holds: another only where a reason says why."""

    target: float
    holds: float | None = None
    reason: str = ""

    @property
    def limit(self) -> float:
        """The ratio that a check holds to."""
        return self.target if self.holds is None else self.holds


@dataclass(frozen=True)
class Row:
    """One piece of work that all sides do."""

    name: str
    title: str
    time: Bound
    memory: Bound | None = None
    """The same for the peak memory of the process; None where memory is not compared."""
    environment: int = 38
    """The number of environment variables: requests reads them at every call."""
    heavy: bool = False
    """Whether fewer rounds have to do."""
    times: int = 1
    """How often a process does the work for one measurement: work that is short tells too little by itself."""
    items: int = 0
    """The number of items, for work whose time and memory grow with it."""
    memory_title: str = "peak memory"
    """The memory that is compared."""


_ENTRIES = "an instance, its dict and its set of given fields for each entry, which the garbage collector walks"

ROWS = (
    Row(
        "call_38",
        "one call, 38 environment variables",
        Bound(0.47, 0.55, "of one call, httpx's transport, httpcore and h11 take six sevenths"),
    ),
    Row("call_3", "one call, 3 environment variables", Bound(0.64, 0.72, "as above"), environment=3),
    Row(
        "flight",
        "32 calls in flight, async against threads",
        Bound(0.40, 0.65, "anyio beneath httpcore; and the cost of threads varies with what else the machine does"),
    ),
    Row("items_1k", "1,000 items", Bound(0.80), times=20, items=1_000),
    Row("items_10k", "10,000 items", Bound(0.80), times=5, items=10_000),
    Row(
        "items_100k",
        "100,000 items",
        Bound(0.40),
        Bound(0.25, 0.60, "Python with pydantic and httpx is 50 MB by itself, and all of globus-sdk's work 134 MB"),
        items=100_000,
    ),
    Row(
        "items_1m",
        "1,000,000 items",
        Bound(0.33, 0.36, "a check of every item"),
        Bound(0.22, 0.25, "as above"),
        heavy=True,
        items=1_000_000,
    ),
    Row("listing_10k", "listing of 10,000 entries", Bound(1.5, 1.65, _ENTRIES)),
    Row("listing_100k", "listing of 100,000 entries", Bound(1.6, 2.5, _ENTRIES), heavy=True),
    Row("pages", "100 pages of 1,000 tasks", Bound(1.2), heavy=True),
    Row("plan", "plan of 100,000 against 100,000 files", Bound(2.5)),
    Row(
        "walk",
        "walk of 1,000 directories, 50 ms each: wall time",
        Bound(0.15),
        heavy=True,
    ),
    Row(
        "walk_1m",
        "walk of 1,000,000 entries",
        Bound(3.0),
        Bound(0.05),
        heavy=True,
        memory_title="memory kept",
    ),
    Row(
        "import",
        "import of four names",
        Bound(1.0, 1.25, "importing pydantic and making a model with one field is 1.0 by itself"),
    ),
    Row(
        "first",
        "from import to the first response",
        Bound(1.15, 1.40, "as above, and httpx"),
    ),
    Row("file", "download of 512 MB, httpx streaming with fsync", Bound(1.2), heavy=True),
    Row("file_hash", "the same, with SHA-256", Bound(1.6), heavy=True),
    Row("files_size", "1,000 downloads of 10 kB, 16 at once, httpx", Bound(1.3)),
    Row("files_all", "the same, with all checks", Bound(2.5)),
    Row("ranges", "1,000 ranges of 10 kB, httpx in 16 tasks", Bound(1.3)),
    Row("ranges_near", "the same, adjacent ones", Bound(0.3)),
)
QUICK = ("flight", "items_1k", "first")
"""The rows that a quick run measures once: an async call, a submission over TLS, and a program from its start."""


class Taken(NamedTuple):
    """The cost of a piece of work, done once: processor seconds, and peak megabytes."""

    time: float
    memory: float


class Ratio(NamedTuple):
    """One comparison with globus-sdk, over all rounds."""

    kind: Kind
    title: str
    bound: Bound
    values: list[float]
    """Ours to theirs, of each round."""
    least: list[float]
    """The floor to theirs, of each round."""

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
    """The measurements of a row: of every side one in each round."""

    row: Row
    ours: list[Taken] = field(default_factory=list[Taken])
    theirs: list[Taken] = field(default_factory=list[Taken])
    floor: list[Taken] = field(default_factory=list[Taken])

    def figure(self, side: Side, kind: Kind) -> float:
        taken = {"ours": self.ours, "theirs": self.theirs, "floor": self.floor}[side]
        return statistics.median(_of(kind, each) for each in taken)

    def ratios(self) -> list[Ratio]:
        """The comparisons of this row: of time, and where it has a bound of memory."""
        bounds: list[tuple[Kind, str, Bound | None]] = [
            ("time", self.row.title, self.row.time),
            ("memory", f"{self.row.title}: {self.row.memory_title}", self.row.memory),
        ]
        rounds = list(zip(self.ours, self.theirs, self.floor, strict=True))
        return [
            Ratio(
                kind,
                title,
                bound,
                [_of(kind, ours) / _of(kind, theirs) for ours, theirs, _ in rounds],
                [_of(kind, floor) / _of(kind, theirs) for _, theirs, floor in rounds],
            )
            for kind, title, bound in bounds
            if bound is not None
        ]


def _of(kind: Kind, taken: Taken) -> float:
    return taken.time if kind == "time" else taken.memory


def over(found: Iterable[Found]) -> list[str]:
    """The titles of ratios over their bound by more than the machine explains: a check refuses them."""
    return [ratio.title for each in found for ratio in each.ratios() if ratio.verdict() == "MISSED"]
