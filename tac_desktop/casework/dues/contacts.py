"""Contacts that somebody meant to follow up by a day, and questions to somebody that wait for an answer."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.dues.escalation import TIE, questions
from tac_desktop.casework.record import RecordsByForm


def _find(records: RecordsByForm) -> Iterator[Due]:
    waiting = {question.contact.id: question for question in questions(records) if question.is_open}
    for contact in records.get("contact", ()):
        if contact.id in waiting:
            yield Due(waiting[contact.id].next_on, "chase", contact.form, contact.id)
        elif contact.text("follow_up_by") and contact.answers.get("followed_up") is not True:
            yield Due(contact.text("follow_up_by"), "contact", contact.form, contact.id)


SOURCE: Final = Source(frozenset({"contact", TIE}), _find)
