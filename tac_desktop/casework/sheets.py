"""The case-tracker workbook: which columns its sheets have, and what a cell says. Everything follows from the forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Final, TypeAlias, assert_never

from tac_desktop.casework.answers import Answer, Answers, Declined, NotKnown
from tac_desktop.casework.codelists import CodeList, code_list
from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Field,
    Link,
    Links,
    Moment,
    Money,
    Narrative,
    Number,
    ShortText,
    YesNo,
    expected,
    is_day,
    problem,
)
from tac_desktop.casework.form import Form
from tac_desktop.casework.forms import ALL

ADDENDA: Final = "Addenda"
"""The sheet that tells what was added to trackers after they were sent: written, and never taken in."""
CASE_REFERENCE: Final = "Case reference"
NOT_KNOWN: Final = "Not known"
DECLINED: Final = "Declined"

ORDER: Final = (
    "Mothers", "Children", "Social workers", "Referrals", "Episodes", "Proceedings", "Challenges", "Closures",
    "Tracker returns", "Mothers' survey T1", "Mothers' survey T2", "Prison staff survey", "Practitioner survey",
    "Evaluation activities",
)  # fmt: skip
"""The sheets in the order in which services know them."""

CellValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""What a spreadsheet holds in one cell."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, and the question whose answers stand under it."""

    heading: str
    form: Form
    field: Field

    @cached_property
    def several(self) -> bool:
        """Whether a cell holds several values, split by semicolons; a McKenzie Friend date is a record of its own."""
        return isinstance(self.field, Choices | Links) or self.form.name == "mckenzie_friend"


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook and the forms whose answers a row of it carries; the first is the row's own."""

    title: str
    forms: tuple[Form, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns; the case reference stands first where a row belongs to a mother."""
        own = tuple(Column(f.column, form, f) for form in self.forms for f in form.fields if f.column)
        reference = Column(CASE_REFERENCE, ALL["mother"], ALL["mother"].by_name["reference"])
        return (reference, *own) if self.of_a_case and own[0].heading != CASE_REFERENCE else own

    @property
    def form(self) -> Form:
        """The form of the row itself."""
        return self.forms[0]

    @property
    def of_a_case(self) -> bool:
        """Whether its rows hang on a mother."""
        return self.form.about != "office"

    @property
    def restricted(self) -> bool:
        """Whether only a manager may read it."""
        return self.form.keeping == "restricted"


@cache
def all_sheets() -> tuple[Sheet, ...]:
    """Return the sheets of the workbook in their order."""
    carried = {title: tuple(form for form in ALL.values() if form.sheet == title) for title in ORDER}
    return tuple(Sheet(title, forms) for title, forms in carried.items())


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a sheet with at least one answer."""

    sheet: Sheet
    number: int
    """As the spreadsheet shows it; 1 is the headings."""
    reference: str
    """The case reference, '' on sheets that belong to no mother."""
    answers: Mapping[str, Answers]
    """The answers by form and field; blank cells are absent, links are the references that the cells hold."""


@dataclass(frozen=True)
class WrongCell:
    """A cell that cannot be taken in, told so that a person finds and mends it."""

    sheet: str
    row: int
    """The row's number as the spreadsheet shows it; 1 is the headings."""
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class Refused:
    """What a cell ought to have held."""

    expected: str


def answer_in(column: Column, value: CellValue, today: str) -> Answer | Refused | None:
    """Return the answer that a cell of `column` holds, None where it is blank.

    A link is answered with the reference that the cell holds; an open list with the label where it has no such code.

    Args:
        column: The cell's column.
        value: The cell's content.
        today: The ISO date beyond which a date lies in the future.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    state = _state(value)
    if state is not None:
        return Refused("a reference") if _identifies(column) else state
    answer = _answers(column, value) if column.several else _answer(column.field, value)
    if isinstance(answer, Refused):
        return answer
    each = answer if isinstance(answer, tuple) and isinstance(column.field, Day) else (answer,)
    for part in each:
        if problem(column.field, part, today):
            return _refused(expected(column.field), part, each)
    return answer


def _identifies(column: Column) -> bool:
    """Say whether rows are tied together by it, so that it has to be a reference."""
    return column.field.name in {"reference", "response", "child_reference", "worker_reference"}


def _state(value: CellValue) -> NotKnown | Declined | None:
    text = value.strip().casefold() if isinstance(value, str) else ""
    if text == NOT_KNOWN.casefold():
        return NotKnown()
    return Declined() if text == DECLINED.casefold() else None


def _answers(column: Column, value: CellValue) -> Answer | Refused:
    parts = [part for part in value.split(";") if part.strip()] if isinstance(value, str) else [value]
    answers: list[str] = []
    for part in parts:
        answer = _answer(column.field, part)
        if isinstance(answer, Refused):
            return _refused(answer.expected, part, parts)
        if not isinstance(answer, str):
            return answer
        answers.append(answer)
    return tuple(dict.fromkeys(answers))


def _refused(wanted: str, part: object, parts: Sequence[object]) -> Refused:
    """Refuse a cell because of one of its parts, which is named where there are several."""
    return Refused(f"{wanted} (‘{told(str(part).strip())}’ is none)" if len(parts) > 1 else wanted)


def _answer(field: Field, value: CellValue) -> Answer | Refused:
    match field:
        case ShortText() | Narrative() | Link() | Links():
            text = _text(value)
            return Refused("text") if text is None else text
        case Choice() | Choices():
            return _code(code_list(field.codes), value)
        case Day():
            return _day(value)
        case Number():
            return _whole(field, value)
        case YesNo():
            said = value.strip().casefold() if isinstance(value, str) else ""
            return said == "yes" if said in {"yes", "no"} else Refused("Yes or No")
        case Moment() | Money() | Attachment():
            return Refused("nothing: this question has no column")
        case _:
            assert_never(field)


def _text(value: CellValue) -> str | None:
    """Return the text of a cell; a reference typed in figures may have been kept as a number."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _code(codes: CodeList, value: CellValue) -> Answer | Refused:
    text = _text(value)
    found = codes.find(text) if text else None
    if found == "not_known":
        return NotKnown()
    if found or (text and codes.is_open):
        return found or text or ""
    labels = [value.label for value in codes.codes]
    if len(labels) <= 12:
        return Refused(f"a value of the list ‘{codes.label}’: {'; '.join(labels)}")
    some = get_close_matches(text or "", labels, n=3) or labels[:3]
    return Refused(f"a value of the list ‘{codes.label}’, for example: {'; '.join(some)}")


def _day(value: CellValue) -> str | Refused:
    wanted = Refused("a date, or text as DD/MM/YYYY or YYYY-MM-DD")
    if isinstance(value, datetime | date):
        return value.isoformat()[:10] if is_day(value.isoformat()[:10]) else wanted
    if not isinstance(value, str):
        return wanted
    text = value.strip()
    parts = text.split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[2]) == 4:
        text = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    return text if is_day(text) else wanted


def _whole(field: Number, value: CellValue) -> int | Refused:
    text = _text(value)
    good = text is not None and text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if good and text else Refused(expected(field))


def told(value: CellValue) -> str:
    """Return a cell's content as a person sees it, on one line and shortened where it is long."""
    text = f"{value:%d/%m/%Y}" if isinstance(value, datetime | date) else str(value)
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= 80 else text[:79] + "…"


def cell_for(column: Column, answer: Answer | None) -> str | int | date | None:
    """Return what stands in a cell of `column` for `answer`, None for a blank one.

    Links and the days of a cell that holds several come as the texts that shall stand there.
    """
    match answer:
        case None | "" | ():
            return None
        case NotKnown():
            return NOT_KNOWN
        case Declined():
            return DECLINED
        case bool():
            return "Yes" if answer else "No"
        case int():
            return answer
        case tuple():
            return "; ".join(_label(column.field, each) for each in answer)
        case _:
            return _day_cell(answer) if isinstance(column.field, Day) else _label(column.field, answer)


def _label(field: Field, text: str) -> str:
    if not isinstance(field, Choice | Choices):
        return f"{date.fromisoformat(text):%d/%m/%Y}" if isinstance(field, Day) else text
    codes = code_list(field.codes)
    return text if ";" in codes.label_of(text) else codes.label_of(text)


def _day_cell(text: str) -> str | date:
    """Spreadsheets count days from March 1900 in agreement with each other, and not before."""
    return date.fromisoformat(text) if text >= "1900-03-01" else text
