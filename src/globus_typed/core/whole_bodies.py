"""Documents that are a bare list (`ArrayBody`, `ArrayDocument`) or a mapping (`MappingDocument`)."""

from collections.abc import ItemsView, Iterator, KeysView, ValuesView
from functools import cache
from typing import Any, Generic, TypeVar, cast, overload

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from typing_extensions import Self

from globus_typed.core.documents import Document, Entries, ListDocument
from globus_typed.core.http_info import without_lone_surrogates
from globus_typed.core.json_data import is_list
from globus_typed.core.pydantic_versions import complete_models
from globus_typed.core.suggestions import with_suggestions

__all__ = ["ArrayBody", "ArrayDocument", "MappingDocument"]

EntryT = TypeVar("EntryT", bound=Document)
OtherT = TypeVar("OtherT")


class ArrayBody(Entries[EntryT], Generic[EntryT], frozen=True):
    """Base class of lists that a service sent as a bare JSON array; a subclass has one field, which holds it."""

    @model_validator(mode="before")
    @classmethod
    def _of_array(cls, document: object) -> object:
        return {_field_of(cls): document} if is_list(document) else document

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler, /) -> CoreSchema:
        serializer = core_schema.wrap_serializer_function_ser_schema(_to_array)
        return cast("CoreSchema", {**handler(source), "serialization": serializer})

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        said = super().__get_pydantic_json_schema__(schema, handler)
        items = next(iter(said["properties"].values()))
        return {**items, "title": said["title"], "description": said["description"]}

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """The list in the body of a response; `pydantic.ValidationError` where it holds no array of such documents."""
        try:
            return cls(**{_field_of(cls): _entries_of(cls).validate_json(without_lone_surrogates(body) or body)})
        except ValidationError as error:
            raise with_suggestions(cls, error) from None

    @property
    def data(self) -> list[Any]:
        """The array as plain JSON data, as it was sent."""
        return [entry.data for entry in self._entries]


class ArrayDocument(ArrayBody[EntryT], ListDocument[EntryT], Generic[EntryT], frozen=True):
    """A list that a service sent as a bare JSON array: iterate it, or index its `items`; `data` is the array."""


def _field_of(kind: type[BaseModel]) -> str:
    return next(iter(kind.model_fields))


@cache
def _entries_of(kind: type[ArrayBody[EntryT]]) -> TypeAdapter[list[EntryT]]:
    entries: Any = kind.model_fields[_field_of(kind)].annotation
    return TypeAdapter(entries, config=ConfigDict(defer_build=True, hide_input_in_errors=True))


def _to_array(document: object, members_of: SerializerFunctionWrapHandler) -> object:
    members: dict[str, object] = members_of(document)
    return next(iter(members.values())) if members else []


class MappingDocument(Document, Generic[EntryT], frozen=True):
    """A JSON object that a service sent whose members are all of one kind: read it as a dict, such as by ids.

    A subclass says of which once more, since pydantic before 2.13 does not know it of a generic class:

        class Counts(MappingDocument[Count], frozen=True):
            __pydantic_extra__: dict[str, Count]

    ``doc[id]`` and `get` give the documents; `keys`, `values`, `items` and `len` are those of a dict. It is true even
    when it is empty, like all documents but lists.
    """

    __pydantic_extra__: dict[str, EntryT]  # pyright: ignore[reportIncompatibleVariableOverride]  # pydantic's way

    @classmethod
    def __pydantic_on_complete__(cls) -> None:
        super().__pydantic_on_complete__()
        complete_models(cls.__annotations__.get("__pydantic_extra__"))

    def __getitem__(self, key: str) -> EntryT:
        """The document under that name; KeyError where there is none."""
        return self.__pydantic_extra__[key]

    def __contains__(self, key: object) -> bool:
        return key in self.__pydantic_extra__

    @overload
    def get(self, key: str, default: None = None) -> EntryT | None: ...
    @overload
    def get(self, key: str, default: OtherT) -> EntryT | OtherT: ...
    def get(self, key: str, default: OtherT | None = None) -> EntryT | OtherT | None:
        """The document under that name, or the default where there is none."""
        return self.__pydantic_extra__.get(key, default)

    def keys(self) -> KeysView[str]:
        """The names, in the service's order."""
        return self.__pydantic_extra__.keys()

    def values(self) -> ValuesView[EntryT]:
        """The documents, in the service's order."""
        return self.__pydantic_extra__.values()

    def items(self) -> ItemsView[str, EntryT]:
        """The names with their documents, in the service's order."""
        return self.__pydantic_extra__.items()

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # as a dict, and not as pydantic's models
        return iter(self.__pydantic_extra__)

    def __len__(self) -> int:
        return len(self.__pydantic_extra__)

    def __bool__(self) -> bool:
        return True
