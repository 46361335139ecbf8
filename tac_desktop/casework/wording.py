"""Answers and records in words, as a person reads them on the screen."""

from collections.abc import Callable, Sequence
from typing import assert_never
from unicodedata import bidirectional

from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.codelists import label
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
)
from tac_desktop.casework.form import Form
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words, moment_in_words

NOT_KNOWN = "Not known"
DECLINED = "Did not wish to say"

Named = Callable[[str], str]
"""Gives the words for the record with an id; '' where it is not there."""


def answer_in_words(field: Field, answer: Answer | None, named: Named) -> str:
    """Return what a person reads for an answer, '' where nothing was answered.

    Args:
        field: The question.
        answer: Its answer; None where nothing was asked.
        named: Words for a linked record.
    """
    match answer:
        case None:
            return ""
        case NotKnown(reason=reason):
            return f"{NOT_KNOWN}: {reason}" if reason else NOT_KNOWN
        case Declined():
            return DECLINED
        case _:
            return _value_in_words(field, answer, named)


def _value_in_words(field: Field, answer: str | int | tuple[str, ...], named: Named) -> str:
    parts = answer if isinstance(answer, tuple) else (str(answer),)
    match field:
        case ShortText() | Narrative():
            return str(answer)
        case Day():
            return day_in_words(str(answer))
        case Moment():
            return moment_in_words(str(answer))
        case Choice() | Choices():
            return "; ".join(label(field.codes, code) for code in parts)
        case Number():
            return f"{answer} {field.unit.removesuffix('s') if answer == 1 else field.unit}".strip()
        case YesNo():
            return "Yes" if answer is True else "No"
        case Money():
            return f"£{answer}"
        case Link() | Links():
            return "; ".join(named(part) or "a record that is not here" for part in parts)
        case Attachment():
            return "A file"
        case _:
            assert_never(field)


def child_name(child: Record) -> str:
    """Return what a child is called, also where no name is known."""
    return child.text("name") or child.text("known_as") or child.text("child_reference") or "Not named yet"


def in_order(parts: Sequence[str]) -> list[str]:
    """Return parts of a line such that each is read after the one before.

    A name in letters that run from right to left draws the figures after it to its other side, so that a day of birth
    loses its first part; an invisible mark ends it.
    """
    return [f"{one}\u200e" if _runs_leftwards(one) else one for one in parts]


def _runs_leftwards(text: str) -> bool:
    return not text.isascii() and any(bidirectional(letter) in ("R", "AL") for letter in text)


def record_in_words(form: Form, record: Record, named: Named) -> str:
    """Return the words by which a person tells a record from the others of its form: the answers of `Form.row`."""
    words = (answer_in_words(form.by_name[name], record.answers.get(name), named) for name in form.row)
    shown = [one_line(text) for text in words if text and not text.startswith(NOT_KNOWN)]
    if form.name == "child" and child_name(record) not in shown:
        shown = [child_name(record), *shown]
    if record.answers.get("current_unknown") is True:
        shown = ["Nobody knows who it is", *shown]
    if form.name == "child" and not record.text("date_of_birth") and record.text("due_date"):
        shown.append(f"due {day_in_words(record.text('due_date'))}")
    if form.name == "tracker_return" and not record.text("received") and record.text("sent"):
        shown.append(f"sent {day_in_words(record.text('sent'))}")
    return " · ".join(in_order(shown)) or f"{form.title} without further words"


def one_line(text: str, longest: int = 90) -> str:
    """Return the beginning of a text on one line, cut at a word with '…' where it is longer."""
    line = " ".join(text[: longest * 4].split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def begun_small(words: str) -> str:
    """Return words for the middle of a sentence: the capital that begins them becomes small, unless it is a name's."""
    is_name = words.startswith("Microsoft") or words[1:2].isupper()
    return words if is_name else words[:1].lower() + words[1:]


def quoted(words: str) -> str:
    """Return words in quotation marks; words that were written with some keep them."""
    return words if not words or words[0] in "“\"'‘" else f"“{words}”"


def listed(names: Sequence[str]) -> str:
    """Return names as one reads them aloud: 'A, B and C'; '' for none."""
    *others, last = names or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun: '1 course', '3,000 courses'."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
