"""Where users may return to with a code. No I/O here."""

from urllib.parse import urlsplit

from globus_typed.errors import GlobusUsageError

__all__ = ["check_redirect_uri"]

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def check_redirect_uri(name: str, redirect_uri: object) -> None:
    """`GlobusUsageError`, by the given name, for a URL that a code should not travel to."""
    if not isinstance(redirect_uri, str):
        raise GlobusUsageError(f"{name}: must be a URL, got {redirect_uri!r}")
    try:
        parts = urlsplit(redirect_uri)
        host = parts.hostname
    except ValueError as error:
        raise GlobusUsageError(f"{name}: {error}") from None
    if not parts.scheme or "#" in redirect_uri:
        raise GlobusUsageError(f"{name}: must be a complete URL without a fragment, got {redirect_uri!r}")
    if parts.scheme == "http" and host not in _THIS_MACHINE:
        raise GlobusUsageError(
            f"{name}: must be an https URL, as the code would travel in the open; http is for {_THIS_MACHINE[0]} "
            f"alone, got {redirect_uri!r}"
        )
