"""That the mother was told who her child's social worker is."""

from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.allocation import FORM
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store


@permitted(Deed.WRITE_CASES)
def note_told(store: "Store", person: Person, case_file: str, record_id: str, *, now: datetime) -> None:
    """Write down that the mother was told today of a social worker, by the person at work.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        record_id: The record of the social worker.
        now: The time, with its zone.

    Raises:
        UnknownRecord: there is no such social worker in the case file.
        AnswersRefused: she took over on a day that is still to come.
        CaseRestricted: the case file is closed to her.
    """
    case_file = store.joined_cases.read_under(case_file)
    refuse_closed(store, case_file)
    worker = store.record(record_id, FORM, case_file)
    if worker is None or worker.case_file != case_file:
        raise UnknownRecord
    answers = {"told_how": f"By {person.name}"} | dict(worker.answers) | {"mother_told": now.date().isoformat()}
    save_answers(store, person, forms.ALL[FORM], answers=answers, now=now, case_file=case_file, record_id=record_id)
