"""The pager, under the name that it has in globus-sdk 0.7.0 to 2.x."""

from globus_typed.core.pager import Pager

__all__ = ["PaginatedResource"]

PaginatedResource = Pager
