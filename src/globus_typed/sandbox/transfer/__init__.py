"""The sandbox's Transfer: collections that are directories, tasks that move real files."""

from globus_typed.sandbox.transfer.state import SandboxCollection, TransferState

__all__ = ["SandboxCollection", "TransferState"]
