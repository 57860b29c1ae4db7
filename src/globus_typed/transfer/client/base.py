# Generated from base.py by tools/unasync.py: change that file.
"""What the methods of all Transfer subjects stand on."""

from typing import ClassVar

from globus_typed.client import Client
from globus_typed.errors import GlobusAPIError, TransferAPIError


class TransferBase(Client):
    """A client of Globus Transfer, version 0.10 of its API."""

    service: ClassVar[str] = "transfer"
    base_path: ClassVar[str] = "/v0.10/"
    error_class: ClassVar[type[GlobusAPIError]] = TransferAPIError
