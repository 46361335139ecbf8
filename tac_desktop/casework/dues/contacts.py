"""Contacts that somebody meant to follow up by a day."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source


def _find(records: RecordsByForm) -> Iterator[Due]:
    for contact in records.get("contact", ()):
        if contact.text("follow_up_by") and contact.answers.get("followed_up") is not True:
            yield Due(contact.text("follow_up_by"), "contact", contact.form, contact.id)


SOURCE: Final = Source(frozenset({"contact"}), _find)
