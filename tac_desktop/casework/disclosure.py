"""What may be shown to whom: what a reader must not see is taken out before anything is made.

A paper that is made from disclosed records cannot leak what was withheld, whatever it prints.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.dues.due import RecordsByForm
from tac_desktop.casework.fields import Reader
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record

COURT_AND_PARTIES: frozenset[Reader] = frozenset({"court", "other_party"})
"""The readers of what is filed: every party gets what the court gets."""

_ON_THE_RECORD = "withheld_from"
"""The answer by which one record, whatever its form says, is kept from readers."""


def disclosed(records: RecordsByForm, readers: AbstractSet[Reader]) -> dict[str, tuple[Record, ...]]:
    """Return what all of `readers` may see of the records of one case file, by form.

    Left out are records marked 'Not to be shown to' one of them, answers whose question is withheld from one of
    them, and answers to questions that this version does not know: nobody has said that they may be shown.
    """
    kept = {
        form: tuple(_without_withheld(record, readers) for record in group if not _is_withheld(record, readers))
        for form, group in records.items()
        if form in ALL
    }
    return {form: group for form, group in kept.items() if group}


def may_be_shown(form: str, field: str, readers: AbstractSet[Reader]) -> bool:
    """Say whether all of `readers` may see the answers to a question."""
    questions = ALL[form].by_name
    return field in questions and not _is_kept_from(questions[field].withheld_from, readers)


def _is_withheld(record: Record, readers: AbstractSet[Reader]) -> bool:
    marked = set(chosen(record.answers, _ON_THE_RECORD))
    return bool(marked & readers) or ("court" in marked and "other_party" in readers)


def _without_withheld(record: Record, readers: AbstractSet[Reader]) -> Record:
    questions = ALL[record.form].by_name
    answers = {
        name: answer
        for name, answer in record.answers.items()
        if name in questions and not _is_kept_from(questions[name].withheld_from, readers)
    }
    return replace(record, answers=answers)


def _is_kept_from(withheld: AbstractSet[Reader], readers: AbstractSet[Reader]) -> bool:
    """Say whether an answer is withheld; what the court and all parties may not see, no single party sees."""
    return bool(withheld & readers) or ("court" in withheld and "other_party" in readers)
