"""Globus Flows."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.flows.scopes import FlowsScopes, SpecificFlowScopes
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.flows.scopes": ("FlowsScopes SpecificFlowScopes"),
        },
    )

__all__ = ["FlowsScopes", "SpecificFlowScopes"]
