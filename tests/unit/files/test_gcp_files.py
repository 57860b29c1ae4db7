"""The files of Globus Connect Personal as texts: what they say, and why they say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globus_typed.core.fields import is_id
from globus_typed.files.gcp_files import (
    AllowedPath,
    GlobusConnectPersonalOwnerInfo,
    read_allowed_paths,
    read_collection_id,
    read_gridmap,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
DN = "/C=US/O=Globus Consortium/OU=Globus Connect User/CN="


@pytest.mark.parametrize("text", [ID, f"{ID}\n", f"  {ID} \r\n\n", ID.upper()])
def test_the_id_is_one_line(text: str) -> None:
    assert read_collection_id(text) == (ID, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n\n", "is empty"),
        (f"{ID}\n{ID}\n", "must have one line, the id of the collection, got 2"),
        ("my-laptop", 'must have the id of the collection, a UUID, got "my-laptop"'),
        (ID[:-1], f'must have the id of the collection, a UUID, got "{ID[:-1]}"'),
    ],
)
def test_what_is_no_id_has_a_reason(text: str, reason: str) -> None:
    assert read_collection_id(text) == (None, reason)


def test_an_owner_is_known_by_id_or_by_username() -> None:
    by_id = f'"{DN}u_fj6j4ebtwrgv5h3admwd2tqaae" mwren\n'
    assert read_gridmap(by_id) == (
        GlobusConnectPersonalOwnerInfo("2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001", None, "mwren"),
        None,
    )
    by_name = f'# a comment\n"/C=US/CN=other" x\n"{DN}mwren" mw\n{by_id}'
    assert read_gridmap(by_name) == (GlobusConnectPersonalOwnerInfo(None, "mwren@globusid.org", "mw"), None)
    # Not 26 of the characters that stand for an id: a name like others.
    owner, _ = read_gridmap(f'"{DN}u_fj6j4ebtwrgv5h3admwd2tqaa1" mw')
    assert owner is not None
    assert owner.username == "u_fj6j4ebtwrgv5h3admwd2tqaa1@globusid.org"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has no line"),
        (f"{DN}mwren mw", "has no line"),
        (f'"{DN}mwren mw', "cannot be read: No closing quotation"),
        (f'"{DN}mwren"', "got 1 words"),
        (f'"{DN}mwren" mw more', "got 3 words"),
        (f'"{DN}" mw', "must be one of Globus"),
        (f'"{DN}a/b" mw', "must be one of Globus"),
    ],
)
def test_what_is_no_owner_has_a_reason(text: str, reason: str) -> None:
    owner, why = read_gridmap(text)
    assert owner is None
    assert reason in str(why)


def test_a_path_may_have_commas() -> None:
    paths, wrong = read_allowed_paths("~/,0,1\n\n/data/shared,1,0\r\n/scratch/a,b,0,1\n")
    assert paths == (
        AllowedPath("~/", shared=False, writable=True),
        AllowedPath("/data/shared", shared=True, writable=False),
        AllowedPath("/scratch/a,b", shared=False, writable=True),
    )
    assert wrong == []


def test_lines_that_are_none_are_told_by_number_and_the_others_count() -> None:
    paths, wrong = read_allowed_paths("/a,1\n~/,0,1\n/b,0,2\n/c,0,yes\nd,0,1\n/e\n,0,1")
    assert [each.path for each in paths] == ["~/"]
    assert [each.partition(":")[0] for each in wrong] == [f"line {number}" for number in (1, 3, 4, 5, 6, 7)]
    assert "a path and two flags" in wrong[0]
    assert 'must be 0 or 1, got "0,2"' in wrong[1]
    assert "must be absolute" in wrong[3]


@given(st.text())
def test_no_text_is_too_damaged_to_be_read(text: str) -> None:
    id, why = read_collection_id(text)
    assert (id is None) == bool(why)
    assert id is None or is_id(id)
    for line in (text, f'"{DN}{text}'):
        owner, why = read_gridmap(line)
        assert (owner is None) == bool(why)
        assert owner is None or (owner.id is None) != (owner.username is None)
    paths, wrong = read_allowed_paths(text)
    lines = [line for line in text.split("\n") if line.removesuffix("\r").strip()]
    assert len(paths) + len(wrong) == len(lines)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["C"])), st.booleans(), st.booleans()
        )
    )
)
def test_what_was_written_is_read(entries: list[tuple[str, bool, bool]]) -> None:
    written = [AllowedPath(f"/x{name}x", shared, writable) for name, shared, writable in entries]
    text = "\n".join(f"{each.path},{int(each.shared)},{int(each.writable)}" for each in written)
    assert read_allowed_paths(text) == (tuple(written), [])
