"""What must hold between the records of one case file: what cannot be is refused, what is unlikely is asked about.

The rules stand in modules of their own, each for one kind of work. What is imported or arrives from a colleague is
never refused by them: it is recorded elsewhere as it is.
"""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework import (
    allocation_rules,
    contact_rules,
    custody_rules,
    family_rules,
    letter_rules,
    order_rules,
    work_rules,
)
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted
from tac_desktop.casework.record import RecordsByForm

RULES: Final[tuple[CaseRule, ...]] = (
    *family_rules.RULES,
    *order_rules.RULES,
    *work_rules.RULES,
    *contact_rules.RULES,
    *letter_rules.RULES,
    *custody_rules.RULES,
    *allocation_rules.RULES,
)


def needed(form: str) -> frozenset[str]:
    """Return the forms whose records must be read before a record of a form is checked; none where no rule asks."""
    return frozenset[str]().union(*(rule.needs for rule in RULES if rule.form == form))


def case_problems(
    form: str, answers: Answers, records: RecordsByForm, today: str, record_id: str = ""
) -> dict[str, str]:
    """Return a sentence for each field whose answer cannot stand beside the other records; empty if all is well.

    Args:
        form: The form's name.
        answers: All answers of the record as it shall be.
        records: The other records of the case file, of the forms in `needed`; never the record itself.
        today: Today's ISO date.
        record_id: The record's id, '' for a new one.
    """
    told: dict[str, str] = {}
    for found in _found(form, Wanted(answers, records, today, record_id)):
        if isinstance(found, Impossible):
            told.setdefault(found.field, found.sentence)
    return told


def case_doubts(form: str, answers: Answers, records: RecordsByForm, today: str, record_id: str = "") -> list[Doubt]:
    """Return what is unlikely beside the other records and may be true all the same; arguments as `case_problems`."""
    return [each for each in _found(form, Wanted(answers, records, today, record_id)) if isinstance(each, Doubt)]


def _found(form: str, wanted: Wanted) -> Iterator[Found]:
    for rule in RULES:
        if rule.form == form:
            yield from rule.find(wanted)
