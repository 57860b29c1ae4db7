"""The requirements of an app on the login: which identity, whether anew, and the message for the person."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from fastapi.datastructures import QueryParams

from globus_typed.sandbox.auth.store.directory import CLIENT_DOMAIN, Directory, is_username


class RequirementRefused(ValueError):
    """No login can meet the requirement; the message names the parameter."""


@dataclass(frozen=True)
class Requirements:
    """The parameters `prompt`, `login_hint`, `session_message` and `session_required_...` of an authorize URL."""

    identities: tuple[str, ...]
    """Usernames, all of which have to log in."""
    domains: tuple[str, ...]
    """Domains, of one of which an identity has to log in."""
    policies: tuple[str, ...]
    mfa: bool
    message: str | None
    hint: str | None
    new_login: bool

    def met_by(self, usernames: Collection[str]) -> bool:
        """Whether it is enough that these are logged in; `new_login` is not looked at."""
        domains = {_domain(username) for username in usernames}
        return set(self.identities) <= set(usernames) and (not self.domains or not domains.isdisjoint(self.domains))

    def ask_for(self, username: str) -> bool:
        """Whether this one has any business to log in."""
        open_to_all = not self.identities and not self.domains
        return open_to_all or username in self.identities or _domain(username) in self.domains


def _domain(username: str) -> str:
    return username.rpartition("@")[2]


def read_requirements(query: QueryParams, directory: Directory) -> Requirements:
    """The requirements in a query; raises RequirementRefused."""
    prompt = query.get("prompt")
    if prompt not in (None, "login"):
        raise RequirementRefused("prompt: must be login")
    mfa = query.get("session_required_mfa", "False").lower()
    if mfa not in ("true", "false"):
        raise RequirementRefused("session_required_mfa: must be True or False")
    policies = _items(query, "session_required_policies")
    for policy in policies:
        if not _is_uuid(policy):
            raise RequirementRefused(f"session_required_policies: must be ids of policies, not {policy}")
    return Requirements(
        identities=_usernames(_items(query, "session_required_identities"), directory),
        domains=tuple(domain.lower() for domain in _items(query, "session_required_single_domain")),
        policies=policies,
        mfa=mfa == "true",
        message=query.get("session_message"),
        hint=query.get("login_hint"),
        new_login=prompt == "login",
    )


def _items(query: QueryParams, name: str) -> tuple[str, ...]:
    """The parts of a comma list; none when the parameter is not there."""
    text = query.get(name)
    if text is None:
        return ()
    items = tuple(item.strip() for item in text.split(","))
    if not all(items):
        raise RequirementRefused(f"{name}: must be a list with commas, without empty parts")
    return items


def _usernames(identities: tuple[str, ...], directory: Directory) -> tuple[str, ...]:
    """Their usernames. One that is not registered yet is taken, if alone: it is registered when it logs in."""
    found = [directory.find_user(id=item, username=item if "@" in item else None) for item in identities]
    for item, user in zip(identities, found, strict=True):
        if user is None and not is_username(item):
            raise RequirementRefused(f"session_required_identities: there is no identity {item}")
        if _domain(item if user is None else user.username) == CLIENT_DOMAIN:
            raise RequirementRefused(f"session_required_identities: {item} is an app, which logs in with its secret")
    known = [user for user in found if user is not None]
    linked = {user.id for user in directory.identity_set(known[0])} if known else set[str]()
    if len(found) > 1 and not (len(known) == len(found) and all(user.id in linked for user in known)):
        raise RequirementRefused("session_required_identities: no one person has all of these identities")
    return tuple(item.lower() if user is None else user.username for item, user in zip(identities, found, strict=True))


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
