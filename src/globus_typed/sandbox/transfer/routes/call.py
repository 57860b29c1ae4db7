"""What every route takes: the state it works on, and who calls."""

from typing import Annotated

from fastapi import Depends, Request

from globus_typed.sandbox.auth.state import Caller, SandboxUser
from globus_typed.sandbox.transfer.state import TransferState

__all__ = ["Calling", "State", "User"]


async def _state(request: Request) -> TransferState:
    state = request.app.state.transfer
    assert isinstance(state, TransferState)
    return state


State = Annotated[TransferState, Depends(_state)]


async def _caller(request: Request, state: State) -> Caller:
    return state.caller(request.headers.get("authorization"))


async def _user(caller: Annotated[Caller, Depends(_caller)]) -> SandboxUser:
    return caller.user


Calling = Annotated[Caller, Depends(_caller)]
User = Annotated[SandboxUser, Depends(_user)]
