"""Write the sync twin of every async module. ``--check`` writes nothing and fails when a twin is stale.

The rules are texts for texts, each with a purpose; a rule that matches nothing anywhere is a mistake, and fails too.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SOURCES = (
    "src/globus_typed/core/async_client.py",
    "src/globus_typed/core/async_connections.py",
    "src/globus_typed/core/async_pager.py",
    "src/globus_typed/transfer/async_client/*.py",
    "src/globus_typed/auth/async_client/*.py",
    "tests/typing/async_*.py",
    "tests/client/async_*.py",
    "tests/client/test_async_*.py",
)

# What a linter or a formatter would say of a twin, it says of the source.
HEADER = "# Generated from {} by tools/unasync.py: change that file.\n# ruff: noqa\n# fmt: off"

RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bawait (?=\w)", ""),
        (r"\basync (?=def |for |with )", ""),
        (r"\basync_(?=\w)", ""),
        (r"\bAsync(?=[A-Z])", ""),
        (r"\bAwaitable\[([^\[\]]+)\]", r"\1"),
        (r"\bAwaitable, ", ""),
        (r"\ba(?=close\b)", ""),
        (r"\b__a(?=(?:enter|exit|iter)__)", "__"),
        (r"\bnumber of tasks\b", "number of threads"),
        (r"``async with``|`async with`", "`with`"),
    )
)


def main(arguments: list[str]) -> int:
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    unused = {pattern.pattern for pattern, _ in RULES}
    stale: list[Path] = []
    twins: set[Path] = set()
    for source in sorted(path for glob in SOURCES for path in ROOT.glob(glob)):
        twin = ROOT / str(source.relative_to(ROOT)).replace("async_", "")
        twins.add(twin)
        text = source.read_text(encoding="utf-8")
        for rule, replacement in RULES:
            text, count = rule.subn(replacement, text)
            if count:
                unused.discard(rule.pattern)
        text = f"{HEADER.format(source.name)}\n{text}"
        if twin.is_file() and twin.read_text(encoding="utf-8") == text:
            continue
        stale.append(twin)
        if not check:
            twin.parent.mkdir(parents=True, exist_ok=True)
            twin.write_text(text, encoding="utf-8")
    orphans = [
        twin for folder in {twin.parent for twin in twins} for twin in folder.glob("*.py") if is_orphan(twin, twins)
    ]
    for path in (*stale, *orphans):
        print(f"{'stale' if path in stale else 'orphan'}: {path.relative_to(ROOT)}")
    for pattern in sorted(unused):
        print(f"rule matches nothing: {pattern}")
    return 1 if unused or orphans or (check and stale) else 0


def is_orphan(path: Path, twins: set[Path]) -> bool:
    """Whether the file was generated from one that is gone."""
    return path not in twins and path.read_text(encoding="utf-8").startswith("# Generated from ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
