"""The items of a transfer or delete, checked as they are added and kept as the JSON that is sent, so that a million of
them take no more memory than they take on the wire."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, ClassVar, TypeAlias, TypeVar, Union, cast, overload

from pydantic import GetCoreSchemaHandler, SerializationInfo, ValidationError
from pydantic_core import (
    CoreSchema,
    InitErrorDetails,
    PydanticCustomError,
    SchemaValidator,
    core_schema,
    from_json,
    to_json,
)
from typing_extensions import Self

from globus_typed.core.payloads import Payload
from globus_typed.core.problems import SHOWN, custom_error
from globus_typed.core.wire_names import python_name
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.documents.items import DeleteItem, TransferItem, TransferSymlinkItem
from globus_typed.transfer.documents.items_elsewhere import ItemsElsewhere

__all__ = ["AnyTransferItem", "DeleteItems", "Items", "TransferItems"]

ItemT = TypeVar("ItemT", bound=Payload)
AnyTransferItem: TypeAlias = TransferItem | TransferSymlinkItem
"""The items of a transfer."""

PART = 1024
"""How many items are joined to one part of the body that is sent."""

_BETWEEN = '},{"'
"""The separator of two items in JSON; no item contains it, since in a string a backslash precedes every quote."""


class Items(Sequence[ItemT]):
    """The items of a task: read like a tuple of models, which are made as they are read."""

    __slots__ = ("_keys", "_parts", "_read_part", "_rest")
    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # like that of a list

    models: ClassVar[Mapping[str, type[Payload]]]
    """The models of the items by their DATA_TYPE; the first is that of an item which does not name one."""
    key: ClassVar[str]
    """The field that tells an item from the others of its task: the path that is written or deleted."""
    looked_at: ClassVar[int | None] = None
    """How many items that are like others are compared; None: all."""

    def __init__(self, items: Iterable[ItemT | Mapping[str, Any]] = ()) -> None:
        self._parts: list[bytes] = []
        self._rest: list[str] = []
        # Not the paths themselves, which would take as much memory as all else.
        self._keys = array("q")
        self._read_part: tuple[int, list[dict[str, Any]]] = (-1, [])
        self.extend(items)

    def append(self, item: ItemT | Mapping[str, Any]) -> None:
        """Adds an item; `pydantic.ValidationError`, and nothing is added, where it is wrong."""
        try:
            self._push(*self._text(item))
        except ValidationError as error:
            raise _refusal(type(self), _placed(error, len(self), "items")) from None

    def extend(self, items: Iterable[ItemT | Mapping[str, Any]]) -> None:
        """Adds the items; `pydantic.ValidationError`, and nothing is added, where any is wrong."""
        wrong = self._take(items, "items")
        if wrong:
            raise _refusal(type(self), wrong)

    def json_parts(self) -> Iterator[bytes]:
        """The items in JSON, as they are sent: parts of many items each, to be joined by commas."""
        yield from self._parts
        if self._rest:
            yield ",".join(self._rest).encode()

    def __len__(self) -> int:
        return len(self._parts) * PART + len(self._rest)

    def __iter__(self) -> Iterator[ItemT]:
        return map(self._model, self.wire_items())

    def wire_items(self, start: int = 0) -> Iterator[dict[str, Any]]:
        """The items from one place on, as the JSON objects that are sent."""
        for number in range(start // PART, len(self._parts) + 1):
            yield from islice(self._decoded(number), start % PART if number == start // PART else 0, None)

    @overload
    def __getitem__(self, index: int) -> ItemT: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> ItemT | Self:
        if isinstance(index, slice):
            return self._slice(range(len(self))[index])
        number, within = divmod(range(len(self))[index], PART)
        if number == len(self._parts):
            return self._model(from_json(self._rest[within]))
        if self._read_part[0] != number:
            self._read_part = number, self._decoded(number)
        return self._model(self._read_part[1][within])

    def repeated(self) -> dict[str, list[tuple[int, dict[str, Any]]]]:
        """The paths that several items write or delete, slashes at their ends apart, with those items by place."""
        several = _several_of(self._keys)
        alike = ((i, item) for i, item in enumerate(self.wire_items() if several else ()) if self._keys[i] in several)
        found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for index, item in islice(alike, self.looked_at):
            found.setdefault(item[self.key].rstrip("/"), []).append((index, item))
        return {path: items for path, items in found.items() if len(items) > 1}

    def runs(self, most: int | None, room: int | None) -> Iterator[Self]:
        """The items shared out in their order, so many at most in each, and so many bytes of JSON."""
        run = type(self)()
        size = 0
        for number in range(len(self._parts) + 1):
            for index, text in enumerate(self._texts(number), number * PART):
                length = 0 if room is None else len(text.encode()) + len(",")
                if room is not None and length > room:
                    raise GlobusUsageError(f"max_bytes: is less than items[{index}] takes by itself")
                if len(run) == most or (room is not None and size + length > room):
                    yield run
                    run, size = type(self)(), 0
                run._push(text, self._keys[index])
                size += length
        if len(run):
            yield run

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            theirs = cast("Self", other)
            return self._parts == theirs._parts and self._rest == theirs._rest
        return (
            list(self) == list(cast("Iterable[object]", other)) if isinstance(other, (list, tuple)) else NotImplemented
        )

    def __copy__(self) -> Self:
        return self._slice(range(len(self)))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (type(self), b"[%s]" % b",".join(self.json_parts()))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)}>"

    def _take(self, items: object, *where: str) -> list[InitErrorDetails]:
        """Add all items or none; what is wrong with them, the first so many, and a count of the others."""
        given = items
        if not isinstance(items, Iterable) or isinstance(items, (str, bytes, Mapping)):
            got = {"got": type(given).__name__}
            problem = PydanticCustomError("list_type", "must be items, such as a list of them, got {got}", got)
            return [InitErrorDetails(type=problem, loc=where, input=None)]
        if isinstance(items, type(self)):
            # Checked already; and they may be these very items.
            items._share(self)
            return []
        parts, rest, count = len(self._parts), [*self._rest], len(self)
        wrong: list[InitErrorDetails] = []
        more = 0
        try:
            for number, item in enumerate(cast("Iterable[object]", items), count):
                try:
                    self._push(*self._text(item))
                except ValidationError as error:  # noqa: PERF203  # every item is told of
                    new = _placed(error, number, *where)
                    more += max(0, len(wrong) + len(new) - SHOWN)
                    wrong += new[: SHOWN - len(wrong)]
        except BaseException:
            self._back_to(parts, rest, count)
            raise
        if wrong:
            self._back_to(parts, rest, count)
        if more:
            problem = PydanticCustomError("more", "and {count} more problems", {"count": more})
            wrong.append(InitErrorDetails(type=problem, loc=where, input=None))
        return wrong

    def _push(self, text: str, key: int) -> None:
        self._keys.append(key)
        self._rest.append(text)
        if len(self._rest) == PART:
            self._join()

    def _join(self) -> None:
        self._parts.append(",".join(self._rest).encode())
        self._rest.clear()

    def _back_to(self, parts: int, rest: list[str], count: int) -> None:
        del self._parts[parts:], self._keys[count:]
        self._rest[:] = rest

    @classmethod
    def _text(cls, item: object) -> tuple[str, int]:
        """The JSON of an item, and its key; `pydantic.ValidationError` where it is wrong."""
        if isinstance(item, Mapping):
            item = dict(cast("Mapping[str, Any]", item))
            kind: object = item.get("DATA_TYPE", item.get("data_type"))
        else:
            kind = getattr(item, "data_type", None)
        model = cls.models.get(kind) if isinstance(kind, str) else None
        checked = (model or next(iter(cls.models.values()))).model_validate(item)
        return to_json(checked, by_alias=True, exclude_none=True).decode(), _key(getattr(checked, cls.key))

    @classmethod
    def element_model(cls, item: object) -> type[Payload]:
        """The model to check an item by, which is JSON: that of its DATA_TYPE, or else the usual one."""
        kind = cast("dict[str, object]", item).get("DATA_TYPE") if isinstance(item, dict) else None
        model = cls.models.get(kind) if isinstance(kind, str) else None
        return model or next(iter(cls.models.values()))

    @classmethod
    def _model(cls, item: dict[str, Any]) -> ItemT:
        return cast("ItemT", cls.models[item["DATA_TYPE"]].model_validate(item))

    def _decoded(self, number: int) -> list[dict[str, Any]]:
        part = self._parts[number] if number < len(self._parts) else ",".join(self._rest).encode()
        return cast("list[dict[str, Any]]", from_json(b"[%s]" % part))

    def _texts(self, number: int) -> list[str]:
        if number == len(self._parts):
            return [*self._rest]
        inside = self._parts[number].decode()[len('{"') : -len("}")]
        return [f'{{"{text}}}' for text in inside.split(_BETWEEN)]

    def _share(self, other: Self) -> None:
        for index, text in enumerate([text for number in range(len(self._parts) + 1) for text in self._texts(number)]):
            other._push(text, self._keys[index])

    def _slice(self, places: range) -> Self:
        some = type(self)()
        if places == range(len(self)):
            some._parts, some._rest, some._keys = [*self._parts], [*self._rest], self._keys[:]
            return some
        number, texts = -1, list[str]()
        for index in places:
            if index // PART != number:
                number = index // PART
                texts = self._texts(number)
            some._push(texts[index % PART], self._keys[index])
        return some

    def _dump(self, info: SerializationInfo) -> list[dict[str, Any]]:
        if info.by_alias is not False:
            return list(self.wire_items())
        return [{python_name(name): value for name, value in item.items()} for item in self.wire_items()]

    @classmethod
    def _read(cls, value: object, _: object) -> Self:
        if isinstance(value, cls):
            return value.__copy__()
        items = cls()
        wrong = items._take(value)
        if wrong:
            raise _refusal(cls, wrong)
        return items

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        # The inner schema is there for the JSON schema.
        any_item = handler.generate_schema(Union[tuple(cls.models.values())])  # noqa: UP007  # no "|" over a tuple
        return core_schema.no_info_wrap_validator_function(
            cls._read,
            core_schema.list_schema(any_item),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._dump, info_arg=True),
        )


class TransferItems(Items[AnyTransferItem]):
    """The items of a transfer: read like a tuple of `TransferItem` and `TransferSymlinkItem`."""

    __slots__ = ()
    models: ClassVar[Mapping[str, type[Payload]]] = {
        "transfer_item": TransferItem,
        "transfer_symlink_item": TransferSymlinkItem,
    }
    key: ClassVar[str] = "destination_path"

    def add(
        self,
        source_path: str,
        destination_path: str,
        recursive: bool | None = None,
        external_checksum: str | None = None,
        checksum_algorithm: str | None = None,
    ) -> None:
        """Adds an item of these fields; `pydantic.ValidationError`, and nothing is added, where one is wrong."""
        if external_checksum is None and checksum_algorithm is None:
            try:
                source, destination, _ = _plain()((source_path, destination_path, recursive))
            except ValidationError:
                pass  # wrong, or with characters that JSON has to escape: the model tells
            else:
                self._rest.append(
                    f'{{"DATA_TYPE":"transfer_item","source_path":"{source}","destination_path":"{destination}"'
                    f"{_RECURSIVE[recursive]}}}"
                )
                self._keys.append(hash(destination.rstrip("/")))
                if len(self._rest) == PART:
                    self._join()
                return
        fields = ("source_path", "destination_path", "recursive", "external_checksum", "checksum_algorithm")
        values = (source_path, destination_path, recursive, external_checksum, checksum_algorithm)
        self.append(dict(zip(fields, values, strict=True)))

    @classmethod
    def kept_elsewhere(cls, read_again: Callable[[], Iterable[dict[str, Any]]]) -> ItemsElsewhere:
        """Items, none yet, that stay elsewhere; `read_again` reads from there all that were taken, as JSON."""
        return _TransferItemsElsewhere(read_again)


class _TransferItemsElsewhere(ItemsElsewhere, TransferItems):
    pass


class DeleteItems(Items[DeleteItem]):
    """The items of a delete: read like a tuple of `DeleteItem`."""

    __slots__ = ()
    models: ClassVar[Mapping[str, type[Payload]]] = {"delete_item": DeleteItem}
    key: ClassVar[str] = "path"

    @classmethod
    def kept_elsewhere(cls, read_again: Callable[[], Iterable[dict[str, Any]]]) -> ItemsElsewhere:
        """Items, none yet, that stay elsewhere; `read_again` reads from there all that were taken, as JSON."""
        return _DeleteItemsElsewhere(read_again)


class _DeleteItemsElsewhere(ItemsElsewhere, DeleteItems):
    pass


_RECURSIVE = {False: ',"recursive":false', True: ',"recursive":true', None: ""}


@cache
def _plain() -> Callable[[tuple[object, object, object]], tuple[str, str, bool | None]]:
    # Names that are neither ".." nor need an escape in JSON: what this takes, the model takes too.
    name = r'\.{0,2}[^/\x00-\x1f"\\.][^/\x00-\x1f"\\]*|\.{3,}[^/\x00-\x1f"\\]*|\.'
    path = core_schema.str_schema(pattern=rf'^(?:~[^/\x00-\x1f"\\]*)?(?:/(?:{name})?)+$', strict=True)
    recursive = core_schema.nullable_schema(core_schema.bool_schema(strict=True))
    return SchemaValidator(core_schema.tuple_schema([path, path, recursive])).validate_python


def _key(path: str) -> int:
    return hash(path.rstrip("/"))


def _several_of(keys: "array[int]") -> set[int]:
    """The keys that are there more than once."""
    found: set[int] = set()
    # By turns, so that a million keys are not all made objects at once.
    turns = 1 + len(keys) // 250_000
    for turn in range(turns):
        some = [key for key in keys if key % turns == turn] if turns > 1 else keys
        if len(set(some)) != len(some):
            found |= {key for key, count in Counter(some).items() if count > 1}
    return found


def _placed(error: ValidationError, number: int, *where: str) -> list[InitErrorDetails]:
    """The problems of an item, with its place among the others."""
    details: list[InitErrorDetails] = []
    for detail in error.errors(include_url=False):
        problem = custom_error(detail["type"], detail["msg"], detail.get("ctx", {}))
        details.append(InitErrorDetails(type=problem, loc=(*where, number, *detail["loc"]), input=detail["input"]))
    return details


def _refusal(kind: type[object], wrong: list[InitErrorDetails]) -> ValidationError:
    return ValidationError.from_exception_data(kind.__name__, wrong)


def _unpickled(kind: type[Items[Any]], body: bytes) -> Items[Any]:
    return kind(from_json(body))
