"""What developers register with the sandbox's Auth: projects, policies, clients, their credentials and scopes."""

from dataclasses import dataclass, field
from typing import Literal

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
    """What clients and policies belong to. There are no groups in the sandbox: those named here admit nobody."""

    id: str
    display_name: str
    contact_email: str
    admin_ids: tuple[str, ...] = ()
    admin_group_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    """What a login must be like; `authentication_assurance_timeout` is in seconds. The sandbox keeps it."""

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
    """What there is to say of an app besides what its logins need, which `App` holds."""

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
        """How it can get tokens."""
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
    """What a service can be asked to do for a user."""

    id: str
    client: str
    scope_string: str
    name: str
    description: str
    advertised: bool = False
    allows_refresh_token: bool = True
    required_domains: tuple[str, ...] = ()
    dependent_scopes: tuple[DependentScope, ...] = ()
