"""The commands ``globus-typed validate`` and ``globus-typed schema``, run as a user runs them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import globus_typed
from globus_typed.schema.catalogue import document_classes
from globus_typed.schema.json_schema import schema

COMMAND = [sys.executable, "-W", "error", "-m", "globus_typed"]
RIGHT = '{"DATA_TYPE": "mkdir", "path": "/a"}\n'
WRONG = '{"DATA_TYPE": "mkdir", "path": "a"}\n'
PROBLEM = 'path: must be absolute (start with "/" or "~"), got "a"'


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    env = {**os.environ, **environment}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120, env=env)


@pytest.fixture(autouse=True)
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("right.json").write_text(RIGHT)
    Path("wrong.jsonl").write_text(RIGHT + WRONG + RIGHT)
    Path("broken.json").write_text('{"DATA_TYPE": "mkdir"')
    Path("strange.json").write_text('{"DATA_TYPE": "mkdri"}')
    Path("update.json").write_text('{"subscription_id": null}')


def test_what_is_right_is_said_to_be_so() -> None:
    done = run("validate", "right.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing wrong in 1 document.\n", "")


def test_problems_of_all_files_are_printed_with_their_lines() -> None:
    Path("also wrong.json").write_text(f"\n\n{WRONG}")
    done = run("validate", "wrong.jsonl", "right.json", "also wrong.json")
    assert done.stdout.splitlines() == [
        f"wrong.jsonl:2: {PROBLEM}",
        f"also wrong.json:3: {PROBLEM}",
        "2 problems in 5 documents.",
    ]
    assert (done.returncode, done.stderr) == (1, "")


def test_problems_are_told_to_programs_as_one_json_object() -> None:
    access = {"principal_type": "identty", "principl": "x", "path": "a", "permissions": "rwx"}
    lines = [json.dumps({"DATA_TYPE": "access", **access}), '{"DATA_TYPE": "mkdri"}', '{"DATA_TYPE"']
    Path("mixed.jsonl").write_text("\n".join(lines))
    done = run("validate", "--format", "json", "mixed.jsonl", "right.json", "absent.json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (2, "")
    assert (told["version"], told["globus_typed"]) == (1, globus_typed.__version__)
    assert told["summary"] == {"documents": 4, "items": 0, "errors": 4, "warnings": 0, "unusable": 3}
    found = [(each["file"], each["line"], each["severity"], each["field"]) for each in told["found"]]
    assert found == [
        ("mixed.jsonl", 1, "error", "principal_type"),
        ("mixed.jsonl", 1, "error", "path"),
        ("mixed.jsonl", 1, "error", "permissions"),
        ("mixed.jsonl", 1, "error", "principl"),
        ("mixed.jsonl", 2, "unusable", "DATA_TYPE"),
        ("mixed.jsonl", 3, "unusable", ""),
        ("absent.json", None, "unusable", ""),
    ]
    assert told["found"][1]["message"] == 'must start with "/", got "a"'
    assert [each["document"] for each in told["found"]] == ["transfer.AccessRuleCreate"] * 4 + [None] * 3
    assert [each["suggestion"] for each in told["found"]] == ["identity", None, "rw", "principal", "mkdir", None, None]
    assert told["found"][5]["column"] == 13


def test_warnings_and_places_are_told_to_programs() -> None:
    item = '{"DATA_TYPE": "delete_item", "path": "/a/*"}'
    text = f'{{"DATA_TYPE": "delete", "endpoint": "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001",\n"DATA": [{item}]}}'
    done = run("validate", "-", "--format", "json", stdin=text)
    told = json.loads(done.stdout)
    (warning,) = told["found"]
    assert (warning["severity"], warning["field"], warning["line"]) == ("warning", "items[0].path", 2)
    assert warning["message"].startswith("is taken as it stands")
    assert (done.returncode, told["summary"]["warnings"], told["summary"]["items"]) == (0, 1, 1)


def test_nothing_wrong_is_told_to_programs_too() -> None:
    done = run("validate", "right.json", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["found"] == []
    assert run("validate", "right.json", "--format", "text").stdout == "Nothing wrong in 1 document.\n"
    assert run("validate", "right.json", "--format", "xml").returncode == 2


def test_standard_input_is_read() -> None:
    done = run("validate", "-", stdin=RIGHT + WRONG)
    assert done.stdout.splitlines() == [f"<stdin>:2: {PROBLEM}", "1 problem in 2 documents."]
    assert done.returncode == 1


@pytest.mark.parametrize("kind", ["SubscriptionUpdate", "TransferData", "transfer"])
def test_a_document_is_looked_at_as_what_it_is_said_to_be(kind: str) -> None:
    done = run("validate", "--as", kind, "update.json")
    wrong = kind != "SubscriptionUpdate"
    assert done.returncode == wrong
    assert ("update.json:1: source_endpoint: Field required" in done.stdout) == wrong


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("broken.json", 'broken.json:1:22: expected "," or "}", got the end of the file'),
        (
            "strange.json",
            'strange.json:1: DATA_TYPE: is not known, got "mkdri" (did you mean mkdir?); there are access, ',
        ),
        ("update.json", "update.json:1: DATA_TYPE: is missing; say with --as which document it is"),
        ("absent.json", "absent.json: No such file or directory"),
        (".", ".: Is a directory"),
    ],
)
def test_what_cannot_be_looked_at_ends_with_2(name: str, problem: str) -> None:
    done = run("validate", "wrong.jsonl", name, "right.json")
    first, second, last = done.stdout.splitlines()
    assert first == f"wrong.jsonl:2: {PROBLEM}"
    assert second.startswith(problem)
    assert last.startswith("1 problem and 1 unusable part in ")
    assert (done.returncode, done.stderr) == (2, "")


@pytest.mark.parametrize("arguments", [("validate", "right.json", "--as", "Mkdri"), ("schema", "Mkdri")])
def test_a_misspelt_name_is_answered_with_the_nearest_and_with_all(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no document called 'Mkdri'. Did you mean Mkdir? There are" in done.stderr
    assert "mkdir, mkdir_result, " in done.stderr
    assert "Mkdir, MkdirResult, " in done.stderr


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("trasnfer", "transfer"), ("TRANSFERDATA", "TransferData"), ("transfer.Taks", "transfer.Task"), ("xyz", None)],
)
def test_the_nearest_name_is_one_that_is_like_it(name: str, nearest: str | None) -> None:
    done = run("schema", name)
    assert done.returncode == 2
    assert (f"Did you mean {nearest}?" if nearest else f"called {name!r}. There are") in done.stderr


@pytest.mark.parametrize("name", ["transfer.TransferData", "transfer.transfer"])
def test_a_name_may_have_its_service_in_it(name: str) -> None:
    assert json.loads(run("schema", name).stdout) == schema(document_classes()["TransferData"])


def test_a_warning_is_no_problem() -> None:
    item = '{"DATA_TYPE": "delete_item", "path": "/a/*"}'
    endpoint = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
    done = run("validate", "-", stdin=f'{{"DATA_TYPE": "delete", "endpoint": "{endpoint}", "DATA": [{item}]}}')
    warning, last = done.stdout.splitlines()
    assert warning.startswith("<stdin>:1: warning: items[0].path: ")
    assert last == "1 warning in 1 document with 1 item."
    assert done.returncode == 0


def test_a_document_says_nothing_to_the_terminal() -> None:
    done = run("validate", "-", stdin='{"DATA_TYPE": "mkdir", "path": "\\u009b31mred\\u202e", "k\\u001b[2J\u00f6": 1}')
    assert r"\x9b31mred\u202e" in done.stdout
    assert r"k\x1b[2Jö: " in done.stdout
    plain = run("validate", "-", stdin='{"DATA_TYPE": "mkdir", "path": "/a", "\u00f6": 1}', PYTHONIOENCODING="ascii")
    assert (plain.returncode, plain.stderr) == (1, "")


def test_there_is_a_bar_on_a_terminal_and_not_in_what_is_printed() -> None:
    terminal, theirs = pty.openpty()
    item = '{"DATA_TYPE": "transfer_item", "source_path": "/a", "destination_path": "b"}'
    Path("large.json").write_text('{"DATA_TYPE": "transfer", "DATA": [\n' + f"{item},\n" * 20_000 + f"{item}]}}")
    env = {**os.environ, "TERM": "xterm"}
    command = [*COMMAND, "validate", "large.json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=env) as running:
        os.close(theirs)
        assert running.stdout is not None
        # Reading from both: a full terminal would hold it up.
        printed = b""
        drawn = b""
        os.set_blocking(terminal, False)
        while chunk := running.stdout.read(1 << 16):
            printed += chunk
            drawn += _all_of(terminal)
    drawn += _all_of(terminal)
    os.close(terminal)
    assert running.returncode == 1
    assert printed.count(b"\n") == 20_001 + 2 + 1
    assert b"\x1b" not in printed
    assert b"large.json" in drawn
    assert b"MB" in drawn


def _all_of(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # nothing there, or nobody any more
        return b""


def test_a_schema_is_printed_by_class_and_by_name_on_the_wire() -> None:
    done = run("schema", "TransferData")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == schema(document_classes()["TransferData"])
    assert run("schema", "transfer").stdout == done.stdout


def test_of_several_documents_the_one_that_is_sent_is_told_of() -> None:
    done = run("schema", "bookmark")
    assert json.loads(done.stdout)["title"] == "BookmarkCreate"
    assert done.stderr == "globus-typed: this is BookmarkCreate; bookmark is also BookmarkUpdate, Bookmark\n"


def test_all_schemas_are_written() -> None:
    done = run("schema", "--all", "some/where")
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path("some/where").iterdir()}
    assert files == {name: schema(kind) for name, kind in document_classes().items()}
    assert done.stdout == f"{len(files)} schemas are in some/where.\n"


@pytest.mark.parametrize(
    "arguments", [(), ("TransferData", "--all", "x"), ("--all", "right.json"), ("--all", "/proc/x")]
)
def test_a_schema_command_that_makes_no_sense_is_refused(arguments: tuple[str, ...]) -> None:
    done = run("schema", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


ARCHIVE = {
    "__init__": "",
    "service": """
from globus_typed.core.service import Service

SERVICE = Service("archive", "An archive", document_types={"task": "Task", "shelf": "Shelf"})
""",
    "documents/__init__": "",
    "documents/shelf": """
from globus_typed.core.documents import Document
from globus_typed.core.payloads import Payload

__all__ = ["Shelf", "ShelfCreate", "Task"]


class Shelf(Document, frozen=True):
    data_type: str | None = None
    place: str


class ShelfCreate(Payload):
    place: str


class Task(Document, frozen=True):
    data_type: str | None = None
    shelf: str


class Unlisted(Document, frozen=True):
    place: str
""",
}
"""A service that has a document of the same name, and of the same DATA_TYPE, as another one."""


@pytest.fixture
def archive() -> None:
    for name, text in ARCHIVE.items():
        path = Path("more/archive", f"{name}.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def run_with_archive(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = "import globus_typed; globus_typed.__path__.append('more'); from globus_typed.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", program, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("name", ["Task", "task"])
@pytest.mark.parametrize("arguments", [("schema",), ("validate", "right.json", "--as")])
def test_a_name_that_two_services_have_is_answered_with_both(arguments: tuple[str, ...], name: str) -> None:
    done = run_with_archive(*arguments, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"globus-typed: several services have a document called {name!r}: say archive.{name}, transfer.{name}\n"
    )


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("name", "field", "others"),
    [
        ("archive.Task", "shelf", ""),
        ("archive.task", "shelf", ""),
        (
            "transfer.task",
            "label",
            "globus-typed: this is TaskUpdate; transfer.task is also transfer.Task, ManagedTask\n",
        ),
        ("ShelfCreate", "place", ""),
    ],
)
def test_with_its_service_or_where_one_has_it_a_name_is_taken(name: str, field: str, others: str) -> None:
    done = run_with_archive("schema", name)
    assert field in json.loads(done.stdout)["properties"]
    assert (done.returncode, done.stderr) == (0, others)


@pytest.mark.usefixtures("archive")
def test_a_class_that_its_module_does_not_make_public_is_no_document() -> None:
    assert "no document called 'Unlisted'" in run_with_archive("schema", "Unlisted").stderr


@pytest.mark.usefixtures("archive")
def test_the_schemas_of_two_services_do_not_overwrite_each_other() -> None:
    assert run_with_archive("schema", "--all", "all").returncode == 0
    names = {path.stem for path in Path("all").iterdir()}
    assert names == document_classes().keys() - {"Task"} | {"archive.Task", "transfer.Task", "Shelf", "ShelfCreate"}
    assert "shelf" in json.loads(Path("all/archive.Task.json").read_text())["properties"]


@pytest.mark.usefixtures("archive")
def test_of_documents_with_one_data_type_the_service_is_the_one_that_fits() -> None:
    lines = '{"DATA_TYPE": "task", "shelf": 7}\n{"DATA_TYPE": "task", "task_id": "x", "type": 7, "status": "ACTIVE"}\n'
    first, second, last = run_with_archive("validate", "-", stdin=lines).stdout.splitlines()
    assert first.startswith("<stdin>:1: shelf: ")
    assert second.startswith("<stdin>:2: type: ")
    assert last == "2 problems in 2 documents."
