"""Scopes: what tokens may be used for, and the scopes of all services."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.auth.scopes import DEFAULT_REQUESTED_SCOPES, AuthScopes
    from globus_typed.compute.scopes import ComputeScopes
    from globus_typed.flows.scopes import FlowsScopes, SpecificFlowScopes
    from globus_typed.gcs.scopes import CollectionScopes, GCSCollectionScopes, GCSEndpointScopes
    from globus_typed.groups.scopes import GroupsScopes, NexusScopes
    from globus_typed.scopes.collection import DynamicScopeCollection, ScopeCollection, StaticScopeCollection
    from globus_typed.scopes.errors import ScopeCycleError, ScopeParseError
    from globus_typed.scopes.parser import ScopeParser
    from globus_typed.scopes.scope import Scope, Scopes, ScopeString, scopes_to_text
    from globus_typed.search.scopes import SearchScopes
    from globus_typed.timers.scopes import TimersScopes
    from globus_typed.transfer.scopes import TransferScopes
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.auth.scopes": ("AuthScopes DEFAULT_REQUESTED_SCOPES"),
            "globus_typed.compute.scopes": ("ComputeScopes"),
            "globus_typed.flows.scopes": ("FlowsScopes SpecificFlowScopes"),
            "globus_typed.gcs.scopes": ("CollectionScopes GCSCollectionScopes GCSEndpointScopes"),
            "globus_typed.groups.scopes": ("GroupsScopes NexusScopes"),
            "globus_typed.scopes.collection": ("DynamicScopeCollection ScopeCollection StaticScopeCollection"),
            "globus_typed.scopes.errors": ("ScopeCycleError ScopeParseError"),
            "globus_typed.scopes.parser": ("ScopeParser"),
            "globus_typed.scopes.scope": ("Scope ScopeString Scopes scopes_to_text"),
            "globus_typed.search.scopes": ("SearchScopes"),
            "globus_typed.timers.scopes": ("TimersScopes"),
            "globus_typed.transfer.scopes": ("TransferScopes"),
        },
    )

__all__ = [
    "DEFAULT_REQUESTED_SCOPES",
    "AuthScopes",
    "CollectionScopes",
    "ComputeScopes",
    "DynamicScopeCollection",
    "FlowsScopes",
    "GCSCollectionScopes",
    "GCSEndpointScopes",
    "GroupsScopes",
    "NexusScopes",
    "Scope",
    "ScopeCollection",
    "ScopeCycleError",
    "ScopeParseError",
    "ScopeParser",
    "ScopeString",
    "Scopes",
    "SearchScopes",
    "SpecificFlowScopes",
    "StaticScopeCollection",
    "TimersScopes",
    "TransferScopes",
    "scopes_to_text",
]
