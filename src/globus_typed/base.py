"""The base class of clients, under the name that it has in globus-sdk."""

from globus_typed.core.client import Client

__all__ = ["BaseClient"]

BaseClient = Client
