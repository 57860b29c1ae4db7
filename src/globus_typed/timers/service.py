"""Globus Timers as a service."""

from globus_typed.core.service import Service, hosts

SERVICE = Service(
    "timers",
    "Globus Timers",
    hosts=hosts("https://timer.automate.globus.org/", "https://{environment}.timer.automate.globus.org/"),
    configured_as="timer",
    resource_server="524230d7-ea86-4a52-8312-86065a9e0417",
    # Timers are there to make transfers.
    default_scopes=(
        "https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer"
        "[urn:globus:auth:scope:transfer.api.globus.org:all]",
    ),
)
