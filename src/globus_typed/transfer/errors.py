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

    def __str__(self) -> str:
        told = super().__str__()
        if self.submission_id is None or (self.http_status, self.code) != (409, "Conflict"):
            return told
        return (
            f"{told}; if the document was changed since it was submitted, take its submission_id out to submit it as "
            'another one: `del data["submission_id"]` for a mapping, `data.submission_id = None` for a builder'
        )
