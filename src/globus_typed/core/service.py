"""`Service`: what a service of Globus declares about itself, as plain data that loads no client and no model."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["ENVIRONMENTS", "Service", "hosts"]

ENVIRONMENTS = ("production", "preview", "sandbox", "integration", "test", "staging", "beta")
"""The names of Globus' environments."""


@dataclass(frozen=True)
class Service:
    """A service of Globus, declared as `SERVICE` in the module ``service`` of its folder.

    The folder has the service's name. Its modules go by convention: ``errors`` and ``scopes``, the packages
    ``documents``, ``client`` and ``async_client``, and for the sandbox ``sandbox/<name>/service.py``.
    """

    name: str
    """The name of the folder, such as ``transfer``."""
    title: str
    """The name for people, such as ``Globus Transfer``."""
    hosts: Mapping[str, str] = field(default_factory=dict[str, str])
    """The base URLs by environment; none for a service that each installation has of its own."""
    configured_as: str = ""
    """The name in the configuration (``GLOBUS_SDK_SERVICE_URL_<NAME>``); empty: `name`."""
    resource_server: str | None = None
    """The resource server that the service's tokens are for; None where each installation has its own."""
    default_scopes: tuple[str, ...] = ()
    """The scopes that a client of the service needs."""
    path_prefixes: tuple[str, ...] = ()
    """The segments that paths may begin with, such as ``v0.10``; paths without one are given the first."""
    errors: tuple[str, ...] = ()
    """The exceptions of the module ``errors``, the one that a refused request raises first."""
    final_codes: frozenset[str] = frozenset()
    """Error codes, up to the first dot, that sending the request again will not change."""
    exports: tuple[str, ...] = ()
    """The names that ``globus_typed`` itself has, besides the errors."""
    borrowed: tuple[str, ...] = ()
    """The names of other modules that the service's folder has too, for programs that import them from there."""
    document_types: Mapping[str, str] = field(default_factory=dict[str, str])
    """The received documents by their ``DATA_TYPE``, several separated by spaces, by the names of their classes."""
    foundations: frozenset[str] = frozenset()
    """The modules of ``documents`` that hold only what documents are made of."""

    @property
    def option(self) -> str:
        """The name in the configuration."""
        return self.configured_as or self.name


def hosts(production: str, others: str) -> dict[str, str]:
    """The base URLs of a service by environment.

    Parameters: `production`, the URL there; `others`, the URL elsewhere, with ``{domain}`` for the environment's domain
    (``preview.globus.org``) or ``{environment}`` for its name.
    """
    domains = {
        name: f"{name}.globus.org" if name in {"preview", "beta"} else f"{name}.globuscs.info" for name in ENVIRONMENTS
    }
    elsewhere = {name: others.format(domain=domain, environment=name) for name, domain in domains.items()}
    return {**elsewhere, "production": production}
