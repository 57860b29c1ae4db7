"""What every route takes: the state it works on, and who calls."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from ..auth.state import Caller, SandboxUser
from .state import TransferState

__all__ = ["Calling", "State", "User", "bound_to"]


def bound_to(state: TransferState) -> Callable[[Request], Awaitable[None]]:
    """A dependency that gives the routes of a router their state."""

    async def bind(request: Request) -> None:
        request.state.transfer = state

    return bind


async def _state(request: Request) -> TransferState:
    state = request.state.transfer
    assert isinstance(state, TransferState)
    return state


State = Annotated[TransferState, Depends(_state)]


async def _caller(request: Request, state: State) -> Caller:
    return state.caller(request.headers.get("authorization"))


async def _user(caller: Annotated[Caller, Depends(_caller)]) -> SandboxUser:
    return caller.user


Calling = Annotated[Caller, Depends(_caller)]
User = Annotated[SandboxUser, Depends(_user)]
