"""What scopes allow, in words for the person who is asked."""

from dataclasses import dataclass

from .directory import Directory
from .scopes import AUTH_URN, TRANSFER_ALL, Scope, resource_server

_WORDS = {
    "openid": "Know which identity you are",
    "profile": "See your name, your organization and who vouches for your identity",
    "email": "See your email address",
    TRANSFER_ALL: "See, move, share and delete data on collections as you can, with Globus Transfer",
    f"{AUTH_URN}manage_projects": "See and change your projects, their apps and their policies",
    f"{AUTH_URN}manage_consents": "See and take back what you have allowed apps to do",
    f"{AUTH_URN}view_authentications": "See when and how you logged in",
    f"{AUTH_URN}view_clients": "See apps that you manage",
    f"{AUTH_URN}view_clients_and_scopes": "See apps that you manage, and their scopes",
    f"{AUTH_URN}view_consents": "See what you have allowed apps to do",
    f"{AUTH_URN}view_identities": "Look up the identities of other people",
    f"{AUTH_URN}view_identity_set": "See all identities that are linked with yours",
}


@dataclass(frozen=True)
class ScopeInWords:
    """A scope as the consent page shows it."""

    name: str
    words: str
    optional: bool
    dependencies: tuple["ScopeInWords", ...]


def in_words(scope: Scope, directory: Directory) -> ScopeInWords:
    """The scope with what it allows in words, and so what it depends on."""
    words = _WORDS.get(scope.name)
    if words is None:
        server = resource_server(scope.name) or ""
        app = directory.app(server)
        last = scope.name.rpartition("/")[2].replace("_", " ")
        words = f"Use “{last}” of {app.name if app is not None else server} as you"
    dependencies = tuple(in_words(dependency, directory) for dependency in scope.dependencies)
    return ScopeInWords(scope.name, words, scope.optional, dependencies)
