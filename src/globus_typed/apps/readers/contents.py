"""The common part of the formats: the `Contents` of a file before they are typed, and the refusal of a damaged one."""

from dataclasses import dataclass, field

from globus_typed.core.http_info import Secret

__all__ = ["Contents", "Damaged"]


class Damaged(Exception):
    """A file that is none of the format, or a damaged one. The message says what is wrong, and holds nothing of it."""


@dataclass(repr=False)
class Contents:
    """The records of a file, as they stand in it. It has no repr, since it holds tokens."""

    format: str
    """The format of the file, such as ``JSON 2.0``."""
    records: dict[str, dict[str, object]]
    """The records by namespace and resource server."""
    unreadable: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    """The reasons why records cannot be read, by namespace and resource server."""
    identity_ids: dict[str, str] = field(default_factory=dict[str, str])
    """The identity that the tokens of a namespace belong to, where the file says it once for all of them."""
    clients: dict[str, tuple[str, Secret]] = field(default_factory=dict[str, tuple[str, Secret]])
    """The id and secret of the client that a namespace has of its own."""
    is_of_cli: bool = False
    """Whether it is the file of globus-cli, which renews the tokens itself."""
