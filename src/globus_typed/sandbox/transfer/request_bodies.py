"""The request bodies, read strictly: an unknown or ill-typed field is refused by its name."""

from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    FailFast,
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    with_config,
)
from pydantic_core import CoreSchema, ErrorDetails
from pydantic_core.core_schema import no_info_after_validator_function
from typing_extensions import NotRequired, TypedDict

from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import Id, Label, Path, PathBelowRoot, Time

__all__ = [
    "Body",
    "DeleteBody",
    "DeleteItem",
    "FilterRule",
    "MkdirBody",
    "RenameBody",
    "SymlinkBody",
    "TaskUpdateBody",
    "TransferBody",
    "TransferItem",
    "read",
]

# Found out by `read`, which has a code of its own for it.
_NOT_EMPTY = Field(json_schema_extra={"minItems": 1})
_STRICT = ConfigDict(extra="forbid", strict=True)
_CHECKSUM_LENGTHS = {"MD5": 32, "SHA1": 40, "SHA256": 64, "SHA512": 128}


def _target(text: str) -> str:
    if "\0" in text:
        raise ValueError("a symlink has no NUL character")
    return text


def _pattern(text: str) -> str:
    if "/" in text:
        raise ValueError("a pattern is for names, which have no slash, not for paths")
    return text


@with_config(_STRICT)
class _TransferItem(TypedDict):
    DATA_TYPE: Literal["transfer_item"]
    source_path: Path
    destination_path: Path
    recursive: NotRequired[bool | None]
    external_checksum: NotRequired[Annotated[str, Field(pattern="^[0-9a-fA-F]+$")] | None]
    checksum_algorithm: NotRequired[str | None]
    verify_size: NotRequired[Annotated[int, Field(ge=0)] | None]


@with_config(_STRICT)
class _SymlinkItem(TypedDict):
    DATA_TYPE: Literal["transfer_symlink_item"]
    source_path: Path
    destination_path: PathBelowRoot


def _compact(item: _TransferItem | _SymlinkItem) -> "TransferItem":
    if item["DATA_TYPE"] == "transfer_symlink_item":
        return TransferItem(item["source_path"], item["destination_path"], link=True)
    recursive, checksum = item.get("recursive"), item.get("external_checksum")
    algorithm = item.get("checksum_algorithm")
    if algorithm is not None:
        algorithm = algorithm.upper().replace("-", "")
        if algorithm not in _CHECKSUM_LENGTHS:
            raise ValueError(f"checksum_algorithm: not one of {', '.join(_CHECKSUM_LENGTHS)}")
    if checksum is not None:
        if recursive:
            raise ValueError("external_checksum: only a file has one, not a recursive item")
        algorithm = algorithm or "MD5"
        if len(checksum) != _CHECKSUM_LENGTHS[algorithm]:
            raise ValueError(f"external_checksum: {algorithm} has {_CHECKSUM_LENGTHS[algorithm]} hexadecimal digits")
        checksum = checksum.lower()
    return TransferItem(
        item["source_path"], item["destination_path"], recursive, False, checksum, algorithm, item.get("verify_size")
    )


class TransferItem(NamedTuple):
    """One item of a transfer, as small as it can be kept; `link` is true for a transfer_symlink_item."""

    source_path: str
    destination_path: str
    recursive: bool | None = None
    link: bool = False
    external_checksum: str | None = None
    checksum_algorithm: str | None = None
    verify_size: int | None = None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        items = Annotated[_TransferItem | _SymlinkItem, Field(discriminator="DATA_TYPE")]
        return no_info_after_validator_function(_compact, handler.generate_schema(items))


@with_config(_STRICT)
class _DeleteItem(TypedDict):
    DATA_TYPE: Literal["delete_item"]
    path: PathBelowRoot


class DeleteItem(NamedTuple):
    """One item of a delete."""

    path: str

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(_compact_delete, handler.generate_schema(_DeleteItem))


def _compact_delete(item: _DeleteItem) -> DeleteItem:
    return DeleteItem(item["path"])


class Body(BaseModel):
    model_config = _STRICT


class FilterRule(Body):
    """One line of `filter_rules`; the first that matches an item's name decides."""

    DATA_TYPE: Literal["filter_rule"]
    method: Literal["exclude", "include"]
    type: Literal["file", "dir"] | None = None
    name: Annotated[str, Field(min_length=1), AfterValidator(_pattern)]


class Submission(Body):
    """Base class of transfers and deletes (Transfer API: task submission)."""

    submission_id: Id
    label: Label | None = None
    deadline: Time | None = None
    notify_on_succeeded: bool = True
    notify_on_failed: bool = True
    notify_on_inactive: bool = True
    skip_activation_check: bool = False
    store_base_path_info: bool = False
    length: int | None = None


class TransferBody(Submission):
    """The body of `POST /transfer`."""

    DATA_TYPE: Literal["transfer"]
    source_endpoint: Id
    destination_endpoint: Id
    DATA: Annotated[list[TransferItem], FailFast(), _NOT_EMPTY]
    sync_level: Annotated[int, Field(ge=0, le=3)] | None = None
    verify_checksum: bool = False
    preserve_timestamp: bool = False
    encrypt_data: bool = False
    delete_destination_extra: bool = False
    skip_source_errors: bool = False
    fail_on_quota_errors: bool = False
    recursive_symlinks: Literal["ignore", "keep", "copy"] = "ignore"
    filter_rules: list[FilterRule] | None = None
    source_local_user: str | None = None
    destination_local_user: str | None = None
    perf_cc: int | None = None
    perf_p: int | None = None
    perf_pp: int | None = None
    perf_udt: bool | None = None


class DeleteBody(Submission):
    """The body of `POST /delete`."""

    DATA_TYPE: Literal["delete"]
    endpoint: Id
    DATA: Annotated[list[DeleteItem], FailFast(), _NOT_EMPTY]
    recursive: bool = False
    ignore_missing: bool = False
    interpret_globs: bool = False
    local_user: str | None = None


class MkdirBody(Body):
    """The body of an mkdir."""

    DATA_TYPE: Literal["mkdir"]
    path: Path
    local_user: str | None = None


class RenameBody(Body):
    """The body of a rename."""

    DATA_TYPE: Literal["rename"]
    old_path: PathBelowRoot
    new_path: PathBelowRoot
    local_user: str | None = None


class SymlinkBody(Body):
    """The body of a symlink; a link may lead out of its collection, but nobody can follow it there."""

    DATA_TYPE: Literal["symlink"]
    symlink_target: Annotated[str, Field(min_length=1), AfterValidator(_target)]
    path: PathBelowRoot


class TaskUpdateBody(Body):
    """The body of a `PUT` on a task; only what is sent is changed."""

    DATA_TYPE: Literal["task"]
    label: Label | None = None
    deadline: Time = ""


_B = TypeVar("_B", bound=Body)


def read(kind: type[_B], body: bytes) -> _B:
    """The body as a document of this kind; TransferRefused 400 names the first fields that are wrong."""
    try:
        document = kind.model_validate_json(body)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        message = "; ".join(f"{_field(problem)}: {_problem(problem)}" for problem in problems[:10])
        code = "InvalidPath" if all(p["type"] == "invalid_path" for p in problems) else "ClientError.BadRequest"
        raise TransferRefused(400, code, message) from None
    if isinstance(document, TransferBody | DeleteBody):
        if not document.DATA:
            raise TransferRefused(400, "ClientError.BadRequest.NoTransferItems", "DATA: there are no items")
        if document.length is not None and document.length != len(document.DATA):
            raise bad_request("length", f"DATA has {len(document.DATA)} items, not {document.length}")
    return document


def _field(problem: ErrorDetails) -> str:
    path = ""
    for step in problem["loc"]:
        if isinstance(step, int):
            path += f"[{step}]"
        # pydantic puts the item's type after its index; the document has no such step
        elif not (path.endswith("]") and step in ("transfer_item", "transfer_symlink_item")):
            path += f".{step}" if path else step
    if problem["type"].startswith("union_tag"):
        path += ".DATA_TYPE"
    return path or "body"


def _problem(problem: ErrorDetails) -> str:
    if problem["type"] == "extra_forbidden":
        return "there is no such field"
    if problem["type"] in ("missing", "union_tag_not_found"):
        return "this field is required"
    return problem["msg"].removeprefix("Value error, ")
