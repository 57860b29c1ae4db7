"""Token stores and their checks, under the name that their module has in globus-sdk."""

from globus_typed.apps.errors import (
    ExpiredTokenError,
    IdentityMismatchError,
    IdentityValidationError,
    MissingIdentityError,
    MissingTokenError,
    TokenValidationError,
    UnmetScopeRequirementsError,
)
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.file_storage import FileTokenStorage
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.storage.memory import MemoryTokenStorage
from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
from globus_typed.apps.storage.validating import ValidatingTokenStorage
from globus_typed.apps.storage.validators import (
    HasRefreshTokensValidator,
    NotExpiredValidator,
    ScopeRequirementsValidator,
    TokenDataValidator,
    TokenValidationContext,
    UnchangingIdentityIDValidator,
)
from globus_typed.apps.tokens import TokenStorageData

__all__ = [
    "ExpiredTokenError",
    "FileTokenStorage",
    "HasRefreshTokensValidator",
    "IdentityMismatchError",
    "IdentityValidationError",
    "JSONTokenStorage",
    "MemoryTokenStorage",
    "MissingIdentityError",
    "MissingTokenError",
    "NotExpiredValidator",
    "SQLiteTokenStorage",
    "ScopeRequirementsValidator",
    "TokenDataValidator",
    "TokenStorage",
    "TokenStorageData",
    "TokenValidationContext",
    "TokenValidationError",
    "UnchangingIdentityIDValidator",
    "UnmetScopeRequirementsError",
    "ValidatingTokenStorage",
]
