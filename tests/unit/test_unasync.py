"""The script that writes the sync twins: what it turns into what, and what it finds wrong."""

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import anyio
import pytest

ROOT = Path(__file__).parents[2]
HEADER = "# Generated from {} by tools/unasync.py: change that file.\n"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return load(ROOT / "tools" / "unasync.py")


def test_a_twin_made_of_every_construct_does_what_its_source_does() -> None:
    folder = ROOT / "tests" / "data" / "unasync"
    expected = anyio.run(load(folder / "async_streams.py").run)
    assert load(folder / "streams.py").run() == expected
    assert expected[-1].startswith("await the end of async with, AsyncCountdown")


def test_no_twin_of_the_project_waits_and_none_is_exempt_from_the_linter(script: ModuleType) -> None:
    twins = [path for path in script.modules(ROOT) if script.is_generated(path.read_text())]
    assert len(twins) >= 40
    waiting = (ast.AsyncFor, ast.AsyncFunctionDef, ast.AsyncWith, ast.Await)
    for path in twins:
        text = path.read_text()
        for node in ast.walk(ast.parse(text)):
            assert not isinstance(node, waiting), path
            assert not (isinstance(node, ast.comprehension) and node.is_async), path
        lines = text.splitlines()
        assert not [line for line in lines if line.startswith(("# ruff:", "# fmt:", "# flake8:"))], path
        assert not [line for line in lines[1:] if line.startswith("# Generated from ")], path


SOURCE = "async def go():\n    await stop()\n"
TWIN = "def go():\n    stop()\n"


@pytest.fixture
def tree(script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A directory of the test's own, in which no more than two rules are needed."""
    monkeypatch.setattr(script, "RULES", frozenset(("await", "async def")))
    return tmp_path


def write(root: Path, path: str, text: str = SOURCE) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    return root / path


@pytest.mark.parametrize(
    ("source", "twin"),
    [
        ("src/globus_typed/async_client.py", "src/globus_typed/client.py"),
        ("src/globus_typed/core/async_pager.py", "src/globus_typed/core/pager.py"),
        ("src/globus_typed/toys/async_client/task.py", "src/globus_typed/toys/client/task.py"),
        ("src/globus_typed/toys/async_client/inner/task.py", "src/globus_typed/toys/client/inner/task.py"),
        ("tests/typing/async_toys.py", "tests/typing/toys.py"),
        ("tests/apps/test_async_login.py", "tests/apps/test_login.py"),
        ("tests/async_faults/conftest.py", "tests/faults/conftest.py"),
    ],
)
def test_a_source_is_known_by_its_name(script: ModuleType, tree: Path, source: str, twin: str) -> None:
    write(tree, source)
    assert script.main([], tree) == 0
    assert (tree / twin).read_text() == HEADER.format(Path(source).name) + TWIN
    assert script.main(["--check"], tree) == 0


@pytest.mark.parametrize("path", ["src/globus_typed/_concurrency.py", "tests/asyncio_x.py", "tests/my_async_x.py"])
def test_a_module_with_async_functions_alone_is_no_source(script: ModuleType, tree: Path, path: str) -> None:
    write(tree, path)
    assert script.make_twins(tree)[0] == {}


def test_a_twin_is_found_stale_when_its_source_changes(
    script: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tree, "src/async_a.py")
    assert script.main(["--check"], tree) == 1
    assert capsys.readouterr().out == "stale: src/a.py\n"
    assert not (tree / "src/a.py").exists()
    assert script.main([], tree) == 0
    assert script.main(["--check"], tree) == 0
    source.write_text(SOURCE.replace("stop", "halt"))
    before = (tree / "src/a.py").read_text()
    assert script.main(["--check"], tree) == 1
    assert (tree / "src/a.py").read_text() == before


def test_a_twin_that_was_changed_by_hand_is_found_and_written_again(script: ModuleType, tree: Path) -> None:
    write(tree, "src/async_a.py")
    script.main([], tree)
    twin = tree / "src/a.py"
    made = twin.read_text()
    twin.write_text(made + "\n")
    assert script.main(["--check"], tree) == 1
    assert script.main([], tree) == 0
    assert twin.read_text() == made


def test_a_module_that_was_written_by_hand_is_not_overwritten(
    script: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tree, "src/async_a.py")
    by_hand = write(tree, "src/a.py", "x = 1\n")
    for arguments in ([], ["--check"]):
        assert script.main(arguments, tree) == 1
        assert capsys.readouterr().out == "not generated, in the way of a twin: src/a.py\n"
    assert by_hand.read_text() == "x = 1\n"


def test_a_twin_whose_source_is_gone_is_found_wherever_it_is(
    script: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tree, "src/async_a.py")
    gone = write(tree, "tests/deep/down/async_b.py")
    script.main([], tree)
    gone.unlink()
    write(tree, "src/by_hand.py", "# Generated from a table.\n")
    for arguments in ([], ["--check"]):
        capsys.readouterr()
        assert script.main(arguments, tree) == 1
        assert capsys.readouterr().out == "orphan: tests/deep/down/b.py\n"


def test_a_rule_that_matches_nothing_is_found(
    script: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tree, "src/async_a.py", "async def go():\n    pass\n")
    assert script.main([], tree) == 1
    assert "rule matches nothing: await\n" in capsys.readouterr().out


def test_a_source_that_is_no_python_is_named(script: ModuleType, tree: Path) -> None:
    write(tree, "src/async_a.py", "async def go(:\n")
    with pytest.raises(SystemExit, match=r"^src/async_a\.py: "):
        script.main([], tree)


def test_an_unknown_argument_explains(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["--chek"]) == 2
    assert "--check" in capsys.readouterr().out
