"""Messages that came in, also for a woman without a case file: who waits for an answer, and one into her case file."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions import caseload
from tac_desktop.actions.answers import changes_of, save_answers
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.reading import office_records
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change
from tac_desktop.casework.mailbox import FORM, TELLS_OF_HER, as_contact, for_whom, unanswered
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.errors import AnswersRefused, MessageAnswered, MessageLogged, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.casework.caseload import CaseloadRow
    from tac_desktop.storage.store import Store

CHOOSE_CASE_FILE = "Say first whose case file it belongs into."


@permitted(Deed.READ_CASES)
def messages(store: "Store", person: Person) -> list[Record]:
    """Return the messages that came in, the longest ago first, without those for a case file closed to the person."""
    return office_records(store, person, FORM)


@permitted(Deed.READ_CASES)
def waiting(store: "Store", person: Person) -> list[Record]:
    """Return the messages that nobody has answered, the longest ago first."""
    return unanswered(office_records(store, person, FORM))


@permitted(Deed.READ_CASES)
def seems_for(store: "Store", person: Person, message: Record, *, today: str) -> "CaseloadRow | None":
    """Return the one case file into which a message seems to belong; None where none or several fit its words.

    Args:
        store: Where to look.
        person: Who is at work.
        message: The message.
        today: Today's ISO date.
    """
    if message.text("about"):
        return caseload.row_of(store, message.text("about"))
    words = for_whom(message).strip()
    found = caseload.numbers(store, person, today, "all", typed=words) if words else ()
    return next(iter(caseload.page(store, found)), None) if len(found) == 1 else None


@permitted(Deed.WRITE_CASES)
def log_message(store: "Store", person: Person, message_id: str, *, now: datetime, case_file: str = "") -> str:
    """Write a message into the contact log of the case file that it names; return the contact's id.

    The message says from then on whose case file it is and since when it is logged. Where that is restricted, it says
    neither whose it is nor any more what: that stands in the case file now. All or nothing.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        message_id: The record of the message.
        now: The time, with its zone.
        case_file: The case file, where the message does not name it.

    Raises:
        UnknownRecord: there is no such message.
        MessageLogged: somebody has logged it already.
        AnswersRefused: no case file is named, or the contact cannot stand as it is.
        CaseRestricted: the case file, or the one that the message names, is closed to her.
    """
    message = store.record(message_id, FORM)
    if message is None:
        raise UnknownRecord
    case_file = case_file or message.text("about")
    if not case_file:
        raise AnswersRefused({"about": CHOOSE_CASE_FILE})
    refuse_closed(store, case_file, message.case_file)
    if "logged_on" in message.answers:
        raise MessageLogged
    contact, changes = changes_of(
        store, person, forms.ALL["contact"], answers=as_contact(message, now.date().isoformat()), now=now,
        case_file=case_file,
    )  # fmt: skip
    store.save([*changes, *_as_logged(store, person, message, case_file, now)], author=person.id, now=now)
    return contact


def _as_logged(store: "Store", person: Person, message: Record, case_file: str, now: datetime) -> Sequence[Change]:
    """Return what says in a message that it was logged; saved with the contact, so that one undo takes both back."""
    answers = {**message.answers, "logged_on": now.date().isoformat(), "about": case_file}
    if _is_restricted(store, case_file):
        answers = {name: answer for name, answer in answers.items() if name not in TELLS_OF_HER}
    return changes_of(store, person, forms.ALL[FORM], answers=answers, now=now, record_id=message.id)[1]


def _is_restricted(store: "Store", case_file: str) -> bool:
    return case_file in store.restrictions()


@permitted(Deed.WRITE_CASES)
def note_answered(store: "Store", person: Person, message_id: str, *, now: datetime) -> None:
    """Write into a message that the person at work has answered it today.

    Raises:
        UnknownRecord: there is no such message.
        MessageAnswered: somebody has answered it already.
        CaseRestricted: it names a case file that is closed to her.
    """
    message = store.record(message_id, FORM)
    if message is None:
        raise UnknownRecord
    refuse_closed(store, message.case_file)
    if "answered_on" in message.answers:
        raise MessageAnswered
    answers = {**message.answers, "answered_on": now.date().isoformat(), "answered_by": person.name}
    save_answers(store, person, forms.ALL[FORM], answers=answers, now=now, record_id=message_id)
