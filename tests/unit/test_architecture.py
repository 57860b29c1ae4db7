"""Imports point one way only, and what is slow to import is imported where it is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import globus_typed

ROOT = Path(globus_typed.__file__).parent
SERVICES = ("auth", "transfer")

LAYERS: list[set[str]] = [
    {"_version", "_concurrency"},
    {"fields", "problems", "scopes"},
    {"documents"},
    {"errors"},
    {"_lazy", "config", "exc", "request"},  # what a configuration is refused with is an error
    {"retry", "paging"},
    {"wire", "transport"},
    {"authorizers", "auth.documents", "auth.flows", "auth.query", "transfer.documents", "transfer.query"},
    {"async_connections", "connections"},
    {"auth.id_token", "async_client", "client", "async_pager", "pager"},
    {f"{service}.{kind}" for service in SERVICES for kind in ("async_client", "client")},
    {"sandbox"},
    {"demo"},
    {"kinds", "openapi_routes", "reading", "schema_rules"},
    {"elements", "schemas"},
    {"openapi", "validation"},
    {"checking"},
    {"cli"},
    {"__main__"},
]
"""The parts of the package: each imports from those above it, and from itself."""

USES_HTTPX = {"wire", "transport", "demo"}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
TABLES = {"__init__", *SERVICES}
"""The modules that hold the public names and load them when they are used."""


def part(module: str) -> str:
    """The part of the package that a module belongs to."""
    parts = {each for layer in LAYERS for each in layer}
    return next(each for each in sorted(parts, key=len, reverse=True) if f"{module}.".startswith(f"{each}."))


def layer(module: str) -> int:
    return next(rank for rank, layer in enumerate(LAYERS) if part(module) in layer)


def run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only type checkers see."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for other in node.orelse:
                yield from (other, *run_time(other))
        else:
            yield node
            yield from run_time(node)


def home_of(module: str, node: ast.ImportFrom) -> str:
    """The module that an import takes its names from, relative ones included."""
    if not node.level:
        return node.module or ""
    steps = ["globus_typed", *module.split(".")]
    if MODULES[module].name != "__init__.py":
        steps.pop()
    return ".".join((*steps[: len(steps) - node.level + 1], *filter(None, [node.module])))


def imported(module: str) -> set[str]:
    """The modules that a module imports, wherever in it, the package's own without its name."""
    found: set[str] = set()
    for node in run_time(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            home = home_of(module, node)
            inner = {f"{home}.{alias.name}" for alias in node.names}
            found |= {name for name in inner if name.removeprefix("globus_typed.") in MODULES} or {home}
    return {name.removeprefix("globus_typed.") for name in found}


@pytest.mark.parametrize("module", sorted(MODULES.keys() - TABLES))
def test_imports_point_one_way(module: str) -> None:
    # A table brings its names when they are used, and nothing when it is imported.
    for name in imported(module) & MODULES.keys() - TABLES:
        own = part(name) == part(module)
        assert own or layer(name) < layer(module), f"{module} imports {name}"


@pytest.mark.parametrize("module", sorted(TABLES))
def test_the_tables_of_names_import_nothing_that_is_slow(module: str) -> None:
    assert imported(module) & MODULES.keys() <= {"_lazy", "_version"}


@pytest.mark.parametrize("module", sorted(module for module in MODULES if module.startswith(SERVICES)))
def test_a_service_knows_nothing_of_another(module: str) -> None:
    (own,) = (service for service in SERVICES if module.startswith(service))
    others = set(SERVICES) - {own}
    assert not [name for name in imported(module) if name in MODULES and name.partition(".")[0] in others]


def test_the_sandbox_is_an_independent_judge() -> None:
    """It takes nothing from the client, so that the two cannot be wrong in the same way."""
    for module in MODULES:
        if part_of_sandbox(module):
            theirs = {name for name in imported(module) & MODULES.keys() if not part_of_sandbox(name)}
            allowed = (
                {"errors", "scopes"} if module == "sandbox.server" else set[str]()
            )  # which is Python's, not HTTP's
            assert theirs <= {"_lazy"} | allowed, module


def part_of_sandbox(module: str) -> bool:
    return module.partition(".")[0] == "sandbox"


def test_httpx_is_imported_where_requests_are_sent_and_nowhere_else() -> None:
    using = {module for module in MODULES if "httpx" in {name.partition(".")[0] for name in imported(module)}}
    assert using == USES_HTTPX


def test_annotations_are_there_when_models_are_made() -> None:
    """Only the clients, which make none, have theirs as text: so that a client brings no document, nor httpx, along."""
    for module in MODULES.keys() - TABLES:
        if part(module).rpartition(".")[2] not in {"async_client", "async_connections", "client", "connections"}:
            assert "__future__" not in imported(module), module


@pytest.mark.parametrize("module", sorted(TABLES))
def test_a_type_checker_sees_the_names_that_are_loaded(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    (switch,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        (alias.name, node.module) for node in switch.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    (table,) = (node for node in ast.walk(switch) if isinstance(node, ast.Dict))
    texts: dict[str, str] = ast.literal_eval(table)
    assert seen == {(name, home) for home, names in texts.items() for name in names.split()}
    (names,) = (node.value for node in tree.body if isinstance(node, ast.Assign))
    assert {*ast.literal_eval(names)} == {name for name, _ in seen} | ({"__version__"} & {*ast.literal_eval(names)})
