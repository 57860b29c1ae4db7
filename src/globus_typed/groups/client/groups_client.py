# Generated from groups_client.py by tools/unasync.py: change that file.
"""`GroupsClient`: one module a subject, composed here."""

from globus_typed.groups.client.group import GroupMethods
from globus_typed.groups.client.identity import IdentityMethods
from globus_typed.groups.client.membership import MembershipMethods
from globus_typed.groups.client.policies import PoliciesMethods


class GroupsClient(GroupMethods, PoliciesMethods, MembershipMethods, IdentityMethods):
    """Client of Globus Groups: find groups, make them, act on their memberships.

    An app asks by default for a token that may only look; a client that changes groups is made with ``GroupsClient(
    app=app, app_scopes=GroupsScopes.all)``. Every response is a document with typed fields, every refusal a
    `GroupsAPIError`. For the parameters of the constructor see `Client`; without an authorizer, a
    ``groups_token`` from the configuration is used.
    """
