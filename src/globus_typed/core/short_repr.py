"""The members of a document, shortened so that its repr stays readable, however much it holds."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from globus_typed.core.json_data import is_list, is_object

__all__ = ["shortened"]

_LONGEST = 2000
"""The characters of all values of a document together."""
_TEXT = 300
"""The characters of a str."""
_ENTRIES = 5
"""The entries of a list or dict."""


class _Excerpt(str):
    """A text that is its own repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def shortened(members: Iterable[tuple[str | None, Any]]) -> Iterator[tuple[str | None, Any]]:
    """The members with as much of each value as there is room for; ``...`` stands for those that there is none for."""
    left = _LONGEST
    for name, value in members:
        if name is not None and not (name.isidentifier() and len(name) <= _TEXT):
            name = repr(_short(name))  # one from outside may hold control characters
        short = _short(value)
        text = repr(short)
        left -= len(name or "") + len(text)
        if left < 0:
            yield name, _Excerpt(f"{text[:left]}...")
            yield None, _Excerpt("...")
            return
        yield name, short


def _short(value: object) -> object:
    if type(value) is str and len(value) > _TEXT:
        return _Excerpt(f"{value[:_TEXT]!r}...")
    if is_list(value) and type(value) is list:
        entries = [_short(each) for each in value[:_ENTRIES]]
        return [*entries, _Excerpt(f"... and {len(value) - _ENTRIES} more")] if len(value) > _ENTRIES else entries
    if is_object(value) and type(value) is dict:
        members = {name[:_TEXT]: _short(each) for name, each in islice(value.items(), _ENTRIES)}
        if len(value) > _ENTRIES:
            members[_Excerpt("...")] = _Excerpt(f"and {len(value) - _ENTRIES} more")
        return members
    return value
