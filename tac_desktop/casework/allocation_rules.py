"""What must hold between the records of children's social workers: a name or that nobody knows, and nobody twice."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.allocation import FORM, who
from tac_desktop.casework.answers import chosen, text_of
from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted

ONE_OF_THEM: Final = "Somebody is named above. Either there is a name, or nobody knows who it is: take one back."


def _name_or_nobody(worker: Wanted) -> Iterator[Found]:
    if worker.answers.get("current_unknown") is True and (worker.text("name") or worker.text("professional")):
        yield Impossible("current_unknown", ONE_OF_THEM)


def _nobody_twice(worker: Wanted) -> Iterator[Found]:
    children = set(chosen(worker.answers, "children"))
    named = text_of(worker.answers, "professional") or text_of(worker.answers, "name").casefold()
    for other in worker.records.get(FORM, ()):
        open_too = not other.text("to_date") and not worker.text("to_date")
        if named and open_too and named == who(other) and children & set(chosen(other.answers, "children")):
            told = "This social worker is already recorded for one of these children, without an end."
            yield Doubt("name", told, "social_worker_twice", (other.id,))


RULES: Final[tuple[CaseRule, ...]] = (
    CaseRule(FORM, frozenset(), _name_or_nobody),
    CaseRule(FORM, frozenset({FORM}), _nobody_twice),
)
