"""The scopes of Auth itself."""

from globus_typed.sandbox.known_scopes import ServiceScopes

__all__ = ["AUTH_SERVER", "AUTH_URN", "OWN_SCOPES"]

AUTH_SERVER = "auth.globus.org"
AUTH_URN = "urn:globus:auth:scope:auth.globus.org:"

OWN_SCOPES = ServiceScopes(
    AUTH_SERVER,
    {
        "openid": "Know which identity you are",
        "profile": "See your name, your organization and who vouches for your identity",
        "email": "See your email address",
        f"{AUTH_URN}manage_projects": "See and change your projects, their apps and their policies",
        f"{AUTH_URN}manage_consents": "See and take back what you have allowed apps to do",
        f"{AUTH_URN}view_authentications": "See when and how you logged in",
        f"{AUTH_URN}view_clients": "See apps that you manage",
        f"{AUTH_URN}view_clients_and_scopes": "See apps that you manage, and their scopes",
        f"{AUTH_URN}view_consents": "See what you have allowed apps to do",
        f"{AUTH_URN}view_identities": "Look up the identities of other people",
        f"{AUTH_URN}view_identity_set": "See all identities that are linked with yours",
    },
)
"""With what they allow, in words for the consent page."""
