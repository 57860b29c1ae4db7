"""Undocumented workings of pydantic that documents rely on: a new pydantic that works in another way fails here."""

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from pydantic import BaseModel
from rich.pretty import pretty_repr

from globus_typed.core.documents import Document
from globus_typed.core.fields import Timestamp
from globus_typed.core.pydantic_private import is_base_init


class Note(Document, frozen=True):
    """A document with a time."""

    made: Timestamp | None = None


def test_members_are_shown_by_one_method_wherever_a_model_is_shown() -> None:
    note = Note.from_body(b'{"new_secret": "s3same", "other": "x"}')
    for text in (repr(note), str(note), pretty_repr(note)):
        assert "s3same" not in text
        assert "other" in text
    assert callable(BaseModel.__dict__["__repr_args__"])


def test_fields_are_stored_without_setting_attributes() -> None:
    sent = "2030-01-31T12:00:00Z"
    for note in (Note.from_body(b'{"made": "%s"}' % sent.encode()), Note.model_validate({"made": sent})):
        assert note.made == datetime(2030, 1, 31, 12, tzinfo=timezone.utc)
        assert vars(note)["made"] == note["made"] == sent
        assert note.model_copy() == note
    assert "made" in Note.model_fields


def test_documents_inside_others_are_read_without_calling_init() -> None:
    called: list[str] = []

    class Line(Document, frozen=True):
        """A document with an `__init__` that is marked as no more than pydantic's own."""

        if not TYPE_CHECKING:

            @is_base_init
            def __init__(self, **fields: object) -> None:
                called.append("Line")
                super().__init__(**fields)

    class Lines(Document, frozen=True):
        """A document with documents inside."""

        lines: list[Line]

    assert len(Lines.model_validate({"lines": [{}, {}]}).lines) == 2
    assert not called
    Line()
    assert called == ["Line"]
