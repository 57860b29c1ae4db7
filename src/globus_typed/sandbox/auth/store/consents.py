"""The consents that users have given to apps, and to the services that those call in turn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from threading import RLock

from globus_typed.sandbox.auth.scope_syntax import Scope


@dataclass(frozen=True)
class Consent:
    """A user's yes to one scope for one app; `dependency_path` leads from the scope asked for down to this one.

    Times are in seconds since the epoch.
    """

    id: int
    client_id: str
    user_id: str
    scope: str
    dependency_path: tuple[int, ...]
    created: float
    updated: float
    last_used: float
    allows_refresh: bool
    atomically_revocable: bool
    auto_approved: bool


class Consents:
    """Consents by the app that was allowed something, the user, and the names of scopes that lead down to each.

    Every method may be called from any thread.
    """

    def __init__(self, lock: RLock, *, clock: Callable[[], float]) -> None:
        self._lock = lock
        self._clock = clock
        self._ids = count(1)
        self._consents: dict[tuple[str, str, tuple[str, ...]], Consent] = {}
        self._withdrawn: set[tuple[str, str, tuple[str, ...]]] = set()

    def give(
        self, client_id: str, user_id: str, scopes: Iterable[Scope], *, offline: bool = False, asked: bool = True
    ) -> None:
        """Record the user's yes to these scopes and all they depend on, for one app.

        Not `asked` is who allows something without being asked: an app that acts for itself.
        """
        with self._lock:
            self._give(client_id, user_id, scopes, offline, asked, names=(), path=())

    def _give(
        self,
        client_id: str,
        user_id: str,
        scopes: Iterable[Scope],
        offline: bool,
        asked: bool,
        names: tuple[str, ...],
        path: tuple[int, ...],
    ) -> None:
        now = self._clock()
        for scope in scopes:
            key = (client_id, user_id, (*names, scope.name))
            known = self._consents.get(key)
            self._withdrawn.discard(key)
            if known is None:
                id = next(self._ids)
                dependency_path = (*path, id)
                known = Consent(
                    id,
                    client_id,
                    user_id,
                    scope.name,
                    dependency_path,
                    now,
                    now,
                    now,
                    offline,
                    scope.optional,
                    not asked,
                )
            self._consents[key] = replace(
                known,
                updated=now,
                last_used=now,
                allows_refresh=known.allows_refresh or offline,
                auto_approved=known.auto_approved and not asked,
            )
            self._give(client_id, user_id, scope.dependencies, offline, asked, key[2], known.dependency_path)

    def given(self, client_id: str, user_id: str, names: Sequence[str]) -> bool:
        """Whether the user has allowed the app the last one of these scopes by way of the others."""
        with self._lock:
            return (client_id, user_id, tuple(names)) in self._consents

    def was_withdrawn(self, client_id: str, user_id: str, names: Sequence[str]) -> bool:
        """Whether the user has taken back the last one of these scopes by way of the others, and not given it since."""
        with self._lock:
            key = (client_id, user_id, tuple(names))
            return any((*key[:2], key[2][:depth]) in self._withdrawn for depth in range(1, len(key[2]) + 1))

    def withdraw_path(self, client_id: str, user_id: str, names: Sequence[str]) -> None:
        """Forget that the user has allowed the app the last one of these scopes by way of the others, and all below."""
        path = tuple(names)
        with self._lock:
            self._withdrawn.add((client_id, user_id, path))
            self._consents = {
                key: consent
                for key, consent in self._consents.items()
                if key[:2] != (client_id, user_id) or key[2][: len(path)] != path
            }

    def below(self, client_id: str, user_id: str, *names: str) -> tuple[Scope, ...]:
        """The scopes that the user has allowed the app by way of these scopes."""
        with self._lock:
            depth = len(names)
            keys = [key[2] for key in self._consents if key[:2] == (client_id, user_id) and len(key[2]) > depth]
            direct = [path for path in keys if len(path) == depth + 1 and path[:depth] == names]
            return tuple(Scope(path[-1], self.below(client_id, user_id, *path)) for path in direct)

    def of_user(self, user_id: str, client_id: str | None = None) -> list[Consent]:
        """The user's consents, oldest first: for all apps, or for one."""
        with self._lock:
            return [
                consent
                for consent in self._consents.values()
                if consent.user_id == user_id and client_id in (None, consent.client_id)
            ]

    def withdraw(self, client_id: str, user_id: str | None = None) -> None:
        """Forget all that the user, or anybody, has allowed the app."""
        with self._lock:
            self._consents = {
                key: consent
                for key, consent in self._consents.items()
                if consent.client_id != client_id or user_id not in (None, consent.user_id)
            }
