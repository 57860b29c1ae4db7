"""Consents as trees, under the name that their module has in globus-sdk."""

from globus_typed.auth.documents.consent import (
    Consent,
    ConsentForest,
    ConsentParseError,
    ConsentTree,
    ConsentTreeConstructionError,
)

__all__ = ["Consent", "ConsentForest", "ConsentParseError", "ConsentTree", "ConsentTreeConstructionError"]
