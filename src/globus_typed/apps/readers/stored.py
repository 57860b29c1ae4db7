"""`StoredTokens`, what a reader found; `SkippedRecord`, what it could not take, and why."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from globus_typed.apps.tokens import TokenStorageData
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_object

__all__ = ["SkippedRecord", "StoredClient", "StoredTokens", "is_readable_name", "typed_records"]


@dataclass(frozen=True)
class SkippedRecord:
    """A record, or a part of one, that was left out. Its repr shows no token."""

    namespace: str
    """The namespace that it is in."""
    resource_server: str
    """The resource server whose tokens it would hold."""
    reason: str
    """The reason why it was left out."""


@dataclass(frozen=True)
class StoredClient:
    """The OAuth client that another program registered for itself, with which alone its tokens can be renewed."""

    client_id: str
    """The id of the client, a UUID."""
    client_secret: str = field(repr=False)
    """The secret of the client."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "client_secret", Secret.of(self.client_secret))


@dataclass(frozen=True)
class StoredTokens:
    """The tokens in a file that another program wrote. No repr shows a token."""

    path: Path
    """The file that was read."""
    format: str | None
    """The format of the file, such as ``JSON 2.0`` or ``SQLite 1``; None if there is no file."""
    namespace: str
    """The namespace that was read."""
    by_resource_server: Mapping[str, TokenStorageData] = field(default_factory=dict[str, TokenStorageData])
    """The tokens in the namespace, by resource server."""
    namespaces: tuple[str, ...] = ()
    """All namespaces of the file."""
    skipped: tuple[SkippedRecord, ...] = ()
    """The records of the namespace that were left out, and the refresh tokens, each with the reason."""
    client: StoredClient | None = None
    """The client that renews the tokens; only of globus-cli, and only with ``allow_refresh=True``."""

    def __getitem__(self, resource_server: str) -> TokenStorageData:
        """The tokens for a resource server; KeyError where there are none."""
        return self.by_resource_server[resource_server]

    def __contains__(self, resource_server: object) -> bool:
        return resource_server in self.by_resource_server

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_resource_server)

    def __len__(self) -> int:
        return len(self.by_resource_server)


_SHOWN_MEMBERS = ("scope", "identity_id", "token_type")
_MEMBER = re.compile(r"[\w.-]{1,100}").fullmatch


def typed_records(
    namespace: str, records: Mapping[str, object], identity_id: str | None, unreadable: Mapping[str, str]
) -> tuple[dict[str, TokenStorageData], list[SkippedRecord]]:
    """The records of a namespace as tokens, and those that are none; `unreadable` has reasons known before.

    `identity_id` is filled in where a record has none of its own.
    """
    found: dict[str, TokenStorageData] = {}
    skipped = [SkippedRecord(namespace, name, reason) for name, reason in unreadable.items()]
    for name, record in records.items():
        reason = None
        if not is_readable_name(name):
            name, reason = "<damaged>", "the name of its resource server is damaged"
        elif not is_object(record):
            reason = "it is no JSON object"
        elif any('"' in str(record.get(member)) for member in _SHOWN_MEMBERS) or not all(map(_MEMBER, record)):
            reason = "it is damaged"  # where two members have become one, what a repr shows may hold a token
        elif record.get("resource_server", name) != name:
            reason = "it is filed under another resource server than its own"
        else:
            try:
                data = TokenStorageData.from_dict({"resource_server": name, **record})
            except ValidationError as error:
                problems = error.errors(include_input=False, include_url=False, include_context=False)
                reason = "; ".join(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in problems)
            else:
                if data.identity_id is None and identity_id is not None:
                    data = data.model_copy(update={"identity_id": identity_id})
                found[name] = data
        if reason is not None:
            skipped.append(SkippedRecord(namespace, name, reason))
    return found, skipped


def is_readable_name(name: str) -> bool:
    """Whether a name in a file is one, and not a piece of a damaged file, which may hold a token."""
    return 0 < len(name) <= 200 and name.isprintable() and not set('"{=') & set(name)
