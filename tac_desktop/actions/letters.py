"""Letterbox letters: reading one for what should not stand in it, and noting that these very words were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.permitted import permitted, refuse_unreadable
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.letter_check import READ, Found, found_in
from tac_desktop.casework.letterbox import AGREEMENT, CHECK, LETTER, mark_of
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.errors import LetterChanged, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store


@dataclass(frozen=True, kw_only=True)
class ReadLetter:
    """A letter as it stands, and what should perhaps not stand in it."""

    letter: Record
    words: str
    found: tuple[Found, ...]


@permitted(Deed.READ_CASES)
def read_letter(store: "Store", person: Person, case_file: str, letter: str) -> ReadLetter:
    """Return a letter with the names, places and numbers in it that should perhaps not go to the child's new home.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        letter: The id of the letter's record.

    Raises:
        UnknownRecord: there is no such letter in the case file.
        CaseRestricted: it is closed to the person.
    """
    refuse_unreadable(person, forms.ALL[LETTER])
    refuse_closed(store, case_file)
    record = _letter(store, case_file, letter)
    records = {form: store.records(form, case_file) for form in READ}
    agreement = store.record(record.text("agreement"), AGREEMENT, case_file)
    words = record.text("draft")
    return ReadLetter(letter=record, words=words, found=tuple(found_in(words, records, agreement)))


@permitted(Deed.WRITE_CASES)
def note_read(
    store: "Store", person: Person, case_file: str, read: ReadLetter, *, may_stand: Sequence[Found], now: datetime
) -> str:
    """Note that a person has read a letter and decided what may stand in it; return the id of the note.

    It counts for these very words: a letter that is changed afterwards counts as not read.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        read: What `read_letter` gave.
        may_stand: What was found and may stay all the same.
        now: The time, with its zone.

    Raises:
        LetterChanged: the letter says something else by now.
        UnknownRecord, CaseRestricted, DiskFull, CannotWrite, VaultDamaged.
    """
    refuse_closed(store, case_file)
    if _letter(store, case_file, read.letter.id).text("draft") != read.words:
        raise LetterChanged
    answers = {
        "letter": read.letter.id, "checked_on": now.date().isoformat(), "checked_by": person.name,
        "words": mark_of(read.words), "found": len(read.found),
        "may_stand": "\n".join(found.told() for found in may_stand),
    }  # fmt: skip
    return save_answers(store, person, forms.ALL[CHECK], answers=answers, now=now, case_file=case_file)


def _letter(store: "Store", case_file: str, letter: str) -> Record:
    record = store.record(letter, LETTER, case_file)
    if record is None:
        raise UnknownRecord
    return record
