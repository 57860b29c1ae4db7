"""Write the sync twin of every async module. ``--check`` writes nothing and fails when a twin is stale.

A source is a module under ``src`` or ``tests`` whose name, or the name of a folder it is in, begins with ``async_`` (or
``test_async_``); the twin stands where these prefixes are dropped. The rules work on a syntax tree that keeps comments;
docstrings and comments have rules of their own, other strings are left alone unless they hold nothing but names. A rule
that no source needs is a mistake, and fails too: what only later modules will need, ``tests/data/unasync`` shows.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import libcst as cst

ROOT = Path(__file__).resolve().parent.parent

HEADER = "# Generated from {} by tools/unasync.py: change that file.\n"

PREFIXES = {"async_": re.compile(r"^(_*)async_(?=\w)"), "Async": re.compile(r"^(_*)Async(?=[A-Z])")}
TEST_PREFIX = re.compile(r"^(test_)async_(?=\w)")

NAMES = {
    "AbstractAsyncContextManager": "AbstractContextManager",
    "AsyncByteStream": "SyncByteStream",
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclose": "close",
    "aclosing": "closing",
    "aiter": "iter",
    "aiter_bytes": "iter_bytes",
    "aiter_lines": "iter_lines",
    "aiter_raw": "iter_raw",
    "aiter_text": "iter_text",
    "anext": "next",
    "aread": "read",
    "asynccontextmanager": "contextmanager",
    "enter_async_context": "enter_context",
    "push_async_callback": "callback",
    "push_async_exit": "push",
}

TEXTS = {
    "text: an async iterator": (re.compile(r"\b([Aa]n) async(?:hronous)? (?=[aeiou])"), r"\1 "),
    "text: an async call": (re.compile(r"\b([Aa])n async(?:hronous)? (?=\w)"), r"\1 "),
    "text: an `async with`": (re.compile(r"\b([Aa])n (`+)async (?=for\b|with\b)"), r"\1 \2"),
    "text: async": (re.compile(r"\basync (?=def\b|for\b|with\b)"), ""),
    "text: `await`": (re.compile(r"(?<=`)await (?=\w)"), ""),
    "text: (await ...)": (re.compile(r"\(await ([\w.]+\([^()]*\))\)(?=[.\[])"), r"\1"),
    "text: await": (re.compile(r"\bawait (?=\w+[.(\[])"), ""),
    "text: number of tasks": (re.compile(r"\bnumber of tasks\b"), "number of threads"),
}

# Functions that take a name or a type as a string: how many of their first arguments are none, and what the next is.
# All other arguments of `TypeVar` are types.
STRING_ARGUMENTS = {
    "TypeVar": (0, "name"),
    "cast": (0, "type"),
    "delattr": (1, "name"),
    "getattr": (1, "name"),
    "hasattr": (1, "name"),
    "setattr": (1, "name"),
}

RULES = frozenset(
    (
        *PREFIXES,
        *NAMES,
        *TEXTS,
        "async def",
        "async for",
        "async with",
        "async comprehension",
        "await",
        "AsyncGenerator[...]",
        "Awaitable[...]",
        "Coroutine[...]",
        "string: __all__",
        "string: class names",
        "string: import path",
        "string: lazy table",
        "string: name",
        "string: type",
        "test_async_",
    )
)

# What the linter says of twins alone: imports have another order or no use, a comprehension became a copy, a loop that
# yields could delegate, two `with` could be one, a noqa is about async code.
FIXES = ("C416", "F401", "I001", "RUF100", "SIM117", "UP028")
FIXED_ALTHOUGH_UNSAFE = ("C416", "SIM117", "UP028")

IMPORT_PATH = re.compile(r"\.*[A-Za-z_]\w*(?:[.:][A-Za-z_]\w*)+")
CLASS_NAMES = re.compile(r"\s*[A-Z]\w*(?:\s+[A-Z]\w*)*\s*")
ANY_NAMES = re.compile(r"\s*[A-Za-z_]\w*(?:\s+[A-Za-z_]\w*)*\s*")
PRIMARY = (cst.Attribute, cst.Call, cst.Name, cst.Subscript)


def main(arguments: list[str], root: Path = ROOT) -> int:
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    twins, used = make_twins(root)
    texts = {path: path.read_text(encoding="utf-8") for path in modules(root)}
    stale = [path for path, text in twins.items() if texts.get(path) != text]
    by_hand = [path for path in stale if path in texts and not is_generated(texts[path])]
    orphans = [path for path, text in texts.items() if path not in twins and is_generated(text)]
    unused = sorted(RULES - used)
    for path in stale:
        if path not in by_hand and not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(twins[path], encoding="utf-8")
    for path in (*stale, *orphans):
        what = "orphan" if path in orphans else "not generated, in the way of a twin" if path in by_hand else "stale"
        print(f"{what}: {path.relative_to(root)}")
    for rule in unused:
        print(f"rule matches nothing: {rule}")
    return 1 if unused or orphans or by_hand or (check and stale) else 0


def make_twins(root: Path) -> tuple[dict[Path, str], set[str]]:
    """The text of every twin by its path, and the rules that were used."""
    used: set[str] = set()
    texts: dict[Path, str] = {}
    for source in modules(root):
        path = source.relative_to(root)
        twin = Path(*(re.sub(r"^(test_)?async_(?=\w)", r"\1", part) for part in path.parts))
        if twin != path:
            try:
                module = cst.parse_module(source.read_text(encoding="utf-8"))
            except cst.ParserSyntaxError as error:
                raise SystemExit(f"{path}: {error}") from None
            texts[twin] = HEADER.format(source.name) + module.visit(Unasync(used)).code
    return {root / path: text for path, text in formatted(root, texts).items()}, used


def modules(root: Path) -> list[Path]:
    return sorted(path for folder in ("src", "tests") for path in (root / folder).rglob("*.py"))


def is_generated(text: str) -> bool:
    return re.match(HEADER.format(r"\S+"), text) is not None


def formatted(root: Path, texts: dict[Path, str]) -> dict[Path, str]:
    """The modules as ruff writes them by the project's settings."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        fix = ["check", "--fix-only", "--fixable", ",".join(FIXES)]
        packages = [path.parent.name for path in sorted(root.glob("src/*/__init__.py"))]
        fix += ["--config", f"lint.extend-safe-fixes = {[*FIXED_ALTHOUGH_UNSAFE]}"]
        fix += ["--config", f"lint.isort.known-first-party = {packages}"]  # whose other modules are not in the folder
        for command in (fix, ["format"]):
            ruff = [sys.executable, "-m", "ruff", *command, "--quiet", "--no-cache", "."]
            if subprocess.run(ruff, cwd=folder).returncode:
                raise SystemExit(f"ruff {command[0]} does not take what was made")
        return {path: (folder / path).read_text(encoding="utf-8") for path in texts}


class Unasync(cst.CSTTransformer):
    """The rules on the syntax tree; `used` gathers the names of those that changed something."""

    def __init__(self, used: set[str], types: bool = False) -> None:
        super().__init__()
        self.used = used
        self.types = [types]  # whether the strings that stand here are types, innermost last
        self.meanings: dict[cst.CSTNode, str] = {}  # what other strings are that are not plain ones
        self.importing = False

    def name(self, name: str, module: bool = False) -> str:
        """The name that the twin has for one of the source."""
        if name in NAMES:
            self.used.add(name)
            return NAMES[name]
        for rule, prefix in PREFIXES.items():
            if (short := prefix.sub(r"\1", name)) != name:
                self.used.add(rule)
                return short
        if module and (short := TEST_PREFIX.sub(r"\1", name)) != name:
            self.used.add("test_async_")
            return short
        return name

    def names(self, text: str, module: bool = False) -> str:
        return re.sub(r"\w+", lambda match: self.name(match[0], module), text)

    def text(self, text: str) -> str:
        """A docstring or a comment as the twin has it."""
        for rule, (pattern, replacement) in TEXTS.items():
            text, count = pattern.subn(replacement, text)
            if count:
                self.used.add(rule)
        return self.names(text)

    # Syntax

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        if original_node.asynchronous is None:
            return updated_node
        self.used.add("async def")
        return updated_node.with_changes(asynchronous=None)

    def leave_For(self, original_node: cst.For, updated_node: cst.For) -> cst.For:
        if original_node.asynchronous is None:
            return updated_node
        self.used.add("async for")
        return updated_node.with_changes(asynchronous=None)

    def leave_With(self, original_node: cst.With, updated_node: cst.With) -> cst.With:
        if original_node.asynchronous is None:
            return updated_node
        self.used.add("async with")
        return updated_node.with_changes(asynchronous=None)

    def leave_CompFor(self, original_node: cst.CompFor, updated_node: cst.CompFor) -> cst.CompFor:
        if original_node.asynchronous is None:
            return updated_node
        self.used.add("async comprehension")
        return updated_node.with_changes(asynchronous=None)

    def leave_Await(self, original_node: cst.Await, updated_node: cst.Await) -> cst.BaseExpression:
        self.used.add("await")
        inner = updated_node.expression
        if not original_node.lpar or (isinstance(inner, PRIMARY) and is_one_line(inner) and not comments(updated_node)):
            return inner
        return inner.with_changes(lpar=[*updated_node.lpar, *inner.lpar], rpar=[*inner.rpar, *updated_node.rpar])

    def visit_Subscript(self, node: cst.Subscript) -> None:
        if last_name(node.value) in ("Annotated", "Literal"):
            self.types.append(False)

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        generic = last_name(original_node.value)
        if generic in ("Annotated", "Literal"):
            self.types.pop()
        arguments = [element.slice.value for element in updated_node.slice if isinstance(element.slice, cst.Index)]
        if generic in ("Awaitable", "Coroutine") and arguments:
            self.used.add(f"{generic}[...]")
            return arguments[-1]
        if generic == "AsyncGenerator":
            self.used.add("AsyncGenerator[...]")
            none = [cst.SubscriptElement(cst.Index(cst.Name("None"))) for _ in range(3 - len(arguments))]
            return updated_node.with_changes(slice=[*updated_node.slice, *none])
        return updated_node

    # Names, and strings that hold names

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        name = self.name(original_node.value, self.importing)
        return updated_node if name == original_node.value else updated_node.with_changes(value=name)

    def visit_Import(self, node: cst.Import) -> None:
        self.importing = True

    def leave_Import(self, original_node: cst.Import, updated_node: cst.Import) -> cst.Import:
        self.importing = False
        return updated_node

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:
        self.importing = True

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        self.importing = False
        return updated_node

    def visit_Annotation(self, node: cst.Annotation) -> None:
        self.types.append(True)

    def leave_Annotation(self, original_node: cst.Annotation, updated_node: cst.Annotation) -> cst.Annotation:
        self.types.pop()
        return updated_node

    def visit_Expr(self, node: cst.Expr) -> None:
        self.meanings[node.value] = "text"

    def visit_Assign(self, node: cst.Assign) -> None:
        if any(last_name(target.target) == "__all__" for target in node.targets):
            self.mean_names(node.value)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        if last_name(node.target) == "__all__":
            self.mean_names(node.value)

    def mean_names(self, value: cst.BaseExpression) -> None:
        if isinstance(value, cst.List | cst.Tuple):
            self.meanings |= {element.value: "__all__" for element in value.elements}

    def visit_Call(self, node: cst.Call) -> None:
        function = last_name(node.func)
        if function not in STRING_ARGUMENTS:
            return
        place, meaning = STRING_ARGUMENTS[function]
        if len(node.args) > place:
            self.meanings[node.args[place].value] = meaning
        if function == "TypeVar":
            self.meanings |= {argument.value: "type" for argument in node.args[1:]}

    def visit_DictElement(self, node: cst.DictElement) -> None:
        if isinstance(node.key, cst.SimpleString) and IMPORT_PATH.fullmatch(node.key.raw_value):
            self.meanings[node.value] = "lazy table"

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        before = original_node.raw_value
        if "b" in original_node.prefix.lower():
            return updated_node
        meaning = self.meanings.get(original_node, "type" if self.types[-1] else "")
        if meaning == "text":
            after = self.text(before)
        elif meaning == "type":
            after = self.type(before)
        elif meaning in ("__all__", "name") or (meaning == "lazy table" and ANY_NAMES.fullmatch(before)):
            after = self.names(before)
        elif CLASS_NAMES.fullmatch(before):
            meaning, after = "class names", self.names(before)
        elif IMPORT_PATH.fullmatch(before):
            meaning, after = "import path", self.names(before, module=True)
        else:
            return updated_node
        if after == before:
            return updated_node
        if meaning != "text":
            self.used.add(f"string: {meaning}")
        quote = original_node.quote
        return updated_node.with_changes(value=f"{original_node.prefix}{quote}{after}{quote}")

    def type(self, text: str) -> str:
        """A type that is written as a string."""
        try:
            expression = cst.parse_expression(text)
        except cst.ParserSyntaxError:
            return text
        changed = expression.visit(Unasync(self.used, types=True))
        assert isinstance(changed, cst.BaseExpression)
        return code(changed)

    def leave_Comment(self, original_node: cst.Comment, updated_node: cst.Comment) -> cst.Comment:
        text = self.text(original_node.value)
        return updated_node if text == original_node.value else updated_node.with_changes(value=text)


def last_name(node: cst.CSTNode) -> str:
    """``c`` for ``c`` and for ``a.b.c``."""
    if isinstance(node, cst.Attribute):
        node = node.attr
    return node.value if isinstance(node, cst.Name) else ""


def code(node: cst.CSTNode) -> str:
    return cst.Module(()).code_for_node(node)


def comments(node: cst.Await) -> bool:
    """Whether the parentheses, or the ``await``, have a comment of their own."""
    spaces = (node.whitespace_after_await, *(each.whitespace_after for each in node.lpar))
    return any("#" in code(space) for space in (*spaces, *(each.whitespace_before for each in node.rpar)))


def is_one_line(node: cst.CSTNode) -> bool:
    """Whether it needs no parentheses to go on in another line."""
    try:
        ast.parse(code(node), mode="eval")
    except SyntaxError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
