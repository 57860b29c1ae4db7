"""`AsyncTransferClient`: one module a subject, composed here."""

from globus_typed.transfer.async_client.access import AsyncAccessMethods
from globus_typed.transfer.async_client.activation import AsyncActivationMethods
from globus_typed.transfer.async_client.admin_actions import AsyncAdminActionMethods
from globus_typed.transfer.async_client.app_scopes import AsyncAppScopeMethods
from globus_typed.transfer.async_client.bookmark import AsyncBookmarkMethods
from globus_typed.transfer.async_client.bookmark_v2 import AsyncBookmarkV2Methods
from globus_typed.transfer.async_client.endpoint import AsyncEndpointMethods
from globus_typed.transfer.async_client.endpoint_manager import AsyncManagementMethods
from globus_typed.transfer.async_client.existence import AsyncExistenceMethods
from globus_typed.transfer.async_client.files import AsyncFileMethods
from globus_typed.transfer.async_client.official_forms import AsyncOfficialForms
from globus_typed.transfer.async_client.pause import AsyncPauseMethods
from globus_typed.transfer.async_client.role import AsyncRoleMethods
from globus_typed.transfer.async_client.server import AsyncServerMethods
from globus_typed.transfer.async_client.sharing import AsyncSharingMethods
from globus_typed.transfer.async_client.syncing import AsyncSyncMethods
from globus_typed.transfer.async_client.tunnel import AsyncTunnelMethods
from globus_typed.transfer.async_client.walking import AsyncWalkMethods

__all__ = ["AsyncTransferClient"]


class AsyncTransferClient(
    AsyncOfficialForms,
    AsyncAppScopeMethods,
    AsyncEndpointMethods,
    AsyncServerMethods,
    AsyncActivationMethods,
    AsyncRoleMethods,
    AsyncSharingMethods,
    AsyncAccessMethods,
    AsyncBookmarkMethods,
    AsyncBookmarkV2Methods,
    AsyncExistenceMethods,
    AsyncFileMethods,
    AsyncSyncMethods,
    AsyncWalkMethods,
    AsyncPauseMethods,
    AsyncManagementMethods,
    AsyncAdminActionMethods,
    AsyncTunnelMethods,
):
    """Client of Globus Transfer: find collections, list their files, submit transfers and deletes, and follow them.

    Every response is a document with typed fields, every list a pager of them, every refusal a `TransferAPIError`.
    Additional keyword arguments of a method are sent to the service as query parameters. For the parameters of the
    constructor see `AsyncClient`; without an authorizer, a ``transfer_token`` from the configuration is used.
    """
