"""The parts of walks that need no tree: the limiter, patterns, criteria, loops, figures, drawings."""

from datetime import datetime, timedelta, timezone
from pathlib import PurePosixPath
from typing import Any

import pytest

from globus_typed import GlobusUsageError, RateLimiter, WalkDirectory, WalkEntry, WalkError, WalkProgress
from globus_typed.errors import GlobusError
from globus_typed.transfer.walks.criteria import Criteria
from globus_typed.transfer.walks.directories import MOST_LINKS, Directory, LoopGuard
from globus_typed.transfer.walks.drawing import Drawing
from globus_typed.transfer.walks.globs import Glob
from globus_typed.transfer.walks.limiter import shared_limiter
from globus_typed.transfer.walks.usage import Counting

from .walk_trees import file

NOW = 1_700_000_000.0


def entry(path: str, inside: bool = False, **more: object) -> WalkEntry:
    """An entry below ``/top``, by its path from there."""
    above, _, name = f"/top/{path}".rpartition("/")
    return WalkEntry(file(name, {} if inside else None, **more), above, path.count("/"), "/top")


def calls(limiter: RateLimiter, moments: list[float]) -> list[float]:
    return [round(limiter.reserve(now), 3) for now in moments]


def test_a_second_of_calls_may_be_made_at_once_and_the_rest_at_the_rate() -> None:
    limiter = RateLimiter(4)
    assert calls(limiter, [0, 0, 0, 0, 0, 0.2, 0.25, 0.25, 100, 100, 100, 100, 100]) == [
        *(0, 0, 0, 0, 0.25, 0.05, 0, 0.25),
        *(0, 0, 0, 0, 0.25),
    ]


def test_no_more_calls_are_made_in_a_long_time_than_the_rate_allows() -> None:
    limiter, now, made = RateLimiter(10), 0.0, 0
    while now < 100:
        wait = limiter.reserve(now)
        made += not wait
        now += wait
    assert 1000 <= made <= 1010


def test_a_slow_rate_and_none() -> None:
    assert calls(RateLimiter(0.5), [0, 0, 1, 2, 2]) == [0, 2, 1, 0, 2]
    assert calls(RateLimiter(None), [0] * 1000) == [0] * 1000


def test_after_a_429_nobody_calls_until_the_time_is_up() -> None:
    limiter = RateLimiter(None)
    limiter.pause(30, 1000)
    limiter.pause(5, 1001)
    assert calls(limiter, [1001, 1029.5, 1030, 1030]) == [29, 0.5, 0, 0]


def test_a_clock_that_is_set_back_makes_no_wait_longer() -> None:
    limiter = RateLimiter(2)
    calls(limiter, [5000] * 2)
    assert limiter.reserve(1000) <= 0.5
    limiter.pause(7, 5000)
    assert limiter.reserve(100) == 7


@pytest.mark.parametrize("rate", [0, -1, True, "10", float("inf"), float("nan")])
def test_a_rate_that_cannot_be_is_refused(rate: Any) -> None:
    with pytest.raises(GlobusUsageError, match="calls_per_second: must be a number above 0"):
        RateLimiter(rate)


def test_users_share_a_limiter_each() -> None:
    other = RateLimiter()
    assert shared_limiter(other) is shared_limiter(other)
    assert shared_limiter(RateLimiter()) is not shared_limiter(other)
    assert (repr(other), repr(RateLimiter(None))) == ("RateLimiter(10.0)", "RateLimiter(None)")


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("*.csv", ["a.csv", ".csv"], ["b/a.csv", "a.CSV", "a.csv.gz"]),
        ("**/*.csv", ["a.csv", "b/a.csv", "b/c/d/a.csv"], ["b/a.txt", "a.csv/b"]),
        ("**", ["a", "a/b", "a/b/c"], []),
        ("a/**", ["a", "a/b", "a/b/c"], ["b", "b/a"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a", "b", "a/b/c"]),
        ("**/x/**/*.t", ["x/a.t", "b/x/c/d/a.t"], ["a.t", "b/a.t"]),
        ("**/**/a", ["a", "b/a", "b/c/a"], ["b"]),
        ("run?/[ab]*", ["run1/a", "run1/bc"], ["run/a", "run1/c", "run1/a/b"]),
        ("[!a]", ["b"], ["a", "bb"]),
        ("a.b", ["a.b"], ["axb"]),
        ("x\ny*", ["x\ny", "x\nyz"], ["x y"]),
    ],
)
def test_patterns_match_as_those_of_pathlib(pattern: str, matching: list[str], others: list[str]) -> None:
    glob = Glob(pattern)
    assert [path for path in (*matching, *others) if glob.matches(path)] == matching
    # Whatever matches is below directories that may lead to it.
    for path in matching:
        assert all(glob.may_lead_to(str(above)) for above in PurePosixPath(path).parents if str(above) != ".")


def test_directories_below_which_nothing_can_match_are_not_entered() -> None:
    assert not Glob("*.csv").may_lead_to("a")
    assert [Glob("a/*/c").may_lead_to(path) for path in ("a", "b", "a/x", "a/x/c")] == [True, False, True, False]
    assert Glob("a/**/c").may_lead_to("a/b/c/d/e")


@pytest.mark.parametrize("pattern", ["", "/a", "~/a", "a/", "a//b", "../a", "./a", "a**", "**.csv", "a/***", 5])
def test_patterns_that_mean_nothing_are_refused(pattern: Any) -> None:
    with pytest.raises(GlobusUsageError, match=r"pattern: .*must"):
        Glob(pattern)


def found(more: dict[str, Any], **criteria: Any) -> bool:
    given: dict[str, Any] = dict.fromkeys(("type", "older_than", "newer_than", "larger_than", "smaller_than"))
    return Criteria(criteria.pop("pattern", None), **{**given, **criteria}, now=NOW).keep(entry("d/a.csv", **more))


AN_HOUR_AGO = {"last_modified": "2023-11-14 21:13:20+00:00"}
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_ages_and_times() -> None:
    assert found(AN_HOUR_AGO, older_than=HOUR)
    assert found(AN_HOUR_AGO, newer_than=HOUR)
    assert not found(AN_HOUR_AGO, older_than=HOUR + SECOND)
    assert not found(AN_HOUR_AGO, newer_than=HOUR - SECOND)
    assert found(AN_HOUR_AGO, older_than=timedelta(0))
    when = datetime(2023, 11, 14, 22, 13, 20, tzinfo=timezone(HOUR))
    assert found(AN_HOUR_AGO, older_than=when, newer_than=when)
    assert not found(AN_HOUR_AGO, older_than=when - SECOND)
    for unknown in ({}, {"last_modified": None}, {"last_modified": "some day"}):
        assert not found(unknown, older_than=timedelta(0))
        assert not found(unknown, newer_than=HOUR)


def test_sizes_and_types() -> None:
    assert found({"size": 10}, larger_than=9, smaller_than=11)
    assert not found({"size": 10}, larger_than=10)
    assert not found({"size": 10}, smaller_than=10)
    assert not found({"size": None}, larger_than=0)
    assert not found({"size": None}, smaller_than=9)
    assert found({}, type="file")
    assert found({}, type=["dir", "file"], pattern="d/*.csv")
    assert not found({}, type="dir")
    assert not found({}, type="file", pattern="*.csv")


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ({"older_than": datetime(2024, 1, 1)}, "older_than: a time needs a time zone"),
        ({"newer_than": datetime(2024, 1, 1)}, "newer_than: a time needs a time zone"),
        ({"older_than": 60}, r"older_than: must be an age such as timedelta\(days=60\)"),
        ({"older_than": timedelta(days=-1)}, "older_than: must not be negative"),
        ({"older_than": timedelta.max}, "older_than: no clock goes back that far"),
        ({"larger_than": -1}, "larger_than: must be a whole number, at least 0"),
        ({"smaller_than": "1 MB"}, "smaller_than: must be a whole number"),
        ({"type": "directory"}, 'type: must be one of .*; did you mean "dir"'),
        ({"type": "flie"}, 'type: must be one of .*; did you mean "file"'),
        ({"type": []}, "type: must be at least one"),
        ({"type": 5}, "type: must be a type"),
    ],
)
def test_criteria_that_make_no_sense_are_refused(criteria: dict[str, Any], message: str) -> None:
    with pytest.raises(GlobusUsageError, match=message):
        found({}, **criteria)


def link(path: str, target: str) -> WalkEntry:
    return entry(path, inside=True, link_target=target)


def test_a_symlink_to_where_the_walk_came_from_is_not_followed() -> None:
    guard, top = LoopGuard("/home/heron/top"), Directory("/top", 0)
    a = guard.directory(top, entry("a", inside=True))
    assert a is not None
    b = guard.directory(a, entry("a/b", inside=True))
    assert b is not None
    for target in ("..", ".", "../b", "../..", "/home/heron/top/a", "/home/heron/./top"):
        assert guard.directory(b, link("a/b/loop", target)) is None
    elsewhere = guard.directory(b, link("a/b/out", "../../other"))
    assert elsewhere is not None
    assert elsewhere.links == ((3, "/home/heron/top/other"),)
    # Once is enough, by whatever link.
    assert guard.directory(a, link("a/out", "../other/")) is None
    # Within its target, paths are those of the target.
    inner = guard.directory(elsewhere, entry("a/b/out/x", inside=True))
    assert inner is not None
    assert guard.directory(inner, link("a/b/out/x/back", "../../other/x")) is None
    # The directory itself is entered, though a link to it came first.
    assert guard.directory(top, entry("other", inside=True)) is not None


def test_a_path_has_no_more_than_so_many_symlinks() -> None:
    guard, directory, path = LoopGuard("/"), Directory("/top", 0), "l"
    for number in range(MOST_LINKS):
        following = guard.directory(directory, link(path, f"/elsewhere/{number}"))
        assert following is not None
        directory, path = following, f"{path}/l"
    assert guard.directory(directory, link(path, "/elsewhere/more")) is None


def test_what_is_counted() -> None:
    counting = Counting(2, follow_symlinks=False)
    for each in (
        *(entry(f"f{size}", size=size) for size in (5, 7, 7, 1)),
        *(entry("d", inside=True), entry("u", size=None), link("l", "d"), entry("p", type="pipe")),
        *(entry("s", link_target="f5", size=5), entry("i", type="invalid_symlink", link_target="x")),
    ):
        counting.add(each)
    usage = counting.usage([])
    assert (usage.files, usage.bytes, usage.directories, usage.unknown_sizes) == (5, 20, 1, 1)
    assert (usage.symlinks, usage.others, usage.is_complete) == (3, 1, True)
    assert [each.size for each in usage.largest] == [7, 7]
    none = Counting(0, follow_symlinks=True)
    none.add(entry("s", link_target="f5", size=5))
    assert (none.usage([]).files, none.usage([]).largest) == (1, ())


def test_a_drawing() -> None:
    drawing = Drawing("/top")
    inside = (entry("a", inside=True), link("l", "/up"), entry("z", inside=True))
    drawing.add(WalkDirectory("/top", inside, (entry("b\x1b[31m.txt"), entry("q", link_target="b"))))
    drawing.add(WalkDirectory("/top/a", (), (entry("a/one"), entry("a/ü"))))
    text = drawing.text([WalkError("/top/z", GlobusError("no\nway"))], ["/top/l"])
    assert text.splitlines() == [
        "/top/",
        "├── a/",
        "│   ├── one",
        "│   └── ü",
        "├── b\\x1b[31m.txt",
        "├── l/ -> /up  [not followed: leads to where the walk has been]",
        "├── q -> b",
        "└── z/  [no way]",
        "",
        "3 directories, 4 files",
    ]


def test_a_drawing_of_nothing_and_of_a_deep_tree() -> None:
    assert Drawing("/").text() == "/\n\n0 directories, 0 files"
    drawing, path = Drawing("/top"), "/top"
    for depth in range(1500):
        inside = WalkEntry(file("d", {}), path, depth, "/top")
        drawing.add(WalkDirectory(path, (inside,), ()))
        path = inside.path
    assert len(drawing.text().splitlines()) == 1503


def test_paths_of_entries() -> None:
    at_root = WalkEntry(file("a"), "/", 0, "/")
    assert (at_root.path, at_root.relative) == ("/a", "a")
    below = WalkEntry(file("b"), "/~/x", 1, "/~")
    assert (below.path, below.relative, below.name, below.is_directory) == ("/~/x/b", "x/b", "b", False)
    assert hash(below) == hash(WalkEntry(file("b"), "/~/x", 1, "/~"))
    assert WalkProgress(1, 30, 0, 2.0).rate == 15
    assert WalkProgress(0, 0, 1, 0.0).rate == 0
