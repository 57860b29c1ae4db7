"""Which logins were made for refused calls, so that no service makes a program log in for ever. No I/O here."""

import copy
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.errors import GlobusError

__all__ = ["FailedLogins", "Redrives", "note"]

_SOON = 60.0
"""Seconds after a login in which the same demand means that the login did not help."""
_MOST = 3
_IN = 600.0
"""The most logins for refused calls in so many seconds."""


class Redrives:
    """The logins that a process made for refused calls."""

    def __init__(self) -> None:
        self._made: list[tuple[tuple[Any, ...], int, float]] = []

    def is_answered(self, parameters: AuthorizationParameters, logins_before: int) -> bool:
        """Whether a login for this demand was made since the call was sent."""
        key = fingerprint(parameters)
        return any(made == key and number > logins_before for made, number, _ in self._made)

    def problem(self, parameters: AuthorizationParameters, redriven: int, now: float) -> str | None:
        """The reason to make no login for a demand; None to make one."""
        if redriven >= 2:
            return "this call was made again after two logins, and is refused nonetheless"
        key = fingerprint(parameters)
        if any(made == key and now - at < _SOON for made, _, at in self._made):
            return "the login that was asked for was made, and did not help"
        if sum(now - at < _IN for _, _, at in self._made) >= _MOST:
            return f"{_MOST} logins were made for refused calls within ten minutes; log in by app.login() instead"
        return None

    def add(self, parameters: AuthorizationParameters, number: int, now: float) -> None:
        """Note a login.

        Parameters: `number`, that of all logins of the app, this one included; `now`, when it was made.
        """
        self._made = [*self._made[-20:], (fingerprint(parameters), number, now)]


class FailedLogins:
    """The logins that failed, so that one failure is that of all threads that waited for the login."""

    count: int
    """How many there were."""

    def __init__(self) -> None:
        self.count = 0
        self._last: dict[tuple[Any, ...] | None, tuple[int, Exception]] = {}

    @contextmanager
    def for_all(self, parameters: AuthorizationParameters | None, tries: int) -> Generator[None]:
        """A login for these demands, for which the lock of logins is held.

        Parameters: `tries`, the value of `count` before the lock was waited for.
        Raises what the same login raised for another thread meanwhile.
        """
        key = None if parameters is None else fingerprint(parameters)
        number, failure = self._last.get(key, (0, None))
        if failure is not None and number > tries:
            raise copy.copy(failure) if isinstance(failure, GlobusError) else failure
        try:
            yield
        except Exception as error:
            self.count += 1
            # A copy has no traceback, and so keeps nothing else alive.
            self._last = {key: (self.count, copy.copy(error) if isinstance(error, GlobusError) else error)}
            raise


def fingerprint(parameters: AuthorizationParameters) -> tuple[Any, ...]:
    """The result of a login for these parameters, however they are worded."""
    return (
        frozenset(parameters.session_required_identities),
        frozenset(parameters.session_required_single_domain),
        frozenset(parameters.session_required_policies),
        parameters.session_required_mfa,
        frozenset(parameters.required_scopes),
        parameters.prompt,
    )


def note(error: Exception, text: str) -> None:
    """Add a note to an exception, which tracebacks show (PEP 678; Python 3.10 only keeps it)."""
    if sys.version_info >= (3, 11):
        error.add_note(text)
    else:
        vars(error).setdefault("__notes__", []).append(text)
