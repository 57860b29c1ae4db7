"""The scopes of Globus Auth, and those requested by default in a login."""

from typing import Final

from globus_typed.scopes.collection import StaticScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["DEFAULT_REQUESTED_SCOPES", "AuthScopes"]


class _AuthScopes(StaticScopeCollection):
    """Scopes of Globus Auth."""

    resource_server = "auth.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    openid: Final = ScopeString("openid")
    """Identify the user: the id_token, and `sub` in the userinfo."""
    profile: Final = ScopeString("profile")
    """Read the user's name, username, organization and linked identities."""
    email: Final = ScopeString("email")
    """Read the user's e-mail address."""
    view_authentications: Final = ScopeString("urn:globus:auth:scope:auth.globus.org:view_authentications")
    """Read when and how the user has logged in."""
    view_clients: Final = ScopeString("urn:globus:auth:scope:auth.globus.org:view_clients")
    """Read the clients in the user's projects."""
    view_clients_and_scopes: Final = ScopeString("urn:globus:auth:scope:auth.globus.org:view_clients_and_scopes")
    """Read the clients in the user's projects, and their scopes."""
    view_identities: Final = ScopeString("urn:globus:auth:scope:auth.globus.org:view_identities")
    """Look up identities."""
    view_identity_set: Final = ScopeString("urn:globus:auth:scope:auth.globus.org:view_identity_set")
    """Read the identities linked to the user's."""
    view_consents: Final = ScopeString("urn:globus:auth:scope:auth.globus.org:view_consents")
    """Read the consents that the user has given."""
    manage_projects: Final = ScopeString("urn:globus:auth:scope:auth.globus.org:manage_projects")
    """Manage the user's projects and their clients, scopes and policies."""


AuthScopes: Final = _AuthScopes()
"""Scopes of Globus Auth."""

DEFAULT_REQUESTED_SCOPES: Final = (
    AuthScopes.openid,
    AuthScopes.profile,
    AuthScopes.email,
    "urn:globus:auth:scope:transfer.api.globus.org:all",
)
"""The scopes requested in a login by default, as documented for the OAuth2 flows of globus-sdk 0.7.0."""
