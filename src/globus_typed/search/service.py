"""Globus Search as a service."""

from globus_typed.core.service import Service, hosts

SERVICE = Service(
    "search",
    "Globus Search",
    hosts=hosts("https://search.api.globus.org/", "https://search.api.{domain}/"),
    resource_server="search.api.globus.org",
    default_scopes=("urn:globus:auth:scope:search.api.globus.org:search",),
    path_prefixes=("v1", "beta"),
)
