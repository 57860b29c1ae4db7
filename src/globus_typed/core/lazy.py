"""Public names (PEP 562), and modules, that are loaded when they are first used."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules

__all__ = ["Later", "lazy"]


class Later:
    """A module that is imported when one of its members is first read, which annotations name and nothing else.

    So `typing.get_type_hints` resolves them, and a program that does not ask for them does without the module.
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, member: str) -> object:
        return getattr(import_module(self._name), member)


def lazy(
    package: str, names: Mapping[str, str], *, extra: str | None = None
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` for a package, from the names that each of its modules brings to it.

    The package's own modules are found too. Where they need an extra, a missing package is said to come with it.
    """
    modules = {name: module for module, texts in names.items() for name in texts.split()}

    def load(name: str) -> object:
        own = f"{package}.{name}"
        if name not in modules and not (name.isidentifier() and name[0] != "_" and name in _modules_of(package)):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        try:
            value = getattr(import_module(modules[name]), name) if name in modules else import_module(own)
        except ModuleNotFoundError as error:
            if extra is None or error.name is None or error.name.partition(".")[0] == "globus_typed":
                raise
            from globus_typed.errors import GlobusOptionalDependencyError

            raise GlobusOptionalDependencyError([error.name], own, extra) from error
        setattr(sys.modules[package], name, value)
        return value

    def everything() -> list[str]:
        return sorted({*vars(sys.modules[package]), *modules})

    return load, everything


def _modules_of(package: str) -> set[str]:
    return {module.name for module in iter_modules(sys.modules[package].__path__)}
