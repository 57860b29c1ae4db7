"""From a refused request to the exception that says which service refused it, and what it meant."""

from collections.abc import Callable

from globus_typed.core.authorization_parameters import consent_is_missing
from globus_typed.core.http_info import HTTPInfo
from globus_typed.errors import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ConsentRequiredError,
    GlobusAPIError,
    GlobusError,
    LoginRequiredError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    ReauthenticationRequiredError,
    RedirectedError,
    ServiceUnavailableError,
)

__all__ = ["api_error"]

_MEANINGS: dict[int, type[GlobusAPIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: BadRequestError,
    429: RateLimitedError,
    503: ServiceUnavailableError,
}


def api_error(service_error: type[GlobusAPIError], http: HTTPInfo) -> GlobusAPIError:
    """The error of a response: of the service's class, of its meaning by the body, and of that by the status."""
    plain = service_error(http)
    meanings = tuple(
        meaning
        for meaning in (_meaning(plain), RedirectedError if 300 <= http.status < 400 else _MEANINGS.get(http.status))
        if meaning is not None and not issubclass(service_error, meaning)
    )
    if len(meanings) == 2 and issubclass(meanings[0], meanings[1]):
        meanings = meanings[:1]
    if not meanings:
        return plain
    if len(meanings) == 1 and issubclass(meaning := meanings[0], service_error):
        return meaning(http)
    return _joined(service_error, meanings)(http)


def _meaning(error: GlobusAPIError) -> type[GlobusError] | None:
    """The meaning by the body, whatever the status: services send it with 400, 401, 403 and 502."""
    if error.code == "invalid_grant":
        return LoginRequiredError
    parameters = error.authorization_parameters
    if parameters is not None and parameters.requires_session:
        return ReauthenticationRequiredError
    return ConsentRequiredError if parameters or consent_is_missing(error.raw_json or {}) else None


_JOINED: dict[tuple[type[GlobusError], ...], type[GlobusAPIError]] = {}


def _joined(service: type[GlobusAPIError], meanings: tuple[type[GlobusError], ...]) -> type[GlobusAPIError]:
    known = _JOINED.get((service, *meanings))
    if known is not None:
        return known

    def reduce(self: GlobusAPIError) -> tuple[Callable[..., GlobusAPIError], tuple[object, ...], dict[str, object]]:
        # The class is found again from those it joins: it is no attribute of a module.
        return api_error, (service, self.http), {"submission_id": self.submission_id}

    name = service.__name__.removesuffix("APIError").removeprefix("Globus") + meanings[0].__name__
    # GlobusAPIError itself, the base class of all, cannot stand before those derived from it.
    bases = (*meanings, service) if service is GlobusAPIError else (service, *meanings)
    # One that is of no response by itself, as LoginRequiredError, would be made in another way.
    made = {"__init__": service.__init__, "__reduce__": reduce}
    members = {"__doc__": meanings[0].__doc__, "__module__": __name__, **made}
    return _JOINED.setdefault((service, *meanings), type(name, bases, members))
