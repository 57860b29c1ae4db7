"""Adding a service takes a folder, and one in the sandbox: a toy service, made by this test, works everywhere."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .toy_service import FILES, PROGRAM

ROOT = Path(__file__).parent.parent.parent


def run(folder: Path, *command: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """A command with the package of that folder."""
    # pyright looks for its Python along PATH, whatever --pythonpath says, where it verifies types.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(folder / "src"), "PATH": path}
    line = [sys.executable, *command]
    return subprocess.run(line, env=environment, cwd=folder, input=stdin, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the toy service in it, its sync client and tables written by the tools."""
    folder = tmp_path_factory.mktemp("house")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("src", "tools", "tests/client", "tests/data/unasync"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for path, text in FILES.items():
        file = folder / "src" / "globus_typed" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.lstrip(), encoding="utf-8")
    (folder / "src" / "globus_typed" / "toy" / "__init__.py").touch()
    for tool in ("unasync.py", "names.py"):
        done = run(folder, f"tools/{tool}")
        assert done.returncode == 0, done.stdout + done.stderr
        assert run(folder, f"tools/{tool}", "--check").returncode == 0
    return folder


def test_nothing_else_was_touched(house: Path) -> None:
    tables = {"__init__.py", "exc.py", "_resource_servers.py", str(Path("scopes", "__init__.py"))}
    package, own = house / "src" / "globus_typed", ROOT / "src" / "globus_typed"
    for path in package.rglob("*.py"):
        place = path.relative_to(package)
        if "toy" not in place.parts and str(place) not in tables:
            assert path.read_bytes() == (own / place).read_bytes(), place


def test_programs_use_it_as_any_other(house: Path) -> None:
    done = run(house, "-W", "error", "-c", PROGRAM)
    assert done.returncode == 0, done.stderr


def test_the_command_line_knows_its_documents(house: Path) -> None:
    def command(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        return run(house, "-m", "globus_typed", *arguments, stdin=stdin)

    right = command("validate", "-", stdin='{"DATA_TYPE": "toy", "wheels": 3}')
    assert (right.returncode, right.stdout) == (0, "Nothing wrong in 1 document.\n")
    wrong = command("validate", "-", stdin='{"DATA_TYPE": "toy", "wheels": "three"}')
    assert wrong.returncode == 1
    assert "wheels" in wrong.stdout
    schema = json.loads(command("schema", "ToyCreate").stdout)
    assert schema["properties"]["wheels"] == {"type": "integer", "description": "How many wheels it has."}
    openapi = json.loads(command("openapi").stdout)
    assert openapi["paths"]["/v1/toys"]["post"]["operationId"] == "create_toy"
    assert {"Toy", "ToyCreate", "ToyError", "ToyList"} <= openapi["components"]["schemas"].keys()


@pytest.mark.once
def test_its_types_are_complete(house: Path, tmp_path: Path) -> None:
    done = run(house, "-m", "pyright", "--verifytypes", "globus_typed.toy", "--ignoreexternal")
    assert "Type completeness score: 100%" in done.stdout, done.stdout + done.stderr
    program = house / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    cache = ["--cache-dir", str(tmp_path)]
    checked = run(house, "-m", "mypy", "--strict", "--config-file=", *cache, str(program))
    assert checked.returncode == 0, checked.stdout
