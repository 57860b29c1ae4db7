"""Builders by the forms of globus-sdk, where they are dicts."""

from typing import Any

import pytest
from pydantic import ValidationError

from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import DeleteData, FilterRule, TransferData

A, B = "c0a81f30-7d52-4e0b-9b1e-5f2e6a100001", "c0a81f30-7d52-4e0b-9b1e-5f2e6a100002"


def test_additional_fields_are_fields_by_their_names_on_the_wire() -> None:
    data = TransferData(A, B, label="x", additional_fields={"perf_cc": 4, "verify_checksum": True, "DATA": []})
    assert (data.perf_cc, data.verify_checksum, data.label) == (4, True, "x")
    assert DeleteData(A, additional_fields={"ignore_missing": True}).ignore_missing is True
    with pytest.raises(ValidationError, match='did you mean "label"'):
        TransferData(A, B, additional_fields={"labl": "x"})
    with pytest.raises(GlobusUsageError, match="label: is given twice"):
        TransferData(A, B, label="x", additional_fields={"label": "y"})
    wrong: Any = [("label", "x")]
    with pytest.raises(GlobusUsageError, match="additional_fields: must be a mapping"):
        DeleteData(A, additional_fields=wrong)


def test_additional_fields_of_an_item() -> None:
    data = TransferData(A, B)
    data.add_item("/a", "/b", external_checksum="00ff", additional_fields={"verify_size": 5})
    (item,) = data.iter_items()
    assert data["DATA"] == [
        {
            "DATA_TYPE": "transfer_item",
            "source_path": "/a",
            "destination_path": "/b",
            "recursive": False,
            "external_checksum": "00ff",
            "verify_size": 5,
        }
    ]
    with pytest.raises(ValidationError, match="verify_siz"):
        data.add_item("/a", "/c", additional_fields={"verify_siz": 5})
    with pytest.raises(GlobusUsageError, match="source_path: is given twice"):
        data.add_item("/a", "/c", additional_fields={"source_path": "/x"})
    assert list(data.iter_items()) == [item]
    data.add_item("/d/", "/d/", additional_fields={"recursive": True})
    assert [each.get("recursive") for each in data.iter_items()] == [False, True]
    with pytest.raises(GlobusUsageError, match="recursive: is given twice"):
        data.add_item("/e/", "/e/", recursive=True, additional_fields={"recursive": False})
    delete = DeleteData(A)
    delete.add_item("/a", additional_fields={"DATA_TYPE": "delete_item"})
    assert [each["path"] for each in delete.iter_items()] == ["/a"]


def test_items_are_read_by_name() -> None:
    data = TransferData(A, B)
    data.add_item("/a", "/b")
    data.add_symlink_item("/c", "/d")
    assert [(item["source_path"], item.get("recursive")) for item in data.iter_items()] == [("/a", False), ("/c", None)]
    assert "recursive" in data.items[0]
    assert "external_checksum" not in data.items[0]
    with pytest.raises(KeyError):
        data.items[0]["external_checksum"]
    assert FilterRule(name="*", method="exclude")["method"] == "exclude"


def test_get_gives_what_is_sent() -> None:
    data = TransferData(A, B, sync_level="mtime")
    assert (data.get("sync_level"), data.get("label"), data.get("label", "none")) == (2, None, "none")
    assert data.get("DATA") == []
    assert data.get("data_type") is None


def test_update_sets_all_or_nothing() -> None:
    data = TransferData(A, B, label="x")
    data.update({"label": "y", "sync_level": "size", "DATA": iter([{"source_path": "/a", "destination_path": "/b"}])})
    assert (data.label, data["sync_level"], len(data.items)) == ("y", 1, 1)
    with pytest.raises(ValidationError, match="sync_level"):
        data.update({"label": "z", "sync_level": 9})
    with pytest.raises(ValidationError, match="labl"):
        data.update({"sync_level": 3, "labl": "z"})
    assert (data.label, data["sync_level"], len(data.items)) == ("y", 1, 1)
