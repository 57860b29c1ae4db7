"""`TaskBuilder`: the base class of the builders of transfers and deletes."""

import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from itertools import chain
from typing import Any, ClassVar, Final, Protocol
from uuid import uuid4

from pydantic import ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError
from typing_extensions import Self

from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import Payload
from globus_typed.core.request import Body
from globus_typed.errors import GlobusUsageError, GlobusWarning
from globus_typed.transfer.documents.fields import Deadline, Label
from globus_typed.transfer.documents.item_list import Items
from globus_typed.transfer.documents.official_forms import DictForms, with_additional_fields
from globus_typed.transfer.documents.task_findings import Finding, common_findings, first_findings

__all__ = ["AnyTransferClient", "TaskBuilder"]


class AnyTransferClient(Protocol):
    """A `TransferClient` or `AsyncTransferClient`."""

    @property
    def get_submission_id(self) -> Callable[..., Any]:
        """The method that fetches a submission id."""
        ...


class TaskBuilder(DictForms):
    """A task to submit. Its attributes are its fields; ``data["label"]`` reads and sets them by their wire names.

    Each kind of task has `items` of its own kind besides.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(loc_by_alias=False)

    submission_id: Identifier | None = None
    """The id that makes this one task however often it is submitted; None: fetched when it is first submitted, and
    kept."""
    label: Label | None = None
    """The name of the task: one line of at most 128 characters, with no blanks around it."""
    deadline: Deadline | None = None
    """When the task ends, done or not; None: 24 hours after it is submitted."""
    notify_on_succeeded: bool | None = None
    """Whether to send an e-mail when the task has succeeded; None: yes."""
    notify_on_failed: bool | None = None
    """Whether to send an e-mail when the task has failed; None: yes."""
    notify_on_inactive: bool | None = None
    """Whether to send an e-mail when the task is held up; None: yes."""
    store_base_path_info: bool | None = None
    """Whether the task shows the common beginning of all its paths; None: no."""
    skip_activation_check: bool | None = None
    """Whether endpoints may be inactive when it is submitted; None: no (deprecated)."""
    length: int | None = None
    """How many items there are; nobody needs to say it (deprecated)."""

    @classmethod
    def to_submit(cls, data: Self | Mapping[str, Any], now: float | None = None) -> Self:
        """The builder itself, or one of the document that a mapping holds, checked as a whole.

        Parameters: `now`, in seconds since the epoch (None: by this machine's clock).
        Raises `pydantic.ValidationError`, which names the field, for what the service would refuse; warns with
        `GlobusWarning` of what is merely suspicious.
        """
        return (data if isinstance(data, cls) else cls.of(data)).check(now)

    def check(self, now: float | None = None) -> Self:
        """This builder itself, checked as a whole, items against items too. Parameters and errors as of `to_submit`."""
        given = dict(self)
        checked = self.model_validate(given)
        time = datetime.now(timezone.utc) if now is None else datetime.fromtimestamp(now, timezone.utc)
        findings = chain(
            common_findings(len(vars(checked)["items"]), checked.length, checked.deadline, time), checked._findings()
        )
        refused, suspicious = first_findings(findings)
        for finding in suspicious:
            warnings.warn(str(finding), GlobusWarning, stacklevel=_stacklevel())
        if refused:
            details = [
                InitErrorDetails(
                    type=PydanticCustomError("whole", "{message}", {"message": finding.message}),
                    loc=finding.loc,
                    input=getattr(checked, str(finding.loc[0])),
                )
                for finding in refused
            ]
            raise ValidationError.from_exception_data(type(self).__name__, details)
        for name, value in checked:
            # A value that came in past the checks, by model_copy or model_construct, becomes what it would have been.
            # Not by setattr, which replaces all values, a submission id among them that another thread has just set.
            if (type(value), value) != (type(given[name]), given[name]):
                vars(self)[name] = value
        return self

    def _findings(self) -> Iterator[Finding]:
        """Findings about this task as a whole."""
        raise NotImplementedError

    def to_wire(self) -> bytes:
        """The JSON that is sent, which is that of ``model_dump_json()``."""
        return b"".join(self.body().parts)

    def body(self) -> Body:
        """The JSON that is sent, in parts, as this builder is now."""
        head = self.model_dump_json(exclude={"items"}).encode()
        items: Items[Payload] = vars(self)["items"]
        parts = [head[:-1], b',"DATA":[']
        for number, part in enumerate(items.json_parts()):
            parts += (b",", part) if number else (part,)
        return Body((*parts, b"]}"))

    def batches(self, *, max_items: int | None = None, max_bytes: int | None = None) -> Iterator[Self]:
        """Builders of the same fields that share out the items in their order: together the same job.

        Each is a task of its own, with a submission id of its own, which it gets when it is submitted. Nothing is sent,
        and this builder stays as it is.

        Parameters: `max_items`, how many items a batch may have (100,000 where neither is given); `max_bytes`, how
        many bytes its document may have.
        Raises `GlobusUsageError` for a limit that is no number above 0, or that one item alone is over; for a wrong
        document as `to_submit`.
        """
        for name, limit in (("max_items", max_items), ("max_bytes", max_bytes)):
            given: object = limit
            if limit is not None and (not isinstance(given, int) or isinstance(given, bool) or given < 1):
                raise GlobusUsageError(f"{name}: must be a number above 0, got {limit!r}")
        if max_items is None and max_bytes is None:
            max_items = 100_000
        items: Items[Payload] = vars(self.check())["items"].__copy__()
        empty = self.model_copy(update={"items": items[:0], "submission_id": None, "length": None})
        room = None if max_bytes is None else max_bytes - empty.body().length - len(f'"submission_id":"{uuid4()}",')
        return (empty.model_copy(update={"items": run}) for run in items.runs(max_items, room))

    def __copy__(self) -> Self:
        clone = super().__copy__()
        # Assignment copies them.
        clone.__setattr__("items", vars(self)["items"])  # declared by the kinds of tasks, each its own
        return clone

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        said = super().__get_pydantic_json_schema__(schema, handler)
        # A builder without items is no task yet.
        name = "DATA" if "DATA" in said["properties"] else "items"
        said["properties"][name]["minItems"] = 1
        return {**said, "required": list(dict.fromkeys([*said.get("required", ()), name]))}


class _NotGiven(str):
    """The default of arguments that are a str or a UUID, and may be left out but not be None."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "..."


NOT_GIVEN: Final[str] = _NotGiven()
"""The default of ids that may go by position or by keyword."""


def given_fields(
    builder: type[TaskBuilder], places: tuple[object, ...], names: tuple[str, ...], arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields that the arguments of a builder's constructor give, by name, without those left at their defaults.

    Parameters: `builder`, the class that has the constructor; `places`, the positional arguments, of which the first
    may be a client or None; `names`, the fields that the others stand for; `arguments`, all by parameter.
    """
    client = arguments["transfer_client"]
    if client is not None and not _is_client(client):
        raise GlobusUsageError(f"transfer_client: must be a client of Transfer, got {type(client).__name__}")
    fields: dict[str, Any] = {**arguments["unknown"]}
    for name, info in builder.model_fields.items():
        value = arguments.get(name, NOT_GIVEN)
        if value is not NOT_GIVEN and value is not info.default and not (name == "items" and value == ()):
            fields[name] = value
    first, *ids = places
    if first is not None and not _is_client(first):
        ids.insert(0, first)
    ids = [each for each in ids if each is not NOT_GIVEN]
    if len(ids) > len(names):
        raise GlobusUsageError(
            f"only {', '.join(names)} go by position where no client of Transfer goes first, the others by keyword; "
            f"got {len(ids)}"
        )
    for name, value in zip(names, ids, strict=False):
        if name in fields:
            raise GlobusUsageError(f"{name}: given by position and by keyword")
        fields[name] = value
    additional = arguments["additional_fields"]
    return fields if additional is None else with_additional_fields(fields, additional)


def _is_client(value: object) -> bool:
    return hasattr(value, "get_submission_id")


def _stacklevel() -> int:
    """How far up the caller's own code is, as `warnings.warn` counts."""
    level, frame = 0, inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__", "").startswith("globus_typed."):
        level, frame = level + 1, frame.f_back
    return level
