"""Files: Globus Connect on this machine."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.files.gcp import LocalGlobusConnectPersonal
    from globus_typed.files.gcp_files import AllowedPath, GlobusConnectPersonalOwnerInfo
    from globus_typed.files.gcp_status import GCPStatus
    from globus_typed.files.gcs_node import LocalGlobusConnectServer
    from globus_typed.files.local_files import LocalProblem
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.files.gcp": ("LocalGlobusConnectPersonal"),
            "globus_typed.files.gcp_files": ("AllowedPath GlobusConnectPersonalOwnerInfo"),
            "globus_typed.files.gcp_status": ("GCPStatus"),
            "globus_typed.files.gcs_node": ("LocalGlobusConnectServer"),
            "globus_typed.files.local_files": ("LocalProblem"),
        },
    )

__all__ = [
    "AllowedPath",
    "GCPStatus",
    "GlobusConnectPersonalOwnerInfo",
    "LocalGlobusConnectPersonal",
    "LocalGlobusConnectServer",
    "LocalProblem",
]
