# Generated from base.py by tools/unasync.py: change that file.
"""Base class of the methods of all Transfer subjects."""

from typing import ClassVar

from globus_typed.core.client import Client
from globus_typed.core.service import Service
from globus_typed.errors import GlobusAPIError
from globus_typed.transfer.errors import TransferAPIError
from globus_typed.transfer.service import SERVICE, V0_10


class TransferBase(Client):
    """A client of Globus Transfer, version 0.10 of its API."""

    service: ClassVar[Service] = SERVICE
    base_path: ClassVar[str] = f"/{V0_10}/"
    error_class: ClassVar[type[GlobusAPIError]] = TransferAPIError
