"""Check of the elements of a document's list, many at a time."""

from collections.abc import Callable, Container, Iterable, Sequence
from types import GenericAlias
from typing import Any, Protocol, cast, get_args, get_origin, runtime_checkable

from pydantic import BaseModel, TypeAdapter, ValidationError

from globus_typed.core.problems import Problem, problems
from globus_typed.core.suggestions import with_suggestions

__all__ = ["ElementCheck", "ItemList", "KeptElsewhere"]


class KeptElsewhere(Protocol):
    """A list whose elements stay in their file: it is told of them as they go by, and reads them again if it must."""

    def take(self, items: Sequence[dict[str, Any]], wrong: Container[int]) -> None:
        """Count more elements, which `wrong` has the places of that are wrong."""
        ...


@runtime_checkable
class ItemList(Protocol):
    """A class of a field that offers its elements, so that its elements are checked without being kept in memory."""

    def element_model(self, item: object) -> type[BaseModel]:
        """The model to check an element by, which is JSON; of None, that of most elements."""
        ...

    def kept_elsewhere(self, read_again: Callable[[], Iterable[dict[str, Any]]]) -> KeptElsewhere:
        """A value of the field, without elements yet; `read_again` reads all that it was told of."""
        ...


class ElementCheck:
    """Check of elements by the annotation of their list."""

    def __init__(self, many: TypeAdapter[Any], one: Callable[[object], object]) -> None:
        self._many = many
        self._one = one

    @classmethod
    def of(cls, annotation: Any) -> "ElementCheck | None":
        """The check by an annotation; None where there is no list in it."""
        if isinstance(annotation, ItemList):
            items = annotation
            many = _adapter(GenericAlias(list, items.element_model(None)))

            def read(item: object) -> object:
                return items.element_model(item).model_validate(item, by_alias=True, by_name=False)

            return cls(many, read)
        if get_origin(annotation) is list:
            kind: object = get_args(annotation)[0]
            element = _adapter(kind)

            def read_one(item: object) -> object:
                try:
                    return element.validate_python(item, by_alias=True, by_name=False)
                except ValidationError as error:
                    raise with_suggestions(kind, error) from None

            return cls(_adapter(annotation), read_one)
        return next(filter(None, map(cls.of, get_args(annotation))), None)

    def wrong(self, values: list[Any]) -> list[tuple[int, Problem]]:
        """The problems of the values, each with the place of its value."""
        try:
            self._many.validate_python(values, by_alias=True, by_name=False)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            suspects = sorted({cast("int", detail["loc"][0]) for detail in details})
        else:
            return []
        return [(index, problem) for index in suspects for problem in self._problems(values[index])]

    def _problems(self, value: object) -> list[Problem]:
        try:
            self._one(value)
        except ValidationError as error:
            return problems(error)
        return []


def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)
