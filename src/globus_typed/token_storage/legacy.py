"""The token stores of globus-sdk 2 and 3, under the name that their module has there now."""

from globus_typed.apps.storage.legacy import (
    FileAdapter,
    MemoryAdapter,
    SimpleJSONFileAdapter,
    SQLiteAdapter,
    StorageAdapter,
)

__all__ = ["FileAdapter", "MemoryAdapter", "SQLiteAdapter", "SimpleJSONFileAdapter", "StorageAdapter"]
