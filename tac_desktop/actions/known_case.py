"""Reads a case as it was known on a day, with what was not settled then."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.addenda import FORM as ADDENDUM
from tac_desktop.actions.addenda import as_shown
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed, without_closed
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.case_view import CaseView, Contradiction
from tac_desktop.casework.directory import AGENCY, PROFESSIONAL
from tac_desktop.casework.letterbox import CHECK
from tac_desktop.casework.office import is_link_to
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.errors import UnknownCase

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_ALSO_TOLD: Final = (CHECK, ADDENDUM)


@permitted(Deed.READ_CASES)
def case_as_known(store: "Store", case_file: str, known_on: str, *, office_about: str | None = None) -> CaseView:
    """Return a case as it was known on a day (ISO), with the hearings that were then still ahead.

    Of what a verb wrote the checks of letters are told, on which rests whether a letter may be printed, and what was
    added to a record after it was sealed.

    Args:
        store: The store of the open vault.
        case_file: The case file.
        known_on: The ISO date.
        office_about: For a letter: the id of the record that it is about, '' for none. Then the rules of the prisons
            are there as they are now, and of the directory who is named in that record, or is that record.

    Raises:
        UnknownCase: there is no such case file, or nothing of it was known yet.
        CaseRestricted: it is closed to the person.
    """
    refuse_closed(store, case_file)
    told = [form for form in forms.ALL.values() if form.keeping == "case" and (form.by_hand or form.name in _ALSO_TOLD)]
    records = {form.name: tuple(without_closed(store, store.records(form.name, case_file, known_on))) for form in told}
    if not records["mother"]:
        raise UnknownCase
    records["hearing"] = tuple(without_closed(store, store.records("hearing", case_file, known_on, ahead=True)))
    records[ADDENDUM] = tuple(as_shown(store, one) for one in records[ADDENDUM])
    contradictions = tuple(_contradictions(store, records, known_on))
    if office_about is not None:
        records |= _of_the_office(store, records, office_about)
    return CaseView(mother=records["mother"][0], records=records, known_on=known_on, contradictions=contradictions)


def _of_the_office(
    store: "Store", records: Mapping[str, Sequence[Record]], about: str
) -> dict[str, tuple[Record, ...]]:
    """Return the prisons' rules, and who of the directory is named in a record, with her agency."""
    named = [about, *_linked(next((one for several in records.values() for one in several if one.id == about), None))]
    people = tuple(_here(store, PROFESSIONAL, named))
    agencies = tuple(_here(store, AGENCY, [one.text("agency") for one in people]))
    return {"prison_rules": tuple(store.records("prison_rules")), PROFESSIONAL: people, AGENCY: agencies}


def _here(store: "Store", form: str, record_ids: Sequence[str]) -> Iterator[Record]:
    for record_id in record_ids:
        found = store.record(record_id, form) if record_id else None
        if found is not None:
            yield found


def _linked(record: Record | None) -> list[str]:
    if record is None:
        return []
    return [record.text(field.name) for field in forms.ALL[record.form].fields if is_link_to(field, PROFESSIONAL)]


def _contradictions(store: "Store", records: Mapping[str, Sequence[Record]], known_on: str) -> Iterator[Contradiction]:
    """Yield the questions of a case that were not settled on the day, each with its other answers."""
    for several in records.values():
        by_question: dict[tuple[str, str], list[Answer | None]] = {}
        for one in store.contradictions.alternatives(several, known_on):
            answer = one.otherwise.answers.get(one.field) if one.otherwise else None
            by_question.setdefault((one.record.id, one.field), []).append(answer)
        for (record_id, question), others in by_question.items():
            yield Contradiction(record_id, several[0].form, question, tuple(others))
