"""`LocalGlobusConnectServer`: the node of Globus Connect Server that this machine is."""

import json
import os
from os import PathLike
from typing import Any

from typing_extensions import Self

from globus_typed.core.fields import is_id, shown
from globus_typed.core.json_data import is_object
from globus_typed.files.local_files import LocalProblem, read_text

__all__ = ["LocalGlobusConnectServer", "read_info"]

_INFO = "/var/lib/globus-connect-server/info.json"


def read_info(text: str) -> tuple[dict[str, Any] | None, str | None]:
    """The object in ``info.json``, and else the reason why there is none."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        return None, f"is not JSON: {error}"
    if not is_object(found):
        return None, f"must be a JSON object, got {shown(found)['got']}"
    return found, None


class LocalGlobusConnectServer:
    """The node of Globus Connect Server that this machine is: the id of its endpoint, and its domain.

    Its file is read when something of it is first asked for, and again after `reload`. A missing or damaged file raises
    nothing: what it would say is None, and `problems` has the reason.

    Parameters: `info_path`, the file. Source: globus-sdk 4.
    """

    def __init__(self, *, info_path: str | PathLike[str] = _INFO) -> None:
        self.info_path: str = os.fspath(info_path)
        """The file that it is known from."""
        self._read: tuple[dict[str, Any] | None, tuple[LocalProblem, ...]] | None = None

    @classmethod
    def detect(cls, *, info_path: str | PathLike[str] = _INFO) -> Self | None:
        """The node that this machine is; None if it is none: if the file does not exist. Never raises.

        Parameters: `info_path`, the file.
        """
        found = cls(info_path=info_path)
        if found.info_dict is None and not os.path.lexists(found.info_path):
            # In a directory that may not be looked into, it may exist.
            return found if any("cannot be read" in each.what for each in found.problems) else None
        return found

    @property
    def info_dict(self) -> dict[str, Any] | None:
        """All that the file says; None if it cannot be read."""
        return self._found[0]

    @property
    def endpoint_id(self) -> str | None:
        """The id of the endpoint, a UUID; None if it is not known."""
        return self._text("endpoint_id")

    @property
    def domain_name(self) -> str | None:
        """The domain of the endpoint, such as ``ab12cd.larkspur.example``; None if it is not known."""
        return self._text("domain_name")

    @property
    def problems(self) -> tuple[LocalProblem, ...]:
        """The reasons why something is not known."""
        return self._found[1]

    def reload(self) -> None:
        """Read the file again."""
        self._read = None

    @property
    def _found(self) -> tuple[dict[str, Any] | None, tuple[LocalProblem, ...]]:
        if self._read is None:
            text, wrong = read_text(self.info_path)
            info, wrong = (None, wrong) if text is None else read_info(text)
            reasons = [wrong] if wrong is not None else _reasons(info or {})
            self._read = info, tuple(LocalProblem(self.info_path, each) for each in reasons)
        return self._read

    def _text(self, name: str) -> str | None:
        info = self._found[0] or {}
        return None if _reason(info, name) else info[name]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'' if self.info_path == _INFO else f'info_path={self.info_path!r}'})"


def _reasons(info: dict[str, Any]) -> list[str]:
    return [each for name in ("endpoint_id", "domain_name") if (each := _reason(info, name))]


def _reason(info: dict[str, Any], name: str) -> str | None:
    """The reason why a member is not known."""
    if name not in info:
        return f"{name}: is missing"
    value = info[name]
    if not isinstance(value, str) or not value:
        return f"{name}: must be a string, not empty, got {shown(value)['got']}"
    if name == "endpoint_id" and not is_id(value):
        return f"{name}: must be a UUID, got {shown(value)['got']}"
    return None
