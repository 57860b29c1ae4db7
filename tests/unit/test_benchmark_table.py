"""The benchmarks' table, verdicts, checks and files; and that they run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.benchmarks import floor, ours, theirs
from tests.benchmarks.report import growth, save, table
from tests.benchmarks.rows import QUICK, ROWS, Bound, Found, Row, Taken, over
from tests.benchmarks.work import LONGEST, repeated

WORK = Row("work", "some work", Bound(0.60))
BULK = Row("bulk", "bulky work", Bound(0.40), Bound(0.25, 0.50, "the interpreter alone is a third"), items=2_000)


def found(row: Row, *rounds: tuple[float, float], memory: tuple[float, float] = (10, 100)) -> Found:
    """Seconds of ours and theirs, of some rounds that all needed the same memory; the floor is a tenth of theirs."""
    ours, theirs = memory
    return Found(
        row,
        [Taken(time, ours) for time, _ in rounds],
        [Taken(time, theirs) for _, time in rounds],
        [Taken(time / 10, theirs / 10) for _, time in rounds],
    )


def line(of: Found, number: int = 1) -> list[str]:
    """What stands in a line of the table after the name of the work."""
    return table([of]).splitlines()[number][44:].split()


@pytest.mark.parametrize(
    ("ratio", "verdict"), [(0.1, "ok"), (0.60, "ok"), (0.61, "near"), (0.659, "near"), (0.661, "MISSED"), (3, "MISSED")]
)
def test_a_ratio_may_be_a_tenth_over_its_limit(ratio: float, verdict: str) -> None:
    one = found(WORK, (ratio, 1))
    assert line(one)[-1] == verdict
    assert over([one]) == (["some work"] if verdict == "MISSED" else [])


@pytest.mark.parametrize(
    ("ratio", "verdict"), [(0.25, "ok"), (0.26, "limit"), (0.50, "limit"), (0.54, "near"), (0.56, "MISSED")]
)
def test_where_the_target_cannot_be_met_a_check_holds_to_the_limit(ratio: float, verdict: str) -> None:
    one = found(BULK, (1, 10), memory=(ratio * 100, 100))
    assert line(one, 2)[-1] == verdict
    assert over([one]) == (["bulky work: peak memory"] if verdict == "MISSED" else [])


def test_the_time_of_a_row_is_judged_apart_from_its_memory() -> None:
    assert over([found(BULK, (5, 10), memory=(90, 100))]) == ["bulky work", "bulky work: peak memory"]
    assert over([found(BULK, (5, 10))]) == ["bulky work"]
    assert over([]) == []


def test_memory_that_is_not_compared_is_not_judged() -> None:
    one = found(WORK, (0.1, 1), memory=(0, 0))
    assert over([one]) == []
    assert len(table([one]).splitlines()) == 2


def test_the_ratio_is_the_median_of_the_rounds_not_of_the_sides() -> None:
    # The second round was taken while the machine was busy: both took long.
    one = found(WORK, (0.5, 1), (6, 10), (0.9, 1))
    assert line(one) == ["900.0", "ms", "1.00", "s", "100.0", "ms", "0.60", "0.50-0.90", "0.10", "0.60", "0.60", "ok"]


def test_one_bad_round_is_not_held_against_it() -> None:
    assert over([found(WORK, (0.5, 1), (9, 1), (0.5, 1))]) == []


def test_rounds_that_only_one_side_did_are_an_error() -> None:
    one = Taken(1, 1)
    for rounds in ((2, 1, 1), (1, 2, 1), (1, 1, 0)):
        with pytest.raises(ValueError, match=r"shorter|longer"):
            over([Found(WORK, *([one] * count for count in rounds))])


def test_the_table_has_target_and_limit_and_below_it_the_reason() -> None:
    head, time, memory, empty, reason = table([found(BULK, (0.004, 0.02), memory=(40, 100))]).splitlines()
    assert head.split() == ["work", "ours", "globus-sdk", "floor", "ratio", "spread", "least", "target", "bound"]
    assert time.split()[2:] == [
        "4.0",
        "ms",
        "20.0",
        "ms",
        "2.0",
        "ms",
        "0.20",
        "0.20-0.20",
        "0.10",
        "0.40",
        "0.40",
        "ok",
    ]
    assert memory.endswith(" 40 MB     100 MB     10 MB   0.40   0.40-0.40   0.10   0.25   0.50  limit")
    assert not empty
    assert reason == "bulky work: peak memory: the interpreter alone is a third"


def test_the_columns_stand_below_their_heads() -> None:
    head, *lines = table([found(WORK, (0.00002, 1)), found(BULK, (90, 9), memory=(2000, 400))]).splitlines()
    for name in ("globus-sdk", "floor", "ratio", "spread", "least", "target", "bound"):
        end = head.index(name) + len(name)
        assert all(text[end - 1] != " " and text[end] == " " for text in lines[:3])


def test_times_have_units_that_fit() -> None:
    shown = [" ".join(line(found(WORK, (seconds, 1)))[:2]) for seconds in (12.345, 1, 0.9994, 0.001, 0.000_042)]
    assert shown == ["12.35 s", "1.00 s", "999.4 ms", "1.0 ms", "42 us"]


def test_growth_is_told_an_item_for_rows_of_items_alone() -> None:
    found_all = [found(WORK, (1, 2)), found(BULK, (0.004, 0.02), memory=(50, 70))]
    head, *lines = growth(found_all).splitlines()
    assert head.split() == ["items", "us", "each", "globus-sdk", "floor", "peak", "MB", "globus-sdk", "floor"]
    assert [text.split() for text in lines] == [["2,000", "2.00", "10.00", "1.00", "50.00", "70.00", "7.00"]]
    assert growth(found_all[:1]) == ""


def test_every_limit_that_is_not_the_target_has_its_reason_and_is_above_it() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    for row in ROWS:
        for bound in (row.time, row.memory):
            if bound is not None:
                assert bool(bound.reason) == (bound.limit != bound.target)
                assert bound.limit >= bound.target


def test_the_targets_are_those_that_were_set() -> None:
    assert {row.name: (row.time.target, row.memory and row.memory.target) for row in ROWS} == {
        "call_38": (0.47, None),
        "call_3": (0.64, None),
        "flight": (0.40, None),
        "items_1k": (0.80, None),
        "items_10k": (0.80, None),
        "items_100k": (0.40, 0.25),
        "items_1m": (0.33, 0.22),
        "listing_10k": (1.5, None),
        "listing_100k": (1.6, None),
        "pages": (1.2, None),
        "plan": (2.5, None),
        "walk": (0.15, None),
        "walk_1m": (3.0, 0.05),
        "import": (1.0, None),
        "first": (1.15, None),
        "file": (1.2, None),
        "file_hash": (1.6, None),
        "files_size": (1.3, None),
        "files_all": (2.5, None),
        "ranges": (1.3, None),
        "ranges_near": (0.3, None),
    }


def test_every_row_is_done_by_all_sides() -> None:
    measured = [row.name for row in ROWS if row.name not in {"import", "first"}]
    assert list(ours.WORK) == list(theirs.WORK) == list(floor.WORK) == measured
    assert set(QUICK) <= {row.name for row in ROWS}


class Clock:
    """Tells how long the work has taken that is done with it."""

    def __init__(self, each: float) -> None:
        self.each = each
        self.now = 100.0
        self.done = 0

    def work(self) -> float:
        self.done += 1
        self.now += self.each
        return self.each / 1000 * self.done  # seconds a call, not of the whole


@pytest.mark.parametrize(
    ("each", "times", "done"), [(0.0, 1, 1), (0.0, 5, 5), (LONGEST / 4, 50, 4), (LONGEST, 50, 1), (LONGEST * 9, 1, 1)]
)
def test_work_is_done_as_often_as_asked_and_no_longer_than_is_allowed(each: float, times: int, done: int) -> None:
    clock = Clock(each)
    mean = repeated(clock.work, times, lambda: clock.now)
    assert clock.done == done
    assert mean == pytest.approx(each / 1000 * (1 + done) / 2)


def test_runs_are_kept_one_after_another_in_one_file(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    save(file, "2026-01-02", ["a machine.", "the table", "the growth"])
    first = file.read_text(encoding="utf-8")
    assert first.startswith("# Benchmarks\n")
    assert first.endswith("\n\n## 2026-01-02\n\na machine.\n\n```\nthe table\n\nthe growth\n```\n")
    save(file, "2026-01-03", ["another.", "its table"])
    assert file.read_text(encoding="utf-8") == first + "\n## 2026-01-03\n\nanother.\n\n```\nits table\n```\n"


def test_a_quick_run_measures_its_rows_and_keeps_them(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    run = [sys.executable, "-m", "tests.benchmarks", "--quick", "--save", str(file), "--date", "2026-01-02"]
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(run, cwd=root, env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    kept = file.read_text(encoding="utf-8")
    for row in ROWS:
        assert (f"\n{row.title} " in done.stdout) == (row.name in QUICK)
        assert (f"\n{row.title} " in kept) == (row.name in QUICK)
    assert "\n## 2026-01-02\n\nPython " in kept
