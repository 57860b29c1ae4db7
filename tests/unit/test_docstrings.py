"""Docstrings, which users read in hovers: their first words are a noun phrase or a verb."""

import ast
from collections.abc import Iterator
from pathlib import Path

import globus_typed

SOURCE = Path(globus_typed.__file__).parent


BLOCKS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """The docstrings of a module, with their lines; those of classes, functions, fields and constants included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for each in node.body if isinstance(node, BLOCKS) else ():
            match each:
                case ast.Expr(ast.Constant(str() as text)):
                    yield each.lineno, text
                case _:
                    pass


def test_no_docstring_begins_with_what() -> None:
    found = [(path.name, line, text) for path in SOURCE.rglob("*.py") for line, text in docstrings(path)]
    assert len(found) > 5_000
    assert not [each for each in found if each[2].startswith("What ")]
