"""Documents that create and change endpoints and collections."""

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)
from pydantic_core import PydanticCustomError

from globus_typed.core.fields import ONE_LINE, Checked, Identifier, id_or
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.core.schema_parts import having, rules
from globus_typed.transfer.documents.fields import AbsolutePath
from globus_typed.transfer.documents.server import ServerCreate

__all__ = [
    "ActivityNotificationPolicy",
    "EndpointCreate",
    "EndpointUpdate",
    "SharedEndpointCreate",
    "SubscriptionAdminVerifiedUpdate",
    "SubscriptionUpdate",
]

_NUMBERS = ("max_concurrency", "preferred_concurrency", "max_parallelism", "preferred_parallelism")


def _check_preferred(preferred: int, info: ValidationInfo) -> int:
    name = str(info.field_name).replace("preferred", "max")
    most: object = info.data.get(name)
    if isinstance(most, int) and preferred > most:
        raise PydanticCustomError("preferred", "must not be more than {most}", {"most": name})
    return preferred


def _check_network_use(use: str, info: ValidationInfo) -> str:
    missing = [name for name in _NUMBERS if name in info.data and not isinstance(info.data[name], int)]
    if use == "custom" and missing:
        raise PydanticCustomError("network_use", "custom needs {missing} as well", {"missing": ", ".join(missing)})
    return use


def _check_personal(personal: bool, info: ValidationInfo) -> bool:
    if personal and info.data.get("items"):
        raise PydanticCustomError("personal", "must not be True for an endpoint with servers of its own")
    return personal


def _check_force_verify(force: bool, info: ValidationInfo) -> bool:
    if force and info.data.get("disable_verify") is True:
        raise PydanticCustomError("exclusive", "must not be True together with disable_verify")
    return force


def _check_alone(server: str, info: ValidationInfo) -> str:
    if isinstance(info.data.get("oauth_server"), str):
        raise PydanticCustomError("exclusive", "must not be given together with oauth_server")
    return server


_DEGREES = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*,\s*([+-]?\d+(?:\.\d+)?)\s*", re.ASCII)


def _check_location(location: str) -> str:
    degrees = _DEGREES.fullmatch(location)
    if location != "Automatic" and not (degrees and abs(float(degrees[1])) <= 90 and abs(float(degrees[2])) <= 180):
        raise PydanticCustomError("location", 'must be "Automatic" or "latitude,longitude" in degrees')
    return location


def _check_subscription(value: object, handler: ValidatorFunctionWrapHandler) -> Any:
    return value if value == "DEFAULT" else handler(value)


_DisplayName = Annotated[str, Field(min_length=1, max_length=128), ONE_LINE]
_Text = Annotated[str, Field(max_length=1024)]
_LongLine = Annotated[_Text, ONE_LINE]
_Message = Annotated[str, Field(max_length=256)]
_Minutes = Annotated[int, Field(gt=0)]
_Count = Annotated[int, Field(ge=1)]
_Preferred = Annotated[_Count, AfterValidator(_check_preferred)]
_NetworkUse = Annotated[Literal["normal", "minimal", "aggressive", "custom"], AfterValidator(_check_network_use)]
_Personal = Annotated[bool, AfterValidator(_check_personal)]
_ForceVerify = Annotated[bool, AfterValidator(_check_force_verify)]
_MyProxyServer = Annotated[str, AfterValidator(_check_alone)]
_Location = Annotated[
    str, Checked(_check_location, {"pattern": r"^(Automatic|\s*[+-]?\d+(\.\d+)?\s*,\s*[+-]?\d+(\.\d+)?\s*)$"})
]
_Subscription = Annotated[Identifier, WrapValidator(_check_subscription), id_or("DEFAULT")]


_STRING = {"type": "string"}
_ONE_HOST = {"oneOf": [having(_STRING, "host_endpoint"), having(_STRING, "host_endpoint_id")]}
_CUSTOM_USE = {"if": having({"const": "custom"}, "network_use"), "then": having({"type": "integer"}, *_NUMBERS)}
_ONE_SERVER = {"not": having(_STRING, "oauth_server", "myproxy_server")}
_ONE_WAY_TO_VERIFY = {"not": having({"const": True}, "force_verify", "disable_verify")}
_NO_SERVERS = {
    "if": having({"const": True}, "is_globus_connect"),
    "then": {"properties": {"DATA": {"maxItems": 0}}},
}


class ActivityNotificationPolicy(Payload):
    """The transfers on guest collections of which their owners are notified."""

    status: Annotated[list[Literal["SUCCEEDED", "FAILED"]], Strict(False)]
    """The final statuses of a transfer that are reported."""
    transfer_use: Annotated[list[Literal["source", "destination"]], Strict(False)]
    """The sides of a transfer on which the collection must be: source, destination or both."""


class _CollectionFields(Payload):
    """Base class of endpoints and collections to create."""

    display_name: _DisplayName
    """The display name: one line of at most 128 characters."""
    description: str | None = None
    """The description given by the owner."""
    organization: _LongLine | None = None
    """The organization that runs it: one line of at most 1024 characters."""
    department: _LongLine | None = None
    """The department that runs it: one line of at most 1024 characters."""
    keywords: _Text | None = None
    """Keywords for search, separated by commas; at most 1024 characters."""
    contact_email: str | None = None
    """The contact e-mail address."""
    contact_info: _Text | None = None
    """Other contact information; at most 1024 characters."""
    info_link: _Text | None = None
    """The URL of a page about it; at most 1024 characters."""
    owner_string: str | None = None
    """The name under which the owner is shown."""
    default_directory: AbsolutePath | None = None
    """The directory that is listed when no path is given, such as ``/~/``, ``/data/`` or ``/{server_default}/``."""
    force_encryption: bool | None = None
    """Whether to encrypt all transfers, whether requested or not."""
    disable_verify: bool | None = None
    """Whether to disable checksum verification."""
    force_verify: _ForceVerify | None = None
    """Whether to verify checksums of all transfers, whether requested or not; excludes `disable_verify`."""
    guest_collection_activity_notification_policy: ActivityNotificationPolicy | None = None
    """The transfers on guest collections of which their owners are notified."""
    acl_max_expiration_period_mins: _Minutes | None = None
    """The maximum lifetime of access rules in minutes, more than 0; if set, rules must have an expiration date."""


class SharedEndpointCreate(_CollectionFields):
    """A share or guest collection to create: a directory of another collection, to be shared with others.

        share = SharedEndpointCreate(host_endpoint=host_id, host_path="/~/outbox/", display_name="Outbox")

    Source: Transfer API, "Endpoint Management".
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_ONE_HOST, _ONE_WAY_TO_VERIFY))

    data_type: Literal["shared_endpoint"] = "shared_endpoint"
    """``shared_endpoint``"""
    host_path: AbsolutePath
    """The shared directory on that collection, such as ``/~/outbox/``."""
    host_endpoint_id: Identifier | None = None
    """The id of the collection of the directory, by another name: give either this or `host_endpoint`."""
    host_endpoint: Identifier | None = Field(default=None, validate_default=True)
    """The id of the collection of the directory."""

    @field_validator("host_endpoint")
    @classmethod
    def _is_one(cls, host: str | None, info: ValidationInfo) -> str | None:
        if "host_endpoint_id" in info.data and (host is None) == (info.data["host_endpoint_id"] is None):
            raise PydanticCustomError("host_endpoint", "must be given, or else host_endpoint_id, but not both")
        return host


class EndpointCreate(_CollectionFields):
    """An endpoint to create: a Globus Connect Server 4 host with its servers, or a Globus Connect Personal endpoint.

    The service has retired the former. Source: Transfer API, "Endpoint Management".
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra=rules(_CUSTOM_USE, _ONE_SERVER, _NO_SERVERS, _ONE_WAY_TO_VERIFY)
    )

    data_type: Literal["endpoint"] = "endpoint"
    """``endpoint``"""
    items: Annotated[list[ServerCreate], Strict(False)] | None = None
    """The servers (``DATA`` on the wire), only for Globus Connect Server 4."""
    is_globus_connect: _Personal | None = None
    """Whether it is a Globus Connect Personal endpoint, for which the response has a setup key (None: no)."""
    name: str | None = None
    """The second half of the old name, ``<username>#<name>`` (deprecated)."""
    public: bool | None = None
    """Whether it is visible to everyone (its files are not)."""
    user_message: _Message | None = None
    """A message shown to users who browse it; at most 256 characters."""
    user_message_link: str | None = None
    """A URL to go with `user_message`."""
    max_concurrency: _Count | None = None
    """The maximum number of concurrent files, if `network_use` is ``custom``."""
    preferred_concurrency: _Preferred | None = None
    """The preferred number of concurrent files, if `network_use` is ``custom``; at most `max_concurrency`."""
    max_parallelism: _Count | None = None
    """The maximum number of parallel streams per file, if `network_use` is ``custom``."""
    preferred_parallelism: _Preferred | None = None
    """The preferred number of parallel streams per file, if `network_use` is ``custom``; at most `max_parallelism`."""
    network_use: _NetworkUse | None = None
    """How much of the network transfers may use; ``custom`` requires the four numbers above."""
    location: _Location | None = None
    """The location: ``Automatic``, or latitude and longitude in degrees, separated by a comma."""
    authentication_timeout_mins: int | None = None
    """The number of minutes for which a login stays valid."""
    oauth_server: str | None = None
    """The OAuth server for activation; mutually exclusive with `myproxy_server` (deprecated)."""
    myproxy_server: _MyProxyServer | None = None
    """The MyProxy server for activation; mutually exclusive with `oauth_server` (deprecated)."""
    myproxy_dn: str | None = None
    """The X.509 subject of the MyProxy server (deprecated)."""
    s3_url: str | None = None
    """The URL of its S3 bucket (deprecated)."""
    s3_owner_activated: bool | None = None
    """Whether all users share the owner's S3 key (deprecated)."""


class EndpointUpdate(UpdatePayload):
    """Changes to an endpoint or collection.

        transfer.update_endpoint(endpoint_id, EndpointUpdate(description=None, keywords="lab,bench"))

    Collections of Globus Connect Server 5 are changed through their own manager.
    Source: Transfer API, "Endpoint Management".
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        json_schema_extra=rules(_CUSTOM_USE, _ONE_SERVER, _ONE_WAY_TO_VERIFY)
    )

    data_type: Literal["endpoint"] = "endpoint"
    """``endpoint``"""
    display_name: _DisplayName | MISSING = MISSING
    """The display name: one line of at most 128 characters."""
    description: str | None | MISSING = MISSING
    """The description given by the owner."""
    organization: _LongLine | None | MISSING = MISSING
    """The organization that runs it: one line of at most 1024 characters."""
    department: _LongLine | None | MISSING = MISSING
    """The department that runs it: one line of at most 1024 characters."""
    keywords: _Text | None | MISSING = MISSING
    """Keywords for search, separated by commas; at most 1024 characters."""
    contact_email: str | None | MISSING = MISSING
    """The contact e-mail address."""
    contact_info: _Text | None | MISSING = MISSING
    """Other contact information; at most 1024 characters."""
    info_link: _Text | None | MISSING = MISSING
    """The URL of a page about it; at most 1024 characters."""
    user_message: _Message | None | MISSING = MISSING
    """A message shown to users who browse it; at most 256 characters."""
    user_message_link: str | None | MISSING = MISSING
    """A URL to go with `user_message`."""
    public: bool | MISSING = MISSING
    """Whether it is visible to everyone (its files are not)."""
    owner_id: Identifier | MISSING = MISSING
    """The id of the identity that becomes the owner."""
    owner_string: str | MISSING = MISSING
    """The name under which the owner is shown."""
    subscription_id: _Subscription | None | MISSING = MISSING
    """The id of the subscription that manages it, or ``DEFAULT`` for the caller's only one. None: no subscription."""
    default_directory: AbsolutePath | None | MISSING = MISSING
    """The directory that is listed when no path is given, such as ``/~/``, ``/data/`` or ``/{server_default}/``."""
    force_encryption: bool | MISSING = MISSING
    """Whether to encrypt all transfers, whether requested or not."""
    disable_verify: bool | MISSING = MISSING
    """Whether to disable checksum verification."""
    force_verify: _ForceVerify | MISSING = MISSING
    """Whether to verify checksums of all transfers, whether requested or not; excludes `disable_verify`."""
    subscription_admin_verified: bool | MISSING = MISSING
    """Whether it is verified by the administrators of its subscription, who alone may say so."""
    is_globus_connect: bool | MISSING = MISSING
    """Whether it is a Globus Connect Personal endpoint, which cannot be changed."""
    acl_max_expiration_period_mins: _Minutes | None | MISSING = MISSING
    """The maximum lifetime of access rules in minutes, more than 0; if set, rules must have an expiration date. None:
    no limit."""
    max_concurrency: _Count | None | MISSING = MISSING
    """The maximum number of concurrent files, if `network_use` is ``custom``."""
    preferred_concurrency: _Preferred | None | MISSING = MISSING
    """The preferred number of concurrent files, if `network_use` is ``custom``; at most `max_concurrency`."""
    max_parallelism: _Count | None | MISSING = MISSING
    """The maximum number of parallel streams per file, if `network_use` is ``custom``."""
    preferred_parallelism: _Preferred | None | MISSING = MISSING
    """The preferred number of parallel streams per file, if `network_use` is ``custom``; at most `max_parallelism`."""
    network_use: _NetworkUse | None | MISSING = MISSING
    """How much of the network transfers may use; ``custom`` requires the four numbers above."""
    location: _Location | None | MISSING = MISSING
    """The location: ``Automatic``, or latitude and longitude in degrees, separated by a comma."""
    authentication_timeout_mins: int | None | MISSING = MISSING
    """The number of minutes for which a login stays valid."""
    guest_collection_activity_notification_policy: ActivityNotificationPolicy | None | MISSING = MISSING
    """The transfers on guest collections of which their owners are notified."""
    oauth_server: str | None | MISSING = MISSING
    """The OAuth server for activation (deprecated). Setting it clears `myproxy_server`."""
    myproxy_server: _MyProxyServer | None | MISSING = MISSING
    """The MyProxy server for activation (deprecated). Setting it clears `oauth_server`."""
    myproxy_dn: str | None | MISSING = MISSING
    """The X.509 subject of the MyProxy server (deprecated)."""
    s3_url: str | None | MISSING = MISSING
    """The URL of its S3 bucket (deprecated)."""
    s3_owner_activated: bool | MISSING = MISSING
    """Whether all users share the owner's S3 key (deprecated)."""

    def _wire_form(self, members: dict[str, Any]) -> dict[str, Any]:
        if isinstance(self.myproxy_server, str):
            return {**members, "oauth_server": None}
        return {**members, "myproxy_server": None} if isinstance(self.oauth_server, str) else members


class SubscriptionUpdate(UpdatePayload):
    """The subscription that is to manage a collection. Source: Transfer API, "Endpoint Management"."""

    subscription_id: _Subscription | None
    """The id of the subscription, or ``DEFAULT`` for the caller's only one. None: no subscription."""


class SubscriptionAdminVerifiedUpdate(Payload):
    """Whether a collection is verified by the administrators of its subscription.

    Source: Transfer API, "Endpoint Management".
    """

    subscription_admin_verified: bool
    """Whether the collection is verified."""
