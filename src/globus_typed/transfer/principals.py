"""Whom an access rule is for, in the forms that programs have it: a username, an id, an identity, a group."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from globus_typed.core.fields import is_id
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError

__all__ = ["Grantee", "GroupLike", "IdentityLike", "PrincipalKind", "ShareWith", "grantee", "only_identity"]

PrincipalKind: TypeAlias = Literal["identity", "group", "all_authenticated_users", "anonymous"]
"""The type of the principal of an access rule."""

_EVERYONE: tuple[Literal["all_authenticated_users", "anonymous"], ...] = ("all_authenticated_users", "anonymous")


class IdentityLike(Protocol):
    """An identity, such as `get_identities` of an `AuthClient` finds."""

    @property
    def id(self) -> str:
        """The id, a UUID."""
        ...

    @property
    def username(self) -> str | None:
        """The username, such as ``wren@larkspur.example``."""
        ...


class GroupLike(Protocol):
    """A group, as Globus Groups describes it."""

    @property
    def id(self) -> str:
        """The id, a UUID."""
        ...

    @property
    def group_type(self) -> str | None:
        """The type of the group."""
        ...


ShareWith: TypeAlias = str | UUID | IdentityLike | GroupLike
"""A username, the id of an identity or a group, such an object, or ``all_authenticated_users`` or ``anonymous``."""


@dataclass(frozen=True)
class Grantee:
    """Whom an access rule is for, as far as it is known without asking Globus Auth."""

    kind: PrincipalKind | None = None
    """The type; None for an id that may be that of an identity or of a group."""
    id: str = ""
    """The id of the identity or group; empty for all users, and for a username."""
    username: str = ""
    """The username, whose id is not known."""


def grantee(with_: object, principal_type: Literal["identity", "group"] | None = None) -> Grantee:
    """Whom the value stands for.

    Parameters: `with_` as for `share`; `principal_type`, ``"identity"`` or ``"group"`` for an id.
    Raises `GlobusUsageError` for a value that stands for nobody.
    """
    if unchecked(principal_type) not in (None, "identity", "group"):
        raise GlobusUsageError(f'principal_type: must be "identity" or "group", got {principal_type!r}')
    found = _grantee(with_)
    if principal_type is None or found.kind == principal_type:
        return found
    if found.kind is not None:
        raise GlobusUsageError(f"principal_type: {principal_type!r} does not fit with_, which is {_named(found.kind)}")
    return Grantee(principal_type, found.id)


def _grantee(with_: object) -> Grantee:
    if isinstance(with_, UUID):
        return Grantee(id=str(with_))
    if isinstance(with_, str):
        for kind in _EVERYONE:
            if with_ == kind:
                return Grantee(kind)
        if is_id(with_):
            return Grantee(id=with_.lower())
        name, _, domain = with_.rpartition("@")
        if name and domain and not any(each.isspace() or each in ",\0" for each in with_):
            return Grantee("identity", username=with_)
    elif is_id(id := str(getattr(with_, "id", ""))):
        if hasattr(with_, "username"):
            return Grantee("identity", id.lower())
        if hasattr(with_, "group_type"):
            return Grantee("group", id.lower())
    got = repr(with_) if isinstance(with_, (str, int, float, type(None))) else type(with_).__name__
    raise GlobusUsageError(
        'with_: must be a username such as "wren@larkspur.example", the id of an identity or a group, an Identity, a '
        f'group, "all_authenticated_users" or "anonymous", got {got}'
    )


def _named(kind: PrincipalKind) -> str:
    return {"identity": "an identity", "group": "a group"}.get(kind, f'"{kind}"')


def only_identity(username: str, found: Iterable[IdentityLike]) -> Grantee:
    """The identity with that username among those that Globus Auth found.

    Raises `GlobusUsageError` where there is none, or more than one.
    """
    ids = {each.id.lower() for each in found if (each.username or username).casefold() == username.casefold()}
    if len(ids) == 1:
        return Grantee("identity", ids.pop())
    if not ids:
        raise GlobusUsageError(f"with_: Globus Auth knows no identity with the username {username!r}; is it spelt so?")
    raise GlobusUsageError(
        f"with_: several identities have the username {username!r}; give the id of one: {', '.join(sorted(ids))}"
    )
