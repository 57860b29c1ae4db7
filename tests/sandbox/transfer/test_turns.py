"""Threads that take turns, and tasks whose movers do."""

import threading
from itertools import groupby
from pathlib import Path

from globus_typed.sandbox.transfer.mover.turns import Turn, Turns

from .bench import build, item, write

STEPS = 1200
"""A multiple of how many steps a turn lasts."""


def test_each_thread_does_many_steps_before_another_goes_on() -> None:
    turns, log = Turns(), list[str]()

    def work(name: str) -> None:
        turn = Turn(turns)
        turn.take()
        for _ in range(STEPS):
            log.append(name)
            turn.step()
        turn.leave()

    first = Turn(turns)
    first.take()
    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    assert not log
    first.leave()
    for thread in threads:
        thread.join(20)
    runs = [len(list(run)) for _, run in groupby(log)]
    assert len(log) == 3 * STEPS
    assert all(length % 300 == 0 for length in runs)


def test_the_one_that_waits_goes_on_when_another_leaves_or_ends_its_turn() -> None:
    turns, went = Turns(), threading.Event()
    first, second = Turn(turns), Turn(turns)
    first.take()

    def work() -> None:
        second.take()
        went.set()
        second.leave()

    thread = threading.Thread(target=work)
    thread.start()
    while not went.is_set():
        # Where the other has not come yet, this thread's next turn begins at once.
        first.step()
    thread.join(20)
    first.leave()


def test_who_has_no_turn_neither_ends_nor_keeps_that_of_another() -> None:
    turns = Turns()
    first, second = Turn(turns), Turn(turns)
    first.take()
    second.leave()
    second.step()
    first.take()
    first.leave()
    first.leave()
    second.take()
    second.leave()


def test_tasks_of_all_kinds_and_ends_let_each_other_go_on(tmp_path: Path) -> None:
    bench = build(tmp_path, paced=False)
    large = "x" * 600_000
    write(bench.here, {f"d/{number}": "" for number in range(500)} | {"e/large": large})
    write(bench.there, {f"old/{number}": "" for number in range(500)})
    submitted = [
        bench.submit(document)
        for document in (
            bench.transfer(item("/d", "/first", True)),
            bench.transfer(item("/absent", "/absent", False)),
            bench.transfer(item("/e/large", "/large", False), verify_checksum=True),
            bench.transfer(item("/e/large", "/wrong", False, external_checksum="0" * 32)),
            bench.delete("/old", recursive=True),
            bench.transfer(*(item(f"/d/{number}", f"/second/{number}", False) for number in range(500))),
        )
    ]
    ends = [bench.finish(task_id)["status"] for task_id in submitted]
    assert ends == ["SUCCEEDED", "FAILED", "SUCCEEDED", "FAILED", "SUCCEEDED", "SUCCEEDED"]
    assert sorted(path.name for path in bench.there.iterdir()) == ["first", "large", "second"]
    assert [len(list((bench.there / name).iterdir())) for name in ("first", "second")] == [500, 500]
    bench.state.close()
