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

# null, or none at all
_NOTHING: dict[str, Any] = {"const": None}
_EMPTY: dict[str, Any] = {"enum": [None, []]}
_ADMINISTERED = {
    "anyOf": [_having({"type": "array", "minItems": 1}, name) for name in ("admin_ids", "admin_group_ids")]
}
_STILL_ADMINISTERED = {"not": _having(_EMPTY, "admin_ids", "admin_group_ids")}
_ONE_KIND = {"oneOf": [_having({"not": _NOTHING}, name) for name in ("client_type", "public_client")]}
_PAGES = {
    "oneOf": [_having(wanted, "privacy_policy", "terms_and_conditions") for wanted in (_NOTHING, {"not": _NOTHING})]
}
_ASSURED = {
    "if": _having({"const": True}, "required_mfa"),
    "then": _having({"const": True}, "high_assurance"),
}

RULES: Mapping[str, list[dict[str, Any]]] = {
    "AccessRuleCreate": [_ACCESS],
    "ChildClientCreate": [_ONE_KIND],
    "EndpointCreate": [_CUSTOM, _ONE_SERVER, _PERSONAL],
    "EndpointUpdate": [_CUSTOM, _ONE_SERVER],
    "OAuthClientCreate": [_ONE_KIND],
    "OAuthClientLinksSpec": [_PAGES],
    "PolicyCreate": [_ASSURED],
    "ProjectCreate": [_ADMINISTERED],
    "ProjectUpdate": [_STILL_ADMINISTERED],
    "ServerCreate": _RANGES,
    "ServerUpdate": _RANGES,
    "SharedEndpointCreate": [_SHARE],
    "TransferItem": [_ITEM],
}
"""By the classes of the payloads: schemas that a document must fit besides that of its members."""
