# Generated from official_forms.py by tools/unasync.py: change that file.
"""The forms that calls have in globus-sdk 4.x, besides those of this package."""

from __future__ import annotations

from typing import Final

from globus_typed.core.paginator import paginated
from globus_typed.transfer.client.bookmark_v2 import BookmarkV2Methods
from globus_typed.transfer.client.endpoint import EndpointMethods
from globus_typed.transfer.client.endpoint_manager import ManagementMethods
from globus_typed.transfer.client.task import TaskMethods
from globus_typed.transfer.client.tunnel import TunnelMethods


class OfficialForms(EndpointMethods, BookmarkV2Methods, TaskMethods, ManagementMethods, TunnelMethods):
    """Forms of globus-sdk 4.x on the client of Transfer."""

    @property
    def paginated(self) -> PaginatedMethods:
        """The methods that give lists, with the same parameters, but page by page: all pages unless `num_results` is
        given.

        ``client.paginated.task_list()`` gives the pages when it is iterated, and the tasks by ``.items()``.
        """
        return PaginatedMethods(self)


class PaginatedMethods:
    """The methods of a client that give lists, as methods that give an `Paginator`."""

    def __init__(self, client: OfficialForms) -> None:
        self.endpoint_search: Final = paginated(client.endpoint_search)
        self.get_shared_endpoint_list: Final = paginated(client.get_shared_endpoint_list)
        self.task_list: Final = paginated(client.task_list)
        self.task_event_list: Final = paginated(client.task_event_list)
        self.task_successful_transfers: Final = paginated(client.task_successful_transfers)
        self.task_skipped_errors: Final = paginated(client.task_skipped_errors)
        self.endpoint_manager_task_list: Final = paginated(client.endpoint_manager_task_list)
        self.endpoint_manager_task_event_list: Final = paginated(client.endpoint_manager_task_event_list)
        self.endpoint_manager_task_successful_transfers: Final = paginated(
            client.endpoint_manager_task_successful_transfers
        )
        self.endpoint_manager_task_skipped_errors: Final = paginated(client.endpoint_manager_task_skipped_errors)
        self.list_bookmarks_v2: Final = paginated(client.list_bookmarks_v2)
        self.list_tunnels: Final = paginated(client.list_tunnels)
        self.get_tunnel_events: Final = paginated(client.get_tunnel_events)
        self.list_stream_access_points: Final = paginated(client.list_stream_access_points)
