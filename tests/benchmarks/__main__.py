"""``python -m tests.benchmarks``: what this project takes, and what globus-sdk takes for the same work."""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from importlib.metadata import version

from tests.benchmarks import ours, theirs
from tests.benchmarks.rows import ROWS, Found, Row, Taken, growth, over, table
from tests.benchmarks.server import Service, service

# What the tests install, and httpx and httpcore import where it is there: neither brings it to those who use them.
ABSENT = "import sys; sys.modules.update(dict.fromkeys(('click', 'pygments', 'rich', 'trio')))"


def environment(row: Row, service: Service) -> dict[str, str]:
    """As many variables as the row says, the ones that both read among them."""
    tls = row.name.startswith("items")
    needed = {
        "PATH": os.environ["PATH"],
        "GLOBUS_SDK_SERVICE_URL_TRANSFER": service.tls if tls else service.plain,
        "GLOBUS_SDK_VERIFY_SSL": str(service.certificate),
    }
    return {**needed, **{f"FILLER_{number}": "x" * 20 for number in range(row.environment - len(needed))}}


def measured(row: Row, side: str, service: Service) -> Taken:
    """What the work takes in a fresh process: processor seconds, and peak megabytes."""
    run = [sys.executable, "-m", "tests.benchmarks.work", side, row.name]
    done = subprocess.run(run, env=environment(row, service), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{row.name}, {side}:\n{done.stderr}")
    return Taken(*json.loads(done.stdout))


def started(row: Row, side: str, service: Service) -> Taken:
    """What an interpreter takes to import, and to get a first answer, above what it takes to do nothing."""
    module = ours if side == "ours" else theirs
    code = module.FOUR if row.name == "import" else module.FIRST
    both = [_child(f"{ABSENT}\n{text}", environment(row, service)) for text in (code, "pass")]
    return Taken(both[0] - both[1], 0.0)


def _child(code: str, environment: dict[str, str]) -> float:
    """The processor seconds of an interpreter that runs the code: the least of several."""
    took: list[float] = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(took)


def main(arguments: list[str]) -> int:
    """Measure, print, and with ``--check`` judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 when a ratio is more than 10 %% over its limit")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured, by turns; heavy ones less")
    parser.add_argument("--only", nargs="+", choices=[row.name for row in ROWS], help="these rows alone")
    options = parser.parse_args(arguments)
    packages = ", ".join(f"{name} {version(name)}" for name in ("globus-sdk", "pydantic", "httpx", "requests"))
    print(f"Python {platform.python_version()}, {packages}; {platform.machine()}, {os.cpu_count()} cores")
    found: list[Found] = []
    with service() as served:
        for row in ROWS:
            if options.only and row.name not in options.only:
                continue
            one = Found(row)
            take = started if row.name in {"import", "first"} else measured
            for _ in range(max(3, options.rounds // 2) if row.heavy else options.rounds):
                one.ours.append(take(row, "ours", served))
                one.theirs.append(take(row, "theirs", served))
            print(f"measured: {row.title}", file=sys.stderr)
            found.append(one)
    print(table(found))
    if lines := growth(found):
        print(f"\n{lines}")
    if options.check and (missed := over(found)):
        print(f"\nover the limit: {', '.join(missed)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
