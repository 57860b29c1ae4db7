"""`GARE`: the error document in which a service says which login would let a request through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from typing_extensions import Self

from globus_typed.core.authorization_parameters import AuthorizationParameters, logins_asked_for
from globus_typed.core.json_data import unchecked
from globus_typed.errors import ErrorSubdocument, GlobusAPIError, GlobusUsageError

__all__ = ["GARE", "GlobusAuthorizationParameters", "has_gares", "is_gare", "to_gare", "to_gares"]

GlobusAuthorizationParameters = AuthorizationParameters

AnyErrorDocument: TypeAlias = GlobusAPIError | ErrorSubdocument | Mapping[str, Any]
"""An error, one of the errors in it, or a document as it was sent."""


@dataclass(frozen=True, init=False)
class GARE:
    """An auth requirements error of Globus, in its present form, in whichever form the service sent it.

    ``app.login(auth_params=gare.authorization_parameters)`` makes the login that it asks for.
    """

    code: str
    """The service's code, such as ``ConsentRequired`` or ``AuthorizationRequired``."""
    authorization_parameters: AuthorizationParameters
    """The login that is asked for."""
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    """Further members of the document, as they were sent."""

    def __init__(
        self,
        code: str,
        authorization_parameters: AuthorizationParameters | Mapping[str, Any],
        *,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Make a document. `authorization_parameters` may be plain JSON data.

        Raises `GlobusUsageError`, by the name of the argument or member, for a wrong one.
        """
        given = unchecked(authorization_parameters)  # programs without a type checker can bring anything
        if not isinstance(unchecked(code), str):
            raise GlobusUsageError(f"code: must be a string, got {type(code).__name__}")
        if not isinstance(given, AuthorizationParameters):
            if not isinstance(given, Mapping):
                raise GlobusUsageError(f"authorization_parameters: must be a mapping, got {type(given).__name__}")
            given = AuthorizationParameters.from_dict(cast("Mapping[str, Any]", given))
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "authorization_parameters", given)
        object.__setattr__(self, "extra", dict(extra or {}))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The document from plain JSON data in the present form; `to_gare` reads the older forms too.

        Raises `GlobusUsageError` for one without ``code`` or ``authorization_parameters``, and for wrong members.
        """
        for name in ("code", "authorization_parameters"):
            if name not in data:
                raise GlobusUsageError(f"{name}: is missing from the document")
        extra = {name: value for name, value in data.items() if name not in ("code", "authorization_parameters")}
        return cls(data["code"], data["authorization_parameters"], extra=extra)

    def to_dict(self, include_extra: bool = False) -> dict[str, Any]:
        """The document as plain JSON data; `include_extra`: with the further members."""
        parameters = self.authorization_parameters.to_dict(include_extra)
        return {"code": self.code, "authorization_parameters": parameters, **(self.extra if include_extra else {})}


def to_gare(error: AnyErrorDocument) -> GARE | None:
    """The one login that an error asks for, in whichever form; None if no login would help.

    What several errors in it ask for is asked for together, and members that cannot be read are left out. Parameters
    that ask for nothing are none.

    Parameters: `error`, a `GlobusAPIError`, one of its `errors`, or a document as it was sent.
    """
    body = _body(error)
    found = [*logins_asked_for(body)]
    parameters = AuthorizationParameters.from_body(body)
    if parameters is None:
        return None
    first = next((each for each in found if each[1].requires_session), found[0])
    return _gare(first[0], parameters)


def to_gares(errors: "Iterable[AnyErrorDocument]") -> list[GARE]:
    """The logins that errors ask for: of each error all that it and the errors in it ask for, equal ones once."""
    found: list[GARE] = []
    for error in errors:
        for document, parameters in logins_asked_for(_body(error)):
            gare = _gare(document, parameters)
            if gare not in found:
                found.append(gare)
    return found


def is_gare(error: AnyErrorDocument) -> bool:
    """Whether an error asks for a login, in whichever form."""
    return to_gare(error) is not None


def has_gares(errors: "Iterable[AnyErrorDocument]") -> bool:
    """Whether any of the errors asks for a login."""
    return any(is_gare(error) for error in errors)


def _body(error: object) -> Mapping[str, Any]:
    """The document; an empty one for anything else, which asks for no login."""
    if isinstance(error, GlobusAPIError):
        return error.raw_json or {}
    if isinstance(error, ErrorSubdocument):
        return error.raw
    return cast("Mapping[str, Any]", error) if isinstance(error, Mapping) else {}


def _gare(document: Mapping[str, Any], parameters: AuthorizationParameters) -> GARE:
    code: object = document.get("code")
    if not isinstance(code, str) or not code:
        code = "AuthorizationRequired" if "authorization_parameters" in document else "ConsentRequired"
        code = "AuthorizationRequired" if parameters.requires_session else code
    used = {"code", "authorization_parameters", "required_scopes", "required_scope"}
    return GARE(code, parameters, extra={name: value for name, value in document.items() if name not in used})
