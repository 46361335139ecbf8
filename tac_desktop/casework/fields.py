"""The kinds of question a form can ask, and what counts as an answer to each.

`Field` is a closed union: a place that treats kinds differently uses `match`, so that the type checker names every
place that must learn a new kind.
"""

import re
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Literal, TypeAlias, assert_never

from tac_desktop.casework.answers import Answer, Answers, Declined, NotKnown
from tac_desktop.casework.codelists import code_list

Reader: TypeAlias = Literal["mother", "staff", "court", "other_party"]
"""Someone to whom an answer may be shown: prison staff; the court and all parties; the other party alone."""

NOT_THE_OTHER_PARTY: frozenset[Reader] = frozenset({"other_party"})

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
"""A later one is a slip, or stands for 'no end': what is reckoned from it would leave the calendar."""


@dataclass(frozen=True)
class When:
    """A question is asked only if the answer to `field` of the same form is, or holds, one of `values`.

    `unless` turns it round: asked except where it is one of them.
    """

    field: str
    values: tuple[Answer, ...]
    unless: bool = False

    def holds(self, answers: Answers) -> bool:
        """Say whether the question is asked beside these answers."""
        answer = answers.get(self.field)
        among = any(v in self.values for v in answer) if isinstance(answer, tuple) else answer in self.values
        return among is not self.unless


@dataclass(frozen=True)
class Question:
    """What every kind of field has."""

    name: str
    """Permanent: never re-used for another meaning, because old entries speak of it."""
    label: str
    _: KW_ONLY
    hint: str = ""
    required: bool = False
    when: When | None = None
    withheld_from: frozenset[Reader] = frozenset()
    """To whom a document for that reader must never show the answer."""
    column: str = ""
    """The heading of its column in the case-tracker workbook, '' where the workbook has none."""
    can_be_unknown: bool = True
    """Whether 'Not known' and 'Declined' are offered."""


@dataclass(frozen=True, kw_only=True)
class ShortText(Question):
    """One line of text."""

    longest: int = 200
    is_name: bool = False
    """Whether it names a person or a file by which she is looked for: searched by the beginning of its words."""
    offers: str = ""
    """A form of the office whose names are offered while one types; any other words may stand there as well."""


@dataclass(frozen=True, kw_only=True)
class Narrative(Question):
    """Text of any length, kept exactly; `verbatim` marks someone's own words, which documents quote and never edit."""

    verbatim: bool = False
    longest: int = 500_000


@dataclass(frozen=True, kw_only=True)
class Day(Question):
    """A date; `partial` ones may lack day or month ('2019-03', '2019')."""

    partial: bool = False
    may_be_future: bool = True


@dataclass(frozen=True, kw_only=True)
class Moment(Question):
    """A day with the time of day, to the minute: '2026-03-12T14:05'."""

    may_be_future: bool = True


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One code of a code list."""

    codes: str


@dataclass(frozen=True, kw_only=True)
class Choices(Question):
    """Any number of codes of a code list."""

    codes: str


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A whole number."""

    least: int = 0
    most: int = 1_000_000
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class YesNo(Question):
    """Yes or no."""


@dataclass(frozen=True, kw_only=True)
class Money(Question):
    """An amount in pounds, as a decimal with two places: '12.50'."""


@dataclass(frozen=True, kw_only=True)
class Link(Question):
    """Another record of the same case file, or of an office, which may not be here; `to` is its form."""

    to: str


@dataclass(frozen=True, kw_only=True)
class Links(Question):
    """Any number of records of one form of the same case file, or of the offices."""

    to: str


@dataclass(frozen=True, kw_only=True)
class Attachment(Question):
    """A file kept inside the vault, named by its SHA-256 in hexadecimal; `accepts` are the endings it may have."""

    accepts: tuple[str, ...] = ()


Field: TypeAlias = (
    ShortText | Narrative | Day | Moment | Choice | Choices | Number | YesNo | Money | Link | Links | Attachment
)

_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}")
_TIME = re.compile(r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_MONEY = re.compile(r"[0-9]{1,9}\.[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def problem(field: Field, answer: Answer | None, today: str) -> str:
    """Return what is wrong with `answer` as a sentence for the person, '' if it can stand.

    Args:
        field: The question.
        answer: What was answered; None where nothing was.
        today: The ISO date beyond which a date lies in the future.
    """
    if answer is None or answer in ("", ()):
        return f"Answer ‘{field.label}’." if field.required else ""
    if isinstance(answer, NotKnown | Declined):
        return "" if field.can_be_unknown else f"‘{field.label}’ has to be answered."
    return _problem_of_kind(field, answer, today)


def expected(field: Field) -> str:
    """Return what an answer to `field` has to be, for whoever mends one that cannot stand: 'a whole number …'."""
    match field:
        case ShortText():
            return f"one line of at most {field.longest:,} characters, none of them a control character"
        case Narrative():
            return f"text of at most {field.longest:,} characters, none of them a control character"
        case Day() | Moment():
            return "a day" if field.may_be_future else "a day that is not in the future"
        case Number():
            return f"a whole number from {field.least:,} to {field.most:,}"
        case _:
            return "a value"


def _problem_of_kind(field: Field, answer: Answer, today: str) -> str:
    match field:
        case ShortText() | Narrative():
            return _problem_of_text(field, answer)
        case Day():
            return _problem_of_day(field, answer, today)
        case Moment():
            return _problem_of_moment(field, answer, today)
        case Choice():
            return _problem_of_codes(field, (answer,))
        case Choices():
            return _problem_of_codes(field, answer if isinstance(answer, tuple) else (answer,))
        case Number():
            return _problem_of_number(field, answer)
        case YesNo():
            return "" if isinstance(answer, bool) else "Choose yes or no."
        case Money():
            return _problem_of_money(answer)
        case Link():
            return "" if isinstance(answer, str) else "Choose one from the list."
        case Links():
            return "" if isinstance(answer, tuple) else "Choose from the list."
        case Attachment():
            return "" if isinstance(answer, str) and _SHA256.fullmatch(answer) else "Choose a file."
        case _:
            assert_never(field)


def _problem_of_text(field: ShortText | Narrative, answer: Answer) -> str:
    if not isinstance(answer, str):
        return "Write the answer as text."
    if _CONTROL.search(answer):
        return "There is a character in the text that cannot be kept (a control character). Delete it and save again."
    if len(answer) > field.longest:
        return f"The text is too long by {len(answer) - field.longest:,} characters (at most {field.longest:,})."
    if isinstance(field, ShortText) and "\n" in answer:
        return "Write this on one line."
    return ""


def is_day(text: object, *, partial: bool = False) -> bool:
    """Say whether `text` is an ISO date from 1900 to 2199 ('2019-03-27'); a partial one may end after month or year."""
    if not isinstance(text, str) or not _PARTIAL.fullmatch(text) or (not partial and len(text) != len("2019-03-27")):
        return False
    try:
        return EARLIEST_YEAR <= date.fromisoformat((text + "-01-01")[:10]).year <= LATEST_YEAR
    except ValueError:
        return False


def is_moment(text: object) -> bool:
    """Say whether `text` is such an ISO date with a time of day, to the minute ('2019-03-27T14:05')."""
    return isinstance(text, str) and is_day(text[:10]) and _TIME.fullmatch(text, 10) is not None


def is_amount(text: object) -> bool:
    """Say whether `text` is an amount in pounds and pence ('12.50')."""
    return isinstance(text, str) and _MONEY.fullmatch(text) is not None


def _problem_of_day(field: Day, answer: Answer, today: str) -> str:
    if not is_day(answer, partial=field.partial):
        return "That is not a date. Write day, month and year, for example 27 3 2019."
    if not field.may_be_future and str(answer) > today:
        return "That day is in the future."
    return ""


def _problem_of_moment(field: Moment, answer: Answer, today: str) -> str:
    if not is_moment(answer):
        return "That is not a date and time. Write for example 27 3 2019 and 14:05."
    if not field.may_be_future and str(answer)[:10] > today:
        return "That day is in the future."
    return ""


def _problem_of_codes(field: Choice | Choices, answers: tuple[Answer, ...]) -> str:
    codes = code_list(field.codes)
    good = all(isinstance(a, str) and a and (codes.is_open or codes.get(a)) for a in answers)
    return "" if good else f"Choose from the list ‘{codes.label}’."


def _problem_of_number(field: Number, answer: Answer) -> str:
    if isinstance(answer, bool) or not isinstance(answer, int) or not field.least <= answer <= field.most:
        return f"Write a whole number from {field.least:,} to {field.most:,}."
    return ""


def _problem_of_money(answer: Answer) -> str:
    return "" if is_amount(answer) else "Write an amount in pounds and pence, for example 12.50."
