"""The configuration: environment variables, then ``~/.globus.cfg``, then ``/etc/globus.cfg``."""

import contextlib
import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from globus_typed import registry
from globus_typed.core.http_info import Secret
from globus_typed.core.service import ENVIRONMENTS, Service
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    import configparser

SYSTEM_FILE = Path("/etc/globus.cfg")
"""The configuration file for all users of the machine."""

_TRUE = {"1", "y", "yes", "t", "true", "on"}
_FALSE = {"0", "n", "no", "f", "false", "off"}


def environment_name(environment: str | None = None) -> str:
    """The environment given, else ``GLOBUS_SDK_ENVIRONMENT``, else production, also known as ``default``."""
    name = environment or os.environ.get("GLOBUS_SDK_ENVIRONMENT") or _from_files("general", "environment")
    return "production" if name in (None, "default") else name


def service_url(service: str | Service, environment: str | None = None) -> str:
    """The base URL of a service, such as ``https://transfer.api.globus.org/``.

    Taken from ``GLOBUS_SDK_SERVICE_URL_<SERVICE>``, else from ``<service>_service`` in ``[environment NAME]`` of the
    files, else from the known environments. An unknown environment raises `GlobusUsageError`.
    """
    declared = _declared(service)
    variable = f"GLOBUS_SDK_SERVICE_URL_{declared.option.upper()}"
    if url := os.environ.get(variable):
        return checked_url(url, variable)
    name = environment_name(environment)
    if url := _from_files(f"environment {name}", f"{declared.option}_service"):
        return checked_url(url, f"{declared.option}_service")
    if name not in ENVIRONMENTS:
        known = ", ".join(sorted(ENVIRONMENTS))
        raise GlobusUsageError(f"environment: {name!r} is none of {known} (best leave the variable unset)")
    if name not in declared.hosts:
        raise GlobusUsageError(f"base_url: must be given, since {declared.title} has no address that all share")
    return declared.hosts[name]


def checked_url(url: object, name: str) -> str:
    """The base URL with a slash at its end; `GlobusUsageError`, by the given name, if it is not one."""
    if not isinstance(url, str):
        raise GlobusUsageError(f"{name}: must be a str, got {url!r}")
    if "@" in url:  # it may hold a password, so it is not shown
        raise GlobusUsageError(f"{name}: must be a URL without a user name or password, which no service reads")
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"https", "http"} and parts.hostname and parts.port != 0
        known = known and not parts.query and not parts.fragment
    except ValueError:
        known = False
    if known and (problem := host_problem(urlsplit(url).hostname or "")):
        raise GlobusUsageError(f"{name}: {problem}, got {url!r}")
    if not known or not url.isprintable() or " " in url:
        raise GlobusUsageError(f"{name}: must be a URL that starts with https:// or http://, got {url!r}")
    return url if url.endswith("/") else f"{url}/"


def host_problem(host: str) -> str | None:
    """The reason why no name server can be asked for a host; None if one can."""
    labels = host.removesuffix(".").split(".")
    if ":" not in host and not all(0 < len(label) <= 63 for label in labels):
        return "each part of a host name must have from 1 to 63 characters"
    if ":" not in host and "%" in host:
        return "must be a URL such as http://host:port"
    return None


def checked_timeout(timeout: object) -> float | None:
    """The timeout in seconds; None (no limit) for -1."""
    if isinstance(timeout, (int, float)) and not isinstance(timeout, bool):
        if timeout == -1:
            return None
        if 0 < timeout < float("inf"):
            return timeout
    raise GlobusUsageError(f"timeout: must be seconds above 0, or -1 for no limit, got {timeout!r}")


def checked_app_name(app_name: object) -> str:
    """The name of an app; `GlobusUsageError` if no header can carry it."""
    if not isinstance(app_name, str) or not (app_name.isprintable() and app_name.isascii()):
        raise GlobusUsageError(f"app_name: must be printable ASCII, as headers are, got {app_name!r}")
    return app_name


def http_timeout() -> float | None:
    """The timeout in seconds: ``GLOBUS_SDK_HTTP_TIMEOUT``, else 60; None (no limit) if that is -1."""
    text = os.environ.get("GLOBUS_SDK_HTTP_TIMEOUT") or "60"
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if seconds == -1:
        return None
    if not 0 < seconds < float("inf"):
        raise GlobusUsageError(f"GLOBUS_SDK_HTTP_TIMEOUT: must be seconds above 0, or -1 for no limit, got {text!r}")
    return seconds


def verify_ssl(environment: str | None = None) -> bool | str:
    """Whether certificates are verified, or the file of CA certificates to verify them with.

    ``GLOBUS_SDK_VERIFY_SSL`` (or its older name ``GLOBUS_SDK_SSL_VERIFY``) decides, then ``ssl_verify`` in the files.
    """
    name, text = "ssl_verify", _from_files(f"environment {environment_name(environment)}", "ssl_verify") or "1"
    for variable in ("GLOBUS_SDK_SSL_VERIFY", "GLOBUS_SDK_VERIFY_SSL"):
        if os.environ.get(variable):
            name, text = variable, os.environ[variable]
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    with contextlib.suppress(OSError, ValueError):  # a name no file can have
        if Path(text).is_file():
            return text
    raise GlobusUsageError(f"{name}: must be yes, no, or the path of a file of CA certificates, got {text!r}")


def access_token(service: str | Service, base_url: str | None = None) -> Secret | None:
    """The access token of a service: ``GLOBUS_SDK_<SERVICE>_TOKEN``, else ``<service>_token`` in ``[general]``.

    It is for the configured address of the service alone: None for any other.

    Parameters: `base_url`, where the token is to be sent (None: to that address).
    """
    declared = _declared(service)
    token = os.environ.get(f"GLOBUS_SDK_{declared.option.upper()}_TOKEN")
    token = token or _from_files("general", f"{declared.option}_token")
    if not token:
        return None
    if base_url is not None:
        configured = None
        with contextlib.suppress(GlobusUsageError):  # the configuration has no address
            configured = _origin(service_url(declared))
        if _origin(base_url) != configured:
            return None
    return Secret(token)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def app_id() -> str | None:
    """The id of the program's app: ``GLOBUS_TYPED_CLIENT_ID``, else ``client_id`` in ``[app]`` of the files."""
    return os.environ.get("GLOBUS_TYPED_CLIENT_ID") or _from_files("app", "client_id")


def app_secret(client_id: str) -> Secret | None:
    """The secret of an app: ``GLOBUS_TYPED_CLIENT_SECRET``, else ``client_secret`` in ``[app]`` of the files.

    None without one, and for another app than that of `app_id`.
    """
    secret = os.environ.get("GLOBUS_TYPED_CLIENT_SECRET") or _from_files("app", "client_secret")
    return Secret(secret) if secret and app_id() == client_id else None


def app_name() -> str | None:
    """The name of the program's app: ``GLOBUS_TYPED_APP_NAME``, else ``name`` in ``[app]`` of the files."""
    return os.environ.get("GLOBUS_TYPED_APP_NAME") or _from_files("app", "name")


def _declared(service: str | Service) -> Service:
    if isinstance(service, Service):
        return service
    try:
        return registry.service(service)
    except LookupError as error:
        raise GlobusUsageError(f"service: {error.args[0]}") from None


def _from_files(section: str, option: str) -> str | None:
    # Without a home directory, this is a path that does not exist.
    for path in (Path(os.path.expanduser("~/.globus.cfg")), SYSTEM_FILE):
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            continue
        value = _read(path, changed).get(section, option, fallback=None)
        if value is not None:
            return value
    return None


@functools.lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> "configparser.ConfigParser":  # `changed` makes an edited file a new key
    import configparser  # here, since few programs have such a file

    parser = configparser.ConfigParser(interpolation=None)
    problem = ""
    try:
        parser.read(path, encoding="utf-8-sig")  # editors on Windows begin it with a mark
    except configparser.MissingSectionHeaderError:
        problem = "the first option stands before any section; start the file with [general]"
    except (configparser.Error, UnicodeDecodeError, OSError) as error:
        problem = f"is no readable INI file ({type(error).__name__})"
    if problem:
        # Raised out here, it has no context: the parser's own error quotes the line it failed on, maybe a token.
        raise GlobusUsageError(f"{path}: {problem}")
    return parser
