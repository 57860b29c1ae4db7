"""Identities, their providers, and apps: the records, and the directory that keeps them."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Literal
from urllib.parse import urlsplit

_USERNAME = re.compile(r"[^\s@,/]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.IGNORECASE)
CLIENT_DOMAIN = "clients.auth.globus.org"
_PROVIDERS = uuid.uuid5(uuid.NAMESPACE_DNS, "providers.sandbox.example")


def is_username(text: str) -> bool:
    """Whether the text has the form `name@domain`."""
    return _USERNAME.fullmatch(text) is not None


@dataclass(frozen=True)
class SandboxUser:
    """An identity: a person, or an app acting for itself."""

    id: str
    username: str
    name: str | None = None
    email: str | None = None
    organization: str | None = None
    identity_provider: str = ""
    status: Literal["used", "unused"] = "used"
    identity_type: Literal["login", "link"] = "login"
    second_factor: bool = True
    """Whether the person has a second factor, which some logins need."""


@dataclass(frozen=True)
class IdentityProvider:
    """The identity provider of a domain."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class App:
    """A registered app, as its logins need it; `identity` is None for a native one, which can keep no secret.

    `secret` is the one it was registered with by Python code, for that code alone to read: the registry knows which
    secrets are good.
    """

    client_id: str
    name: str
    redirect_uris: tuple[str, ...] = ()
    secret: str | None = field(default=None, repr=False)
    identity: SandboxUser | None = None

    @property
    def native(self) -> bool:
        return self.identity is None


class Directory:
    """Identities and apps, by id and by name."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._users: dict[str, SandboxUser] = {}
        self._ids_by_username: dict[str, str] = {}
        self._identity_sets: dict[str, list[str]] = {}
        self._apps: dict[str, App] = {}
        self._dropped: set[str] = set()

    def add_user(
        self,
        username: str,
        *,
        name: str | None = None,
        email: str | None = None,
        organization: str | None = None,
        linked_to: SandboxUser | None = None,
        status: Literal["used", "unused"] = "used",
        id: str | None = None,
        second_factor: bool = True,
    ) -> SandboxUser:
        """A new identity; ValueError when the username is taken or has not the form `name@domain`."""
        if not is_username(username):
            raise ValueError(f"username: must be name@domain, not {username!r}")
        username = username.lower()
        with self._lock:
            if username in self._ids_by_username:
                raise ValueError(f"username: {username!r} is taken")
            user = SandboxUser(
                id=id or str(uuid.uuid4()),
                username=username,
                name=name,
                email=email,
                organization=organization,
                identity_provider=self.provider(username).id,
                status=status,
                second_factor=second_factor,
            )
            identity_set = [] if linked_to is None else self._identity_sets[linked_to.id]
            identity_set.append(user.id)
            self._users[user.id] = user
            self._ids_by_username[username] = user.id
            self._identity_sets[user.id] = identity_set
            return user

    def user(self, id: str) -> SandboxUser:
        """The identity with this id; KeyError when there is none."""
        with self._lock:
            return self._users[id]

    def find_user(self, *, id: str | None = None, username: str | None = None) -> SandboxUser | None:
        with self._lock:
            if username is not None:
                id = self._ids_by_username.get(username.lower())
            return None if id is None else self._users.get(id)

    def people(self) -> list[SandboxUser]:
        """The identities of people who have logged in, or could from the start; not those of apps."""
        with self._lock:
            people = (user for user in self._users.values() if not user.username.endswith(f"@{CLIENT_DOMAIN}"))
            return [user for user in people if user.status == "used"]

    def identity_set(self, user: SandboxUser) -> list[SandboxUser]:
        """The identities linked with this one, itself first."""
        with self._lock:
            others = [self._users[id] for id in self._identity_sets[user.id] if id != user.id]
            return [self._users[user.id], *others]

    def provisioned(self, username: str) -> SandboxUser:
        """The identity of this username, made now, as one that has never logged in, when there was none."""
        with self._lock:
            return self.find_user(username=username) or self.add_user(username, status="unused")

    def mark_used(self, user_id: str) -> None:
        """Note that the identity has logged in, which shows its profile to others from now on."""
        with self._lock:
            self._users[user_id] = replace(self._users[user_id], status="used")

    def provider(self, username: str) -> IdentityProvider:
        """The provider of the username's domain: always the same one for the same domain."""
        domain = username.rpartition("@")[2].lower()
        name = "Globus Auth clients" if domain == CLIENT_DOMAIN else f"Sandbox accounts of {domain}"
        return IdentityProvider(str(uuid.uuid5(_PROVIDERS, domain)), name, domain)

    def providers(self) -> list[IdentityProvider]:
        """The providers that anybody has an identity of."""
        with self._lock:
            providers = {provider.id: provider for provider in map(self.provider, self._ids_by_username)}
        return list(providers.values())

    def add_app(
        self,
        name: str,
        *,
        redirect_uris: Sequence[str],
        client_id: str | None,
        confidential: bool,
        secret: str | None = None,
    ) -> App:
        """A newly registered app, with an identity if it is confidential.

        ValueError for a client id in use or a redirect URI that is not absolute.
        """
        for uri in redirect_uris:
            parts = urlsplit(uri)
            if not parts.scheme or not parts.netloc or parts.fragment:
                raise ValueError(f"redirect_uris: must be absolute URLs without a fragment, not {uri!r}")
        client_id = client_id or str(uuid.uuid4())
        with self._lock:
            if client_id in self._apps:
                raise ValueError(f"client_id: {client_id!r} is registered")
            identity = None
            if confidential:
                identity = self.add_user(f"{client_id}@{CLIENT_DOMAIN}", name=name, id=client_id)
            app = App(client_id, name, tuple(redirect_uris), secret, identity)
            self._apps[client_id] = app
            return app

    def keep_app(self, app: App) -> None:
        """Note what has become of an app; its identity goes by its name."""
        with self._lock:
            if app.identity is not None:
                identity = replace(self._users[app.client_id], name=app.name)
                self._users[identity.id] = identity
                app = replace(app, identity=identity)
            self._apps[app.client_id] = app

    def drop_app(self, client_id: str) -> None:
        """Forget the app. Its identity stays, so that what it owns has an owner."""
        with self._lock:
            del self._apps[client_id]
            self._dropped.add(client_id)

    def was_dropped(self, client_id: str) -> bool:
        """Whether there was an app with this id."""
        with self._lock:
            return client_id in self._dropped

    def app(self, client_id: str) -> App | None:
        with self._lock:
            return self._apps.get(client_id)
