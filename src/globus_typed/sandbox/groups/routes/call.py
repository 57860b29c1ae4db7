"""Dependencies of all routes: the state, the caller, and the words of a query parameter."""

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Request

from globus_typed.sandbox.auth.state import Caller
from globus_typed.sandbox.groups.errors import invalid
from globus_typed.sandbox.groups.state import ALL, VIEW, GroupsState
from globus_typed.sandbox.setting import part_of

__all__ = ["Changing", "Looking", "State", "words"]

State = Annotated[GroupsState, Depends(part_of(GroupsState))]


async def _looking(request: Request, state: State) -> Caller:
    return state.caller(request.headers.get("authorization"), ALL, VIEW)


async def _changing(request: Request, state: State) -> Caller:
    return state.caller(request.headers.get("authorization"), ALL)


Looking = Annotated[Caller, Depends(_looking)]
"""The caller, whose token may at least look at the user's own groups."""
Changing = Annotated[Caller, Depends(_changing)]
"""The caller, whose token may do everything."""


def words(name: str, values: list[str] | None, known: Collection[str]) -> list[str]:
    """The words of a query parameter, each one of those that are known; they may be repeated, or have commas."""
    found = [word for value in values or () for word in value.split(",")]
    for word in found:
        if word not in known:
            expected = " or ".join(repr(each) for each in known)
            raise invalid(("query", name), f"Input should be {expected}", word, "enum")
    return found
