from collections.abc import Mapping, Sequence
from typing import Any

def get_unverified_header(token: str) -> dict[str, Any]: ...
def verify(
    token: str, key: str | Mapping[str, Any], algorithms: str | Sequence[str] | None, verify: bool = True
) -> bytes: ...
