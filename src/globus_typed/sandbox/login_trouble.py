"""`LoginTrouble`: what becomes of logins, consents and tokens elsewhere, as a test asks for it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Literal, TypeVar

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.auth.first_people import FirstPeople
from globus_typed.sandbox.auth.scope_syntax import ScopeSyntaxError, parse_scopes
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.developer import Policy, new_id
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.setting import Setting
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.demands import LoginDemand

__all__ = ["LoginTrouble"]

_T = TypeVar("_T")


class LoginTrouble:
    """Base class of `World`: what a user, or an administrator, does to logins while a program runs."""

    _setting: Setting | None = None

    @property
    def clock(self) -> Callable[[], float]:
        """The sandbox's clock: the time in seconds since the epoch."""
        return self._started().clock

    @property
    def auth(self) -> AuthState:
        """The state of Auth: users, apps, tokens."""
        return self.part(AuthState)

    @property
    def transfer(self) -> TransferState:
        """The state of Transfer: collections, tasks."""
        return self.part(TransferState)

    @property
    def user(self) -> SandboxUser:
        """The user who logs in."""
        return self.part(FirstPeople).user

    @property
    def native_client_id(self) -> str:
        """The id of the native app."""
        return self.part(FirstPeople).native_client_id

    def part(self, kind: type[_T]) -> _T:
        """The part of the sandbox that is of this type, such as the state of a service.

        Raises `GlobusUsageError` when there is none.
        """
        return self._started().part(kind)

    def log_in_as(self, user: SandboxUser) -> None:
        """Have this person make the coming logins, where a program plays the person and no other one is asked for."""
        self.auth.default_user = user

    def decline(self, *scopes: str) -> None:
        """Have the user decline these scopes in the coming logins, wherever they are optional (``*``); none again for
        none.

        Raises `GlobusUsageError` for what is no name of a scope.
        """
        for scope in scopes:
            if not scope or set(scope) & set(" []*"):
                raise GlobusUsageError(f"scopes: must be names of scopes, one each, not {scope!r}")
        self.auth.declined_scopes = frozenset(scopes)

    def withdraw_consents(
        self, scopes: str | None = None, *, client_id: str | None = None, user: SandboxUser | None = None
    ) -> None:
        """Take back what the user has allowed an app, as on the page of consents of Globus.

        Parameters: `scopes`, such as ``…transfer.api.globus.org:all[https://auth.globus.org/scopes/…/data_access]``,
        whose innermost ones are taken back: tokens live on, but for those with a scope that is taken back itself (None:
        all, and the tokens end); `client_id` of the app (None: the native app); `user` (None: the one who logs in).
        Raises `GlobusUsageError` for scopes that are none.
        """
        client_id, user = client_id or self.native_client_id, user or self.user
        if scopes is None:
            self.auth.withdraw_consent(user, client_id)
            return
        try:
            self.auth.withdraw_scopes(user, client_id, parse_scopes(scopes))
        except ScopeSyntaxError as error:
            raise GlobusUsageError(f"scopes: {error}: {scopes!r}") from None

    def revoke_tokens(
        self,
        kind: Literal["access", "refresh"] | None = None,
        *,
        client_id: str | None = None,
        user: SandboxUser | None = None,
        resource_server: str | None = None,
    ) -> int:
        """Revoke the tokens that an app has, as somebody else would; gives how many there were.

        Parameters: `kind`, which ones: with ``"refresh"`` access tokens live until they expire, and with ``"access"``
        they can be renewed (None: both); `client_id` of the app (None: the native app); `user` whom they are for (None:
        the one who logs in; for tokens of a confidential app itself, its identity); `resource_server` (None: all).
        """
        return self.auth.ledger.end_tokens(
            client_id or self.native_client_id, (user or self.user).id, kind=kind, resource_server=resource_server
        )

    def add_policy(
        self,
        display_name: str,
        *,
        timeout: timedelta | float | None = None,
        mfa: bool = False,
        domains: Sequence[str] | None = None,
    ) -> str:
        """Add a policy on logins, for high assurance, to the project of the user; gives its id.

        Parameters: `timeout`, the greatest age of a login, in seconds (None: any); `mfa`, whether it needs a second
        factor; `domains`, of one of which the identity must be (None: any).
        """
        (project, *_) = self.auth.registry.projects([self.user.id])
        policy = Policy(
            new_id(),
            project.id,
            display_name,
            display_name,
            high_assurance=True,
            authentication_assurance_timeout=None if timeout is None else int(_seconds("timeout", timeout)),
            required_mfa=mfa,
            domain_constraints_include=None if domains is None else tuple(domains),
        )
        self.auth.registry.keep_policy(policy)
        return policy.id

    def demand_login(
        self,
        collection: SandboxCollection | None = None,
        *,
        policies: Sequence[str] = (),
        mfa: bool = False,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Refuse the use of a collection until the user has logged in again, and say so in the error.

        Parameters: `collection` (None: every one); `policies`, the ids of those that the login has to satisfy, whose
        timeout and second factor, as they are now, are demanded too if the sandbox knows them; `mfa`, whether it needs
        a second factor; `timeout`, the greatest age of the login by the sandbox's clock, in seconds: with one, a login
        before this call will do if it is young enough, and each one only for so long. A refresh makes no login younger.
        A login counts whose authorize URL asks for these (``session_required_policies``, ``session_required_mfa``); a
        token made without a login does not.
        """
        known = [policy for policy in map(self.auth.registry.policy, policies) if policy is not None]
        limits = [policy.authentication_assurance_timeout for policy in known]
        ages = [float(limit) for limit in limits if limit is not None]
        if timeout is not None:
            ages.append(_seconds("timeout", timeout))
        demand = LoginDemand(
            None if collection is None else collection.id,
            tuple(policies),
            mfa or any(policy.required_mfa for policy in known),
            self.auth.ledger.logins,
            min(ages, default=None),
        )
        self.transfer.login_demands.append(demand)

    def _started(self) -> Setting:
        if self._setting is None:
            raise GlobusUsageError("sandbox: it has not been started")
        return self._setting


def _seconds(name: str, given: timedelta | float) -> float:
    seconds = given.total_seconds() if isinstance(given, timedelta) else given
    if not 0 <= seconds < float("inf"):
        raise GlobusUsageError(f"{name}: must be seconds, at least 0, not {given}")
    return seconds
