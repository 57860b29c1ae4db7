"""The house: which floors there are, and that imports point down, without circles."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from subprocess import run

import pytest

import globus_typed
from globus_typed import registry
from globus_typed._former_paths import FORMER_PATHS

ROOT = Path(globus_typed.__file__).parent
SERVICES = registry.names()

FLOORS: list[set[str]] = [
    {"_version", "_former_paths", "registry", "core.http_info", "core.json_data", "core.service"}
    | {"core.outside_text", "core.base_errors", "core.authorization_parameters", "core.error_info"},
    {"errors", "config", "scopes", "core"},
    {"service.service", "service.errors", "service.scopes", "_resource_servers"},
    {"service.documents", "service"},
    {"service.client", "service.async_client"},
    {"authorizers", "response", "base", "exc", "scopes.consents", "service.oauth_flow_manager"},
    {"apps"},
    {"globus_app", "token_storage", "login_flows", "gare"},
    {"files"},
    {"schema", "check"},
    {"sandbox"},
    {"cli"},
    {"__main__"},
]
"""The parts of the package from the ground up, ``service`` for any service: each imports from itself and from below."""

USES_HTTPX = {"core.wire", "core.transport", "files.wire", "cli.demo"}
HOUSE = {
    *("__init__.py", "py.typed", "_version.py", "__main__.py", "registry.py", "errors.py", "exc.py", "config.py"),
    *("response.py", "base.py", "_former_paths.py", "_resource_servers.py"),
    *("gare.py", "globus_app", "token_storage", "login_flows"),
    *("authorizers", "scopes", "core", "apps", "files", "schema", "check", "cli", "sandbox"),
}
"""What may stand at the top besides the services."""

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}


def is_table(module: str) -> bool:
    """Whether a module holds public names and loads them when they are used, so that importing it brings nothing."""
    return MODULES[module].name == "__init__.py" and "lazy(" in MODULES[module].read_text(encoding="utf-8")


TABLES = {module for module in MODULES if is_table(module)}


def part(module: str) -> str:
    """The part of the package that a module belongs to."""
    first, _, rest = module.partition(".")
    name = f"service.{rest}".rstrip(".") if first in SERVICES else module
    parts = {each for floor in FLOORS for each in floor}
    return next(each for each in sorted(parts, key=len, reverse=True) if f"{name}.".startswith(f"{each}."))


def floor(module: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if part(module) in names)


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


@cache
def imported(module: str, *, typed: bool = False) -> frozenset[str]:
    """The modules that a module imports, wherever in it; with `typed`, for type checkers alone too."""
    found: set[str] = set()
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in ast.walk(tree) if typed else run_time(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            home = home_of(module, node)
            inner = {f"{home}.{alias.name}" for alias in node.names}
            own = {name for name in inner if name.removeprefix("globus_typed.") in MODULES}
            found |= own | ({home} if len(own) < len(node.names) else set())
    return frozenset(name.removeprefix("globus_typed.") for name in found)


def arrows(module: str) -> set[str]:
    """The package's own modules that a module imports, for type checkers alone too; those behind a table are not."""
    return set(imported(module, typed=True)) & MODULES.keys() - TABLES


def test_the_top_level_is_the_house() -> None:
    tree = run(["git", "ls-files", "."], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    names = {path.partition("/")[0] for path in tree} or {path.name for path in ROOT.iterdir()} - {"__pycache__"}
    assert names <= HOUSE | set(SERVICES)


@pytest.mark.parametrize("module", sorted(MODULES.keys() - TABLES))
def test_imports_point_down(module: str) -> None:
    for name in arrows(module):
        assert part(name) == part(module) or floor(name) <= floor(module), f"{module} imports {name}"


def test_nothing_is_imported_in_a_circle() -> None:
    done: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module not in done:
            for name in sorted(arrows(module)):
                walk(name, (*path, module))
            done.add(module)

    for module in sorted(MODULES.keys() - TABLES):
        walk(module, ())


@pytest.mark.parametrize("module", sorted(TABLES))
def test_the_tables_of_names_import_nothing_that_is_slow(module: str) -> None:
    assert imported(module) & MODULES.keys() <= {"core.lazy", "_version", "_former_paths"}


@pytest.mark.parametrize("module", sorted(module for module in MODULES if module.partition(".")[0] in SERVICES))
def test_a_service_knows_nothing_of_another(module: str) -> None:
    own = module.partition(".")[0]
    if module not in TABLES:
        assert not {name.partition(".")[0] for name in arrows(module)} & set(SERVICES) - {own}


@pytest.mark.parametrize(
    "module", sorted(module for module in MODULES if module.partition(".")[0] in {"core", "schema", "check", "cli"})
)
def test_what_serves_all_services_names_none(module: str) -> None:
    if module != "cli.demo":  # which is a program that uses them
        assert not {name.partition(".")[0] for name in arrows(module)} & set(SERVICES)
        text = MODULES[module].read_text(encoding="utf-8")
        strings = {
            node.value
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value
        }
        assert not strings & set(SERVICES)


def test_the_sandbox_is_an_independent_judge() -> None:
    """It takes nothing from the client, so that the two cannot be wrong in the same way.

    The apps for tests are clients of it, which its users ask for: nothing that is served may know of them.
    """
    knowing = {module for module in MODULES if "sandbox.apps_for_tests" in imported(module)}
    assert knowing == {"sandbox.world"}
    assert "apps_for_tests" not in import_module("globus_typed.sandbox.world").__dict__  # only when one is asked for
    for module in MODULES:
        if module.partition(".")[0] == "sandbox" and module != "sandbox.apps_for_tests":
            theirs = {name for name in imported(module) & MODULES.keys() if name.partition(".")[0] != "sandbox"}
            assert theirs <= {"core.lazy", "core.service", "errors", "registry"}, module


def test_httpx_is_imported_where_requests_are_sent_and_nowhere_else() -> None:
    using = {module for module in MODULES if "httpx" in {name.partition(".")[0] for name in imported(module)}}
    assert using == USES_HTTPX


def test_annotations_are_there_when_models_are_made() -> None:
    """Only the clients, which make none, have theirs as text: so that a client brings no document, nor httpx, along."""
    for module in MODULES.keys() - TABLES:
        if module.rpartition(".")[2].removeprefix("async_") not in {"client", "connections"} and not part(
            module
        ).endswith("client"):
            assert "__future__" not in imported(module), module


@pytest.mark.parametrize("module", sorted(TABLES))
def test_a_type_checker_sees_the_names_that_are_loaded(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    (switch,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        (alias.name, node.module)
        for node in switch.body
        if isinstance(node, ast.ImportFrom) and node.module != "globus_typed"
        for alias in node.names
    }
    (table,) = (node for node in ast.walk(switch) if isinstance(node, ast.Dict))
    texts: dict[str, str] = ast.literal_eval(table)
    assert seen == {(name, home) for home, names in texts.items() for name in names.split()}
    (names,) = (node.value for node in tree.body if isinstance(node, ast.Assign))
    assert {*ast.literal_eval(names)} == {name for name, _ in seen} | ({"__version__"} & {*ast.literal_eval(names)})


def test_every_module_path_of_before_can_be_imported() -> None:
    """Those of version 0.1, and that no former path is one that stands."""
    for path in (Path(__file__).parent.parent / "data" / "module_paths.txt").read_text(encoding="utf-8").split():
        if not path.endswith("__main__"):  # which is the command
            import_module(path)
    assert not FORMER_PATHS.keys() & MODULES.keys()
