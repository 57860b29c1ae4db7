"""Base class of the methods of all Groups subjects."""

from typing import ClassVar

from globus_typed.core.async_client import AsyncClient
from globus_typed.core.service import Service
from globus_typed.errors import GlobusAPIError
from globus_typed.groups.errors import GroupsAPIError
from globus_typed.groups.service import SERVICE


class AsyncGroupsBase(AsyncClient):
    """A client of Globus Groups, version 2 of its API."""

    service: ClassVar[Service] = SERVICE
    base_path: ClassVar[str] = "/v2/"
    error_class: ClassVar[type[GlobusAPIError]] = GroupsAPIError
