"""Does one piece of work in a process of its own, by ``python -m tests.benchmarks.work SIDE NAME``, and prints what it
took: processor seconds and peak megabytes."""

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
B = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20002"
CALLS = 1600
IN_FLIGHT = 32
ENOUGH = 0.5
"""For how many processor seconds work is done again, where once is too short to go by."""


def paths(count: int) -> Iterator[tuple[str, str]]:
    """Where the items of a transfer come from and go to."""
    for number in range(count):
        yield (
            f"/~/outbox/run7/part{number % 97:03}/sample_{number:07}.dat",
            f"/results/run7/part{number % 97:03}/sample_{number:07}.dat",
        )


def peak() -> float:
    """The most memory that this process has had, in megabytes: of its own, and not of the one it was forked from."""
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    side, name = sys.argv[1:]
    work = importlib.import_module(f"tests.benchmarks.{side}").WORK[name]
    # What else goes on in the machine only adds: the least of several is nearest to what short work takes.
    took = [work()]
    while sum(took) < ENOUGH:
        took.append(work())
    print(json.dumps([min(took), peak()]))
