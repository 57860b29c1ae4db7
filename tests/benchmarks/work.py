"""Does one piece of work in a process of its own, by ``python -m tests.benchmarks.work SIDE NAME TIMES``, and prints
what it took: processor seconds and peak megabytes."""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
B = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20002"
CALLS = 1600
IN_FLIGHT = 32
DIRECTORIES = 1000
LONGEST = 20.0
"""After how many processor seconds a piece of work is not begun again, however often it was to be done."""


def paths(count: int) -> Iterator[tuple[str, str]]:
    """The source and destination of each item of a transfer."""
    for number in range(count):
        yield (
            f"/~/outbox/run7/part{number % 97:03}/sample_{number:07}.dat",
            f"/results/run7/part{number % 97:03}/sample_{number:07}.dat",
        )


def two_listings() -> tuple[bytes, bytes]:
    """Bodies of the listings of two directories of 100,000 files, a tenth of which differ in size."""
    data = Path(__file__).parent.parent / "data" / "transfer"
    listing, entry = (json.loads((data / name).read_bytes()) for name in ("file_list.json", "file.json"))

    def body(more: int) -> bytes:
        names = ((number, f"sample_{number:07}.dat") for number in range(100_000))
        entries = [{**entry, "name": name, "size": number + (number % 10 == 0) * more} for number, name in names]
        return json.dumps({**listing, "DATA": entries}).encode()

    return body(0), body(1)


_before = 0.0


def memory_counts_from_here() -> None:
    """What this process has by now, its interpreter and modules, is no part of the memory that its work takes."""
    global _before
    _before = _megabytes("VmRSS")


def peak() -> float:
    """The most memory that this process has had, in megabytes: of its own, and not of the one it was forked from."""
    return _megabytes("VmHWM") - _before


def _megabytes(name: str) -> float:
    (kilobytes,) = re.findall(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(kilobytes) / 1024


def repeated(work: Callable[[], float], times: int, clock: Callable[[], float] = time.process_time) -> float:
    """The mean of what the work says it took, done so many times, or until the process has worked for too long.

    The mean, and not the least: the garbage collector's full passes are a part of it that not every repetition pays.

    Parameters: `clock`, in seconds, for tests. The limit goes by it, and not by what the work says, which may be the
    seconds of one call among thousands.
    """
    begun = clock()
    took = [work()]
    while len(took) < times and clock() - begun < LONGEST:
        took.append(work())
    return sum(took) / len(took)


if __name__ == "__main__":
    side, name, times = sys.argv[1:]
    work = importlib.import_module(f"tests.benchmarks.{side}").WORK[name]
    took = repeated(work, int(times))
    # This file is a module too, which the work imports, and tells where its memory begins.
    print(json.dumps([took, importlib.import_module("tests.benchmarks.work").peak()]))
