"""A form: a versioned table of questions. Screen, checks, projection, workbook column and PDF label come from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.answers import Answers
from tac_desktop.casework.fields import Field, problem

NOTHING: Final[Answers] = MappingProxyType({})
"""No answers at all."""
Keeping: TypeAlias = Literal["case", "office", "restricted"]
"""Whose stream a record lies in: the mother's case file, the prison's office, or the manager's own."""

About: TypeAlias = Literal["mother", "child", "professional", "office"]


@dataclass(frozen=True)
class Section:
    """Questions that stand under one heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form in one version. A released version is never edited, only followed by the next."""

    name: str
    version: int = 1
    title: str
    several: str
    """The title of a list of its records ('Children')."""
    about: About
    repeated: bool
    sections: tuple[Section, ...]
    own_date: str = ""
    """The field that dates the record itself; '' where nothing does."""
    row: tuple[str, ...] = ()
    """The fields by which a person recognises a record in a list, most telling first."""
    keeping: Keeping = "case"
    by_hand: bool = True
    """Whether people fill it in; records of the others come from a verb, stand in no paper and are not counted."""
    sheet: str = ""
    """The workbook's sheet on which its columns stand, '' where the workbook has none."""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All questions in their order."""
        return tuple(field for section in self.sections for field in section.fields)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The questions by their names."""
        return {field.name: field for field in self.fields}

    def asked(self, answers: Answers) -> Iterator[Field]:
        """Yield the questions that are asked beside these answers."""
        return (field for field in self.fields if field.when is None or field.when.holds(answers))

    def problems(self, answers: Answers, today: str, stands: Answers = NOTHING) -> dict[str, str]:
        """Return a sentence for every answer that cannot stand, by field name; empty if the form may be saved.

        Args:
            answers: What was answered.
            today: Today's ISO date.
            stands: The answers of the record as it stands: what came so from elsewhere, a code of a newer program, is
                told to nobody who leaves it as it is.
        """
        asked = [field for field in self.asked(answers) if not _is_left(field.name, answers, stands)]
        found = {field.name: problem(field, answers.get(field.name), today) for field in asked}
        unknown = {name: "This question is not part of the form." for name in answers if name not in self.by_name}
        return {name: text for name, text in found.items() if text} | unknown


def _is_left(name: str, answers: Answers, stands: Answers) -> bool:
    return name in stands and answers.get(name) == stands[name]
