"""Projects, policies, clients, credentials and scopes: the records, and the registry that keeps them."""

import hashlib
import secrets
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Literal

from globus_typed.sandbox.auth.resource_servers import unknown_names
from globus_typed.sandbox.auth.scope_syntax import Scope, merge
from globus_typed.sandbox.known_groups import KnownGroups
from globus_typed.sandbox.known_scopes import KnownScopes

_WELL_KNOWN = uuid.uuid5(uuid.NAMESPACE_DNS, "scopes.sandbox.example")
SCOPE_URL = "https://auth.globus.org/scopes/"

ClientType = Literal[
    "client_identity",
    "confidential_client",
    "globus_connect_server",
    "hybrid_confidential_client_resource_server",
    "public_installed_client",
    "public_webapp_client",
    "resource_server",
]
Visibility = Literal["public", "private"]
PUBLIC_TYPES: frozenset[ClientType] = frozenset({"public_installed_client", "public_webapp_client"})
"""The types of clients that can keep no secret."""


@dataclass(frozen=True)
class Project:
    """A project, which clients and policies belong to."""

    id: str
    display_name: str
    contact_email: str
    admin_ids: tuple[str, ...] = ()
    admin_group_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    """A policy on logins; `authentication_assurance_timeout` is in seconds."""

    id: str
    project_id: str
    display_name: str
    description: str
    high_assurance: bool = False
    authentication_assurance_timeout: int | None = None
    required_mfa: bool = False
    domain_constraints_include: tuple[str, ...] | None = None
    domain_constraints_exclude: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Client:
    """A client, but for what its logins need, which `App` holds."""

    id: str
    client_type: ClientType
    project: str | None = None
    parent_client: str | None = None
    visibility: Visibility = "private"
    privacy_policy: str | None = None
    terms_and_conditions: str | None = None
    required_idp: str | None = None
    preselect_idp: str | None = None
    userinfo_from_effective_identity: bool = True
    prompt_for_named_grant: bool = False
    fqdns: tuple[str, ...] = ()
    declares_scopes: bool = True
    """Whether it has only the scopes that are registered; apps that Python code adds have any."""

    @property
    def public(self) -> bool:
        """Whether it can keep no secret."""
        return self.client_type in PUBLIC_TYPES

    @property
    def grant_types(self) -> tuple[str, ...]:
        """The grant types by which it can get tokens."""
        if self.public:
            return "authorization_code", "refresh_token"
        usual = ("authorization_code", "client_credentials", "refresh_token")
        service = self.client_type not in ("client_identity", "confidential_client")
        return (*usual, "urn:globus:auth:grant_type:dependent_token") if service else usual


@dataclass(frozen=True)
class Credential:
    """A secret of a client's, of which the digest alone is kept."""

    id: str
    client: str
    name: str
    created: float
    digest: str = field(repr=False)


@dataclass(frozen=True)
class DependentScope:
    """Another scope, by its id, that is consented to along with one."""

    scope: str
    optional: bool
    requires_refresh_token: bool


@dataclass(frozen=True)
class RegisteredScope:
    """A scope of a client, registered or declared by a service."""

    id: str
    client: str
    scope_string: str
    name: str
    description: str
    advertised: bool = False
    allows_refresh_token: bool = True
    required_domains: tuple[str, ...] = ()
    dependent_scopes: tuple[DependentScope, ...] = ()


def new_id() -> str:
    """The id of something new."""
    return str(uuid.uuid4())


def service_id(server: str) -> str:
    """The id of a service of Globus's own, such as ``transfer.api.globus.org``, that no client is registered for."""
    return str(uuid.uuid5(_WELL_KNOWN, server))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Registry:
    """Projects, policies, clients, credentials and scopes by their ids; every method may be called from any thread.

    Callers are told by the ids of their identities, one or more, or by the id of the client that calls for itself.
    """

    def __init__(self, lock: RLock, known: KnownScopes, *, clock: Callable[[], float]) -> None:
        self._lock = lock
        self.known: KnownScopes = known
        self._clock = clock
        self._projects: dict[str, Project] = {}
        self._policies: dict[str, Policy] = {}
        self._clients: dict[str, Client] = {}
        self._credentials: dict[str, Credential] = {}
        self._scopes: dict[str, RegisteredScope] = {}
        self._retired: set[str] = set()
        self.groups: KnownGroups = KnownGroups()
        for server, name, words in known.by_server():
            self.keep_scope(
                RegisteredScope(self.scope_id(name), service_id(server), name, name, words, advertised=True)
            )

    # Projects

    def keep_project(self, project: Project) -> None:
        """Register the project, or what has become of it."""
        with self._lock:
            self._projects[project.id] = project

    def project(self, id: str, callers: Collection[str]) -> Project | None:
        """The project, if one of the callers administers it."""
        with self._lock:
            project = self._projects.get(id)
        if project is None:
            return None
        by_groups = (id for group_id in project.admin_group_ids for id in self.groups.members_of(group_id))
        return None if set(callers).isdisjoint((*project.admin_ids, *by_groups)) else project

    def projects(self, callers: Collection[str]) -> list[Project]:
        """The projects that the callers administer, oldest first."""
        with self._lock:
            return [project for id, project in self._projects.items() if self.project(id, callers)]

    def in_project(self, project_id: str) -> list[str]:
        """The ids of the clients and policies of a project."""
        with self._lock:
            clients = [client.id for client in self._clients.values() if client.project == project_id]
            return [*clients, *(policy.id for policy in self._policies.values() if policy.project_id == project_id)]

    def drop_project(self, id: str) -> None:
        with self._lock:
            del self._projects[id]

    # Policies

    def keep_policy(self, policy: Policy) -> None:
        """Register the policy, or what has become of it."""
        with self._lock:
            self._policies[policy.id] = policy

    def policies(self, callers: Collection[str]) -> list[Policy]:
        """The policies in the projects that the callers administer, oldest first."""
        with self._lock:
            return [policy for policy in self._policies.values() if self.project(policy.project_id, callers)]

    def policy(self, id: str) -> Policy | None:
        """The policy with this id, whosever it is; None when there is none."""
        with self._lock:
            return self._policies.get(id.lower())

    def drop_policy(self, id: str) -> None:
        with self._lock:
            del self._policies[id]

    # Clients

    def keep_client(self, client: Client) -> None:
        """Register the client, or what has become of it."""
        with self._lock:
            self._clients[client.id] = client

    def client(self, id: str) -> Client | None:
        with self._lock:
            return self._clients.get(id)

    def clients(self) -> list[Client]:
        """All clients, oldest first."""
        with self._lock:
            return list(self._clients.values())

    def manages(self, callers: Collection[str], client: Client) -> bool:
        """Whether the callers may change the client: it is one of them, made by one, or in a project of theirs."""
        own = client.id in callers or client.parent_client in callers
        return own or (client.project is not None and self.project(client.project, callers) is not None)

    def sees(self, callers: Collection[str], client: Client) -> bool:
        """Whether the callers may look at the client."""
        return client.visibility == "public" or self.manages(callers, client)

    def drop_client(self, id: str) -> None:
        """Forget the client with its credentials and scopes."""
        with self._lock:
            del self._clients[id]
            for credential in self.credentials(id):
                self.drop_credential(credential.id)
            for scope in self.scopes_of(id):
                self.drop_scope(scope.id)

    # Credentials

    def add_credential(self, client_id: str, name: str, secret: str | None = None) -> tuple[Credential, str]:
        """A new credential with its secret, which is not kept: a new one where none is given."""
        secret = secret or secrets.token_urlsafe(32)
        credential = Credential(new_id(), client_id, name, self._clock(), _digest(secret))
        with self._lock:
            self._credentials[credential.id] = credential
        return credential, secret

    def credentials(self, client_id: str) -> list[Credential]:
        """The credentials of a client, oldest first."""
        with self._lock:
            return [credential for credential in self._credentials.values() if credential.client == client_id]

    def drop_credential(self, id: str) -> None:
        with self._lock:
            del self._credentials[id]

    def is_secret(self, client_id: str, text: str) -> bool:
        """Whether the text is a secret of the client."""
        digest = _digest(text)
        return any(secrets.compare_digest(digest, credential.digest) for credential in self.credentials(client_id))

    # Scopes

    def keep_scope(self, scope: RegisteredScope) -> None:
        """Register the scope, or what has become of it."""
        with self._lock:
            if scope.id in self._scopes:
                self._retired.add(self._scopes[scope.id].scope_string)
            self._retired.discard(scope.scope_string)
            self._scopes[scope.id] = scope

    def scope(self, id: str) -> RegisteredScope | None:
        with self._lock:
            return self._scopes.get(id)

    def scope_named(self, scope_string: str) -> RegisteredScope | None:
        """The scope that is asked for by this name."""
        return next((scope for scope in self.all_scopes() if scope.scope_string == scope_string), None)

    def scope_id(self, scope_string: str) -> str:
        """The id of the scope of this name; one that nobody has registered, such as a collection's, has one too."""
        known = self.scope_named(scope_string)
        return str(uuid.uuid5(_WELL_KNOWN, scope_string)) if known is None else known.id

    def scopes_of(self, client_id: str) -> list[RegisteredScope]:
        """The scopes of a client, oldest first."""
        return [scope for scope in self.all_scopes() if scope.client == client_id]

    def all_scopes(self) -> list[RegisteredScope]:
        with self._lock:
            return list(self._scopes.values())

    def drop_scope(self, id: str) -> None:
        """Forget the scope; those that depend on it do so no more."""
        with self._lock:
            self._retired.add(self._scopes.pop(id).scope_string)
            for scope in self.all_scopes():
                rest = tuple(dependent for dependent in scope.dependent_scopes if dependent.scope != id)
                if rest != scope.dependent_scopes:
                    self.keep_scope(replace(scope, dependent_scopes=rest))

    def unknown_scopes(self, scopes: Iterable[Scope]) -> list[str]:
        """The names, dependencies included, that are of no scope: deleted ones, those of a client that declares its
        scopes and not these, and those of what is not there, such as a collection."""
        scopes = tuple(scopes)
        unknown = unknown_names(scopes, self.known)
        return unknown + [name for name in _names(scopes) if name not in unknown and self._is_undeclared(name)]

    def _is_undeclared(self, name: str) -> bool:
        client = self.client(self.known.resource_server(name) or "")
        declared = client is not None and client.declares_scopes
        if name in self._retired or (declared and self.scope_named(name) is None):
            return True
        return client is None and self.known.is_missing(name)

    def with_dependencies(self, scopes: Iterable[Scope]) -> tuple[Scope, ...]:
        """The scopes with those that they depend on by what is registered, each name once."""
        with self._lock:
            by_name = {scope.scope_string: scope for scope in self.all_scopes() if scope.dependent_scopes}
            return self._expanded(merge(scopes), by_name, frozenset())

    def _expanded(
        self, scopes: Iterable[Scope], by_name: Mapping[str, RegisteredScope], above: frozenset[str]
    ) -> tuple[Scope, ...]:
        expanded: list[Scope] = []
        for scope in scopes:
            registered = by_name.get(scope.name)
            # A scope that depends on itself, by whatever way, is not gone into again.
            dependents = () if registered is None or scope.name in above else registered.dependent_scopes
            added = (Scope(self._scopes[each.scope].scope_string, optional=each.optional) for each in dependents)
            below = merge((*scope.dependencies, *added))
            inner = self._expanded(below, by_name, above | {scope.name})
            expanded.append(Scope(scope.name, inner, scope.optional))
        return tuple(expanded)


def _names(scopes: Iterable[Scope]) -> list[str]:
    return [name for scope in scopes for name in (scope.name, *_names(scope.dependencies))]
