"""The node of Globus Connect Server that this machine is."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from globus_typed import LocalGlobusConnectServer

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20002"
INFO = {"endpoint_id": ID, "domain_name": "ab12cd.larkspur.example", "client_id": ID}


def test_all_that_is_known(tmp_path: Path) -> None:
    file = tmp_path / "info.json"
    file.write_text(json.dumps(INFO))
    found = LocalGlobusConnectServer.detect(info_path=file)
    assert found is not None
    assert (found.endpoint_id, found.domain_name) == (ID, "ab12cd.larkspur.example")
    assert (found.info_dict, found.problems) == (INFO, ())
    assert repr(found) == f"LocalGlobusConnectServer(info_path={str(file)!r})"
    file.write_text("{}")
    assert found.endpoint_id == ID
    found.reload()
    assert found.endpoint_id is None


def test_elsewhere_there_is_none(tmp_path: Path) -> None:
    assert LocalGlobusConnectServer.detect(info_path=tmp_path / "none") is None
    assert LocalGlobusConnectServer.detect() is None
    assert repr(LocalGlobusConnectServer()) == "LocalGlobusConnectServer()"
    bare = LocalGlobusConnectServer(info_path=str(tmp_path / "none"))
    assert (bare.info_dict, bare.endpoint_id, bare.domain_name) == (None, None, None)
    assert [str(each) for each in bare.problems] == [f"{tmp_path / 'none'}: does not exist"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[1]", ["must be a JSON object, got [1]"]),
        ("{", ["is not JSON: "]),
        ("[" * 100_000, ["is not JSON: "]),
        ("{}", ["endpoint_id: is missing", "domain_name: is missing"]),
        (json.dumps({**INFO, "endpoint_id": 7}), ["endpoint_id: must be a string, not empty, got 7"]),
        (json.dumps({**INFO, "endpoint_id": "mine"}), ['endpoint_id: must be a UUID, got "mine"']),
        (json.dumps({**INFO, "domain_name": None}), ["domain_name: must be a string, not empty, got None"]),
    ],
)
def test_what_is_not_known_has_a_reason(tmp_path: Path, text: str, problems: list[str]) -> None:
    file = tmp_path / "info.json"
    file.write_text(text)
    found = LocalGlobusConnectServer.detect(info_path=file)
    assert found is not None
    assert len(found.problems) == len(problems)
    for problem, expected in zip(found.problems, problems, strict=True):
        assert problem.what.startswith(expected)
    assert (found.endpoint_id is None) == any("JSON" in each or "endpoint_id" in each for each in problems)


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_makes_it_raise(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "info.json"
    file.write_bytes(content)
    found = LocalGlobusConnectServer.detect(info_path=file)
    assert found is not None
    assert found.problems
    assert (found.endpoint_id, found.domain_name) == (None, None)
