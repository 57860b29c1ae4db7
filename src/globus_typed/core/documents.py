"""`Document`: the base class of every received document."""

import re
from abc import abstractmethod
from collections.abc import Iterator, KeysView, Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast, overload

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, from_json
from typing_extensions import Self

from globus_typed.core.field_docs import described
from globus_typed.core.fields import Number, is_time
from globus_typed.core.http_info import HTTPInfo, Secret, without_lone_surrogates
from globus_typed.core.json_data import is_list, is_object
from globus_typed.core.outside_text import secretive
from globus_typed.core.pydantic_private import ShownMembers, TimeAttribute
from globus_typed.core.pydantic_versions import READS_JSON_BADLY
from globus_typed.core.readable_errors import ReadableErrors
from globus_typed.core.wire_names import python_name, wire_name

__all__ = ["Document", "Entries", "ListDocument", "Response", "attach", "member_name"]

T = TypeVar("T")


class Document(ReadableErrors, ShownMembers, frozen=True):
    """A document that a service sent: read only, tolerant of what is new, and complete.

    Attributes give typed values. ``doc["name"]``, ``doc.get("name")`` and ``"name" in doc`` read by the name on the
    wire, fields this package does not know included, and give the value as it was sent; ``{**doc}`` and ``dict(doc)``
    are dicts of what was sent. ``doc.http`` is the HTTP exchange it came with.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        alias_generator=wire_name,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
        defer_build=True,
        hide_input_in_errors=True,
    )

    if READS_JSON_BADLY:

        @model_validator(mode="before")
        @classmethod
        def _read_json_first(cls, data: object) -> object:
            return data

    __slots__ = ("_http",)

    _own_names: ClassVar[Mapping[str, str]] = {}
    """The Python names, by those on the wire, of the members whose alias is this document's own."""
    _ids: ClassVar[tuple[str, ...]] = ()
    """The members that a hash is made of: the ids, or for a document without any all that may be texts."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        own: dict[str, str] = {}
        ids: list[str] = []
        others: list[str] = []
        for name, info in cls.model_fields.items():
            if is_time(info):
                setattr(cls, name, TimeAttribute(name))
            elif info.is_required() or name == "id" or name.endswith("_id"):
                ids.append(name)
            else:
                others.append(name)
            if info.alias is not None and info.alias_priority == 2:
                own[info.alias] = name
        cls._own_names = own
        cls._ids = tuple(ids or others)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        return described(cls, handler.resolve_ref_schema(handler(schema)))

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """The document in the body of a response; `pydantic.ValidationError` where it holds another."""
        # By the names on the wire alone: a new member may be called what another one is called in Python.
        try:
            return cls.model_validate_json(body, by_alias=True, by_name=False)
        except ValidationError:
            # One member that no UTF-8 can hold does not make a write that succeeded a failure.
            mended = without_lone_surrogates(body)
            if mended is None:
                raise
        return cls.model_validate_json(mended, by_alias=True, by_name=False)

    @property
    def http(self) -> HTTPInfo | None:
        """The HTTP exchange it came with; None for a document inside another, and for one made by hand."""
        return getattr(self, "_http", None)

    @property
    def http_status(self) -> int | None:
        """The HTTP status it came with."""
        return self.http.status if self.http else None

    @property
    def content_type(self) -> str | None:
        """The Content-Type it came with."""
        return self.http.headers.get("Content-Type") if self.http else None

    @property
    def text(self) -> str | None:
        """The body it came in, decoded."""
        return self.http.body.decode("utf-8", "replace") if self.http else None

    @property
    def data(self) -> Any:
        """The document as plain JSON data, as it was sent: a dict, for most."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def __getitem__(self, key: str) -> Any:
        """The value sent under that name; KeyError where none was sent."""
        extra = self.model_extra
        if extra is not None and key in extra:
            return extra[key]
        name = member_name(self, key)
        # The unknown ones count as set too, but are not in the dict.
        if name in self.model_fields_set and name in self.__dict__:
            return _plain(self.__dict__[name])
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        return member_name(self, key) in self.model_fields_set or key in (self.model_extra or ())

    def get(self, key: str, default: Any = None) -> Any:
        """The value sent under that name, or the default where none was sent."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self) -> KeysView[str]:
        """The names on the wire of what was sent. With them ``{**doc}`` and ``dict(doc)`` work."""
        fields = type(self).model_fields
        sent = [fields[name].alias or name for name in self.__dict__ if name in self.model_fields_set]
        return dict.fromkeys((*sent, *(self.model_extra or ()))).keys()

    def __hash__(self) -> int:
        # Equal documents have equal ids. Other members may hold lists, or be equal without having equal hashes.
        members = self.__dict__
        return hash((type(self), *(value for name in self._ids if isinstance(value := members.get(name), str))))

    def _shown(self, name: str | None, value: object) -> object:
        if name is None or name not in (self.model_extra or ()):
            return value
        return Secret() if _SECRETIVE.search(name) else secretive(value)

    def __copy__(self) -> Self:
        return attach(super().__copy__(), self.http)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return attach(super().__deepcopy__(memo), self.http)

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "_http": self.http}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        attach(self, state.get("_http"))


_SECRETIVE = re.compile(r"token|secret|password|passphrase", re.IGNORECASE)
"""Names of members that no repr shows, where a document has them but does not know them."""

DocumentT = TypeVar("DocumentT", bound=Document)


def attach(document: DocumentT, http: HTTPInfo | None) -> DocumentT:
    """The document itself, with the HTTP exchange it came with."""
    object.__setattr__(document, "_http", http)
    return document


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, Number):
        return int(value)
    if is_list(value):
        return [_plain(item) for item in value]
    if is_object(value):
        return {name: _plain(item) for name, item in value.items()}
    return value


def member_name(document: Document, key: str) -> str:
    """The name in Python of a member of that document by its name on the wire."""
    own = document._own_names  # pyright: ignore[reportPrivateUsage]  # of this module
    return own.get(key) or python_name(key)


class _NoKeys:
    """The absence of `keys`, with which ``dict`` and others would take a document for a mapping."""

    def __get__(self, document: Document | None, kind: type[Document]) -> None:
        raise AttributeError(f"type object {kind.__name__!r} has no attribute 'keys'")


class Entries(Document, Generic[T], frozen=True):
    """Base class of received documents that are lists: iterated, indexed, counted, and false when they are empty."""

    keys: ClassVar[None] = _NoKeys()  # type: ignore[assignment]  # a list has none, so that `{**it}` is an error

    @property
    @abstractmethod
    def _entries(self) -> list[T]: ...

    def __iter__(self) -> Iterator[T]:  # type: ignore[override]  # a list of documents iterates its documents, as documented
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, key: int) -> T: ...
    @overload
    def __getitem__(self, key: slice) -> list[T]: ...
    @overload
    def __getitem__(self, key: str) -> Any: ...
    def __getitem__(self, key: int | slice | str) -> Any:
        """The entry at that index, or the entries of a slice; for a str, the value sent under that name."""
        return super().__getitem__(key) if isinstance(key, str) else self._entries[key]

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) if isinstance(key, str) else key in self._entries


class ListDocument(Entries[T], Generic[T], frozen=True):
    """A list that a service sent in one piece: iterate it, index its `items`, or read the members beside them."""

    items: list[T]
    """The entries, in the service's order (``DATA`` on the wire)."""

    @property
    def _entries(self) -> list[T]:
        return self.items


class Response(Document, frozen=True):
    """The response of a route without a document of its own.

    A JSON object is read like any document; for any other body `data` is the JSON value, or None where it is no JSON,
    and `text` the body, decoded.
    """

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        try:
            value = from_json(without_lone_surrogates(body) or body)
        except ValueError:
            value = None
        return cls.model_validate(value) if isinstance(value, dict) else cls()

    @property
    def data(self) -> Any:
        """The body as JSON data; None where it is no JSON. No repr shows the members that are secret by their names."""
        if self.model_extra or not self.http:
            return secretive(self.model_extra)
        try:
            return secretive(from_json(self.http.body))
        except ValueError:
            return None

    def __getitem__(self, key: str) -> Any:
        """The member of that name; `TypeError` where the body is no JSON object."""
        return self._object(key)[key]

    def keys(self) -> KeysView[str]:
        """The names of the members; `TypeError` where the body is no JSON object."""
        return self._object("members").keys()

    def _object(self, wanted: str) -> dict[str, Any]:
        data: object = self.data
        if not isinstance(data, dict):
            raise TypeError(f"the response is no JSON object, so it has no {wanted!r}: read .data or .text")
        return cast("dict[str, Any]", data)
