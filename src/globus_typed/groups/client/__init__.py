# Generated from __init__.py by tools/unasync.py: change that file.
"""The Groups clients: `GroupsClient`, and `GroupsManager` on top of it."""

from globus_typed.groups.client.groups_client import GroupsClient
from globus_typed.groups.client.manager import GroupsManager

__all__ = ["GroupsClient", "GroupsManager"]
