"""Items by the thousand: kept in parts, read back as models, sent as they were checked."""

import copy
import pickle
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import from_json, to_json

from globus_typed import DeleteData, GlobusUsageError, TransferData
from globus_typed.core.problems import explain
from globus_typed.transfer import TransferItem, TransferSymlinkItem
from globus_typed.transfer.documents.item_list import PART, TransferItems

A, B = "c0a81f30-7d52-4e0b-9b1e-5f2e6a100001", "c0a81f30-7d52-4e0b-9b1e-5f2e6a100002"
MANY = 2 * PART + 5


def numbered(count: int) -> TransferData:
    data = TransferData(A, B, label="many")
    for n in range(count):
        data.add_item(f"/from/{n}", f"/to/{n}", recursive=(False, True, None)[n % 3])
    return data


def test_many_items_read_back_wherever_they_are_kept() -> None:
    items = numbered(MANY).items
    assert len(items) == MANY
    for n in (0, 1, PART - 1, PART, 2 * PART - 1, 2 * PART, MANY - 1, -1, -MANY, 3, PART + 3):
        item = items[n]
        assert isinstance(item, TransferItem)
        assert item.source_path == f"/from/{n % MANY}"
        assert item.recursive is (False, True, None)[n % MANY % 3]
    assert [item.destination_path for item in items] == [f"/to/{n}" for n in range(MANY)]
    for n in (MANY, -MANY - 1):
        with pytest.raises(IndexError):
            items[n]


@pytest.mark.parametrize(
    "some", [slice(0, 3), slice(PART - 2, PART + 2), slice(None, None, -500), slice(-3, None), slice(5, 5), slice(None)]
)
def test_a_slice_has_the_same_items(some: slice) -> None:
    items = numbered(MANY).items
    assert list(items[some]) == list(items)[some]
    assert items[some] == items[some]
    part = items[some]
    part.append({"source_path": "/more", "destination_path": "/more"})
    assert len(items) == MANY


def test_the_document_that_goes_out_is_the_one_that_was_built() -> None:
    data = numbered(MANY)
    sent = from_json(data.to_wire())
    assert len(sent["DATA"]) == MANY
    assert sent["DATA"][PART] == {
        "DATA_TYPE": "transfer_item",
        "source_path": f"/from/{PART}",
        "destination_path": f"/to/{PART}",
        "recursive": True,
    }
    assert sent == data.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert from_json(to_json(data, by_alias=True, exclude_none=True)) == sent
    assert TransferData.model_validate(sent) == data == TransferData.model_validate_json(data.to_wire())
    assert data.body().length == len(data.to_wire())


def test_copies_and_pickles_of_many_items_are_equal_and_independent() -> None:
    data = numbered(MANY)
    for clone in (copy.copy(data), copy.deepcopy(data), pickle.loads(pickle.dumps(data))):
        assert clone == data
        clone.add_item("/x", "/y")
        assert clone != data
    assert len(data.items) == MANY


def test_items_may_be_added_to_themselves() -> None:
    data = numbered(PART + 1)
    data.add_items(data.items)
    assert len(data.items) == 2 * PART + 2
    assert data.items[PART + 1] == data.items[0]


paths = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: f"/{text}") | st.text(max_size=3)


@given(st.lists(st.tuples(paths, paths, st.sampled_from([True, False, None]))))
def test_adding_checks_and_sends_what_the_model_does(given: list[tuple[str, str, bool | None]]) -> None:
    data = TransferData(A, B)
    sent: list[Any] = []
    for source, destination, recursive in given:
        try:
            item = TransferItem(source_path=source, destination_path=destination, recursive=recursive)
        except ValidationError as error:  # noqa: PERF203
            with pytest.raises(ValidationError) as caught:
                data.add_item(source, destination, recursive)
            places = [("items", len(sent), *problem["loc"]) for problem in error.errors()]
            assert [problem["loc"] for problem in caught.value.errors()] == places
        else:
            data.add_item(source, destination, recursive)
            sent.append(item)
    assert list(data.items) == sent
    body = b",".join(to_json(item, by_alias=True, exclude_none=True) for item in sent)
    assert b",".join(data.items.json_parts()) == body
    assert list(data.items[::-1]) == sent[::-1]


@pytest.mark.parametrize("wrong", ["\ud800", "/\udfff", b"/x", "/a/../b", "/..", "x"])
def test_what_is_no_path_is_refused(wrong: Any) -> None:
    data = TransferData(A, B)
    with pytest.raises(ValidationError):
        data.add_item("/x", wrong)
    with pytest.raises(ValidationError):
        data.add_item(wrong, "/x")
    assert not data.items


def test_a_refusal_says_which_item_and_why() -> None:
    data = numbered(4711)
    with pytest.raises(ValidationError) as caught:
        data.add_item("/x", "data/out")
    message = 'items[4711].destination_path: must be absolute (start with "/" or "~"), got "data/out"'
    assert explain(caught.value) == message
    place, problem = str(caught.value).splitlines()[1:]
    assert place == "items.4711.destination_path"
    assert problem.startswith('  must be absolute (start with "/" or "~"), got "data/out"')
    assert len(data.items) == 4711


def test_of_many_problems_twenty_are_told_and_the_others_counted() -> None:
    wrong = [{"source_path": f"{n}", "destination_path": "/x"} for n in range(2000)]
    for refuse in (
        lambda: TransferData(A, B).add_items(wrong),
        lambda: TransferData(A, B, items=wrong),
        lambda: TransferData.of({"source_endpoint": A, "destination_endpoint": B, "DATA": wrong}),
    ):
        with pytest.raises(ValidationError) as caught:
            refuse()
        lines = explain(caught.value, 100).splitlines()
        assert len(lines) == 21
        assert lines[19].startswith("items[19].source_path: must be absolute")
        assert lines[20] == "items: and 1980 more problems"


def test_items_that_break_off_are_not_added() -> None:
    data = numbered(PART - 1)

    def broken() -> Any:
        yield {"source_path": "/x", "destination_path": "/y"}
        yield TransferSymlinkItem(source_path="/x", destination_path="/z")
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError):
        data.add_items(broken())
    assert data == numbered(PART - 1)
    data.add_items([])
    wrong: Any
    for wrong in (5, "/x", {"source_path": "/x"}, None):
        with pytest.raises(ValidationError, match="must be items"):
            data.add_items(wrong)


def test_batches_are_together_the_same_job() -> None:
    data = numbered(MANY)
    data.submission_id = A
    batches = list(data.batches(max_items=1000))
    assert [len(batch.items) for batch in batches] == [1000, 1000, MANY - 2000]
    assert [item for batch in batches for item in batch.items] == list(data.items)
    for batch in batches:
        assert (batch.label, batch.source_endpoint, batch.submission_id) == ("many", A, None)
        batch.check()
    assert (len(data.items), data.submission_id) == (MANY, A)


def test_batches_keep_within_so_many_bytes() -> None:
    data = numbered(300)
    batches = list(data.batches(max_bytes=5000))
    assert [item for batch in batches for item in batch.items] == list(data.items)
    for batch in batches:
        batch.submission_id = A
        assert batch.body().length <= 5000
    for batch, following in pairwise(batches):
        one_more = TransferItems([*batch.items, following.items[0]])
        assert batch.model_copy(update={"items": one_more}).body().length > 5000


def test_batches_of_a_delete_and_by_default() -> None:
    data = DeleteData(A, recursive=True)
    data.add_items({"path": f"/{n}"} for n in range(7))
    (whole,) = data.batches()
    assert whole == data
    assert [len(batch.items) for batch in data.batches(max_items=3)] == [3, 3, 1]


def test_limits_that_cannot_be_are_refused_by_name() -> None:
    data = numbered(3)
    limit: Any
    for limit in (0, -1, True, 1.5, "10"):
        with pytest.raises(GlobusUsageError, match="max_items"):
            data.batches(max_items=limit)
        with pytest.raises(GlobusUsageError, match="max_bytes"):
            data.batches(max_bytes=limit)
    with pytest.raises(GlobusUsageError, match=r"max_bytes: .*items\[0\]"):
        list(data.batches(max_bytes=300))
    with pytest.raises(ValidationError, match="items"):
        TransferData(A, B).batches()
