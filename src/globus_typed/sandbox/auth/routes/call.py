"""The state that every route works on."""

from typing import Annotated

from fastapi import Depends

from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.setting import part_of

__all__ = ["State"]

State = Annotated[AuthState, Depends(part_of(AuthState))]
