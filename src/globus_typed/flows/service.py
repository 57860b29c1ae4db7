"""Globus Flows as a service."""

from globus_typed.core.service import Service, hosts

SERVICE = Service(
    "flows",
    "Globus Flows",
    hosts=hosts("https://flows.automate.globus.org/", "https://{environment}.flows.automate.globus.org/"),
    resource_server="flows.globus.org",
)
