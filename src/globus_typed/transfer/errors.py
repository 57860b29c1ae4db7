"""The exception of Globus Transfer."""

from typing import Any, ClassVar

from globus_typed.core.http_info import HTTPInfo
from globus_typed.errors import GlobusAPIError
from globus_typed.transfer.service import SERVICE

__all__ = ["TransferAPIError"]


class TransferAPIError(GlobusAPIError):
    """Globus Transfer refused a request."""

    final_codes: ClassVar[frozenset[str]] = SERVICE.final_codes

    def __init__(self, http: HTTPInfo) -> None:
        super().__init__(http)
        self.args: tuple[Any, ...] = (self.http_status, self.code, self.message, self.request_id)
