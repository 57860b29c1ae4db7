"""`PreflightReport`: what a look at a stored login found."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from globus_typed.apps.errors import PreflightError

__all__ = ["Check", "PreflightItem", "PreflightReport", "Verdict"]

Verdict = Literal["ok", "warn", "fail"]
"""The verdict of a check: nothing to do; something to know, or that could not be found out; or a failure to come."""
Check = Literal[
    "store",
    "store_writable",
    "stored_tokens",
    "access_token",
    "refresh_token",
    "refresh",
    "scopes",
    "consents",
    "clock",
    "collection",
    "session_age",
    "policy",
    "data_access",
    "pause_rules",
]
"""The subject of a check."""


@dataclass(frozen=True)
class PreflightItem:
    """The result of one check."""

    check: Check
    """The subject of the check."""
    subject: str
    """The object of the check: a resource server, the id of a collection, or a place."""
    verdict: Verdict
    """The outcome."""
    detail: str
    """The outcome in words, and what to do."""

    def __str__(self) -> str:
        return f"{self.verdict:4} {self.check} {self.subject}: {self.detail}"


@dataclass(frozen=True)
class PreflightReport:
    """The report on a stored login. Iterate over it for the items."""

    until: datetime
    """The time until which the login has to last."""
    items: tuple[PreflightItem, ...]
    """The findings, one for each check and subject."""
    hint: str | None = None
    """The login that helps, such as the command to run; None if none would."""

    @property
    def ok(self) -> bool:
        """Whether no check failed; some may have warned."""
        return all(item.verdict != "fail" for item in self.items)

    @property
    def problems(self) -> tuple[PreflightItem, ...]:
        """The items that failed, and then those that warn."""
        return tuple(item for verdict in ("fail", "warn") for item in self.items if item.verdict == verdict)

    def raise_for_problems(self) -> None:
        """Raise `PreflightError` if a check failed, with all that failed."""
        if not self.ok:
            failed = [f"{item.subject}: {item.detail}" for item in self.items if item.verdict == "fail"]
            raise PreflightError("; ".join([*failed, *([self.hint] if self.hint else [])]))

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        found = {"until": self.until.isoformat(), "ok": self.ok, "items": [asdict(item) for item in self.items]}
        return found if self.hint is None else {**found, "hint": self.hint}

    def __iter__(self) -> Iterator[PreflightItem]:
        return iter(self.items)

    def __str__(self) -> str:
        return "\n".join(map(str, self.items))
