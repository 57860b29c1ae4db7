"""INI token files: ``~/.globus.cfg`` of globus-cli up to 2, ``~/.globus-native-apps.cfg`` of fair-research-login."""

import configparser
import re

from globus_typed.apps.readers.contents import Contents, Damaged
from globus_typed.core.http_info import Secret

__all__ = ["read_ini"]

_CLI_SECTION = "cli"
_OF_CLI = re.compile(r"(?:(\w+?)_)?(auth|transfer)_(access_token|refresh_token|access_token_expires)")
_CLIENT_OF_CLI = re.compile(r"(?:(\w+?)_)?client_id")
_SERVERS = {"auth": "auth.globus.org", "transfer": "transfer.api.globus.org"}
# The file does not say which scopes the tokens have: these are those that the program asked for.
_SCOPES = {
    "auth": "openid profile email urn:globus:auth:scope:auth.globus.org:view_identity_set",
    "transfer": "urn:globus:auth:scope:transfer.api.globus.org:all",
}


def read_ini(data: bytes) -> Contents:
    """The records in an INI file; `Damaged` if it is none. One without tokens has no records."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(data.decode())
    except (configparser.Error, UnicodeDecodeError) as error:
        problem = type(error).__name__
    else:
        problem = ""
    if problem:
        raise Damaged(f"is no readable INI file ({problem})")
    contents = Contents("INI", {})
    for section in parser.sections():
        options = dict(parser.items(section))
        if section == _CLI_SECTION:
            contents.format, contents.is_of_cli = "INI of globus-cli", True
            _read_cli(options, contents)
        elif any(option.endswith("__access_token") for option in options):
            contents.format = "INI of fair-research-login"
            _read_native_app(section, options, contents)
    return contents


def _read_cli(options: dict[str, str], contents: Contents) -> None:
    for option, value in options.items():
        if client := _CLIENT_OF_CLI.fullmatch(option):
            prefix = f"{client[1]}_" if client[1] else ""
            if secret := options.get(f"{prefix}client_secret"):
                contents.clients[_namespace(client[1])] = value, Secret(secret)
        match = _OF_CLI.fullmatch(option)
        if match is None or not value:
            continue
        environment, service, member = match.groups()
        records: dict[str, object] = contents.records.setdefault(_namespace(environment), {})
        record = records.setdefault(
            _SERVERS[service],
            {"scope": _SCOPES[service], "expires_at_seconds": 0, "token_type": "Bearer"},
        )
        assert isinstance(record, dict)
        record["expires_at_seconds" if member == "access_token_expires" else member] = (
            _number(value) if member == "access_token_expires" else value
        )


def _namespace(environment: str | None) -> str:
    """The name that later versions of globus-cli have for the tokens of an environment."""
    return f"userprofile/{environment or 'production'}"


def _read_native_app(section: str, options: dict[str, str], contents: Contents) -> None:
    by_prefix: dict[str, dict[str, object]] = {}
    for option, value in options.items():
        prefix, separator, member = option.rpartition("__")
        if separator and member.isidentifier():
            number = member == "expires_at_seconds"
            by_prefix.setdefault(prefix, {})[member] = _number(value) if number else value or None
    records = contents.records.setdefault(section, {})
    for prefix, record in by_prefix.items():
        server = record.get("resource_server")
        if isinstance(server, str):
            records[server] = record
        else:
            name = prefix if prefix.isidentifier() else "<damaged>"
            contents.unreadable.setdefault(section, {})[name] = "it does not say which resource server it is for"


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else text
