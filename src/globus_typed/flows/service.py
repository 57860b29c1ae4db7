"""Globus Flows as a service."""

from globus_typed.core.service import Service, hosts

SERVICE = Service(
    "flows",
    "Globus Flows",
    hosts=hosts("https://flows.automate.globus.org/", "https://{environment}.flows.automate.globus.org/"),
    resource_server="flows.globus.org",
    default_scopes=("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/all",),
)
