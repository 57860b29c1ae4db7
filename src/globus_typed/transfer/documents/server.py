"""The servers of an endpoint, which only Globus Connect Server 4 has; retired by the service."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import NULL_IS_ABSENT, Checked
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.core.schema_parts import both_or_neither, rules
from globus_typed.transfer.documents.endpoint import Server
from globus_typed.transfer.documents.fields import Port

__all__ = ["Server", "ServerAddResult", "ServerCreate", "ServerList", "ServerUpdate"]


class ServerList(ListDocument[Server], frozen=True):
    """All servers of an endpoint."""

    data_type: str | None = None
    """``endpoint_server_list``"""
    endpoint: str | None = None
    """The id of the endpoint; its old name in very old responses."""


class ServerAddResult(Document, frozen=True):
    """The result of adding a server, with its number."""

    data_type: str | None = None
    """``endpoint_server_add_result``"""
    code: Literal["Created"] | str | None = None
    """A code for programs to check."""
    message: str | None = None
    """A human-readable message."""
    id: Annotated[int, NULL_IS_ABSENT] = 0
    """The number of the server on its endpoint; 0 where the response left it out."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request."""


def _check_host(name: str) -> str:
    if not name or re.search(r"[/\s]", name):
        raise PydanticCustomError("hostname", 'must be a name or IP address without "scheme://"')
    return name


def _last_after(first_name: str) -> AfterValidator:
    """The check of the last port of a range, by the name of the field that has the first."""

    # The field's own name is not used: pydantic 2.12 does not tell it for defaults.
    def check(last: object, info: ValidationInfo) -> object:
        if first_name in info.data:
            first: object = info.data[first_name]
            if isinstance(first, int) != isinstance(last, int) or (first is MISSING) != (last is MISSING):
                raise PydanticCustomError("port_range", "must be given together with {first}", {"first": first_name})
            if isinstance(first, int) and isinstance(last, int) and first > last:
                raise PydanticCustomError("port_range", "must not be less than {first}", {"first": first_name})
        return last

    return AfterValidator(check)


_HostName = Annotated[str, Checked(_check_host, {"minLength": 1, "not": {"pattern": r"[/\s]"}})]
_Scheme = Literal["gsiftp", "ftp"]
_DataPort = Annotated[int, Field(ge=1024, le=65535)]
_EndsIncoming = _last_after("incoming_data_port_start")
_EndsOutgoing = _last_after("outgoing_data_port_start")
_PORT_RANGES = [
    both_or_neither({"type": "integer"}, f"{way}_data_port_start", f"{way}_data_port_end")
    for way in ("incoming", "outgoing")
]


class ServerCreate(Payload):
    """A server to add to an endpoint. Source: Transfer API, "Endpoint Management"."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(*_PORT_RANGES))

    data_type: Literal["server"] = "server"
    """``server``"""
    hostname: _HostName
    """The DNS name or IP address, without ``gsiftp://``."""
    port: Port | None = None
    """The GridFTP port, 1 to 65535 (None: 2811)."""
    scheme: _Scheme | None = None
    """The protocol (None: ``gsiftp``)."""
    subject: str | None = None
    """The X.509 subject it must present (None: derived from the host name)."""
    incoming_data_port_start: _DataPort | None = None
    """The first port for incoming data, 1024 to 65535 (None: not restricted)."""
    incoming_data_port_end: Annotated[_DataPort | None, _EndsIncoming] = Field(default=None, validate_default=True)
    """The last port for incoming data, 1024 to 65535; must be given together with the first."""
    outgoing_data_port_start: _DataPort | None = None
    """The first port for outgoing data, 1024 to 65535 (None: not restricted)."""
    outgoing_data_port_end: Annotated[_DataPort | None, _EndsOutgoing] = Field(default=None, validate_default=True)
    """The last port for outgoing data, 1024 to 65535; must be given together with the first."""


class ServerUpdate(UpdatePayload):
    """Changes to a server."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(*_PORT_RANGES))

    data_type: Literal["server"] = "server"
    """``server``"""
    hostname: _HostName | MISSING = MISSING
    """The DNS name or IP address, without ``gsiftp://``."""
    port: Port | MISSING = MISSING
    """The GridFTP port, 1 to 65535."""
    scheme: _Scheme | MISSING = MISSING
    """The protocol."""
    subject: str | None | MISSING = MISSING
    """The X.509 subject it must present (None: derived from the host name)."""
    incoming_data_port_start: _DataPort | None | MISSING = MISSING
    """The first port for incoming data, 1024 to 65535 (None: not restricted)."""
    incoming_data_port_end: Annotated[_DataPort | None | MISSING, _EndsIncoming] = Field(
        default=MISSING, validate_default=True
    )
    """The last port for incoming data, 1024 to 65535; must be given together with the first (None: not restricted)."""
    outgoing_data_port_start: _DataPort | None | MISSING = MISSING
    """The first port for outgoing data, 1024 to 65535 (None: not restricted)."""
    outgoing_data_port_end: Annotated[_DataPort | None | MISSING, _EndsOutgoing] = Field(
        default=MISSING, validate_default=True
    )
    """The last port for outgoing data, 1024 to 65535; must be given together with the first (None: not restricted)."""
