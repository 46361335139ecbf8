"""What must hold between the records of children's social workers: a name or that nobody knows, and nobody twice."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.allocation import FORM
from tac_desktop.casework.answers import Answers, chosen, text_of
from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted
from tac_desktop.casework.directory import known_by

ONE_OF_THEM: Final = "Somebody is named above. Either there is a name, or nobody knows who it is: take one back."


def _name_or_nobody(worker: Wanted) -> Iterator[Found]:
    if worker.answers.get("current_unknown") is True and (worker.text("name") or worker.text("professional")):
        yield Impossible("current_unknown", ONE_OF_THEM)


def _nobody_twice(worker: Wanted) -> Iterator[Found]:
    children = set(chosen(worker.answers, "children"))
    named = _known_by(worker.answers)
    for other in worker.records.get(FORM, ()):
        open_too = not other.text("to_date") and not worker.text("to_date")
        if open_too and named & _known_by(other.answers) and children & set(chosen(other.answers, "children")):
            told = "This social worker is already recorded for one of these children, without an end."
            yield Doubt("name", told, "social_worker_twice", (other.id,))


def _known_by(worker: Answers) -> set[str]:
    """Return by what a social worker is known: the entry of the directory, and the name however it is written."""
    return {text_of(worker, "professional"), known_by(text_of(worker, "name"))} - {""}


RULES: Final[tuple[CaseRule, ...]] = (
    CaseRule(FORM, frozenset(), _name_or_nobody),
    CaseRule(FORM, frozenset({FORM}), _nobody_twice),
)
