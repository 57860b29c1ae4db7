# Generated from __init__.py by tools/unasync.py: change that file.
"""`TransferClient`: one module a subject, composed here."""

from globus_typed.transfer.client.access import AccessMethods
from globus_typed.transfer.client.activation import ActivationMethods
from globus_typed.transfer.client.admin_actions import AdminActionMethods
from globus_typed.transfer.client.app_scopes import AppScopeMethods
from globus_typed.transfer.client.bookmark import BookmarkMethods
from globus_typed.transfer.client.bookmark_v2 import BookmarkV2Methods
from globus_typed.transfer.client.endpoint import EndpointMethods
from globus_typed.transfer.client.endpoint_manager import ManagementMethods
from globus_typed.transfer.client.existence import ExistenceMethods
from globus_typed.transfer.client.files import FileMethods
from globus_typed.transfer.client.official_forms import OfficialForms
from globus_typed.transfer.client.pause import PauseMethods
from globus_typed.transfer.client.role import RoleMethods
from globus_typed.transfer.client.server import ServerMethods
from globus_typed.transfer.client.sharing import SharingMethods
from globus_typed.transfer.client.syncing import SyncMethods
from globus_typed.transfer.client.tunnel import TunnelMethods
from globus_typed.transfer.client.walking import WalkMethods

__all__ = ["TransferClient"]


class TransferClient(
    OfficialForms,
    AppScopeMethods,
    EndpointMethods,
    ServerMethods,
    ActivationMethods,
    RoleMethods,
    SharingMethods,
    AccessMethods,
    BookmarkMethods,
    BookmarkV2Methods,
    ExistenceMethods,
    FileMethods,
    SyncMethods,
    WalkMethods,
    PauseMethods,
    ManagementMethods,
    AdminActionMethods,
    TunnelMethods,
):
    """Client of Globus Transfer: find collections, list their files, submit transfers and deletes, and follow them.

    Every response is a document with typed fields, every list a pager of them, every refusal a `TransferAPIError`.
    Additional keyword arguments of a method are sent to the service as query parameters. For the parameters of the
    constructor see `Client`; without an authorizer, a ``transfer_token`` from the configuration is used.
    """
