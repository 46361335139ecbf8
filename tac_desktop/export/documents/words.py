"""Dates, names and answers as the papers print them."""

from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.codelists import label
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import MONTHS, day_in_words, moment_in_words

NO_BREAK = "\u00a0"
NONE = "–"


def day(iso: str) -> str:
    """Return an ISO date in words that stay on one line, '–' for none."""
    return day_in_words(iso).replace(" ", NO_BREAK) or NONE


def short_day(iso: str) -> str:
    """Return an ISO date with the month cut to three letters, for narrow columns: '14 Mar 2021'."""
    words = day_in_words(iso)
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return words.replace(" ", NO_BREAK) or NONE


def moment(iso: str) -> str:
    """Return a date with the time of day in words."""
    return moment_in_words(iso) or NONE


def month(iso: str) -> str:
    """Return 'YYYY-MM' in words on one line."""
    return day_in_words(iso).replace(" ", NO_BREAK)


def answered(record: Record | None, field: str) -> str:
    """Return a text, or what is known instead of it: 'not known', 'did not wish to say', '–' where nobody asked."""
    answer = record.answers.get(field) if record else None
    match answer:
        case NotKnown(reason=reason):
            return f"not known ({reason})" if reason else "not known"
        case Declined():
            return "did not wish to say"
        case str() if answer.strip():
            return answer
        case _:
            return NONE


def prison(view: CaseView) -> str:
    """Return the prison where the case lies."""
    code = view.mother.text("prison")
    return label("prison", code) if code else ""
