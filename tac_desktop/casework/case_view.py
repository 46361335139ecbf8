"""One case as it was known on a day: what a paper is made from."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

from tac_desktop.casework.answers import Answer, chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.disclosure import disclosed, may_be_shown
from tac_desktop.casework.fields import Choice, Choices, Reader
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words


@dataclass(frozen=True)
class Contradiction:
    """A question to which there was more than one live answer on the day, each without knowing of the others."""

    record_id: str
    form: str
    field: str
    """The question; '' where the record was deleted by one and changed by another."""
    others: tuple[Answer | None, ...]
    """The answers beside the one that the record has."""


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """The records of one case file.

    Attributes:
        mother: Her own record.
        records: All records of the case file by form.
        known_on: The ISO date on which they were known so.
        contradictions: The questions that were not settled then.
    """

    mother: Record
    records: RecordsByForm
    known_on: str
    contradictions: tuple[Contradiction, ...] = ()

    def of(self, form: str) -> tuple[Record, ...]:
        """Return the records of a form, the earliest own date first, the eldest child first; undated ones last."""
        dates = ("date_of_birth", "due_date") if form == "child" else (ALL[form].own_date,)
        return tuple(sorted(self.records.get(form, ()), key=lambda r: (_first(r, dates) or "9999", r.id)))

    def find(self, record_id: str) -> Record | None:
        """Return the record with this id, None if it is not here or is withheld."""
        return self._by_id.get(record_id)

    @cached_property
    def _by_id(self) -> dict[str, Record]:
        return {record.id: record for group in self.records.values() for record in group}

    def shown_to(self, readers: AbstractSet[Reader]) -> "CaseView":
        """Return the case as these readers may see it."""
        records = disclosed(self.records, readers)
        seen = replace(self, records=records, mother=records[self.mother.form][0], contradictions=())
        kept = (
            c
            for c in self.contradictions
            if seen.find(c.record_id) and (record := self.find(c.record_id))
            if not c.field or may_be_shown(record, c.field, readers)
        )
        return replace(seen, contradictions=tuple(kept))

    def without(self, record_ids: AbstractSet[str]) -> "CaseView":
        """Return the case without these records; her own record stays."""
        kept = {
            form: tuple(r for r in group if r.id not in record_ids or r is self.mother)
            for form, group in self.records.items()
        }
        told = tuple(c for c in self.contradictions if c.record_id not in record_ids or c.record_id == self.mother.id)
        return replace(self, records=kept, contradictions=told)

    @property
    def case_number(self) -> str:
        """The court's number of the newest proceedings that have one, '' where none has."""
        return next(
            (one.text("case_number") for one in reversed(self.of("proceedings")) if one.text("case_number")), ""
        )

    def children(self, record: Record, field: str = "children") -> str:
        """Return the children that a record names, by their initials: 'A.W., B.W.'."""
        linked = chosen(record.answers, field) or (record.text(field),)
        return ", ".join(child_initials(child) for child in self._children if child.id in linked)

    @cached_property
    def _children(self) -> tuple[Record, ...]:
        return self.of("child")


def _first(record: Record, fields: tuple[str, ...]) -> str:
    """Return the first of these answers that there is."""
    return next((record.text(field) for field in fields if record.text(field)), "")


def initials(name: str) -> str:
    """Return the initials of a name: 'Amber Willow' is 'A.W.'."""
    return "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def child_initials(child: Record) -> str:
    """Return how papers call a child: the initials, or what the child is where no name is known."""
    named = initials(child.text("name"))
    if named:
        return named
    return "Unborn child" if child.answers.get("unborn") is True else "A child"


def child_in_full(child: Record) -> str:
    """Return the child's initials with the date of birth: 'A.W. (born 14 March 2021)'."""
    if child.text("date_of_birth"):
        return f"{child_initials(child)} (born {day_in_words(child.text('date_of_birth'))})"
    if child.text("due_date"):
        return f"{child_initials(child)} (due {day_in_words(child.text('due_date'))})"
    return child_initials(child)


def in_words(record: Record, field: str) -> str:
    """Return the labels of a choice, '' where there is none."""
    question = ALL[record.form].by_name[field]
    if not isinstance(question, Choice | Choices):
        return record.text(field)
    codes = chosen(record.answers, field) or ((record.text(field),) if record.text(field) else ())
    return "; ".join(label(question.codes, code) for code in codes)
