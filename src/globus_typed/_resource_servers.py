"""`ResourceServers`: the resource servers of the services."""

# Written by tools/names.py, from what the services declare.

from typing import Final

__all__ = ["ResourceServers"]


class ResourceServers:
    """The resource servers, as `by_resource_server` names them; an app's own is its client id."""

    auth: Final = "auth.globus.org"
    """Globus Auth."""
    compute: Final = "funcx_service"
    """Globus Compute."""
    flows: Final = "flows.globus.org"
    """Globus Flows."""
    groups: Final = "groups.api.globus.org"
    """Globus Groups."""
    search: Final = "search.api.globus.org"
    """Globus Search."""
    timers: Final = "524230d7-ea86-4a52-8312-86065a9e0417"
    """Globus Timers."""
    transfer: Final = "transfer.api.globus.org"
    """Globus Transfer."""
