"""Write the tables of public names: of the package, of each service, of its documents. ``--check`` writes nothing and
fails when a table is stale.

A name is public where the module that defines it lists it in ``__all__``. The top level has the names of `CORE` and
those that each service exports.
"""

import ast
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from subprocess import run

from globus_typed import registry
from globus_typed.core.service import Service

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "globus_typed"

CORE: Mapping[str, str] = {
    "globus_typed._resource_servers": "ResourceServers",
    "globus_typed.base": "BaseClient",
    "globus_typed.core.async_pager": "AsyncPager",
    "globus_typed.core.authorization_parameters": "AuthorizationParameters",
    "globus_typed.core.authorizers": "AccessTokenAuthorizer BasicAuthorizer GlobusAuthorizer NullAuthorizer",
    "globus_typed.core.documents": "Document ListDocument Response",
    "globus_typed.core.http_info": "HTTPInfo",
    "globus_typed.core.pager": "Pager",
    "globus_typed.core.payloads": "MISSING Payload",
    "globus_typed.core.request": "Part Request",
    "globus_typed.core.retry": "RetryPolicy",
    "globus_typed.response": "GlobusHTTPResponse GlobusResponse IterableResponse",
    "globus_typed.scopes.errors": "ScopeCycleError ScopeParseError",
    "globus_typed.scopes.parser": "ScopeParser",
    "globus_typed.scopes.scope": "Scope",
}
"""The names of the top level that belong to no service, by their modules; the errors come besides."""

SUBMODULES = (
    *("apps", "authorizers", "base", "config", "errors", "exc", "files", "gare", "globus_app", "login_flows"),
    *("response", "scopes", "token_storage"),
)
"""The modules that type checkers find by name in the package, as programs do; all services besides."""

PARTS = (
    *("authorizers", "errors", "flows", "scopes", "client", "async_client", "builders", "response", "token_response"),
    *("tasks.progress", "client.watching", "async_client.watching"),
    *("client.sync_plan", "async_client.sync_plan", "syncing.arguments", "syncing.items"),
    *("client.walk", "async_client.walk", "walks.checkpoint", "walks.entries", "walks.limiter", "walks.usage"),
)
"""The modules of a service, besides its documents, whose names its folder has."""

SCOPES = "collection errors parser scope"
"""The modules of scopes whose names are public, besides those of the services."""

APPS = """
    authorizers client_app config errors gare preflight_report preparing results tokens user_app
    login_flows.auto login_flows.base login_flows.command_line login_flows.local_server login_flows.notebook
    login_flows.pending readers.importing readers.reading readers.stored
    storage.base storage.file_storage storage.json_file storage.keyring storage.memory storage.sqlite
    storage.validating storage.validators
"""
"""The modules of apps whose names are public."""
FILES = """
    async_collection_files checks collection_files errors opened results
    gcp gcp_files gcp_status gcs_node local_files
"""
"""The modules of files whose names are public."""
FUNCTIONS = {
    *("has_gares", "import_tokens", "is_gare", "read_tokens", "resolve_by_login_flow", "scopes_to_text", "to_gare"),
    "to_gares",
}
"""The functions among their names."""

NOTE = "# The names are written by tools/names.py, from the `__all__` of the modules."


def main(arguments: list[str]) -> int:
    """Write, or check, all tables."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    texts = dict(tables())
    formatted = _formatted(texts)
    stale = [path for path, text in formatted.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        print(f"stale: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(formatted[path], encoding="utf-8")
    return 1 if check and stale else 0


def tables() -> Iterable[tuple[Path, str]]:
    """Every table, with the file that it is written to."""
    top: dict[str, str] = {name: module for module, names in CORE.items() for name in names.split()}
    errors = {name: "globus_typed.errors" for name in public("globus_typed.errors") if name[0].isupper()}
    for service in registry.services():
        own = _names_of(service)
        top |= {name: own[name] for name in (*service.exports, *service.errors[:1])}
        errors |= {name: own[name] for name in service.errors}
        folder = PACKAGE / service.name
        borrowed = {path.rpartition(".")[2]: path.rpartition(".")[0] for path in service.borrowed}
        yield folder / "__init__.py", _table(folder / "__init__.py", f"{service.title}.", own | borrowed)
        if (folder / "documents").is_dir():
            path = folder / "documents" / "__init__.py"
            yield path, _table(path, f"The documents of {service.title}.", _documents_of(service))
    apps = _names_of_apps()
    yield PACKAGE / "apps" / "__init__.py", _table(PACKAGE / "apps" / "__init__.py", "Apps.", apps)
    top |= apps
    files = _names_of_files()
    path = PACKAGE / "files" / "__init__.py"
    yield path, _table(path, "Files: up- and downloads over HTTPS, and Globus Connect on this machine.", files)
    top |= files
    path = PACKAGE / "scopes" / "__init__.py"
    yield path, _table(path, "Scopes: what tokens may be used for, and the scopes of all services.", _names_of_scopes())
    top |= {name: home for name, home in errors.items() if home == "globus_typed.errors"}
    path = PACKAGE / "__init__.py"
    modules = sorted((*SUBMODULES, *registry.names()))
    yield path, _table(path, "", top, version=True, modules=modules)
    yield PACKAGE / "exc.py", _plain(errors)
    yield PACKAGE / "_resource_servers.py", _resource_servers()


def _names_of(service: Service) -> dict[str, str]:
    """The public names of a service, with the modules that define them."""
    found: dict[str, str] = {}
    for part in PARTS:
        module = f"globus_typed.{service.name}.{part}"
        if _path(module):
            found |= {name: module for name in public(module) if name[0].isupper()}
    return found | _documents_of(service)


def _names_of_apps() -> dict[str, str]:
    """The public names of apps, with the modules that define them."""
    modules = [f"globus_typed.apps.{module}" for module in APPS.split()]
    return {name: module for module in modules for name in public(module) if name[0].isupper() or name in FUNCTIONS}


def _names_of_files() -> dict[str, str]:
    """The public names of files, with the modules that define them."""
    modules = [f"globus_typed.files.{module}" for module in FILES.split()]
    return {name: module for module in modules for name in public(module) if name[0].isupper()}


def _names_of_scopes() -> dict[str, str]:
    """The public names of scopes, with the modules that define them."""
    modules = [f"globus_typed.scopes.{module}" for module in SCOPES.split()]
    modules += [f"globus_typed.{name}.scopes" for name in registry.names() if _path(f"globus_typed.{name}.scopes")]
    return {name: module for module in modules for name in public(module) if name[0].isupper() or name in FUNCTIONS}


def _documents_of(service: Service) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((PACKAGE / service.name / "documents").glob("[!_]*.py")):
        if path.stem not in service.foundations:
            module = f"globus_typed.{service.name}.documents.{path.stem}"
            found |= {name: _home(module, name) for name in public(module) if name[0].isupper()}
    return found


@cache
def public(module: str) -> tuple[str, ...]:
    """The names in a module's ``__all__``."""
    for node in _tree(module).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return tuple(names)
    raise SystemExit(f"{module} has no __all__")


def _home(module: str, name: str) -> str:
    """The module that a name comes from, where one hands on what another defines."""
    for node in ast.walk(_tree(module)):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module
            and name in {alias.asname or alias.name for alias in node.names}
        ):
            return _home(node.module, name)
    return module


@cache
def _tree(module: str) -> ast.Module:
    path = _path(module)
    if path is None:
        raise SystemExit(f"there is no module {module}")
    return ast.parse(path.read_text("utf-8"))


def _path(module: str) -> Path | None:
    base = PACKAGE.parent.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _by_module(names: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, module in sorted(names.items()):
        found.setdefault(module, []).append(name)
    return dict(sorted(found.items()))


def _imports(names: Mapping[str, str], indent: str = "") -> list[str]:
    return [f"{indent}from {module} import {', '.join(own)}" for module, own in _by_module(names).items()]


def _table(
    path: Path, title: str, names: Mapping[str, str], *, version: bool = False, modules: Iterable[str] = ()
) -> str:
    docstring = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) if path.is_file() else None) or title
    lines = [f'"""{docstring}\n"""' if "\n" in docstring else f'"""{docstring}"""', "", NOTE, ""]
    lines += ["from typing import TYPE_CHECKING", "", "from globus_typed.core.lazy import lazy"]
    if version:
        lines += [
            "from globus_typed._former_paths import find_former_paths",
            "from globus_typed._version import __version__",
        ]
    lines += ["", "if TYPE_CHECKING:"]
    lines += [f"    from globus_typed import {module} as {module}" for module in modules]
    lines += _imports(names, "    ")
    lines += ["else:  # a module with __getattr__ has, to a type checker, every name there is"]
    lines += ["    __getattr__, __dir__ = lazy(", "        __name__,", "        {"]
    for module, own in _by_module(names).items():
        lines += [f'            "{module}": (', *_wrapped(own), "            ),"]
    lines += ["        },", "    )"]
    if version:
        lines += ["", "find_former_paths()"]
    everything = sorted([*names, *(["__version__"] if version else [])])
    lines += ["", f"__all__ = {everything!r}", ""]
    return "\n".join(lines)


def _wrapped(names: list[str]) -> list[str]:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) > 90:
            lines.append("")
        lines[-1] += f"{name} "
    lines[-1] = lines[-1].rstrip()
    return [f'                "{line}"' for line in lines]


def _plain(names: Mapping[str, str]) -> str:
    docstring = '"""The exceptions, under the name that their module has in globus-sdk."""'
    return "\n".join([docstring, "", NOTE, "", *_imports(names), "", f"__all__ = {sorted(names)!r}", ""])


def _resource_servers() -> str:
    lines = [
        '"""`ResourceServers`: the resource servers of the services."""',
        "",
        "# Written by tools/names.py, from what the services declare.",
        "",
        "from typing import Final",
        "",
        '__all__ = ["ResourceServers"]',
        "",
        "",
        "class ResourceServers:",
        '    """The resource servers, as `by_resource_server` names them; an app\'s own is its client id."""',
        "",
    ]
    for service in registry.services():
        if service.resource_server:
            lines += [f'    {service.name}: Final = "{service.resource_server}"', f'    """{service.title}."""']
    return "\n".join([*lines, ""])


def _formatted(texts: Mapping[Path, str]) -> dict[Path, str]:
    """The texts as ruff formats them and sorts their imports."""
    found: dict[Path, str] = {}
    for path, text in texts.items():
        name = ["--stdin-filename", str(path.relative_to(ROOT)), "-"]
        for command in (["check", "--quiet", "--select", "I,RUF022", "--fix-only"], ["format", "--quiet"]):
            ruff = [sys.executable, "-m", "ruff", *command, *name]
            text = run(ruff, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout
        found[path] = text
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
