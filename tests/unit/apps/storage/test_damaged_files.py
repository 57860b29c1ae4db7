"""Whatever lies in the place of a store, it is tokens or an error that names the place; never silently no tokens."""

import json
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st

from globus_typed.apps.errors import StoreError
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.core.json_data import is_object

from .some_tokens import AUTH, TRANSFER, tokens

DOCUMENT: dict[str, Any] = {
    "data": {"DEFAULT": {TRANSFER: tokens().to_dict(), AUTH: tokens(AUTH, "AgExampleAuth1").to_dict()}},
    "format_version": "2.0",
    "globus-sdk.version": "4.10.0",
}
GOOD = json.dumps(DOCUMENT).encode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=10), each, max_size=3),
    max_leaves=10,
)
SECRETS = ("AgExample",)


@contextmanager
def store_with(content: bytes) -> Generator[JSONTokenStorage]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tokens.json"
        path.touch(mode=0o600)
        path.write_bytes(content)
        yield JSONTokenStorage(path)


def found_in(content: bytes) -> dict[str, Any] | None:
    """The tokens in a file of that content; None if it is a damaged one, which then was left as it was."""
    with store_with(content) as storage:
        found, problem = dict[str, TokenStorageData](), None
        try:
            found = storage.get_token_data_by_resource_server()
        except StoreError as error:
            problem = error
        if problem:
            assert storage.filepath in str(problem)
            assert not any(secret in str(problem) for secret in SECRETS)
            assert (problem.__cause__, problem.__context__) == (None, None)
            assert Path(storage.filepath).read_bytes() == content
            return None
        storage.store_token_data_by_resource_server({"new": tokens("new")})
        after = storage.get_token_data_by_resource_server()
        assert after == {**found, "new": tokens("new")}
        return {name: each.to_dict() for name, each in found.items()}


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    assert found_in(content) is None


@given(st.integers(0, len(GOOD) - 1))
def test_a_torn_file(length: int) -> None:
    assert found_in(GOOD[:length]) is None


@given(st.integers(0, len(GOOD) - 1), st.integers(1, len(GOOD)))
def test_a_file_with_a_hole(start: int, length: int) -> None:
    # As file systems leave it after a crash: its length is there, and its content is not.
    length = min(length, len(GOOD) - start)
    assert found_in(GOOD[:start] + bytes(length) + GOOD[start + length :]) is None


@settings(max_examples=300)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_changed_byte(place: int, value: int) -> None:
    found = found_in(GOOD[:place] + bytes([value]) + GOOD[place + 1 :])
    # The name of the namespace may have become another one; then all tokens are in that.
    assert found is None or len(found) == 2 or b'"DEFAULT"' not in GOOD[:place] + bytes([value]) + GOOD[place + 1 :]


@given(st.data())
def test_a_changed_member(data: st.DataObject) -> None:
    document: Any = json.loads(GOOD)
    steps = data.draw(st.sampled_from([[], ["data"], ["data", "DEFAULT"], ["data", "DEFAULT", TRANSFER]]))
    part = document
    for step in steps:
        part = part[step]
    part[data.draw(st.sampled_from(sorted(part)) | st.text(max_size=5))] = data.draw(JSON)
    content = json.dumps(document).encode()
    found = found_in(content)
    if found is not None:
        expected = json.loads(content)["data"].get("DEFAULT", {})
        assert found == {name: {k: v for k, v in each.items() if v is not None} for name, each in expected.items()}


@given(JSON)
def test_any_json(document: Any) -> None:
    assert found_in(json.dumps(document).encode()) is None


@given(JSON, JSON, JSON)
def test_any_json_in_the_form_of_a_store(data: Any, other: Any, version: Any) -> None:
    cases: tuple[tuple[dict[str, Any], Any], ...] = (
        ({"data": data, "format_version": "2.0", "more": other}, data.get("DEFAULT", {}) if is_object(data) else None),
        ({"by_rs": data, "format_version": "1.0", "more": other}, data),
        ({"data": {}, "format_version": version}, {} if version == "2.0" else None),
    )
    for document, said in cases:
        found = found_in(json.dumps(document).encode())
        assert found is None or found == said == {}


@given(st.data())
def test_a_changed_encrypted_file(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "GLOBUS_TYPED_TOKEN_KEY", Fernet.generate_key().decode())
        with store_with(GOOD) as storage:
            storage.store_token_data_by_resource_server({TRANSFER: tokens()})
            content = Path(storage.filepath).read_bytes()
            assert len(storage.get_token_data_by_resource_server()) == 2
        place = data.draw(st.integers(0, len(content) - 1))
        cut = data.draw(st.booleans())
        value = data.draw(st.integers(0, 255).filter(lambda value: value != content[place]))
        changed = content[:place] if cut else content[:place] + bytes([value]) + content[place + 1 :]
        with store_with(changed) as storage:
            try:
                # What is changed is noticed, unless it is a character of no account, at the end.
                assert set(storage.get_token_data_by_resource_server()) == {TRANSFER, AUTH}
            except StoreError as error:
                problem = str(error)
            else:
                problem = storage.filepath
        assert storage.filepath in problem
