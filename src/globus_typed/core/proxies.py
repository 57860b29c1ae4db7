"""The proxies of the environment: which one a URL needs, and which hosts need none."""

import contextlib
import ipaddress
from collections.abc import Iterable, Mapping
from urllib.request import getproxies

__all__ = ["Proxies"]


class Proxies:
    """The proxies by scheme, and the hosts that are reached without one."""

    def __init__(self, by_scheme: Mapping[str, str], no_proxy: str = "") -> None:
        self._by_scheme = dict(by_scheme)
        self._direct = [entry.strip().lower() for entry in no_proxy.split(",") if entry.strip()]

    @classmethod
    def of_environment(cls) -> "Proxies | None":
        """The proxies that ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` name; None for none.

        On macOS and Windows, those of the system where the environment names none.
        """
        found = getproxies()
        by_scheme = {scheme: found[scheme] for scheme in ("http", "https", "all") if found.get(scheme)}
        return cls(by_scheme, found.get("no", "")) if by_scheme else None

    def choose(self, scheme: str, host: str, port: int | None) -> tuple[str, str] | None:
        """The name of the variable and the URL of the proxy for a URL; None for none."""
        name = scheme if scheme in self._by_scheme else "all"
        if name not in self._by_scheme or any(_covers(entry, host, port) for entry in self._direct):
            return None
        url = self._by_scheme[name]
        return f"{name.upper()}_PROXY", url if "://" in url else f"http://{url}"


def _covers(entry: str, host: str, port: int | None) -> bool:
    """Whether an entry of ``NO_PROXY`` means a host: ``*``, a domain, an address or a network, maybe with a port."""
    entry = entry.partition("://")[2] or entry
    if entry == "*":
        return True
    address = _address(host.strip("[]"))
    if address is not None:
        return any(address in network for network in _networks(entry, port))
    name, colon, wanted = entry.partition(":")
    domain = name.removeprefix("*").removeprefix(".")
    return (not colon or wanted == str(port)) and (host == domain or (domain != "" and host.endswith(f".{domain}")))


def _networks(entry: str, port: int | None) -> Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for form in (entry.strip("[]"), entry.removesuffix(f":{port}").strip("[]")):
        with contextlib.suppress(ValueError):
            yield ipaddress.ip_network(form, strict=False)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
