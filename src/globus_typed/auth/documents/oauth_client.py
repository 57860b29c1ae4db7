"""Clients, which are the apps and services registered with Globus Auth, and their credentials."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, cast

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.envelope import EnvelopePayload, Texts
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import NULL_IS_ABSENT, AnswerId, Identifier, Line, SecretText, Timestamp
from globus_typed.core.outside_text import secretive
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.core.schema_parts import having, rules
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
"""The types of client that can be created: an app that acts only for itself, an app with a secret, Globus Connect
Server, an app that is also a service, an app on its users' machines, an app in their browsers, or a service that
accepts tokens."""
ClientType: TypeAlias = KnownClientType | str
"""The type of a client; other types are possible."""
Visibility: TypeAlias = Literal["public", "private"]
"""The visibility of a client: to all users who are logged in, or only in its project."""


class OAuthClientLinks(Document, frozen=True):
    """Links to pages for the users of a client."""

    privacy_policy: str | None = None
    """The URL of its privacy policy."""
    terms_and_conditions: str | None = None
    """The URL of its terms and conditions."""


class OAuthClient(Document, frozen=True):
    """An app or service registered with Globus Auth."""

    id: str | None = None
    """The id of the client, a UUID; absent in old responses."""
    name: str | None = None
    """The name, shown to users when they are asked to consent."""
    project: str | None = None
    """The id of the project it belongs to; None if it was created from a template."""
    public_client: bool | None = None
    """Whether it cannot keep a secret."""
    client_type: ClientType | None = None
    """The type."""
    grant_types: list[str] | None = None
    """The grant types it may use, such as ``authorization_code``."""
    visibility: Visibility | str | None = None
    """The visibility: public, or only to the project."""
    scopes: list[str] | None = None
    """The ids of the scopes it has created."""
    fqdns: list[str] | None = None
    """The domain names it has proven to own."""
    redirect_uris: list[str] | None = None
    """The URLs to which users may be redirected after a login."""
    links: OAuthClientLinks | None = None
    """Links to pages for its users."""
    required_idp: str | None = None
    """The id of the identity provider in which users must have an identity; None for any."""
    preselect_idp: str | None = None
    """The id of the identity provider that the login page suggests."""
    parent_client: str | None = None
    """The id of the client or template that created it."""
    userinfo_from_effective_identity: bool | None = None
    """Whether the userinfo is that of the identity that the user chose for it."""
    prompt_for_named_grant: bool | None = None
    """Whether users are asked to name the consents they give."""


class _HoldsSecret(Document, frozen=True):
    """A document whose plain data shows no secret in its repr."""

    @property
    def data(self) -> Any:
        """The document as plain JSON data, as it was sent; its repr shows no secret."""
        return secretive(super().data)

    def __getitem__(self, key: str) -> Any:
        return secretive({key: super().__getitem__(key)})[key]


class ClientCredential(_HoldsSecret, frozen=True):
    """A secret of a client. Its repr does not show it."""

    id: AnswerId = ""
    """The id of the credential, a UUID; empty where the response left it out."""
    client: str | None = None
    """The id of the client it belongs to."""
    name: str | None = None
    """The name."""
    secret: SecretText | None = None
    """The secret itself, only in the response that created it: store it."""
    created: Timestamp | None = None
    """The creation time."""


class OAuthClientIncluded(_HoldsSecret, frozen=True):
    """Additional resources, included with a client."""

    client_credential: ClientCredential | None = None
    """The first secret of a client that was created from a template."""


class OAuthClientResult(_HoldsSecret, frozen=True):
    """A response with one client."""

    client: Annotated[OAuthClient, NULL_IS_ABSENT] = Field(default_factory=OAuthClient)
    """The client."""
    included: OAuthClientIncluded | None = None
    """Additional resources; present for a client that was created from a template."""


class OAuthClients(ListDocument[OAuthClient], frozen=True):
    """The clients visible to the caller: iterate over it, or read `items`."""

    items: list[OAuthClient] = Field(alias="clients")
    """The clients (``clients`` on the wire)."""


class ClientCredentialResult(_HoldsSecret, frozen=True):
    """A response with one credential."""

    credential: Annotated[ClientCredential, NULL_IS_ABSENT] = Field(default_factory=ClientCredential)
    """The credential."""


class ClientCredentials(ListDocument[ClientCredential], frozen=True):
    """The credentials of a client, without their secrets: iterate over it, or read `items`."""

    items: list[ClientCredential] = Field(alias="credentials")
    """The credentials (``credentials`` on the wire)."""


_NULL: dict[str, object] = {"const": None}
_BOTH_PAGES = {
    "oneOf": [having(page, "privacy_policy", "terms_and_conditions") for page in (_NULL, {"not": _NULL})],
}
_ONE_KIND = {"oneOf": [having({"not": _NULL}, name) for name in ("client_type", "public_client")]}


class OAuthClientLinksSpec(Payload):
    """Links to pages for the users of a client: both, or None for both."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_BOTH_PAGES))

    privacy_policy: str | None
    """The URL of its privacy policy."""
    terms_and_conditions: str | None
    """The URL of its terms and conditions."""

    @field_validator("terms_and_conditions")
    @classmethod
    def _goes_with_the_other(cls, terms: str | None, info: ValidationInfo) -> str | None:
        if "privacy_policy" in info.data and (terms is None) != (info.data["privacy_policy"] is None):
            raise PydanticCustomError("links", "must be given together with privacy_policy, or not at all")
        return terms


_PAGES = ("terms_and_conditions", "privacy_policy")


class _ClientPayload(EnvelopePayload):
    """Base class of the documents that create and change clients."""

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
    """Base class of clients to create."""

    name: Line
    """The name, shown to users when they are asked to consent: one line."""
    public_client: bool | None = None
    """Whether it cannot keep a secret; give either this or `client_type`."""
    client_type: KnownClientType | None = Field(default=None, validate_default=True)
    """The type; give either this or `public_client`."""
    visibility: Visibility | None = None
    """The visibility: public, or only to the project (None: up to the service)."""
    redirect_uris: Texts | None = None
    """The URLs to which users may be redirected after a login."""
    links: OAuthClientLinksSpec | None = None
    """Links to pages for its users."""
    required_idp: Identifier | None = None
    """The id of the identity provider in which users must have an identity (None: any)."""
    preselect_idp: Identifier | None = None
    """The id of the identity provider that the login page suggests (None: none)."""
    userinfo_from_effective_identity: bool | None = None
    """Whether the userinfo is that of the identity that the user chose for it (None: up to the service)."""
    prompt_for_named_grant: bool | None = None
    """Whether users are asked to name the consents they give (None: up to the service)."""

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
    """A client to create in a project. Source: Auth API, "Clients"."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_ONE_KIND))

    project: Identifier
    """The id of the project it belongs to."""


class ChildClientCreate(_ClientFields):
    """A client that another client creates for itself. Source: Auth API, "Clients"."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_ONE_KIND))


class NativeAppInstanceCreate(EnvelopePayload):
    """A client to create from a template, for one installation of an app. Source: Auth API, "Clients"."""

    envelope: ClassVar[str] = "client"

    template_id: Identifier
    """The id of the client that is the template."""
    name: Line
    """The name of the installation: one line."""


class OAuthClientUpdate(_ClientPayload, UpdatePayload):
    """Changes to a client; its project and type cannot be changed. Source: Auth API, "Clients"."""

    name: Line | MISSING = MISSING
    """The name, shown to users when they are asked to consent: one line."""
    visibility: Visibility | MISSING = MISSING
    """The visibility: public, or only to the project."""
    redirect_uris: Texts | MISSING = MISSING
    """The URLs to which users may be redirected after a login."""
    links: OAuthClientLinksSpec | MISSING = MISSING
    """Links to pages for its users."""
    required_idp: Identifier | None | MISSING = MISSING
    """The id of the identity provider in which users must have an identity (None: any)."""
    preselect_idp: Identifier | None | MISSING = MISSING
    """The id of the identity provider that the login page suggests (None: none)."""


class ClientCredentialCreate(EnvelopePayload):
    """A secret to create for a client. Source: Auth API, "Client Credentials"."""

    envelope: ClassVar[str] = "credential"

    name: str
    """The name, to tell it from others."""
