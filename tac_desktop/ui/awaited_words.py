"""What waits for an answer, in words: who owes it, what, for how long, and who is turned to next."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.answers import Answer, chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.dues.escalation import Question
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.words import counted

AWAITED: Final = "awaited"
"""The name of the page."""
_LEVELS: Final = "escalation_step"


def whom_words(question: Question) -> str:
    """Return who owes the answer: the name that was written down, else the profession."""
    contact = question.contact
    kinds = "; ".join(label("contact_with", code) for code in chosen(contact.answers, "with_whom"))
    return contact.text("who") or kinds or _tr("Somebody who was not named")


def _in_one_sentence(question: Question) -> str:
    is_named = question.contact.text("who") or chosen(question.contact.answers, "with_whom")
    return whom_words(question) if is_named else _tr("somebody who was not named")


def waited_words(question: Question, today: str) -> str:
    """Return for how many days there has been no answer."""
    days = question.waited(today)
    if not days:
        return _tr("asked today")
    return counted(days, _tr("1 day without an answer"), _tr("{n} days without an answer"))


def asked_words(question: Question, today: str, *, is_answer: bool) -> str:
    """Return what stands above a contact that asks again, or brings the answer."""
    begins = _tr("Answer to:") if is_answer else _tr("Asks again for:")
    told = _tr("{begins} {what}. Asked of {whom} on {day}, {waited}.")
    return told.format(
        begins=begins, what=question.contact.text("waiting_for").rstrip("."), whom=_in_one_sentence(question),
        day=day_in_words(question.since), waited=waited_words(question, today),
    )  # fmt: skip


def next_words(question: Question) -> str:
    """Return who is turned to next, and from which day on."""
    day = day_in_words(question.next_on)
    if not question.next_level:
        return _tr("Ask {level} again on {day}").format(level=_in_sentence(question.level), day=day)
    return _tr("{level} from {day}").format(level=label(_LEVELS, question.next_level), day=day)


def level_words(question: Question) -> str:
    """Return how often and how high it was asked."""
    times = counted(len(question.times), _tr("asked once"), _tr("asked {n} times"))
    return _tr("{level}, {times}").format(level=label(_LEVELS, question.level), times=times)


def begun(question: Question, *, is_answer: bool, level: str) -> Mapping[str, Answer]:
    """Return what is known already of a contact that asks again or brings the answer."""
    contact = question.contact
    known = {name: contact.answers[name] for name in ("with_whom", "who", "children") if name in contact.answers}
    known = {name: answer for name, answer in known.items() if isinstance(answer, str | tuple)}
    if is_answer:
        return known | {"direction": "incoming"}
    return known | {"kind": "chase", "asked_level": level or question.level}


def _in_sentence(level: str) -> str:
    words = label(_LEVELS, level)
    return words[:1].lower() + words[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Awaited", text)
