"""The script that writes the sync twins: what it turns into what, and what it finds wrong."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "unasync.py"


@pytest.fixture
def unasync(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, at work on a directory of the test's own, with two of its rules."""
    spec = importlib.util.spec_from_file_location("unasync", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rules = [rule for rule in module.RULES if rule[0].pattern in (r"\bawait (?=\w)", r"\basync (?=def |for |with )")]
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "SOURCES", ("async_*.py",))
    monkeypatch.setattr(module, "RULES", tuple(rules))
    assert len(rules) == 2
    return module


SOURCE = "async def go():\n    await stop()\n"


def test_a_twin_is_written_once_and_found_stale_when_its_source_changes(unasync: ModuleType, tmp_path: Path) -> None:
    source, twin = tmp_path / "async_a.py", tmp_path / "a.py"
    source.write_text(SOURCE)
    assert unasync.main(["--check"]) == 1
    assert not twin.exists()
    assert unasync.main([]) == 0
    assert twin.read_text().endswith("\ndef go():\n    stop()\n")
    assert twin.read_text().startswith("# Generated from async_a.py by tools/unasync.py: change that file.\n")
    assert unasync.main(["--check"]) == 0
    source.write_text(SOURCE.replace("stop", "halt"))
    assert unasync.main(["--check"]) == 1


def test_a_twin_that_was_changed_by_hand_is_found(unasync: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "async_a.py").write_text(SOURCE)
    unasync.main([])
    (tmp_path / "a.py").write_text((tmp_path / "a.py").read_text() + "\n")
    assert unasync.main(["--check"]) == 1


def test_a_twin_whose_source_is_gone_is_found(
    unasync: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("async_a.py", "async_b.py"):
        (tmp_path / name).write_text(SOURCE)
    unasync.main([])
    (tmp_path / "async_b.py").unlink()
    (tmp_path / "by_hand.py").write_text("")
    assert unasync.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "orphan: b.py"


def test_a_rule_that_matches_nothing_is_found(
    unasync: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "async_a.py").write_text("async def go():\n    pass\n")
    assert unasync.main([]) == 1
    assert r"rule matches nothing: \bawait (?=\w)" in capsys.readouterr().out


def test_an_argument_that_is_none_explains(unasync: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert unasync.main(["--chek"]) == 2
    assert "--check" in capsys.readouterr().out
