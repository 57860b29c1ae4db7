"""What payloads must be across their members, as far as a JSON schema can say it."""

from collections.abc import Mapping
from typing import Any

__all__ = ["RULES"]

_NUMBER = {"type": "integer"}
_TEXT = {"type": "string"}


def _having(schema: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What has these members, and such ones."""
    return {"required": [*names], "properties": dict.fromkeys(names, schema)}


def _both_or_neither(one: str, other: str) -> dict[str, Any]:
    either = {"anyOf": [_having(_NUMBER, one), _having(_NUMBER, other)]}
    return {"if": either, "then": _having(_NUMBER, one, other)}


_ACCESS = {
    "if": _having({"enum": ["identity", "group"]}, "principal_type"),
    "then": _having({"minLength": 1}, "principal"),
    "else": {"properties": {"principal": {"maxLength": 0}}},
}
_ITEM = {
    "if": _having({"const": True}, "recursive"),
    "then": {"properties": {"external_checksum": {"type": "null"}}},
}
_SHARE = {"oneOf": [_having(_TEXT, "host_endpoint"), _having(_TEXT, "host_endpoint_id")]}
_CUSTOM = {
    "if": _having({"const": "custom"}, "network_use"),
    "then": _having(_NUMBER, "max_concurrency", "preferred_concurrency", "max_parallelism", "preferred_parallelism"),
}
_ONE_SERVER = {"not": _having(_TEXT, "oauth_server", "myproxy_server")}
_PERSONAL = {
    "if": _having({"const": True}, "is_globus_connect"),
    "then": {"properties": {"DATA": {"maxItems": 0}}},
}
_RANGES = [_both_or_neither(f"{way}_data_port_start", f"{way}_data_port_end") for way in ("incoming", "outgoing")]

RULES: Mapping[str, list[dict[str, Any]]] = {
    "AccessRuleCreate": [_ACCESS],
    "EndpointCreate": [_CUSTOM, _ONE_SERVER, _PERSONAL],
    "EndpointUpdate": [_CUSTOM, _ONE_SERVER],
    "ServerCreate": _RANGES,
    "ServerUpdate": _RANGES,
    "SharedEndpointCreate": [_SHARE],
    "TransferItem": [_ITEM],
}
"""By the classes of the payloads: schemas that a document must fit besides that of its members."""
