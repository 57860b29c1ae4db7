"""What the builders of transfers and deletes have in common."""

import copy
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

from pydantic import ConfigDict, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError
from typing_extensions import Self

from globus_typed.documents import Identifier, Payload, python_name, wire_name
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.documents.fields import Deadline, Label
from globus_typed.transfer.documents.sequence import Items

__all__ = ["AnyTransferClient", "TaskBuilder"]


class AnyTransferClient(Protocol):
    """A `TransferClient` or `AsyncTransferClient`."""

    @property
    def get_submission_id(self) -> Callable[..., Any]:
        """The method that fetches a submission id."""
        ...


class TaskBuilder(Payload):
    """A task to submit. Its attributes are its fields; ``data["label"]`` reads and sets them by their wire names.

    What is built here has `items` besides, of its own kind.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(loc_by_alias=False)

    submission_id: Identifier | None = None
    """What makes this task one however often it is submitted; None: fetched when it is first submitted."""
    label: Label | None = None
    """What the task is called: one line of at most 128 characters, with no blanks around it."""
    deadline: Deadline | None = None
    """When the task ends, done or not; None: 24 hours after it is submitted."""
    notify_on_succeeded: bool | None = None
    """Whether to send an e-mail when the task has succeeded; None: yes."""
    notify_on_failed: bool | None = None
    """Whether to send an e-mail when the task has failed; None: yes."""
    notify_on_inactive: bool | None = None
    """Whether to send an e-mail when the task is held up; None: yes."""
    store_base_path_info: bool | None = None
    """Whether the task tells what all its paths begin with; None: no."""
    skip_activation_check: bool | None = None
    """Whether endpoints may be inactive when it is submitted; None: no (deprecated)."""
    length: int | None = None
    """How many items there are; nobody needs to say it (deprecated)."""

    def check(self) -> Self:
        """This builder itself, checked as a whole; `pydantic.ValidationError` where something is wrong or missing."""
        given = dict(self)
        checked = self.model_validate(given)
        items: Items[Payload] = vars(self)["items"]
        count = len(items)
        if not count:
            problem = PydanticCustomError("too_short", "there must be at least one: add it with add_item")
            raise self._error("items", problem)
        if self.length not in (None, count):
            problem = PydanticCustomError(
                "length", "must be left out, or be {count} as there are items", {"count": count}
            )
            raise self._error("length", problem)
        for name, value in checked:
            # What came in past the checks, by model_copy or model_construct, becomes what it would have been.
            if (type(value), value) != (type(given[name]), given[name]):
                vars(self)[name] = value
        return self

    def _error(self, field: str, problem: PydanticCustomError) -> ValidationError:
        detail = InitErrorDetails(type=problem, loc=(field,), input=getattr(self, field))
        return ValidationError.from_exception_data(type(self).__name__, [detail])

    def __getitem__(self, key: str) -> Any:
        """The value that is sent under that name; KeyError where none is."""
        return self.model_dump(mode="json", include={python_name(key)}, exclude_none=True)[key]

    def __setitem__(self, key: str, value: Any) -> None:
        """Sets the field of that name, as assigning to the attribute does."""
        setattr(self, python_name(key), value)

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        name = python_name(key)
        return name in type(self).model_fields and wire_name(name) == key and getattr(self, name) is not None

    def __copy__(self) -> Self:
        clone = super().__copy__()
        vars(clone)["items"] = copy.copy(vars(self)["items"])
        return clone


def take_fields(
    args: tuple[Any, ...], keywords: Mapping[str, Any], names: tuple[str, ...], without_client: int
) -> dict[str, Any]:
    """The fields that the arguments of a builder give, without the client.

    `names` are those that go by position after a client; `without_client`, how many of them do without one.
    """
    fields = dict(keywords)
    if "transfer_client" in fields:
        client = fields.pop("transfer_client")
        if client is not None and not _is_client(client):
            raise GlobusUsageError(f"transfer_client: must be a client of Transfer, got {type(client).__name__}")
    elif args and (args[0] is None or _is_client(args[0])):
        args = args[1:]
    else:
        names = names[:without_client]
    if len(args) > len(names):
        raise GlobusUsageError(f"only {', '.join(names)} go by position here, the others by keyword; got {len(args)}")
    for name, value in zip(names, args, strict=False):
        if name in fields:
            raise GlobusUsageError(f"{name}: given by position and by keyword")
        fields[name] = value
    return fields


def _is_client(value: object) -> bool:
    return hasattr(value, "get_submission_id")
