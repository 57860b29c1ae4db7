# Generated from test_async_existence.py by tools/unasync.py: change that file.
"""Whether something is there, and directories that are to be there: by the requests that are sent."""

import json
from typing import Literal

import httpx
import pytest

from globus_typed import GlobusUsageError, NotFoundError, PermissionDeniedError, TransferAPIError

from .service import ID, Service, error, ok

pytestmark = pytest.mark.anyio

MADE = ok(202, DATA_TYPE="mkdir_result", code="DirectoryCreated", message="made")
THERE = error(502, "ExternalError.MkdirFailed.Exists")
NO_PARENT = error(502, "ExternalError.MkdirFailed")


def stat(type: str) -> httpx.Response:
    return ok(DATA_TYPE="file", name="x", type=type)


def calls(service: Service) -> list[str]:
    """What was asked for: a path of mkdir, or ``stat`` and the path."""
    return [
        json.loads(each.content)["path"] if each.content else f"stat {each.url.params['path']}"
        for each in service.requests
    ]


@pytest.mark.parametrize(
    ("answer", "type", "there"),
    [
        (stat("file"), None, True),
        (stat("dir"), None, True),
        (stat("other"), None, True),
        (stat("file"), "file", True),
        (stat("dir"), "file", False),
        (stat("file"), "dir", False),
        (stat("invalid_symlink"), None, False),
        (error(404, "NotFound"), None, False),
        (error(404, "ClientError.NotFound"), "dir", False),
    ],
)
def test_something_is_there_or_not(answer: httpx.Response, type: Literal["file", "dir"] | None, there: bool) -> None:
    service = Service(answer)
    assert service.transfer().exists(ID, "/a/x", type=type, local_user="me") is there
    assert service.queries == [{"path": "/a/x", "local_user": "me"}]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error(404, "EndpointNotFound"), NotFoundError),
        (error(403, "EndpointPermissionDenied"), PermissionDeniedError),
        (error(502, "ExternalError.StatFailed.GCDisconnected"), TransferAPIError),
    ],
)
def test_what_cannot_be_told_is_raised(answer: httpx.Response, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        Service(answer).transfer().exists(ID, "/a/x")


def test_wrong_use_is_refused_before_anything_is_sent() -> None:
    service = Service(stat("dir"))
    client = service.transfer()
    with pytest.raises(GlobusUsageError, match='type: must be "file" or "dir"'):
        client.exists(ID, "/a", type="directory")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # the point
    for path in ("a/b", "", "/a/../b"):
        with pytest.raises(GlobusUsageError, match="path: must"):
            client.exists(ID, path)
        with pytest.raises(GlobusUsageError, match="path: must"):
            client.ensure_directory(ID, path)
    for path, told in (("C:\\data\\a b", 'it is "/C/data/a b"'), ("\\\\server\\share", "network share")):
        for call in (client.operation_ls, client.exists, client.ensure_directory):
            with pytest.raises(GlobusUsageError, match=told):
                call(ID, path)
    assert not service.requests


def test_one_request_where_the_directory_above_is_there() -> None:
    service = Service(MADE)
    assert service.transfer().ensure_directory(ID, "/a/b/") == ["/a/b"]
    assert calls(service) == ["/a/b"]
    assert json.loads(service.requests[0].content) == {"DATA_TYPE": "mkdir", "path": "/a/b"}


def test_a_directory_that_is_there_is_left_alone() -> None:
    service = Service(THERE, stat("dir"))
    assert service.transfer().ensure_directory(ID, "/a/b", local_user="me") == []
    assert calls(service) == ["/a/b", "stat /a/b"]
    assert json.loads(service.requests[0].content)["local_user"] == service.queries[1]["local_user"] == "me"


def test_a_file_in_its_place_is_an_error() -> None:
    with pytest.raises(TransferAPIError) as caught:
        Service(THERE, stat("file")).transfer().ensure_directory(ID, "/a/b")
    assert caught.value.code == "ExternalError.MkdirFailed.Exists"


def test_those_above_are_made_first() -> None:
    service = Service(NO_PARENT, error(404, "ClientError.NotFound"), MADE, MADE, MADE)
    assert service.transfer().ensure_directory(ID, "/~/a/b/c") == ["/~/a", "/~/a/b", "/~/a/b/c"]
    assert calls(service) == ["/~/a/b/c", "/~/a/b", "/~/a", "/~/a/b", "/~/a/b/c"]
    service = Service(NO_PARENT, THERE, MADE)
    assert service.transfer().ensure_directory(ID, "/a/b/c") == ["/a/b/c"]
    assert calls(service) == ["/a/b/c", "/a/b", "/a/b/c"]


def test_another_program_may_be_quicker() -> None:
    service = Service(NO_PARENT, NO_PARENT, MADE, THERE, THERE, stat("dir"))
    assert service.transfer().ensure_directory(ID, "/a/b/c") == ["/a"]
    assert calls(service) == ["/a/b/c", "/a/b", "/a", "/a/b", "/a/b/c", "stat /a/b/c"]


@pytest.mark.parametrize(
    ("answers", "sent"),
    [
        ([error(502, "ExternalError.MkdirFailed.PermissionDenied")], 1),
        ([error(403, "EndpointPermissionDenied")], 1),
        ([error(404, "EndpointNotFound")], 1),
        ([NO_PARENT], 3),  # at the root, there is no other above
        ([NO_PARENT, THERE, NO_PARENT], 3),  # it was for another reason: a full disk
        ([NO_PARENT, error(403, "EndpointPermissionDenied")], 2),
    ],
)
def test_other_refusals_are_raised(answers: list[httpx.Response], sent: int) -> None:
    service = Service(*answers)
    with pytest.raises(TransferAPIError):
        service.transfer().ensure_directory(ID, "/a/b/c")
    assert len(service.requests) == sent


def test_a_root_is_looked_at() -> None:
    for path in ("/", "/~/", "~"):
        service = Service(stat("dir"))
        assert service.transfer().ensure_directory(ID, path) == []
        assert calls(service) == [f"stat {path}"]
    with pytest.raises(NotFoundError):
        Service(error(404, "EndpointNotFound")).transfer().ensure_directory(ID, "/")


def test_a_lost_request_is_sent_again() -> None:
    service = Service(httpx.ReadTimeout("lost"), THERE, stat("dir"))
    assert service.transfer().ensure_directory(ID, "/a") == []
    assert len(service.pauses) == 1
