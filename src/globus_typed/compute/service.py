"""Globus Compute as a service."""

from globus_typed.core.service import Service, hosts

SERVICE = Service(
    "compute",
    "Globus Compute",
    hosts=hosts("https://compute.api.globus.org/", "https://compute.api.{domain}/"),
    resource_server="funcx_service",
    default_scopes=("https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all",),
    path_prefixes=("v2", "v3"),
)
