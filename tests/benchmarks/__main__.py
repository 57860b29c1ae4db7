"""``python -m tests.benchmarks``: the cost of some work to this project, to globus-sdk, and at the least."""

import argparse
import datetime
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks import floor, ours, theirs
from tests.benchmarks.report import SIDES, growth, machine, save, table
from tests.benchmarks.rows import QUICK, ROWS, Found, Row, Side, Taken, over
from tests.benchmarks.server import Service, service

# The tests install these, and httpx and httpcore import them where they are: neither brings them to its users.
ABSENT = "import sys; sys.modules.update(dict.fromkeys(('click', 'pygments', 'rich', 'trio')))"
STARTS = 5
"""How often an interpreter is started for one measurement: a start is short, and the least of several tells."""
LONGEST = 300
"""After how many seconds a piece of work hangs."""


def environment(row: Row, service: Service) -> dict[str, str]:
    """As many variables as the row says, those that all sides read among them."""
    tls = row.name.startswith("items")
    needed = {
        "PATH": os.environ["PATH"],
        "GLOBUS_SDK_SERVICE_URL_TRANSFER": service.tls if tls else service.plain,
        "GLOBUS_SDK_VERIFY_SSL": str(service.certificate),
    }
    return {**needed, **{f"FILLER_{number}": "x" * 20 for number in range(row.environment - len(needed))}}


def measured(row: Row, side: Side, service: Service, quick: bool) -> Taken:
    """The processor seconds and peak megabytes of the work in a fresh process."""
    run = [sys.executable, "-m", "tests.benchmarks.work", side, row.name, "1" if quick else str(row.times)]
    done = subprocess.run(
        run, env=environment(row, service), capture_output=True, text=True, check=False, timeout=LONGEST
    )
    if done.returncode:
        raise SystemExit(f"{row.name}, {side}:\n{done.stderr}")
    return Taken(*json.loads(done.stdout))


def started(row: Row, side: Side, service: Service, quick: bool) -> Taken:
    """The processor seconds of an interpreter that imports, or gets a first response, above one that does nothing."""
    module = {"ours": ours, "theirs": theirs, "floor": floor}[side]
    code = module.FOUR if row.name == "import" else module.FIRST
    both = [
        min(_child(f"{ABSENT}\n{text}", environment(row, service)) for _ in range(1 if quick else STARTS))
        for text in (code, "pass")
    ]
    return Taken(both[0] - both[1], 0.0)


def _child(code: str, environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=LONGEST)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: list[str]) -> int:
    """Measure, print, and with ``--check`` judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 when a ratio is more than 10 %% over its bound")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each, by turns; of heavy rows half")
    parser.add_argument("--only", nargs="+", choices=[row.name for row in ROWS], help="these rows alone")
    parser.add_argument("--quick", action="store_true", help="three rows once: whether it runs, not what it takes")
    parser.add_argument("--save", type=Path, metavar="FILE", help="append the run to this Markdown file")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="of the run, in the file; today")
    options = parser.parse_args(arguments)
    names = options.only or (QUICK if options.quick else [row.name for row in ROWS])
    rounds = 1 if options.quick else options.rounds
    print(machine(), flush=True)
    begun = time.monotonic()
    found: list[Found] = []
    with service() as served:
        for row in ROWS:
            if row.name not in names:
                continue
            one, since = Found(row), time.monotonic()
            take = started if row.name in {"import", "first"} else measured
            for _ in range((rounds + 1) // 2 if row.heavy else rounds):
                for side, taken in zip(SIDES, (one.ours, one.theirs, one.floor), strict=True):
                    taken.append(take(row, side, served, options.quick))
            print(f"measured: {row.title}, in {time.monotonic() - since:.0f} s", file=sys.stderr)
            found.append(one)
    tables = [text for text in (table(found), growth(found)) if text]
    print("\n\n".join(tables))
    took = f"Rounds: {rounds}, of heavy rows {(rounds + 1) // 2}; {time.monotonic() - begun:.0f} s in all"
    print(f"\n{took}")
    if options.save:
        save(options.save, options.date, [f"{machine()}. {took}.", *tables])
    if options.check and (missed := over(found)):
        print(f"\nover the bound: {', '.join(missed)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
