"""From a refused request to the exception that says which service refused it, and what it meant."""

from collections.abc import Callable

from globus_typed.core.http_info import HTTPInfo
from globus_typed.errors import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ConsentRequiredError,
    GlobusAPIError,
    LoginRequiredError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RedirectedError,
    ServiceUnavailableError,
    required_scopes,
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
    """The error of a response: of the service's class, and of the class of its meaning."""
    plain = service_error(http)
    meaning = RedirectedError if 300 <= http.status < 400 else _MEANINGS.get(http.status)
    if http.status == 403 and (plain.code == "ConsentRequired" or required_scopes(plain.raw_json or {})):
        meaning = ConsentRequiredError
    if plain.code == "invalid_grant":
        meaning = LoginRequiredError
    if meaning is None:
        return plain
    return meaning(http) if issubclass(meaning, service_error) else _joined(service_error, meaning)(http)


_JOINED: dict[tuple[type[GlobusAPIError], type[GlobusAPIError]], type[GlobusAPIError]] = {}


def _joined(service: type[GlobusAPIError], meaning: type[GlobusAPIError]) -> type[GlobusAPIError]:
    known = _JOINED.get((service, meaning))
    if known is not None:
        return known

    def reduce(self: GlobusAPIError) -> tuple[Callable[..., GlobusAPIError], tuple[object, ...]]:
        # The class is found again from those it joins: it is no attribute of a module.
        return api_error, (service, self.http)

    name = service.__name__.removesuffix("APIError").removeprefix("Globus") + meaning.__name__
    members = {"__doc__": meaning.__doc__, "__module__": __name__, "__reduce__": reduce}
    return _JOINED.setdefault((service, meaning), type(name, (service, meaning), members))
