"""Documents in files: what is found in them, and on which line."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from globus_typed.check.reader import BATCH
from globus_typed.check.validation import Found, Summary, validate
from globus_typed.schema.catalogue import named

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
B = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20004"
DATA = Path(__file__).parents[1] / "data"
HEAD = f'"DATA_TYPE": "transfer", "source_endpoint": "{A}", "destination_endpoint": "{B}"'


def found(text: str | bytes, name: str = "", kind: str = "") -> list[str]:
    """What is found in a file, as lines."""
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    return [shown(each) for each in validate(file, name, named(kind))]


def shown(each: Found) -> str:
    place = f"{each.line}" if each.column is None else f"{each.line}:{each.column}"
    return f"{place} {'' if each.what == 'problem' else each.what + ' '}{each.text}"


def item(number: int, destination: str = "/to/") -> dict[str, Any]:
    paths = {"source_path": f"/from/{number}", "destination_path": f"{destination}{number}"}
    return {"DATA_TYPE": "transfer_item", **paths, "recursive": False}


def document(count: int, *, head_first: bool = True, wrong: tuple[int, ...] = ()) -> Iterator[str]:
    """A transfer with an item a line, from line 2 on, in pieces."""
    yield "{" + (f"{HEAD}, " if head_first else "") + '"DATA": [\n'
    for number in range(count):
        text = json.dumps(item(number, "to/" if number in wrong else "/to/"))
        yield text + (",\n" if number + 1 < count else "\n")
    yield "]" + ("" if head_first else f", {HEAD}") + "}\n"


def absolute(line: int, number: int) -> str:
    problem = f'must be absolute (start with "/" or "~"), got "to/{number}"'
    return f"{line} items[{number}].destination_path: {problem}"


@pytest.mark.parametrize("path", sorted(DATA.glob("transfer/*.json")), ids=lambda path: path.stem)
def test_a_golden_document_is_right_or_has_to_be_named(path: Path) -> None:
    problems = found(path.read_bytes())
    missing = "DATA_TYPE: is missing; say with --as which document it is"
    expected = [] if "DATA_TYPE" in json.loads(path.read_bytes()) else [f"1 unusable {missing}"]
    assert problems == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("auth/dependent_token_response", "DependentTokenResponse"),
        ("auth/userinfo", "UserInfo"),
        ("auth/sent_project_full", "ProjectCreate"),
        ("transfer/sent_tunnel_full", "TunnelCreate"),
        ("transfer/bookmark_list_bare", "BookmarkList"),
        ("transfer/bookmark_list_bare", "bookmark_list"),
        ("transfer/sent_endpoint_update", "endpoint"),
        ("transfer/shared_endpoint_list", "SharedEndpointList"),
    ],
)
def test_a_document_is_what_it_is_said_to_be(name: str, kind: str) -> None:
    assert found((DATA / f"{name}.json").read_bytes(), kind=kind) == []


def test_problems_name_the_line_of_their_member() -> None:
    text = f"""{{
  "DATA_TYPE": "transfer",
  "source_endpoint": "{A}",
  "DATA": [
    {{"DATA_TYPE": "transfer_item", "source_path": "/a", "destination_path": "/b"}},
    {{
      "DATA_TYPE": "transfer_item",
      "source_path": "a",
      "destination_paths": "/b"
    }},
    17
  ],
  "label": " padded",
  "news": 1
}}"""
    assert found(text) == [
        '6 items[1].source_path: must be absolute (start with "/" or "~"), got "a"',
        "6 items[1].destination_path: Field required",
        '6 items[1].destination_paths: Extra inputs are not permitted; did you mean "destination_path"?',
        "11 items[2]: Input should be a valid dictionary or instance of TransferItem",
        '13 label: must not begin or end with whitespace, got " padded"',
        "1 destination_endpoint: Field required",
        "14 news: Extra inputs are not permitted",
    ]


@pytest.mark.parametrize("head_first", [True, False])
def test_items_are_looked_at_together_too(head_first: bool) -> None:
    items = [item(number) for number in range(3 * BATCH)]
    items[5]["destination_path"] = items[2 * BATCH + 7]["destination_path"] = "/to/same"
    items[9]["destination_path"] = "not/absolute"
    body = "[\n" + ",\n".join(map(json.dumps, items)) + "]"
    text = f'{{{HEAD}, "DATA": {body}}}' if head_first else f'{{"DATA": {body}, {HEAD}}}'
    wrong, again = found(text)
    assert wrong.startswith("11 items[9].destination_path: must be absolute")
    assert again.startswith(f"{2 * BATCH + 9} items[{2 * BATCH + 7}].destination_path: is written by items[5] too")


def test_what_is_suspicious_is_a_warning() -> None:
    text = f'{{"DATA_TYPE": "delete", "endpoint": "{A}", "DATA": [\n{{"DATA_TYPE": "delete_item", "path": "/a/*"}}]}}'
    (warning,) = found(text)
    assert warning.startswith("2 warning items[0].path: is taken as it stands")


def test_names_in_python_are_no_names_on_the_wire() -> None:
    text = f'{{"DATA_TYPE": "delete", "endpoint": "{A}", "items": [{{"DATA_TYPE": "delete_item", "path": "/a"}}]}}'
    assert found(text) == ['1 items: Extra inputs are not permitted; did you mean "DATA"?']


def test_a_name_that_stands_twice_is_a_problem() -> None:
    text = """{"DATA_TYPE": "delete", "endpoint": "%s",
"endpoint": "%s", "DATA": [
{"DATA_TYPE": "delete_item", "path": "/a",
"path": "/b"}], "label": "twice"}""" % (A, A)  # noqa: UP031  # braces enough
    assert found(text) == ["2 endpoint: appears twice", "3 items[0].path: appears twice"]


def test_items_that_stand_twice_are_all_looked_at() -> None:
    items = '"DATA": [{"DATA_TYPE": "delete_item", "path": "/%s"}, {"DATA_TYPE": "delete_item", "path": "%s"}]'
    text = f'{{"DATA_TYPE": "delete", "endpoint": "{A}",\n{items % ("a", "b")},\n{items % ("c", "/d")}}}'
    assert found(text) == [
        '2 items[1].path: must be absolute (start with "/" or "~"), got "b"',
        "3 DATA: appears twice",
    ]


def test_lines_are_documents_each() -> None:
    text = '{"DATA_TYPE": "mkdir", "path": "/a"}\n\n{"DATA_TYPE": "mkdir", "path": "b"}\n{"DATA_TYPE": "rename"}'
    assert found(text) == [
        '3 path: must be absolute (start with "/" or "~"), got "b"',
        "4 old_path: Field required",
        "4 new_path: Field required",
    ]


@pytest.mark.parametrize("name", ["", "x.jsonl"])
def test_after_a_line_that_is_no_json_others_are_looked_at(name: str) -> None:
    text = (
        '{"DATA_TYPE": "mkdir", "path": "/a"}\n{"DATA_TYPE": "mkdir", "path": "/b"\n{"DATA_TYPE": "mkdir", "path": "c"}'
    )
    first, second = found(text, name)
    assert first == '3:1 unusable expected "," or "}", got "{"'
    assert second.startswith("3 path: must be absolute")
    # That each line is a document is clear once one was, or by the name.
    (only, *others) = found(text.partition("\n")[2], name)
    assert only == '2:1 unusable expected "," or "}", got "{"'
    assert bool(others) == (name != "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1 unusable expected a JSON document, got nothing"),
        (" \n\n", "1:1 unusable expected a JSON document, got nothing"),
        ("\n hello", '2:2 unusable expected an object, "{", got "h"'),
        ("7", '1:1 unusable expected an object, "{", got "7"'),
        ('{"a": 1,}', '1:9 unusable expected a name in double quotes, got "}"'),
        ('{\n"a": tru}', '2:6 unusable expected a value, got "t"'),
        ('{"a" 1}', '1:6 unusable expected ":", got "1"'),
        ('{"a": [1, 2', '1:12 unusable expected "," or "]", got the end of the file'),
        ('{"a": {"b": [1 2]}}', '1:16 unusable expected "," or the end of what is open, got "2"'),
        ('{"a": "b\n"}', '1:9 unusable expected the end of the string, which must be on one line, got "\\n"'),
        ('{"a": "b', "1:7 unusable expected the end of the string that begins here"),
        ('{"a": "\\x"}', '1:8 unusable expected one of "\\/bfnrt or u and four digits after "\\", got "\\\\"'),
        ('{"a": NaN}', "1:7 unusable expected a number, and JSON has no NaN"),
        ('{"a": 1' + "0" * 5000 + "}", "1:7 unusable expected numbers of fewer digits"),
        ('{"a": ' + "[" * 100_000, None),
        ('{"a": ' + '{"a":' * 100_000, None),
        ('{"DATA_TYPE": 7}', "1 unusable DATA_TYPE: is not known, got 7; there are access, "),
        ('{"DATA_TYPE": ["transfer"]}', "1 unusable DATA_TYPE: is not known, got []; there are access, "),
        (
            '{"DATA_TYPE": "trasnfer"}',
            '1 unusable DATA_TYPE: is not known, got "trasnfer" (did you mean transfer?); there are access, ',
        ),
        ("[]", "1 unusable DATA_TYPE: is missing"),
        (b'{"a": "\xff"}', "1 unusable expected UTF-8"),
        ("{}".encode("utf-16"), "1 unusable expected UTF-8"),
    ],
)
def test_what_cannot_be_looked_at_is_said_where(text: str | bytes, problem: str | None) -> None:
    (only,) = found(text)
    assert only.startswith(problem) if problem else only.endswith("expected fewer objects and lists inside one another")


def test_a_misspelt_member_of_a_document_to_send_is_told_though_what_is_received_may_have_it() -> None:
    rule = '{"DATA_TYPE": "access", "principal_type": "identty", "principl": "x", "path": "a", "permissions": "rwx"}'
    told = found(rule)
    assert [line.split(": ")[0] for line in told] == ["1 principal_type", "1 path", "1 permissions", "1 principl"]
    assert told[-1].endswith('did you mean "principal"?')
    assert found('{"DATA_TYPE": "server", "hostnam": "x"}') == [
        '1 hostnam: Extra inputs are not permitted; did you mean "hostname"?'
    ]
    assert found('{"DATA_TYPE": "server", "id": 7, "uri": "gsiftp://x:2811", "brand_new": 1}', kind="") == []


def test_a_misspelt_member_of_an_item_is_told_with_the_nearest() -> None:
    misspelt = json.dumps({**item(1), "recursiv": True})
    assert found(f'{{{HEAD}, "DATA": [{misspelt}]}}') == [
        '1 items[0].recursiv: Extra inputs are not permitted; did you mean "recursive"?'
    ]


def test_a_byte_order_mark_is_no_error() -> None:
    assert found(b'\xef\xbb\xbf{"DATA_TYPE": "mkdir", "path": "/a"}') == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_wherever_the_window_ends_the_same_is_found(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Texts, numbers, literals and escapes are cut everywhere."""
    text = (
        '\n{"DATA_TYPE": "endpoint", "display_name": "K\u00f6ln \\ud83d\\ude00",\n"public": true,\n'
        '"max_concurrency": -12,"contact_email": null, "user_message": {"status": [], "use": false},'
        '\n\n"location": "-12.5,1e3"}\n{"DATA_TYPE": "mkdir", "path": 12345}'
    )
    expected = found(text)
    assert sorted(line.partition(":")[0] for line in expected) == [
        "4 max_concurrency",
        "4 user_message",
        "6 location",
        "7 path",
    ]
    monkeypatch.setattr("globus_typed.check.reader.CHUNK", size)
    assert found(text) == expected
    for cut in range(len(text)):
        part = found(text[:cut])
        monkeypatch.undo()
        assert found(text[:cut]) == part
        monkeypatch.setattr("globus_typed.check.reader.CHUNK", size)


@pytest.mark.once
@pytest.mark.parametrize("head_first", [True, False])
def test_a_hundred_thousand_items_take_little_memory(tmp_path: Path, head_first: bool) -> None:
    path = tmp_path / "large.json"
    wrong = (0, 4711, 99_999)
    with path.open("w") as file:
        file.writelines(document(100_000, head_first=head_first, wrong=wrong))
    summary, read = Summary(), list[int]()
    tracemalloc.start()
    try:
        with path.open("rb") as binary:
            lines = [shown(each) for each in validate(binary, summary=summary, advance=read.append)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert lines == [absolute(number + 2, number) for number in wrong]
    assert (summary.documents, summary.items, summary.problem) == (1, 100_000, 3)
    assert sum(read) >= path.stat().st_size
    # The text alone has 12 MB, and what Python makes of all of it takes many times as much.
    assert peak < 16e6
