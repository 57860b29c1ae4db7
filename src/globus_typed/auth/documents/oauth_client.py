"""Clients, which are the apps and services that Globus Auth knows, and their credentials."""

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias, cast

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.envelope import EnvelopePayload, Texts
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Identifier, Line, SecretText, Timestamp
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.errors import GlobusUsageError

__all__ = [
    "ChildClientCreate",
    "ClientCredential",
    "ClientCredentialCreate",
    "ClientCredentialResult",
    "ClientCredentials",
    "ClientType",
    "KnownClientType",
    "NativeAppInstanceCreate",
    "OAuthClient",
    "OAuthClientCreate",
    "OAuthClientIncluded",
    "OAuthClientLinks",
    "OAuthClientLinksSpec",
    "OAuthClientResult",
    "OAuthClientUpdate",
    "OAuthClients",
    "Visibility",
]

KnownClientType: TypeAlias = Literal[
    "client_identity",
    "confidential_client",
    "globus_connect_server",
    "hybrid_confidential_client_resource_server",
    "public_installed_client",
    "public_webapp_client",
    "resource_server",
]
"""What a client can be made to be: an app that acts for itself alone, one with a secret, Globus Connect Server, an app
and service at once, an app on its users' machines, one in their browsers, or a service that takes tokens."""
ClientType: TypeAlias = KnownClientType | str
"""What a client is; there may be types that are not listed here."""
Visibility: TypeAlias = Literal["public", "private"]
"""Who sees a client: everybody who is logged in, or only those in its project."""


class OAuthClientLinks(Document, frozen=True):
    """The pages that users of a client are led to."""

    privacy_policy: str | None = None
    """The address of its privacy policy."""
    terms_and_conditions: str | None = None
    """The address of its terms and conditions."""


class OAuthClient(Document, frozen=True):
    """An app or service that Globus Auth knows."""

    id: str | None = None
    """The id of the client, a UUID; old answers lack it."""
    name: str | None = None
    """Its name, which users see when they are asked to consent."""
    project: str | None = None
    """The project that it belongs to; None for one that was made from a template."""
    public_client: bool | None = None
    """Whether it can keep no secret."""
    client_type: ClientType | None = None
    """What it is."""
    grant_types: list[str] | None = None
    """How it can get tokens, such as ``authorization_code``."""
    visibility: Visibility | str | None = None
    """Who sees it."""
    scopes: list[str] | None = None
    """The ids of the scopes that it has made."""
    fqdns: list[str] | None = None
    """The domain names that it has shown to be its own."""
    redirect_uris: list[str] | None = None
    """Where its users may come back to after a login."""
    links: OAuthClientLinks | None = None
    """The pages that its users are led to."""
    required_idp: str | None = None
    """The identity provider that its users must have an identity of; None for any."""
    preselect_idp: str | None = None
    """The identity provider that the login page suggests."""
    parent_client: str | None = None
    """The client or template that it was made by."""
    userinfo_from_effective_identity: bool | None = None
    """Whether the userinfo is that of the identity that the user chose for it."""
    prompt_for_named_grant: bool | None = None
    """Whether users are asked to give what they allow a name."""


class ClientCredential(Document, frozen=True):
    """A secret of a client's. Its repr does not show it."""

    id: str
    """The id of the credential, a UUID."""
    client: str | None = None
    """The client that it belongs to."""
    name: str | None = None
    """What it was called."""
    secret: SecretText | None = None
    """The secret itself, in the answer that made it alone: keep it."""
    created: Timestamp | None = None
    """When it was made."""


class OAuthClientIncluded(Document, frozen=True):
    """What comes along with a client."""

    client_credential: ClientCredential | None = None
    """The first secret of a client that was made from a template."""


class OAuthClientResult(Document, frozen=True):
    """An answer with one client."""

    client: OAuthClient
    """The client."""
    included: OAuthClientIncluded | None = None
    """What comes along; there for a client that was made from a template."""


class OAuthClients(ListDocument[OAuthClient], frozen=True):
    """The clients that the caller sees: iterate it, or read `items`."""

    items: list[OAuthClient] = Field(alias="clients")
    """The clients (``clients`` on the wire)."""


class ClientCredentialResult(Document, frozen=True):
    """An answer with one credential."""

    credential: ClientCredential
    """The credential."""


class ClientCredentials(ListDocument[ClientCredential], frozen=True):
    """The credentials of a client, without their secrets: iterate it, or read `items`."""

    items: list[ClientCredential] = Field(alias="credentials")
    """The credentials (``credentials`` on the wire)."""


class OAuthClientLinksSpec(Payload):
    """The pages that users of a client are to be led to: both, or None for both."""

    privacy_policy: str | None
    """The address of its privacy policy."""
    terms_and_conditions: str | None
    """The address of its terms and conditions."""

    @field_validator("terms_and_conditions")
    @classmethod
    def _goes_with_the_other(cls, terms: str | None, info: ValidationInfo) -> str | None:
        if "privacy_policy" in info.data and (terms is None) != (info.data["privacy_policy"] is None):
            raise PydanticCustomError("links", "must be given together with privacy_policy, or neither of them")
        return terms


_PAGES = ("terms_and_conditions", "privacy_policy")


class _ClientPayload(EnvelopePayload):
    """What is sent about a client."""

    envelope: ClassVar[str] = "client"

    @classmethod
    def _document(cls, fields: dict[str, object]) -> Mapping[str, object]:
        # Methods take the pages one by one, and what the official client has no name for as a mapping.
        additional = fields.pop("additional_fields", None)
        if additional is not None and not isinstance(additional, Mapping):
            raise GlobusUsageError(f"additional_fields: must be a mapping, got {type(additional).__name__}")
        links = {name: fields.pop(name) for name in _PAGES if name in fields}
        named = {**fields, "links": links} if links else fields
        return named if additional is None else {**cast("Mapping[str, object]", additional), **named}


class _ClientFields(_ClientPayload):
    """What can be said of any client that is to be made."""

    name: Line
    """Its name, which users see when they are asked to consent: one line."""
    public_client: bool | None = None
    """Whether it can keep no secret; either this or `client_type`."""
    client_type: KnownClientType | None = Field(default=None, validate_default=True)
    """What it is; either this or `public_client`."""
    visibility: Visibility | None = None
    """Who sees it; None: up to the service."""
    redirect_uris: Texts | None = None
    """Where its users may come back to after a login."""
    links: OAuthClientLinksSpec | None = None
    """The pages that its users are led to."""
    required_idp: Identifier | None = None
    """The identity provider that its users must have an identity of; None: any."""
    preselect_idp: Identifier | None = None
    """The identity provider that the login page suggests; None: none."""
    userinfo_from_effective_identity: bool | None = None
    """Whether the userinfo is that of the identity that the user chose for it; None: up to the service."""
    prompt_for_named_grant: bool | None = None
    """Whether users are asked to give what they allow a name; None: up to the service."""

    @field_validator("client_type")
    @classmethod
    def _is_one(cls, kind: str | None, info: ValidationInfo) -> str | None:
        if "public_client" in info.data and (kind is None) == (info.data["public_client"] is None):
            raise PydanticCustomError("client_type", "must be given, or else public_client, but not both")
        return kind

    @field_validator("links")
    @classmethod
    def _are_pages(cls, links: OAuthClientLinksSpec | None) -> OAuthClientLinksSpec | None:
        return None if links is None or links.privacy_policy is None else links


class OAuthClientCreate(_ClientFields):
    """A client to make in a project. Source: Auth API, "Clients"."""

    project: Identifier
    """The project that it belongs to."""


class ChildClientCreate(_ClientFields):
    """A client that another client makes for itself. Source: Auth API, "Clients"."""


class NativeAppInstanceCreate(EnvelopePayload):
    """A client to make from a template, for one installation of an app. Source: Auth API, "Clients"."""

    envelope: ClassVar[str] = "client"

    template_id: Identifier
    """The client that is the template."""
    name: Line
    """What the installation is called: one line."""


class OAuthClientUpdate(_ClientPayload, UpdatePayload):
    """What to change of a client; its project and what it is stay. Source: Auth API, "Clients"."""

    name: Line | MISSING = MISSING
    """Its name, which users see when they are asked to consent: one line."""
    visibility: Visibility | MISSING = MISSING
    """Who sees it."""
    redirect_uris: Texts | MISSING = MISSING
    """Where its users may come back to after a login."""
    links: OAuthClientLinksSpec | MISSING = MISSING
    """The pages that its users are led to."""
    required_idp: Identifier | None | MISSING = MISSING
    """The identity provider that its users must have an identity of. None: any."""
    preselect_idp: Identifier | None | MISSING = MISSING
    """The identity provider that the login page suggests. None: none."""


class ClientCredentialCreate(EnvelopePayload):
    """A secret to make for a client. Source: Auth API, "Client Credentials"."""

    envelope: ClassVar[str] = "credential"

    name: str
    """What it is called, to tell it from others."""
