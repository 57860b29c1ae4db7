"""Workings of pydantic that it does not document, and that documents cannot do without: here, and nowhere else.

``tests/unit/test_pydantic_private.py`` fails where a new pydantic works in another way.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel

from globus_typed.core.fields import parse_time
from globus_typed.core.short_repr import shortened

__all__ = ["GivenFields", "ShownMembers", "TimeAttribute", "is_base_init"]


class ShownMembers(BaseModel, frozen=True, defer_build=True):  # built at once, it would take a seventh of an import
    """A model that decides how its members are shown, in its repr and str and by rich and devtools.

    All of those show what `__repr_args__` gives; overriding `__repr__` would leave out the others, and with
    ``Field(repr=False)`` a model can speak of its own fields only, not of unknown members.
    """

    def _shown(self, name: str | None, value: object) -> object:
        """The member as it is shown."""
        return value

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        try:
            received = self.model_fields_set
        except AttributeError:  # a traceback may show one that was not made to the end
            received = set[str]()
        return shortened(
            (name, self._shown(name, value))
            for name, value in super().__repr_args__()
            if value is not None and name in received
        )


class GivenFields(BaseModel, defer_build=True):
    """A model that shows the fields which were given, and not those that have their defaults."""

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        fields = type(self).model_fields
        return shortened(
            (name, value)
            for name, value in super().__repr_args__()
            if name is None or name not in fields or value is not fields[name].default
        )


class TimeAttribute:
    """The attribute that gives the `datetime` of a field which holds a time as a str.

    Pydantic stores the values of fields in the instance's `__dict__` without setting attributes, so that a property in
    the place of the field sees what was received. A serializer could not do this: times are read a hundred times less
    often than they are received.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name: str = name

    def __get__(self, instance: BaseModel | None, owner: type) -> datetime | None:
        if instance is None or self.name not in instance.__dict__:
            raise AttributeError(f"type object {owner.__name__!r} has no attribute {self.name!r}")
        return parse_time(instance.__dict__[self.name])

    def __set__(self, instance: BaseModel, value: object) -> None:
        # Without this method, Python would look into the instance's `__dict__` first.
        raise AttributeError(f"{self.name}: a received document cannot be changed")


InitT = TypeVar("InitT", bound=Callable[..., None])


def is_base_init(init: InitT) -> InitT:
    """The same `__init__`, marked as one that does no more than pydantic's own.

    Unmarked, it would be called for every document inside another one, which then takes twice the time to read.
    """
    vars(init)["__pydantic_base_init__"] = True
    return init
