"""What may be shown to whom: what a reader must not see is taken out before anything is made.

A paper that is made from disclosed records cannot leak what was withheld, whatever it prints.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.fields import Reader
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record, RecordsByForm

COURT_AND_PARTIES: frozenset[Reader] = frozenset({"court", "other_party"})
"""The readers of what is filed: every party gets what the court gets."""

_FLAGS = "disclosure"
_ON_THE_RECORD = "withheld_from"
"""The answer by which one record, whatever its form says, is kept from readers."""


_BY_FLAG: Final[Mapping[str, frozenset[Reader]]] = MappingProxyType({
    "third_party": frozenset({"mother", "staff", "other_party"}),
    "legal_advice": frozenset({"staff", "court", "other_party"}),
    "harm": frozenset({"mother", "court", "other_party"}),
    "childs_confidence": frozenset({"mother", "staff", "other_party"}),
})  # fmt: skip
"""From whom a record is kept that holds such a thing (a code of 'disclosure_flag'), unless its mark is taken away.

What is told to the court is read by all parties, so that what could do harm is kept from it, too. Legal advice is hers.
A code that this version does not know keeps the record from everybody.
"""
_EVERYBODY: Final[frozenset[Reader]] = frozenset({"mother", "staff", "court", "other_party"})
_NOTE: Final = "summary"
_IN_ITS_PLACE: Final[Mapping[Reader, str]] = MappingProxyType({"mother": "may_be_told", "staff": "staff_note"})
"""What a reader is shown of a contact in the place of its note: part of it, and nothing else that was written."""
_OUTLINE: Final = frozenset({"at", "kind", "direction", "with_whom", "reached"})
"""What is shown of a contact beside what stands in the place of its note."""

_CARERS: Final = frozenset({"foster_carer", "kinship_carer", "special_guardian", "adoptive_parents"})
"""Codes of 'contact_with': as nowhere else another party is told who they are."""


def kept_by_flags(flags: Iterable[str]) -> frozenset[Reader]:
    """Return from whom a record is kept because of what is in it (codes of 'disclosure_flag')."""
    return frozenset[Reader]().union(*(_BY_FLAG.get(flag, _EVERYBODY) for flag in flags))


def disclosed(records: RecordsByForm, readers: AbstractSet[Reader]) -> dict[str, tuple[Record, ...]]:
    """Return what all of `readers` may see of the records of one case file, by form.

    Left out are records marked 'Not to be shown to' one of them or by what is in them, answers whose question is
    withheld from one of them, and answers to questions that this version does not know: nobody has said that they may
    be shown. Of contact with a carer another party is not told whom it was with.

    Where somebody wrote down what the mother may be told, or what staff may be told, she and they are shown that in
    the place of the note; staff are never shown a note itself.
    """
    kept = {
        form: tuple(shown for record in group if (shown := _shown(record, readers)) is not None)
        for form, group in records.items()
        if form in ALL
    }
    return {form: group for form, group in kept.items() if group}


def _shown(record: Record, readers: AbstractSet[Reader]) -> Record | None:
    whole = None if _is_withheld(record, readers) else _without_withheld(record, readers)
    if record.form != "contact" or len(readers) != 1:
        return whole
    [reader] = readers
    instead = record.text(_IN_ITS_PLACE[reader]).strip() if reader in _IN_ITS_PLACE else ""
    if reader != "staff" and whole is not None:
        return whole
    if whole is None and not instead:
        return None
    outline = {name: answer for name, answer in record.answers.items() if name in _OUTLINE}
    return replace(record, answers=outline | ({_NOTE: instead} if instead else {}))


def may_be_shown(record: Record, field: str, readers: AbstractSet[Reader]) -> bool:
    """Say whether all of `readers` may see the answers to a question of a record, whatever they are."""
    answer = record.answers.get(field, "something")
    seen = _shown(replace(record, answers={**record.answers, field: answer}), readers)
    return seen is not None and seen.answers.get(field) is answer


def _is_withheld(record: Record, readers: AbstractSet[Reader]) -> bool:
    marked = {*chosen(record.answers, _ON_THE_RECORD), *kept_by_flags(chosen(record.answers, _FLAGS))}
    return bool(marked & readers) or ("court" in marked and "other_party" in readers)


def _without_withheld(record: Record, readers: AbstractSet[Reader]) -> Record:
    questions = ALL[record.form].by_name
    answers = {
        name: answer
        for name, answer in record.answers.items()
        if name in questions and not _is_kept_from(questions[name].withheld_from, readers)
    }
    if "other_party" in readers and record.form == "contact" and _CARERS & {*chosen(record.answers, "with_whom")}:
        answers.pop("who", None)
    return replace(record, answers=answers)


def _is_kept_from(withheld: AbstractSet[Reader], readers: AbstractSet[Reader]) -> bool:
    """Say whether an answer is withheld; what the court and all parties may not see, no single party sees."""
    return bool(withheld & readers) or ("court" in withheld and "other_party" in readers)
