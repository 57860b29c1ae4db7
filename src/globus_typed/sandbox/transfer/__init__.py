"""The sandbox's Transfer: collections that are directories, tasks that move real files, and their HTTP routes."""

from .routes import add_transfer
from .state import SandboxCollection, TransferState

__all__ = ["SandboxCollection", "TransferState", "add_transfer"]
