"""Activation: the logins that endpoints of Globus Connect Server 4 asked for, which the service has retired."""

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
"""A way to activate; there may be ways that are not listed here."""

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
"""What became of an activation. There may be codes that are not listed here: look at the part before the dot."""


class ActivationRequirement(Document, frozen=True):
    """Something that has to be told to activate an endpoint."""

    data_type: str | None = None
    """``activation_requirement``"""
    type: ActivationType | None = None
    """The way to activate that it belongs to; all that is sent must belong to one."""
    name: str | None = None
    """What it is, for programs: ``hostname``, ``username``, ``passphrase``, ``public_key``, ``proxy_chain`` ..."""
    ui_name: str | None = None
    """What it is, for people."""
    description: str | None = None
    """What it is, for people at length."""
    required: bool | None = None
    """Whether it must be told."""
    private: bool | None = None
    """Whether it is a secret, not to be shown as it is typed."""
    value: str | None = None
    """What is told, numbers as text too; None where the service does not know it."""


class ActivationRequirements(ListDocument[ActivationRequirement], frozen=True):
    """How long an endpoint is active, and what would have to be told to activate it."""

    data_type: str | None = None
    """``activation_requirements``"""
    length: int | None = None
    """How many are in this document."""
    expires_in: int | None = None
    """For how many seconds it is active, from when this document was sent; -1 for ever, 0 not active."""
    expire_time: Timestamp | None = None
    """Until when it is active; None for ever."""
    activated: bool | None = None
    """Whether it was activated; False too where nothing ever has to be."""
    auto_activation_supported: bool | None = None
    """Whether it can be activated without telling anything."""
    oauth_server: str | None = None
    """The server to log in at with a browser; None where there is none."""

    @property
    def always_activated(self) -> bool:
        """Whether the endpoint never has to be activated, as those of Globus Connect Personal and shares never have."""
        return self.expires_in == -1

    @property
    def supports_auto_activation(self) -> bool:
        """Whether the endpoint can be activated without telling anything; False: a browser is needed, as a rule."""
        return bool(self.auto_activation_supported)

    @property
    def supports_web_activation(self) -> bool:
        """Whether the endpoint can be activated with a browser; where it goes without telling anything, it can."""
        return (
            self.supports_auto_activation
            or self.oauth_server is not None
            or any(requirement.type in ("myproxy", "delegate_myproxy") for requirement in self.items)
        )

    @property
    def expires_at(self) -> float | None:
        """Until when the endpoint is active, in seconds since the epoch, counted from when this document came.

        None where it is active for ever, and where that is not told.
        """
        if self.expires_in is None or self.always_activated:
            return None
        if self.http is not None:
            return self.http.received_at + self.expires_in
        return time.time() + self.expires_in if self.expire_time is None else self.expire_time.timestamp()

    def active_until(self, time_seconds: float, relative_time: bool = True) -> bool:
        """Whether the endpoint stays active until then without doing anything; False where it is not active.

        Parameters: `time_seconds`, how many seconds from now, or, with `relative_time` False, in seconds since the
        epoch.
        """
        if self.always_activated:
            return True
        end = self.expires_at
        if self.activated is False or not self.expires_in or end is None:
            return False
        return end > (time.time() + time_seconds if relative_time else time_seconds)


class ActivationResult(Document, frozen=True):
    """What became of an activation. That one without telling anything failed is an answer too, no error."""

    data_type: str | None = None
    """``activation_result``"""
    code: ActivationCode | None = None
    """What became of it, for programs."""
    message: str | None = None
    """What became of it, for people."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path that was asked."""
    endpoint: str | None = None
    """The old name or the id of the endpoint."""
    expires_in: int | None = None
    """For how many seconds it is active; -1 for ever."""
    expire_time: Timestamp | None = None
    """Until when it is active; None for ever."""
    subject: str | None = None
    """The X.509 subject it is active with."""
    length: int | None = None
    """How many requirements are in this document."""
    items: list[ActivationRequirement] | None = None
    """What has to be told (``DATA`` on the wire); empty where it worked."""
    oauth_server: str | None = None
    """The server to log in at with a browser; None where there is none."""
    activated: bool | None = None
    """Whether it is active."""
    auto_activation_supported: bool | None = None
    """Whether it can be activated without telling anything."""


class ActivationRequirementData(Payload):
    """Something that is told to activate an endpoint. What it is says `name`, and what is told, `value`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(hide_input_in_errors=True)

    data_type: Literal["activation_requirement"] = "activation_requirement"
    """``activation_requirement``"""
    type: Literal["myproxy", "delegate_proxy", "delegate_myproxy"]
    """The way to activate that it belongs to."""
    name: str
    """What it is: ``hostname``, ``username``, ``passphrase``, ``public_key``, ``proxy_chain`` ..."""
    value: SecretText | None = None
    """What is told, numbers as text too."""
    ui_name: str | None = None
    """As it was received."""
    description: str | None = None
    """As it was received."""
    required: bool | None = None
    """As it was received."""
    private: bool | None = None
    """As it was received."""


class ActivationRequirementsData(Payload):
    """What is told to activate an endpoint: what `ActivationRequirements` ask for one way, each with a `value`.

    Source: Transfer API, "Endpoint Activation".
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(hide_input_in_errors=True)

    data_type: Literal["activation_requirements"] = "activation_requirements"
    """``activation_requirements``"""
    items: Annotated[list[ActivationRequirementData], Strict(False)]
    """What is told (``DATA`` on the wire), all of one `type`."""
    length: int | None = None
    """As it was received."""
    expires_in: int | None = None
    """As it was received."""
    expire_time: str | None = None
    """As it was received."""
    activated: bool | None = None
    """As it was received."""
    auto_activation_supported: bool | None = None
    """As it was received."""
    oauth_server: str | None = None
    """As it was received."""

    @field_validator("items")
    @classmethod
    def _go_one_way(cls, items: list[ActivationRequirementData]) -> Any:
        types = sorted({item.type for item in items})
        if len(types) > 1:
            raise PydanticCustomError("type", "must all be of one type, got {types}", {"types": ", ".join(types)})
        return items
