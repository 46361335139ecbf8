"""Her questions on their way: how far each has come, and what is due next for it."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.days import add_days
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.dues.escalation import rules
from tac_desktop.casework.record import Record, RecordsByForm

Stage: TypeAlias = Literal["asked", "passed", "answered", "told", "unanswered"]
STAGES: Final[Mapping[Stage, str]] = MappingProxyType({
    "asked": "To be passed on", "passed": "Waiting for the answer", "answered": "She is to be told",
    "told": "She was told", "unanswered": "Left without an answer",
})  # fmt: skip
OPEN: Final[tuple[Stage, ...]] = ("answered", "asked", "passed")
"""The stages at which something is still to be done, what can be done at once first."""


def stage_of(question: Record) -> Stage:
    """Return how far a question of hers has come."""
    if question.text("told_on"):
        return "told"
    if question.text("answered_on") or question.text("answer"):
        return "answered"
    if question.text("unanswered"):
        return "unanswered"
    return "passed" if question.text("passed_on") or question.text("passed_to") else "asked"


def in_order(found: Sequence[Record]) -> list[Record]:
    """Return her questions: the open ones first, of these the oldest first; then those that are over, newest first."""
    still = [one for one in found if stage_of(one) in OPEN]
    over = [one for one in found if stage_of(one) not in OPEN]
    still.sort(key=lambda one: (OPEN.index(stage_of(one)), one.text("asked_on"), one.id))
    over.sort(key=lambda one: (one.text("told_on") or one.text("asked_on"), one.id), reverse=True)
    return [*still, *over]


def _find(records: RecordsByForm) -> Iterator[Due]:
    for question in records.get("mothers_question", ()):
        if (by := _next(question)) is not None:
            yield by


def _next(question: Record) -> Due | None:
    """Return what is due next; None where nothing is, or no day says since when."""
    match stage_of(question):
        case "asked":
            task, since, days = "pass_question", "", rules().pass_on
        case "passed":
            task, since, days = "ask_again", question.text("passed_on"), rules().ask_again
        case "answered":
            task, since, days = "tell_answer", question.text("answered_on"), rules().tell
        case "told" | "unanswered":
            return None
    begun = since or question.text("asked_on")
    return Due(add_days(begun, days), task, question.form, question.id) if begun else None


SOURCE: Final = Source(frozenset({"mothers_question"}), _find)
