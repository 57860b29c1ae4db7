"""`Request`: a value, whose path cannot be led astray by what a caller puts into it."""

from dataclasses import FrozenInstanceError
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest

from globus_typed import GlobusUsageError, Part, Request, Response
from globus_typed.core.http_info import Secret
from globus_typed.core.request import Method

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
ASTRAY: list[Any] = [
    "", ".", "..", "/", "a/b", "../../x", "/etc", "a\n", "a\rb", "a\tb", "\0", "\x7f", "\u2028", "\ud800",
    b"", b"a/b", b"\xff", None, True, 1.5, ["a"], pytest.param(object(), id="object"),
]  # fmt: skip


@pytest.mark.parametrize("value", ASTRAY, ids=ascii)
def test_a_part_that_is_none_is_refused_by_name(value: Any) -> None:
    with pytest.raises(GlobusUsageError, match=r"^the_id: ") as caught:
        Request("GET", ("endpoint", Part("the_id", value)), Response)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("value", "text"), [(ID, ID), (UUID(ID), ID), (ID.encode(), ID), (7, "7"), ("ä".encode(), "ä")]
)
def test_an_id_may_come_as_text_bytes_number_or_uuid(value: Any, text: str) -> None:
    assert unquote(Request("GET", ("endpoint", Part("the_id", value)), Response).target) == f"/endpoint/{text}"


@pytest.mark.parametrize("value", ["a?x=1", "a#b", "a%2Fb", "%2e%2e", "a b", "ä", "a;b=c", "a\\b", "@x", ":80", "..."])
def test_a_part_of_odd_characters_is_quoted(value: str) -> None:
    target = Request("GET", ("endpoint", Part("the_id", value), "ls"), Response).target
    endpoint, quoted, ls = target.split("/")[1:]
    assert (endpoint, ls) == ("endpoint", "ls")
    assert unquote(quoted) == value
    assert not set(quoted) & set("?#;\\@: ")
    assert quoted.isascii()


def test_a_whole_path_is_taken_as_it_is() -> None:
    assert Request("GET", "/v0.10/x?y=1", Response).target == "/v0.10/x?y=1"


@pytest.mark.parametrize(
    ("method", "repeatable", "may"),
    [
        *((method, None, True) for method in ("GET", "HEAD", "PUT", "DELETE")),
        *((method, None, False) for method in ("POST", "PATCH")),
        ("POST", True, True),
        ("GET", False, False),
    ],
)
def test_all_but_posts_and_patches_may_be_repeated_unless_said_otherwise(
    method: Method, repeatable: bool | None, may: bool
) -> None:
    assert Request(method, ("x",), Response, repeatable=repeatable).may_repeat is may


def test_a_request_is_a_value_that_does_not_change() -> None:
    request = Request("GET", ("task", Part("task_id", ID)), Response, query={"a": 1})
    assert request == Request("GET", ("task", Part("task_id", ID)), Response, query={"a": 1})
    assert request.with_query(b=2).query == {"a": 1, "b": 2}
    assert request.query == {"a": 1}
    with pytest.raises(FrozenInstanceError):
        request.method = "POST"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # what is refused


def test_the_repr_of_a_request_shows_no_secret() -> None:
    secrets: list[dict[str, Any]] = [
        {"form": {"refresh_token": "hush"}},
        {"json": {"password": "hush"}},
        {"content": b"hush"},
        {"headers": {"Authorization": "hush"}},
        {"authorization": Secret("hush")},
    ]
    for secret in secrets:
        request: Request[Response] = Request("POST", ("x",), Response, **secret)
        assert "hush" not in f"{request!r} {request}"
