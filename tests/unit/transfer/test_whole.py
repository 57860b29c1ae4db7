"""What is seen across the fields and items of a task: refused, or only warned of."""

import warnings
from datetime import datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from globus_typed import DeleteData, GlobusWarning, TransferData

A, B = "c0a81f30-7d52-4e0b-9b1e-5f2e6a100001", "c0a81f30-7d52-4e0b-9b1e-5f2e6a100002"
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def transfer(*items: tuple[str, str, bool | None], there: str = B) -> TransferData:
    data = TransferData(A, there)
    for source, destination, recursive in items:
        data.add_item(source, destination, recursive)
    return data


def refused(data: TransferData | DeleteData) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        data.check(NOW.timestamp())
    return [(problem["loc"], problem["msg"]) for problem in caught.value.errors()]


def warned(data: TransferData | DeleteData) -> list[str]:
    with pytest.warns(GlobusWarning) as told:
        assert data.check(NOW.timestamp()) is data
    assert all(each.filename == __file__ for each in told)
    return [str(each.message) for each in told]


def quiet(data: TransferData | DeleteData) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data.check(NOW.timestamp())


def test_a_file_is_written_once() -> None:
    data = transfer(("/a", "/x", False), ("/b", "/y", False), ("/c", "/x", False), ("/d/", "/x/", True))
    assert refused(data) == [
        (("items", 2, "destination_path"), 'is written by items[0] too, "/x"'),
        (("items", 3, "destination_path"), 'is written by items[0] too, "/x"'),
    ]


@pytest.mark.parametrize("recursive", [True, None])
def test_directories_may_be_merged_though_that_is_suspicious(recursive: bool | None) -> None:
    data = transfer(("/a/", "/x/", recursive), ("/b/", "/x", recursive))
    assert warned(data) == ['items[1].destination_path: is written by items[0] too, "/x"']


def test_a_symlink_is_written_once_too() -> None:
    data = transfer(("/a/", "/x", True))
    data.add_symlink_item("/l", "/x")
    assert refused(data)[0][0] == ("items", 1, "destination_path")


@pytest.mark.parametrize(
    ("source", "destination", "why"),
    [
        ("/a/", "/a/b/", "lies inside its own source"),
        ("/a", "/a/b/c", "lies inside its own source"),
        ("/~/a/", "/~/a", "is the source itself"),
        ("/", "/copy/", "lies inside its own source"),
    ],
)
def test_a_directory_is_not_copied_into_itself(source: str, destination: str, why: str) -> None:
    ((place, message),) = refused(transfer(("/other", "/else", False), (source, destination, True), there=A))
    assert place == ("items", 1, "destination_path")
    assert message == f'{why} on one collection, "{destination}"'
    quiet(transfer((source, destination, True)))


def test_what_only_looks_like_inside_is_no_problem() -> None:
    quiet(transfer(("/a/", "/ab/", True), ("/b/c/", "/b/", True), ("/x", "/~/x", False), there=A))


def test_a_deadline_lies_ahead() -> None:
    data = transfer(("/a", "/b", False))
    data.deadline = NOW
    assert refused(data) == [(("deadline",), "must be in the future, got 2026-01-01T00:00:00+00:00")]
    data.deadline = NOW + timedelta(seconds=1)
    quiet(data)


def test_deleting_what_is_extra_needs_a_directory() -> None:
    data = transfer(("/a", "/b", False))
    data.delete_destination_extra = True
    assert warned(data) == ["delete_destination_extra: does nothing, since no item is a directory (recursive)"]
    for recursive in (True, None):
        data.add_item(f"/{recursive}", f"/to/{recursive}", recursive)
        quiet(data)


def rules(*given: tuple[str, str | None]) -> TransferData:
    data = transfer(("/a/", "/b/", True))
    for name, kind in given:
        data.add_filter_rule(name, type="file" if kind == "file" else "dir" if kind == "dir" else None)
    return data


def test_a_rule_after_one_that_takes_all_is_suspicious() -> None:
    message = "filter_rules[{}]: never decides, since filter_rules[{}] takes all that it fits".format
    assert warned(rules(("*.tmp", None), ("*", None), ("*.csv", "file"))) == [message(2, 1)]
    assert warned(rules(("*", "file"), ("*.csv", "file"), ("*", "dir"))) == [message(1, 0)]
    assert warned(rules(("x", None), ("x", "dir"))) == [message(1, 0)]
    quiet(rules(("*", "file"), ("*.csv", None), ("*.tsv", "dir"), ("*", "dir")))


def deleted(*paths: str, globs: bool | None = None) -> DeleteData:
    data = DeleteData(A, recursive=True, interpret_globs=globs)
    for path in paths:
        data.add_item(path)
    return data


def test_a_pattern_that_is_taken_for_a_name_is_suspicious() -> None:
    assert warned(deleted("/ok", "/a/*.tmp", "/b[1]/")) == [
        'items[1].path: is taken as it stands, "/a/*.tmp"; set interpret_globs for a pattern',
        'items[2].path: is taken as it stands, "/b[1]/"; set interpret_globs for a pattern',
    ]
    quiet(deleted("/a/*.tmp", globs=True))
    quiet(deleted("/a/*.tmp", globs=False))
    quiet(deleted("/a*/b"))


def test_what_is_deleted_twice_is_suspicious() -> None:
    assert warned(deleted("/a", "/b", "/a/")) == ['items[2].path: is deleted by items[0] too, "/a"']


def test_of_many_findings_the_first_are_told_and_the_others_counted() -> None:
    told = refused(transfer(*[("/a", f"/x{n % 40}", False) for n in range(80)]))
    assert len(told) == 21
    assert told[-1] == (("items",), "and 20 more problems")


def test_nothing_to_do_is_refused() -> None:
    assert refused(TransferData(A, B)) == [(("items",), "there must be at least one: add it with add_item")]
    assert refused(DeleteData(A)) == [(("items",), "there must be at least one: add it with add_item")]
