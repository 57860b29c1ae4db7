"""The Groups clients: `AsyncGroupsClient`, and `AsyncGroupsManager` on top of it."""

from globus_typed.groups.async_client.groups_client import AsyncGroupsClient
from globus_typed.groups.async_client.manager import AsyncGroupsManager

__all__ = ["AsyncGroupsClient", "AsyncGroupsManager"]
