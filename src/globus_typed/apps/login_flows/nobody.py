"""The one place that says that a login is needed, and that there is nobody to ask."""

from globus_typed.apps.login_flows.pending import PendingLogin
from globus_typed.errors import LoginRequiredError

__all__ = ["HINT", "nobody_to_ask"]

HINT = (
    "log in where somebody can answer, such as by `globus-typed login` on a login node; with refresh tokens "
    "(request_refresh_tokens=True) later jobs need no login"
)
"""The way out, where the app knows no better one."""


def nobody_to_ask(pending: PendingLogin, reason: str, *, hint: str = HINT) -> LoginRequiredError:
    """The exception for a login that nobody is there to make.

    Parameters: `pending`, the login, whose URL and scopes the exception carries; `reason`, why nobody can be asked;
    `hint`, what to do.
    """
    return LoginRequiredError(
        f"a login is needed, and there is nobody to ask: {reason}",
        authorize_url=pending.authorize_url,
        scopes=pending.scopes,
        reason=reason,
        hint=hint,
    )
