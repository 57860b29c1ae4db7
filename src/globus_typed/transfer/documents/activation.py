"""Activation: the logins that endpoints of Globus Connect Server 4 required; retired by the service."""

import time
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Strict, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import SecretText, Timestamp
from globus_typed.core.payloads import Payload

__all__ = [
    "ActivationCode",
    "ActivationRequirement",
    "ActivationRequirementData",
    "ActivationRequirements",
    "ActivationRequirementsData",
    "ActivationResult",
    "ActivationType",
]

ActivationType = Literal["myproxy", "delegate_proxy", "delegate_myproxy"] | str
"""A method of activation; other methods are possible."""

ActivationCode = (
    Literal[
        "AutoActivated.CachedCredential",
        "AutoActivated.GlobusOnlineCredential",
        "AlreadyActivated",
        "AutoActivationFailed",
        "Activated.MyProxyCredential",
        "Activated.ClientProxyCredential",
    ]
    | str
)
"""The result code of an activation. Other codes are possible: compare the part before the dot."""


class ActivationRequirement(Document, frozen=True):
    """A value required to activate an endpoint."""

    data_type: str | None = None
    """``activation_requirement``"""
    type: ActivationType | None = None
    """The activation method it belongs to; all values sent must belong to the same method."""
    name: str | None = None
    """The name: ``hostname``, ``username``, ``passphrase``, ``public_key``, ``proxy_chain`` ..."""
    ui_name: str | None = None
    """The name to display."""
    description: str | None = None
    """A human-readable description."""
    required: bool | None = None
    """Whether it is required."""
    private: bool | None = None
    """Whether it is secret and must not be shown while it is typed."""
    value: str | None = None
    """The value, with numbers as strings; None if the service does not know it."""


class ActivationRequirements(ListDocument[ActivationRequirement], frozen=True):
    """The activation state of an endpoint, and the values required to activate it."""

    data_type: str | None = None
    """``activation_requirements``"""
    length: int | None = None
    """The number of entries in this document."""
    expires_in: int | None = None
    """The number of seconds it stays active, counted from the response; -1 if it never expires, 0 if it is not active.
    """
    expire_time: Timestamp | None = None
    """The time until which it is active; None if it never expires."""
    activated: bool | None = None
    """Whether it has been activated; also False if it never needs activation."""
    auto_activation_supported: bool | None = None
    """Whether it can be activated without entering anything."""
    oauth_server: str | None = None
    """The server for logging in with a browser; None if there is none."""

    @property
    def always_activated(self) -> bool:
        """Whether the endpoint never needs activation, like those of Globus Connect Personal and shares."""
        return self.expires_in == -1

    @property
    def supports_auto_activation(self) -> bool:
        """Whether the endpoint can be activated without entering anything; if not, it usually requires a browser."""
        return bool(self.auto_activation_supported)

    @property
    def supports_web_activation(self) -> bool:
        """Whether the endpoint can be activated with a browser; also True if it can be activated without entering
        anything.
        """
        return (
            self.supports_auto_activation
            or self.oauth_server is not None
            or any(requirement.type in ("myproxy", "delegate_myproxy") for requirement in self.items)
        )

    @property
    def expires_at(self) -> float | None:
        """The time until which the endpoint is active, in seconds since the epoch.

        Counted from when this document arrived; None if it never expires, and if the time is not given.
        """
        if self.expires_in is None or self.always_activated:
            return None
        if self.http is not None:
            return self.http.received_at + self.expires_in
        return time.time() + self.expires_in if self.expire_time is None else self.expire_time.timestamp()

    def active_until(self, time_seconds: float, relative_time: bool = True) -> bool:
        """Whether the endpoint stays active until the given time without further action; False if it is not active.

        Parameters: `time_seconds`, in seconds from now or, with `relative_time` False, in seconds since the epoch.
        """
        if self.always_activated:
            return True
        end = self.expires_at
        if self.activated is False or not self.expires_in or end is None:
            return False
        return end > (time.time() + time_seconds if relative_time else time_seconds)


class ActivationResult(Document, frozen=True):
    """The result of an activation; a failed autoactivation is also a result, not an exception."""

    data_type: str | None = None
    """``activation_result``"""
    code: ActivationCode | None = None
    """The result, as a code."""
    message: str | None = None
    """A human-readable message."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request."""
    endpoint: str | None = None
    """The old name or the id of the endpoint."""
    expires_in: int | None = None
    """The number of seconds it stays active; -1 if it never expires."""
    expire_time: Timestamp | None = None
    """The time until which it is active; None if it never expires."""
    subject: str | None = None
    """The X.509 subject it is active with."""
    length: int | None = None
    """The number of requirements in this document."""
    items: list[ActivationRequirement] | None = None
    """The required values (``DATA`` on the wire); empty on success."""
    oauth_server: str | None = None
    """The server for logging in with a browser; None if there is none."""
    activated: bool | None = None
    """Whether it is active."""
    auto_activation_supported: bool | None = None
    """Whether it can be activated without entering anything."""


class ActivationRequirementData(Payload):
    """A value to activate an endpoint with: `name` says which one, `value` holds it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(hide_input_in_errors=True)

    data_type: Literal["activation_requirement"] = "activation_requirement"
    """``activation_requirement``"""
    type: Literal["myproxy", "delegate_proxy", "delegate_myproxy"]
    """The activation method it belongs to."""
    name: str
    """The name: ``hostname``, ``username``, ``passphrase``, ``public_key``, ``proxy_chain`` ..."""
    value: SecretText | None = None
    """The value, with numbers as strings."""
    ui_name: str | None = None
    """Sent back as received."""
    description: str | None = None
    """Sent back as received."""
    required: bool | None = None
    """Sent back as received."""
    private: bool | None = None
    """Sent back as received."""


class ActivationRequirementsData(Payload):
    """The values to activate an endpoint with: the `ActivationRequirements` of one type, each with its `value`.

    Source: Transfer API, "Endpoint Activation".
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(hide_input_in_errors=True)

    data_type: Literal["activation_requirements"] = "activation_requirements"
    """``activation_requirements``"""
    items: Annotated[list[ActivationRequirementData], Strict(False)]
    """The values (``DATA`` on the wire), all of the same `type`."""
    length: int | None = None
    """Sent back as received."""
    expires_in: int | None = None
    """Sent back as received."""
    expire_time: str | None = None
    """Sent back as received."""
    activated: bool | None = None
    """Sent back as received."""
    auto_activation_supported: bool | None = None
    """Sent back as received."""
    oauth_server: str | None = None
    """Sent back as received."""

    @field_validator("items")
    @classmethod
    def _go_one_way(cls, items: list[ActivationRequirementData]) -> Any:
        types = sorted({item.type for item in items})
        if len(types) > 1:
            raise PydanticCustomError("type", "must all be of one type, got {types}", {"types": ", ".join(types)})
        return items
