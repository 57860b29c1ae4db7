"""Globus Groups."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.groups.scopes import GroupsScopes, NexusScopes
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.groups.scopes": ("GroupsScopes NexusScopes"),
        },
    )

__all__ = ["GroupsScopes", "NexusScopes"]
