"""The sandbox's Transfer: collections that are directories, tasks that move real files, and their HTTP routes."""

from globus_typed.sandbox.transfer.routes import add_transfer
from globus_typed.sandbox.transfer.state import SandboxCollection, TransferState

__all__ = ["SandboxCollection", "TransferState", "add_transfer"]
