"""Arguments of Auth's methods in the forms that they have in globus-sdk."""

from typing import TYPE_CHECKING, TypedDict

from globus_typed.core.json_data import is_object
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scopes, scopes_to_text

if TYPE_CHECKING:
    from globus_typed.auth.documents.openid import OpenIDConfiguration

__all__ = ["JWTParams"]

DEFAULT_LEEWAY = 60
"""The tolerated difference of the clocks in seconds."""


class JWTParams(TypedDict, total=False):
    """Parameters of the verification of an id_token. No check can be turned off."""

    leeway: float
    """The tolerated difference of the clocks in seconds."""


def given_leeway(leeway: float, jwt_params: JWTParams | None) -> float:
    """The leeway, by whichever name it was given; `GlobusUsageError` for both, and for other parameters."""
    if jwt_params is None:
        return leeway
    if problem := _no_jwt_params(jwt_params):
        raise GlobusUsageError(problem)
    if "leeway" not in jwt_params:
        return leeway
    if leeway != DEFAULT_LEEWAY:
        raise GlobusUsageError("leeway: is given twice, by keyword and in jwt_params")
    return jwt_params["leeway"]


def _no_jwt_params(given: object) -> str | None:
    if not is_object(given):
        return f"jwt_params: must be a dict, got {type(given).__name__}"
    others = sorted(given.keys() - {"leeway"})
    return f"jwt_params: takes leeway alone, since no check can be turned off, got {', '.join(others)}" * bool(others)


def check_configuration(given: "OpenIDConfiguration | None") -> None:
    """`GlobusUsageError` for what is no configuration of a provider."""
    if given is not None and (problem := _no_configuration(given)):
        raise GlobusUsageError(problem)


def _no_configuration(given: object) -> str | None:
    from globus_typed.auth.documents.openid import OpenIDConfiguration

    if isinstance(given, OpenIDConfiguration):
        return None
    return f"openid_configuration: must be an OpenIDConfiguration, got {type(given).__name__}"


def dependent_form(refresh_tokens: bool, scope: Scopes | None) -> dict[str, str]:
    """The form fields that ask for dependent tokens of these scopes, with refresh tokens or without."""
    if problem := _no_bool("refresh_tokens", refresh_tokens):
        raise GlobusUsageError(problem)
    form = {"access_type": "offline"} if refresh_tokens else {}
    if scope is not None:
        try:
            form["scope"] = scopes_to_text(scope)
        except ValueError as error:
            raise GlobusUsageError(f"scope: {error}") from None
    return form


def _no_bool(name: str, given: object) -> str | None:
    return None if isinstance(given, bool) else f"{name}: must be True or False, got {given!r}"
