"""The elements of a document's list, checked many at once, and the items of a task that stay in their file."""

import inspect
from array import array
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import GenericAlias
from typing import Any, TypeVar, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from typing_extensions import Self

from globus_typed.check.reader import Elements, Reader
from globus_typed.core.payloads import Payload
from globus_typed.core.problems import Problem, problems
from globus_typed.transfer.documents.item_list import AnyTransferItem, DeleteItems, Items, TransferItems, several_of
from globus_typed.transfer.documents.items import DeleteItem

__all__ = ["ElementCheck", "ItemsInFile", "items_in_file"]

ItemT = TypeVar("ItemT", bound=Payload)

MOST = 10_000
"""How many items that are like others are looked at; so many tell enough."""


class ElementCheck:
    """What the elements of a list must be."""

    def __init__(self, many: TypeAdapter[Any], one: Callable[[object], object]) -> None:
        self._many = many
        self._one = one

    @classmethod
    def of(cls, annotation: Any) -> "ElementCheck | None":
        """What they must be by an annotation; None where there is no list in it."""
        if get_origin(annotation) is list:
            element = _adapter(get_args(annotation)[0])
            return cls(_adapter(annotation), lambda value: element.validate_python(value, by_alias=True, by_name=False))
        if inspect.isclass(annotation) and issubclass(annotation, Items):
            models: Mapping[str, type[Payload]] = cast("type[Items[Payload]]", annotation).models
            usual: Any = next(iter(models.values()))

            def one(item: object) -> object:
                kind = cast("Mapping[str, object]", item).get("DATA_TYPE") if isinstance(item, dict) else None
                model = models.get(kind, usual) if isinstance(kind, str) else usual
                return model.model_validate(item, by_alias=True, by_name=False)

            return cls(_adapter(GenericAlias(list, usual)), one)
        return next(filter(None, map(cls.of, get_args(annotation))), None)

    def wrong(self, values: list[Any]) -> list[tuple[int, Problem]]:
        """What is wrong with which of the values."""
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


class ItemsInFile(Items[ItemT]):
    """The items of a task that stay in their file, and are read from there again when they are compared.

    One that is wrong by itself counts, and is like no other.
    """

    __slots__ = ("_again", "_right", "lines", "read_again")

    def __init__(self, reader: Reader, start: tuple[int, int]) -> None:
        self.lines: array[int] = array("Q")
        """The line of each."""
        self.read_again: bool = False
        """Whether the reader stands elsewhere now."""
        self._again = reader, start
        self._right = bytearray()
        super().__init__()

    def take(self, batch: Elements, wrong: set[int]) -> None:
        """Counts the items of a batch; `wrong` are the places in it of those that are."""
        self.lines.extend(batch.lines)
        for index, item in enumerate(batch.values):
            right = index not in wrong
            self._right.append(right)
            path: str = item[self.key] if right else self._stand_in(len(self._keys))[self.key]
            self._keys.append(hash(path.rstrip("/")))

    def _stand_in(self, number: int) -> dict[str, Any]:
        path = f"\0{number}"
        return {"source_path": "/", "destination_path": path, "path": path}

    def __len__(self) -> int:
        return len(self.lines)

    def wire_items(self, start: int = 0) -> Iterator[dict[str, Any]]:
        return islice(self._read_items(), start, None)

    def _read_items(self) -> Iterator[dict[str, Any]]:
        reader, start = self._again
        reader.go(start)
        self.read_again = True
        number = 0
        for event in reader.document():
            if isinstance(event, Elements) and event.name == "DATA":
                for item in event.values:
                    yield item if self._right[number] else self._stand_in(number)
                    number += 1

    def repeated(self) -> dict[str, list[tuple[int, dict[str, Any]]]]:
        several = several_of(self._keys)
        found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        candidates = (
            (number, item)
            for number, item in enumerate(self.wire_items() if several else ())
            if self._keys[number] in several
        )
        for number, item in islice(candidates, MOST):
            found.setdefault(item[self.key].rstrip("/"), []).append((number, item))
        return {path: items for path, items in found.items() if len(items) > 1}

    def __getitem__(self, index: Any) -> Any:
        raise NotImplementedError("items in a file are read in their order")

    def __copy__(self) -> Self:
        return self


class _TransferItems(ItemsInFile[AnyTransferItem], TransferItems):
    __slots__ = ()


class _DeleteItems(ItemsInFile[DeleteItem], DeleteItems):
    __slots__ = ()


def items_in_file(annotation: object, reader: Reader, start: tuple[int, int]) -> _TransferItems | _DeleteItems | None:
    """What stands for the items of a task of that kind, whose document starts there; None for other lists."""
    if annotation is TransferItems:
        return _TransferItems(reader, start)
    return _DeleteItems(reader, start) if annotation is DeleteItems else None
