"""The sandbox's Transfer: collections that are directories, tasks that move real files, and their HTTP routes."""

from .errors import install
from .routes import transfer_router
from .state import SandboxCollection, TransferState

__all__ = ["SandboxCollection", "TransferState", "install", "transfer_router"]
