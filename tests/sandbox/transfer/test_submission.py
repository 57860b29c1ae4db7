"""What may be submitted, what is refused and by which name, and what it means to submit twice."""

import json
import threading
import uuid
from typing import Any

import pytest

from .bench import Bench, good, item, tree, write


def test_a_submission_is_accepted(bench: Bench) -> None:
    issued = bench.get("/submission_id")
    assert issued["DATA_TYPE"] == "submission_id"
    response = bench.request("POST", "/transfer", json=bench.transfer(item("/a", "/a"), submission_id=issued["value"]))
    answer = response.json()
    assert response.status_code == 202
    assert (answer["DATA_TYPE"], answer["code"], answer["resource"]) == ("transfer_result", "Accepted", "/transfer")
    assert answer["submission_id"] == issued["value"]
    assert uuid.UUID(answer["task_id"]).version == 1
    assert answer["task_link"]["href"] == f"task/{answer['task_id']}?format=json"
    assert len(answer["request_id"]) == 9
    assert response.headers["X-Request-Id"] == answer["request_id"]


def test_the_same_document_again_is_the_same_task(bench: Bench) -> None:
    document = bench.transfer(item("/a", "/a"))
    first = good(bench.request("POST", "/transfer", json=document))
    turned = json.dumps(dict(reversed(document.items())), indent=1).encode()
    response = bench.request("POST", "/transfer", content=turned)
    assert (response.status_code, response.json()["code"]) == (200, "Duplicate")
    assert response.json()["task_id"] == first["task_id"]
    for other in (
        document | {"label": "other"},
        document | {"DATA": [item("/a", "/b")]},
        bench.delete("/a", submission_id=document["submission_id"]),
    ):
        refused = bench.refused("POST", f"/{other['DATA_TYPE']}", json=other)
        assert refused[:2] == (409, "Conflict")
        assert "submission_id" in refused[2]
    bench.clock.now += 2 * 86400
    late = document | {"deadline": None}
    assert good(bench.request("POST", "/transfer", json=late))["code"] == "Duplicate"


def test_twelve_threads_make_one_task(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    document = bench.transfer(item("/a", "/a"))
    start = threading.Barrier(12)
    answers: list[dict[str, Any]] = []

    def submit(n: int) -> None:
        start.wait()
        label = {} if n % 3 else {"label": "other"}
        answers.append(bench.request("POST", "/transfer", json=document | label).json())

    threads = [threading.Thread(target=submit, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    codes = sorted(answer["code"] for answer in answers)
    assert codes.count("Accepted") == 1
    assert sorted((codes.count("Conflict"), codes.count("Duplicate"))) in ([4, 7], [3, 8])
    assert len({answer["task_id"] for answer in answers if "task_id" in answer}) == 1
    assert bench.get("/task_list")["total"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verify_cheksum": True}, "verify_cheksum"),
        ({"verify_checksum": "true"}, "verify_checksum"),
        ({"sync_level": 4}, "sync_level"),
        ({"sync_level": "3"}, "sync_level"),
        ({"sync_level": 3.0}, "sync_level"),
        ({"label": "x" * 129}, "label"),
        ({"label": "two\nlines"}, "label"),
        ({"label": " blank"}, "label"),
        ({"deadline": "tomorrow"}, "deadline"),
        ({"deadline": "1700000000"}, "deadline"),
        ({"deadline": 1_800_000_000}, "deadline"),
        ({"deadline": "2001-01-01"}, "deadline"),
        ({"submission_id": "1"}, "submission_id"),
        ({"source_endpoint": "here"}, "source_endpoint"),
        ({"DATA_TYPE": "delete"}, "DATA_TYPE"),
        ({"recursive_symlinks": "follow"}, "recursive_symlinks"),
        ({"length": 2}, "length"),
        ({"filter_rules": [{"method": "exclude", "name": "x"}]}, "filter_rules[0].DATA_TYPE"),
        ({"filter_rules": [{"DATA_TYPE": "filter_rule", "method": "drop", "name": "x"}]}, "filter_rules[0].method"),
        ({"DATA": None}, "DATA"),
        ({"DATA": [item("/a", "/b"), item("/a", "/b", size=1)]}, "DATA[1].size"),
        ({"DATA": [{"source_path": "/a", "destination_path": "/b"}]}, "DATA[0].DATA_TYPE"),
        ({"DATA": [item("/a", "/b") | {"DATA_TYPE": "delete_item"}]}, "DATA[0].DATA_TYPE"),
        ({"DATA": [{"DATA_TYPE": "transfer_item", "source_path": "/a"}]}, "DATA[0].destination_path"),
        ({"DATA": [item("/a", "/b") | {"recursive": "yes"}]}, "DATA[0].recursive"),
        ({"DATA": [item("/a", "/b", external_checksum="xyz")]}, "DATA[0].external_checksum"),
        ({"DATA": [item("/a", "/b", external_checksum="abc")]}, "external_checksum"),
        ({"DATA": [item("/a", "/b", True, external_checksum="0" * 32)]}, "external_checksum"),
        ({"DATA": [item("/a", "/b", checksum_algorithm="CRC")]}, "checksum_algorithm"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(bench: Bench, change: dict[str, object], field: str) -> None:
    document = bench.transfer(item("/a", "/a"))
    status, code, message = bench.refused("POST", "/transfer", json=document | change)
    assert (status, code) == (400, "ClientError.BadRequest")
    assert f"{field}:" in message
    assert bench.get("/task_list")["total"] == 0


@pytest.mark.parametrize("path", ["relative", "x/~", "/a/../b", "/..", "/nul\0", ""])
def test_a_path_that_is_none_is_refused(bench: Bench, path: str) -> None:
    for document, field in (
        (bench.transfer(item("/x", "/x"), item(path, "/x")), "DATA[1].source_path"),
        (bench.transfer(item("/x", path)), "DATA[0].destination_path"),
        (bench.delete(path), "DATA[0].path"),
    ):
        refused = bench.refused("POST", f"/{document['DATA_TYPE']}", json=document)
        assert refused[:2] == (400, "InvalidPath")
        assert refused[2].startswith(f"{field}: ")


def test_missing_fields_and_broken_json_are_refused(bench: Bench) -> None:
    document = bench.transfer(item("/a", "/a"))
    for field in ("DATA_TYPE", "submission_id", "source_endpoint", "destination_endpoint", "DATA"):
        body = {key: value for key, value in document.items() if key != field}
        assert bench.refused("POST", "/transfer", json=body)[1:] == (
            "ClientError.BadRequest",
            f"{field}: this field is required",
        )
    for content in (b"", b"{", b"[]", b'"x"', b'{"label": "\xff"}', b'{"label": "\\ud800"}'):
        assert bench.refused("POST", "/transfer", content=content)[:2] == (400, "ClientError.BadRequest")
    empty = bench.refused("POST", "/transfer", json=bench.transfer())
    assert empty[:2] == (400, "ClientError.BadRequest.NoTransferItems")
    assert bench.refused("POST", "/delete", json=bench.delete())[1] == "ClientError.BadRequest.NoTransferItems"


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [
        ("2030-10-12 09:30Z", "2030-10-12T09:30:00+00:00"),
        ("2030-10-12 12:33:54+00:00", "2030-10-12T12:33:54+00:00"),
        ("2030-10-12T12:33:54.5+02:00", "2030-10-12T10:33:54+00:00"),
        ("2030-10-12", "2030-10-12T00:00:00+00:00"),
        ("2030-10-12 01:00", "2030-10-12T01:00:00+00:00"),
    ],
)
def test_deadlines_may_be_written_in_many_ways(bench: Bench, deadline: str, shown: str) -> None:
    assert bench.run(bench.transfer(item("/a", "/a"), deadline=deadline))["deadline"] == shown


def test_everything_that_may_be_sent_is_accepted(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    document = bench.transfer(
        item("/a", "/a", None, external_checksum=None, checksum_algorithm=None, verify_size=None),
        label="l",
        deadline=None,
        notify_on_succeeded=False,
        notify_on_failed=False,
        notify_on_inactive=False,
        skip_activation_check=True,
        store_base_path_info=False,
        length=1,
        sync_level=None,
        verify_checksum=True,
        preserve_timestamp=True,
        encrypt_data=True,
        delete_destination_extra=True,
        skip_source_errors=True,
        fail_on_quota_errors=True,
        recursive_symlinks="keep",
        filter_rules=[],
        source_local_user="wren",
        destination_local_user=None,
        perf_cc=1,
        perf_p=1,
        perf_pp=1,
        perf_udt=False,
    )
    task = bench.run(document)
    assert (task["status"], task["encrypt_data"], task["fail_on_quota_errors"]) == ("SUCCEEDED", True, True)
    assert (task["source_local_user"], task["destination_local_user"]) == ("wren", None)


def test_only_what_is_yours_can_be_used(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    document = bench.transfer(item("/a", "/stolen"))
    nowhere = str(uuid.uuid4())
    for change in ({"source_endpoint": nowhere}, {"destination_endpoint": nowhere}):
        refused = bench.refused("POST", "/transfer", json=document | change)
        assert refused == (404, "EndpointNotFound", f"No such endpoint '{nowhere}'")
    lark = "lark@sandbox.example"
    assert bench.refused("POST", "/transfer", json=document, token=lark)[:2] == (403, "PermissionDenied")
    bench.source.public = bench.destination.public = True
    assert bench.refused("POST", "/transfer", json=document, token=lark)[:2] == (403, "PermissionDenied")
    assert bench.refused("POST", "/delete", json=bench.delete("/a"), token=lark)[:2] == (403, "PermissionDenied")
    own = bench.state.add_collection("Lark's", bench.there, bench.lark)
    answer = bench.request("POST", "/transfer", json=document | {"destination_endpoint": own.id}, token=lark).json()
    assert bench.state.task(bench.lark, answer["task_id"]).done.wait(20)
    assert tree(bench.there) == {"stolen": "a"}
    assert bench.refused("GET", f"/task/{answer['task_id']}")[:2] == (404, "ClientError.NotFound")


def test_many_items_are_read_and_done(bench: Bench) -> None:
    write(bench.here, {"a": ""})
    task = bench.run(bench.transfer(*(item("/a", f"/d/{n}", False) for n in range(2000))))
    assert (task["status"], task["files_transferred"], len(bench.names(bench.destination, "/d"))) == (
        "SUCCEEDED",
        2000,
        2000,
    )
