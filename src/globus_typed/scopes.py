"""What a token may be good for: scopes with their dependencies, the names of the known ones, and of the services that
take tokens."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, cast
from uuid import UUID

from typing_extensions import Self

__all__ = [
    "DEFAULT_REQUESTED_SCOPES",
    "AuthScopes",
    "CollectionScopes",
    "ComputeScopes",
    "FlowsScopes",
    "GroupsScopes",
    "ResourceServers",
    "Scope",
    "Scopes",
    "SearchScopes",
    "TimersScopes",
    "TransferScopes",
    "scopes_to_text",
]


@dataclass(frozen=True)
class Scope:
    """A scope and those it depends on: ``str(scope)`` gives the text that Globus Auth reads, such as ``a[b *c]``.

    Takes the place of a text wherever scopes are asked for. Raises `ValueError` for a text that is no scope.
    """

    scope_string: str
    """The scope, such as ``urn:globus:auth:scope:transfer.api.globus.org:all``."""
    optional: bool = False
    """As a dependency: whether the user may withdraw it alone (written with a ``*`` before it)."""
    dependencies: "tuple[Scope, ...]" = ()
    """What the service behind the scope may ask of other services for the user."""

    def __post_init__(self) -> None:
        if not isinstance(cast(object, self.scope_string), str) or not _NAME.fullmatch(self.scope_string):
            raise ValueError(
                f"scope_string: must be one scope, without spaces, brackets and stars, got {self.scope_string!r}; "
                "Scope.parse reads more than that"
            )
        object.__setattr__(self, "dependencies", tuple(self.dependencies))

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """The one scope that the text holds, dependencies and all; `ValueError` for none, several, or a wrong text."""
        scopes = cls.parse_all(text)
        if len(scopes) != 1:
            raise ValueError(
                f"must hold exactly one scope, got {len(scopes)} in {text!r}; Scope.parse_all reads several"
            )
        return scopes[0]

    @classmethod
    def parse_all(cls, text: str) -> "list[Scope]":
        """The scopes that the text holds, parted by spaces; `ValueError`, with the place, for a wrong text."""
        # One level for each bracket that is open, so that no nesting is too deep.
        levels: list[list[Scope]] = [[]]
        place = 0
        while place < len(text):
            token = _TOKEN.match(text, place)
            if token is None:
                raise ValueError(f"character {place + 1} of {text!r}: {_wrong(text, place)}")
            if token["name"] is not None:
                levels[-1].append(cls(token["name"], optional=bool(token["star"])))
            elif token["open"] is not None:
                levels.append([])
            elif token["close"] is not None:
                if len(levels) == 1 or not levels[-1]:
                    raise ValueError(f"character {place + 1} of {text!r}: {_wrong(text, place)}")
                dependencies = levels.pop()
                levels[-1][-1] = replace(levels[-1][-1], dependencies=tuple(dependencies))
            place = token.end()
        if len(levels) > 1:
            raise ValueError(f"{text!r}: a bracket is open at its end")
        return levels[0]

    def with_dependency(self, dependency: "Scope | str") -> Self:
        """This scope with one more dependency."""
        return self.with_dependencies((dependency,))

    def with_dependencies(self, dependencies: "Iterable[Scope | str]") -> Self:
        """This scope with more dependencies."""
        more = (Scope.parse(each) if isinstance(each, str) else each for each in dependencies)
        return replace(self, dependencies=(*self.dependencies, *more))

    def with_optional(self, optional: bool) -> Self:
        """This scope as a dependency that may, or may not, be withdrawn alone."""
        return replace(self, optional=optional)

    def __str__(self) -> str:
        # Not by recursion, so that no nesting is too deep.
        pieces: list[str] = []
        left: list[Scope | str] = [self]
        while left:
            piece = left.pop()
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            pieces.append("*" * piece.optional + piece.scope_string)
            if piece.dependencies:
                inside = [part for dependency in piece.dependencies for part in (dependency, " ")]
                left += ["]", *reversed(inside[:-1]), "["]
        return "".join(pieces)


Scopes: TypeAlias = str | Scope | Iterable[str | Scope]
"""One scope or several: as text, in which spaces part them, or as `Scope`."""

_NAME = re.compile(r"[^\s\[\]*]+")
_TOKEN = re.compile(
    r"""
    (?P<star>\*)? (?P<name>[^\s\[\]*]+)
    | (?<=[^\s\[\]*]) (?P<open>\[)
    | (?P<close>\]) (?=[\s\]]|$)
    | \s+
    """,
    re.VERBOSE,
)


def _wrong(text: str, place: int) -> str:
    return {
        "[": "a bracket must follow a scope at once",
        "]": "a bracket is closed that is empty or not open, or something follows it without a space",
        "*": "a star must stand before a scope at once",
    }.get(text[place], "unexpected")


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


class GroupsScopes:
    """What a token may be allowed to do at Globus Groups."""

    all: Final = "urn:globus:auth:scope:groups.api.globus.org:all"
    """Everything that the user may do there."""
    view_my_groups_and_memberships: Final = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"
    """Read which groups the user is in."""


class SearchScopes:
    """What a token may be allowed to do at Globus Search."""

    all: Final = "urn:globus:auth:scope:search.api.globus.org:all"
    """Everything that the user may do there."""
    globus_connect_server: Final = "urn:globus:auth:scope:search.api.globus.org:globus_connect_server"
    """What Globus Connect Server does there."""
    ingest: Final = "urn:globus:auth:scope:search.api.globus.org:ingest"
    """Bring documents into indices."""
    search: Final = "urn:globus:auth:scope:search.api.globus.org:search"
    """Search in indices."""


class FlowsScopes:
    """What a token may be allowed to do at Globus Flows."""

    all: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/all"
    """Everything that the user may do there."""
    manage_flows: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/manage_flows"
    """Create, change and delete flows."""
    view_flows: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/view_flows"
    """Read flows."""
    run: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run"
    """Start runs."""
    run_status: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_status"
    """Read how runs stand."""
    run_manage: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_manage"
    """Change and cancel runs."""


class TimersScopes:
    """What a token may be allowed to do at Globus Timers."""

    timer: Final = "https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer"
    """Everything that the user may do there."""


class ComputeScopes:
    """What a token may be allowed to do at Globus Compute."""

    all: Final = "https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all"
    """Everything that the user may do there."""


class CollectionScopes:
    """What a token may be allowed to do at one collection of Globus Connect Server 5.

    Parameters: `collection_id`, a UUID.
    """

    data_access: str
    """Let Transfer reach its data: a dependency of `TransferScopes.all`, needed at mapped collections as a rule."""
    https: str
    """Read and write its files over HTTPS; a token of its own."""

    def __init__(self, collection_id: str | UUID) -> None:
        try:
            collection = UUID(str(collection_id))
        except ValueError:
            raise ValueError(f"collection_id: must be a UUID, got {collection_id!r}") from None
        self.data_access = f"https://auth.globus.org/scopes/{collection}/data_access"
        self.https = f"https://auth.globus.org/scopes/{collection}/https"


DEFAULT_REQUESTED_SCOPES: Final = (AuthScopes.openid, AuthScopes.profile, AuthScopes.email, TransferScopes.all)
"""What a login asks for when it names no scopes."""


def scopes_to_text(scopes: Scopes | None) -> str:
    """The scopes as the one text that Globus Auth reads, parted by single spaces; the default ones for None.

    Raises `ValueError` for no scope at all, and for anything that is neither a `Scope` nor the text of scopes.
    """
    if scopes is None:
        scopes = DEFAULT_REQUESTED_SCOPES
    elif isinstance(scopes, (str, Scope)):
        scopes = (scopes,)
    given = cast(object, scopes)  # programs without a type checker can bring anything
    if not isinstance(given, Iterable):
        raise ValueError(f"must be a text or several texts, got {given!r}")
    found: list[Scope] = []
    for scope in cast("Iterable[object]", given):
        if isinstance(scope, Scope):
            found.append(scope)
        elif isinstance(scope, str) and scope.strip():
            found += Scope.parse_all(scope)
        else:
            raise ValueError(f'must be scopes such as "openid", got {scope!r}')
    if not found:
        raise ValueError("must name at least one scope; None asks for the default ones")
    return " ".join(map(str, found))
