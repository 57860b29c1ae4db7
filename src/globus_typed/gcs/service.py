"""The GCS Manager API, which each endpoint of Globus Connect Server has of its own, as a service."""

from globus_typed.core.service import Service

SERVICE = Service(
    "gcs",
    "Globus Connect Server",
    exports=("CollectionScopes",),
)
