"""JSON token files of globus-sdk: format 1.0 of ``SimpleJSONFileAdapter``, 2.0 of ``JSONTokenStorage``."""

from typing import Any

from pydantic_core import from_json

from globus_typed.apps.readers.contents import Contents, Damaged
from globus_typed.core.json_data import is_object

__all__ = ["read_json"]


def read_json(data: bytes) -> Contents:
    """The records in a JSON token file; `Damaged` if it is none."""
    try:
        value: Any = from_json(data)
    except ValueError:
        value = None
    if not is_object(value):
        raise Damaged("is a JSON file that is damaged or was cut")
    version = value.get("format_version")
    if version == "1.0":
        given: dict[str, Any] = {"DEFAULT": value.get("by_rs")}
    elif version == "2.0":
        if not is_object(value.get("data")):
            raise Damaged('is a token file of format 2.0 without its "data"')
        given = value["data"]
    elif isinstance(version, str) and len(version) < 10:
        raise Damaged(f"is a token file of format {version!r}; known are 1.0 and 2.0")
    else:
        raise Damaged('is JSON, but no token file: it has no "format_version"')
    records: dict[str, dict[str, object]] = {name: found for name, found in given.items() if is_object(found)}
    if len(records) < len(given):
        raise Damaged(f"is a token file of format {version} in which tokens are not filed by resource server")
    return Contents(f"JSON {version}", records)
