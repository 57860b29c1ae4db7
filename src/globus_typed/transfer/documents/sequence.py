"""The items of a transfer or delete, kept compactly, so that a builder can hold a million of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, TypeAlias, TypeVar, Union, cast, overload

from pydantic import ConfigDict, GetCoreSchemaHandler, SerializationInfo, TypeAdapter, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema, core_schema
from typing_extensions import Self

from globus_typed.documents import Payload, wire_name
from globus_typed.transfer.documents.items import DeleteItem, TransferItem, TransferSymlinkItem

__all__ = ["AnyTransferItem", "DeleteItems", "Items", "TransferItems"]

ItemT = TypeVar("ItemT", bound=Payload)
AnyTransferItem: TypeAlias = TransferItem | TransferSymlinkItem
"""What a transfer can be made of."""
Row: TypeAlias = tuple[Any, ...]
"""The values of a checked item in the order of its fields, so the DATA_TYPE first, without Nones at the end."""


class Items(Sequence[ItemT]):
    """The items of a task: read like a tuple of models, which are made as they are read."""

    __slots__ = ("_rows",)
    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # like that of a list

    models: ClassVar[Mapping[str, type[Payload]]]
    """The models of the items by their DATA_TYPE; the first is that of an item which does not name one."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows = list(rows)

    def append(self, item: ItemT | Mapping[str, Any]) -> None:
        """Adds an item; `pydantic.ValidationError`, and nothing is added, where it is wrong."""
        self._rows.append(self._row(item))

    def extend(self, items: Iterable[ItemT | Mapping[str, Any]]) -> None:
        """Adds the items; `pydantic.ValidationError`, and nothing is added, where one is wrong."""
        self._rows += _adapter(type(self)).validate_python(items)._rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[ItemT]:
        return map(self._item, self._rows)

    @overload
    def __getitem__(self, index: int) -> ItemT: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> ItemT | Self:
        return type(self)(self._rows[index]) if isinstance(index, slice) else self._item(self._rows[index])

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            return self._rows == cast("Self", other)._rows
        return (
            list(self) == list(cast("Iterable[object]", other)) if isinstance(other, (list, tuple)) else NotImplemented
        )

    def __copy__(self) -> Self:
        return type(self)(self._rows)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return type(self)(self._rows)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)}>"

    @classmethod
    def _row(cls, item: object) -> Row:
        if isinstance(item, Mapping):
            item = dict(cast("Mapping[str, Any]", item))
            kind: object = item.get("DATA_TYPE", item.get("data_type"))
        else:
            kind = getattr(item, "data_type", None)
        model = cls.models.get(kind) if isinstance(kind, str) else None
        values = list(vars((model or next(iter(cls.models.values()))).model_validate(item)).values())
        while values[-1] is None:
            values.pop()
        return tuple(values)

    @classmethod
    def _item(cls, row: Row) -> ItemT:
        model = cls.models[row[0]]
        return cast("ItemT", model.model_validate(dict(zip(model.model_fields, row, strict=False))))

    def _dump(self, info: SerializationInfo) -> list[dict[str, Any]]:
        plain = info.by_alias is False
        names = {
            kind: [name if plain else wire_name(name) for name in model.model_fields]
            for kind, model in self.models.items()
        }
        return [
            {name: value for name, value in zip(names[row[0]], row, strict=False) if value is not None}
            for row in self._rows
        ]

    @classmethod
    def _read(cls, value: object, read_list: ValidatorFunctionWrapHandler) -> Self:
        return cls(value._rows if isinstance(value, cls) else read_list(value))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        # The inner schema of an item is there for the JSON schema; which model is meant, `_row` knows better.
        any_item = handler.generate_schema(Union[tuple(cls.models.values())])  # noqa: UP007  # no "|" over a tuple
        item = core_schema.no_info_wrap_validator_function(lambda value, _: cls._row(value), any_item)
        rows = core_schema.list_schema(item, strict=False)
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(cls, rows),
            python_schema=core_schema.no_info_wrap_validator_function(cls._read, rows),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._dump, info_arg=True),
        )


class TransferItems(Items[AnyTransferItem]):
    """The items of a transfer: read like a tuple of `TransferItem` and `TransferSymlinkItem`."""

    __slots__ = ()
    models: ClassVar[Mapping[str, type[Payload]]] = {
        "transfer_item": TransferItem,
        "transfer_symlink_item": TransferSymlinkItem,
    }


class DeleteItems(Items[DeleteItem]):
    """The items of a delete: read like a tuple of `DeleteItem`."""

    __slots__ = ()
    models: ClassVar[Mapping[str, type[Payload]]] = {"delete_item": DeleteItem}


@cache
def _adapter(kind: type[Items[ItemT]]) -> TypeAdapter[Items[ItemT]]:
    return TypeAdapter(kind, config=ConfigDict(title=kind.__name__))
