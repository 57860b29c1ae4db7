"""`Rotation`: what a refresh does to the refresh token."""

from typing import Literal, TypeAlias

__all__ = ["Rotation"]

Rotation: TypeAlias = Literal["never", "strict", "grace", "omit"]
"""The refresh token of the response to a refresh: the same one; a new one, which ends the old one at once (``strict``)
or at its own first use (``grace``); none, where the old one stays good (``omit``)."""
