"""The scopes of Globus Timers."""

from typing import Final

__all__ = ["TimersScopes"]


class TimersScopes:
    """What a token may be allowed to do at Globus Timers."""

    timer: Final = "https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer"
    """Everything that the user may do there."""
