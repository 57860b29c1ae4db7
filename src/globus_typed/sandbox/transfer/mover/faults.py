"""Errors of a running task, by the codes of events and fatal errors."""

import errno

__all__ = ["Fatal", "Fault", "Stopped"]

_CODES = {
    errno.ENOENT: "FILE_NOT_FOUND",
    errno.EACCES: "PERMISSION_DENIED",
    errno.EPERM: "PERMISSION_DENIED",
    errno.EROFS: "PERMISSION_DENIED",
    errno.ENOSPC: "QUOTA_EXCEEDED",
    errno.EDQUOT: "QUOTA_EXCEEDED",
    errno.ETIMEDOUT: "TIMEOUT",
}


class Fault(Exception):
    """One step of a task failed and may be tried again; `on_source` when it was reading that failed."""

    def __init__(self, code: str, details: str, *, on_source: bool = False) -> None:
        super().__init__(details)
        self.code = code
        self.details = details
        self.on_source = on_source

    @classmethod
    def of(cls, error: OSError, *, on_source: bool = False) -> "Fault":
        code = _CODES.get(error.errno or 0, "ENDPOINT_ERROR")
        return cls(code, error.strerror or str(error), on_source=on_source)


class Fatal(Fault):
    """A fault that ends the task at once: trying again would not help."""


class Stopped(Exception):
    """The task was canceled, or its deadline has passed."""

    def __init__(self, *, expired: bool) -> None:
        super().__init__()
        self.expired = expired
