"""The builders, under the name that their module has in globus-sdk."""

from globus_typed.transfer.documents.delete_data import DeleteData
from globus_typed.transfer.documents.transfer_data import TransferData

__all__ = ["DeleteData", "TransferData"]
