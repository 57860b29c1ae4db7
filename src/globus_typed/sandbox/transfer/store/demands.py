"""Demands that a user log in again before a collection is used."""

from dataclasses import dataclass

from globus_typed.sandbox.auth.state import Caller
from globus_typed.sandbox.transfer.errors import TransferRefused

__all__ = ["LoginDemand"]


@dataclass(frozen=True)
class LoginDemand:
    """A demand for a login that is newer than the demand, and has what it asks for."""

    collection_id: str | None
    """The collection; None for every one."""
    policies: tuple[str, ...]
    """The ids of the policies that the login has to satisfy."""
    mfa: bool
    """Whether a second factor is needed."""
    after: int
    """The number of logins when the demand was made."""
    timeout: float | None = None
    """The greatest age of a login that is enough, in seconds; None for any age, if it is newer than the demand."""

    def refuse_unmet(self, caller: Caller, collection_id: str, now: float) -> None:
        """TransferRefused 403 with what the login must have, where the caller's is not enough."""
        if self.collection_id not in (None, collection_id):
            return
        login = caller.login
        new = login is not None and (
            login.number > self.after if self.timeout is None else now - login.authenticated_at <= self.timeout
        )
        if login is not None and new and set(self.policies) <= set(login.policies) and (login.mfa or not self.mfa):
            return
        parameters: dict[str, object] = {"session_message": "Log in again to use this collection"}
        if self.policies:
            parameters["session_required_policies"] = list(self.policies)
        else:
            parameters["session_required_identities"] = [caller.user.id]
        if self.mfa:
            parameters["session_required_mfa"] = True
        if not self.policies and not self.mfa:
            parameters["prompt"] = "login"
        raise TransferRefused(
            403, "AuthorizationRequired", "A new login is required", authorization_parameters=parameters
        )
