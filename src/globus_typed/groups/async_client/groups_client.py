"""`AsyncGroupsClient`: one module a subject, composed here."""

from globus_typed.groups.async_client.group import AsyncGroupMethods
from globus_typed.groups.async_client.identity import AsyncIdentityMethods
from globus_typed.groups.async_client.membership import AsyncMembershipMethods
from globus_typed.groups.async_client.policies import AsyncPoliciesMethods


class AsyncGroupsClient(AsyncGroupMethods, AsyncPoliciesMethods, AsyncMembershipMethods, AsyncIdentityMethods):
    """Client of Globus Groups: find groups, make them, act on their memberships.

    An app asks by default for a token that may only look; a client that changes groups is made with ``GroupsClient(
    app=app, app_scopes=GroupsScopes.all)``. Every response is a document with typed fields, every refusal a
    `GroupsAPIError`. For the parameters of the constructor see `AsyncClient`; without an authorizer, a
    ``groups_token`` from the configuration is used.
    """
