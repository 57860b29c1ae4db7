"""The scopes of Globus Timers."""

from typing import Final

from globus_typed.scopes.collection import StaticScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["TimersScopes"]


class _TimersScopes(StaticScopeCollection):
    """Scopes of Globus Timers."""

    resource_server = "524230d7-ea86-4a52-8312-86065a9e0417"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    timer: Final = ScopeString("https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer")
    """Everything the user is allowed to do."""


TimersScopes: Final = _TimersScopes()
"""Scopes of Globus Timers."""
