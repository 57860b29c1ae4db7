"""Dependencies of all routes: the state, and the caller."""

from typing import Annotated

from fastapi import Depends, Request

from globus_typed.sandbox.auth.state import Caller, SandboxUser
from globus_typed.sandbox.setting import part_of
from globus_typed.sandbox.transfer.state import TransferState

__all__ = ["Calling", "State", "User"]


State = Annotated[TransferState, Depends(part_of(TransferState))]


async def _caller(request: Request, state: State) -> Caller:
    return state.caller(request.headers.get("authorization"))


async def _user(caller: Annotated[Caller, Depends(_caller)]) -> SandboxUser:
    return caller.user


Calling = Annotated[Caller, Depends(_caller)]
User = Annotated[SandboxUser, Depends(_user)]
