"""Names of scopes and of resource servers, and the one text that a list of scopes is sent as."""

from collections.abc import Iterable
from typing import Final, cast

__all__ = ["DEFAULT_REQUESTED_SCOPES", "AuthScopes", "ResourceServers", "TransferScopes", "scopes_to_text"]


class ResourceServers:
    """The services that tokens are made for, as `by_resource_server` names them; a client's own is its client id."""

    auth: Final = "auth.globus.org"
    """Globus Auth."""
    transfer: Final = "transfer.api.globus.org"
    """Globus Transfer."""
    groups: Final = "groups.api.globus.org"
    """Globus Groups."""
    search: Final = "search.api.globus.org"
    """Globus Search."""


class AuthScopes:
    """What a token may be allowed to do at Globus Auth."""

    openid: Final = "openid"
    """Learn who the user is: the id_token, and `sub` in the userinfo."""
    profile: Final = "profile"
    """Read the user's name, username, organization and linked identities."""
    email: Final = "email"
    """Read the user's e-mail address."""
    view_identities: Final = "urn:globus:auth:scope:auth.globus.org:view_identities"
    """Look identities up."""
    view_identity_set: Final = "urn:globus:auth:scope:auth.globus.org:view_identity_set"
    """Read which identities are linked to the user's."""
    view_consents: Final = "urn:globus:auth:scope:auth.globus.org:view_consents"
    """Read the consents that the user has given."""
    manage_projects: Final = "urn:globus:auth:scope:auth.globus.org:manage_projects"
    """Manage the user's projects and the clients, scopes and policies in them."""


class TransferScopes:
    """What a token may be allowed to do at Globus Transfer."""

    all: Final = "urn:globus:auth:scope:transfer.api.globus.org:all"
    """Everything that the user may do there."""


DEFAULT_REQUESTED_SCOPES: Final = (AuthScopes.openid, AuthScopes.profile, AuthScopes.email, TransferScopes.all)
"""What a login asks for when it names no scopes."""


def scopes_to_text(scopes: str | Iterable[str] | None) -> str:
    """The scopes as the one text that Globus Auth reads, parted by single spaces; the default ones for None.

    Raises `ValueError` for no scope at all, and for anything that is not text.
    """
    if scopes is None:
        scopes = DEFAULT_REQUESTED_SCOPES
    elif isinstance(scopes, str):
        scopes = (scopes,)
    given = cast(object, scopes)  # programs without a type checker can bring anything
    if not isinstance(given, Iterable):
        raise ValueError(f"must be a text or several texts, got {given!r}")
    texts: list[str] = []
    for text in cast("Iterable[object]", given):
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f'must be scopes such as "openid", got {text!r}')
        texts += text.split()
    if not texts:
        raise ValueError("must name at least one scope; None asks for the default ones")
    return " ".join(texts)
