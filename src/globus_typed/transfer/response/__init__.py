"""The documents of Transfer, under the names that its responses have in globus-sdk."""

from globus_typed.core.documents import Document, ListDocument
from globus_typed.transfer.documents.activation import ActivationRequirements

__all__ = ["ActivationRequirementsResponse", "IterableTransferResponse", "TransferResponse"]

TransferResponse = Document
IterableTransferResponse = ListDocument
ActivationRequirementsResponse = ActivationRequirements
