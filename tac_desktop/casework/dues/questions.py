"""Her questions on their way: how far each has come, and what is due next for it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source
from tac_desktop.casework.dues.escalation import rules
from tac_desktop.casework.record import Record

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
    days = rules()
    for question in records.get("mothers_question", ()):
        match stage_of(question):
            case "asked":
                yield Due(_later(question.text("asked_on"), days.pass_on), "pass_question", question.form, question.id)
            case "passed":
                begun = question.text("passed_on") or question.text("asked_on")
                yield Due(_later(begun, days.ask_again), "ask_again", question.form, question.id)
            case "answered":
                begun = question.text("answered_on") or question.text("asked_on")
                yield Due(_later(begun, days.tell), "tell_answer", question.form, question.id)
            case "told" | "unanswered":
                pass


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


SOURCE: Final = Source(frozenset({"mothers_question"}), _find)
