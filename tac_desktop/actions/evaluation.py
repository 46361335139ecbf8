"""Counts the evaluation report of a vault."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework import forms
from tac_desktop.casework.alternatives import Alternative
from tac_desktop.casework.answers import Declined
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation.evidence import FORMS, Evidence
from tac_desktop.casework.evaluation.report import EvaluationReport, evaluate
from tac_desktop.casework.own_labels import OwnLabels, in_one_spelling
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed, may_read
from tac_desktop.casework.record import Record
from tac_desktop.errors import UnknownPrison

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store


@permitted(Deed.COUNT_EVALUATION)
def evaluation_report(
    store: "Store", person: Person, as_of: str, prison: str = "", *, now: datetime
) -> EvaluationReport:
    """Return every table and statement of the evaluation that the person may count, and note that it was counted.

    A worker's report lacks what only a manager may read: the second mothers' survey, the surveys of staff and
    practitioners, the evaluation's activities.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        as_of: The ISO date: everything is counted as it was known on it.
        prison: A code or label: only this prison's cases and staff; '' counts all.
        now: The time, with its zone.

    Raises:
        NotPermitted: the person's role counts nothing.
        UnknownPrison: no mother and no member of staff of the vault is of this prison.
    """
    readable = [form for form in FORMS if may_read(person.role, forms.ALL[form])]
    found = {form: store.records(form, known_on=as_of) for form in readable}
    records = in_one_spelling(found)
    wanted = _prison(store, records, prison)
    facts: Facts = {"as_of": as_of}
    if wanted in {code.code for code in code_list("prison").codes}:
        facts["prison"] = wanted
    note_event(store, person, Event.REPORT_COUNTED, now=now, facts=facts)
    evidence = Evidence(records=records, as_of=as_of, prison=wanted, withdrawn=_withdrawn(store))
    other = [one for several in found.values() for one in store.contradictions.alternatives(several, as_of)]
    return evaluate(evidence, _in_one_spelling(other, records))


def _in_one_spelling(found: Sequence[Alternative], records: Mapping[str, Sequence[Record]]) -> list[Alternative]:
    """Return alternatives with the spellings of what is counted."""
    if not found:
        return []
    labels = OwnLabels(record for several in records.values() for record in several)
    shown = {record.id: record for several in records.values() for record in several}
    return [
        replace(one, record=shown[one.record.id], otherwise=one.otherwise and labels.in_one_spelling(one.otherwise))
        for one in found
    ]


def _withdrawn(store: "Store") -> frozenset[str]:
    """Return the women who do not consent today: they are in no later run, not even in one as of an earlier day."""
    refusals = (False, Declined())
    return frozenset(r.id for r in store.records("mother") if r.answers.get("evaluation_consent") in refusals)


def _prison(store: "Store", counted: Mapping[str, Sequence[Record]], wanted: str) -> str:
    """Return the prison as the records name it, those that are counted first; '' where none is wanted."""
    if not wanted.strip():
        return ""
    found = code_list("prison").find(wanted)
    if found:
        return found
    forms_that_name = ("mother", "staff_survey")
    named = [r.text("prison") for form in forms_that_name for r in (*counted.get(form, ()), *store.records(form))]
    same = [prison for prison in named if prison.casefold() == wanted.strip().casefold()]
    if not same:
        raise UnknownPrison
    return same[0]
