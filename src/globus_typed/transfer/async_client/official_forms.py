"""The forms that calls have in globus-sdk 4.x, besides those of this package."""

from __future__ import annotations

from typing import Final

from globus_typed.core.async_paginator import async_paginated
from globus_typed.transfer.async_client.bookmark_v2 import AsyncBookmarkV2Methods
from globus_typed.transfer.async_client.endpoint import AsyncEndpointMethods
from globus_typed.transfer.async_client.endpoint_manager import AsyncManagementMethods
from globus_typed.transfer.async_client.task import AsyncTaskMethods
from globus_typed.transfer.async_client.tunnel import AsyncTunnelMethods


class AsyncOfficialForms(
    AsyncEndpointMethods, AsyncBookmarkV2Methods, AsyncTaskMethods, AsyncManagementMethods, AsyncTunnelMethods
):
    """Forms of globus-sdk 4.x on the client of Transfer."""

    @property
    def paginated(self) -> AsyncPaginatedMethods:
        """The methods that give lists, with the same parameters, but page by page: all pages unless `num_results` is
        given.

        ``client.paginated.task_list()`` gives the pages when it is iterated, and the tasks by ``.items()``.
        """
        return AsyncPaginatedMethods(self)


class AsyncPaginatedMethods:
    """The methods of a client that give lists, as methods that give an `AsyncPaginator`."""

    def __init__(self, client: AsyncOfficialForms) -> None:
        self.endpoint_search: Final = async_paginated(client.endpoint_search)
        self.get_shared_endpoint_list: Final = async_paginated(client.get_shared_endpoint_list)
        self.task_list: Final = async_paginated(client.task_list)
        self.task_event_list: Final = async_paginated(client.task_event_list)
        self.task_successful_transfers: Final = async_paginated(client.task_successful_transfers)
        self.task_skipped_errors: Final = async_paginated(client.task_skipped_errors)
        self.endpoint_manager_task_list: Final = async_paginated(client.endpoint_manager_task_list)
        self.endpoint_manager_task_event_list: Final = async_paginated(client.endpoint_manager_task_event_list)
        self.endpoint_manager_task_successful_transfers: Final = async_paginated(
            client.endpoint_manager_task_successful_transfers
        )
        self.endpoint_manager_task_skipped_errors: Final = async_paginated(client.endpoint_manager_task_skipped_errors)
        self.list_bookmarks_v2: Final = async_paginated(client.list_bookmarks_v2)
        self.list_tunnels: Final = async_paginated(client.list_tunnels)
        self.get_tunnel_events: Final = async_paginated(client.get_tunnel_events)
        self.list_stream_access_points: Final = async_paginated(client.list_stream_access_points)
