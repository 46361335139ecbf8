"""The plan as it is looked at: each goal with its steps, what is late first, and what nobody works towards any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from tac_desktop.casework.dues.plan import is_over
from tac_desktop.casework.record import Record, RecordsByForm


@dataclass(frozen=True)
class PlannedGoal:
    """A goal with its steps: those to be done first, the nearest day before the others, then those that are done."""

    goal: Record | None
    """None for the steps that serve no goal."""
    steps: Sequence[Record]

    @property
    def is_over(self) -> bool:
        """Whether nobody works towards it any more."""
        return self.goal is not None and is_over(self.goal)

    def late(self, today: str) -> list[Record]:
        """Return the steps whose day has gone by and that are not done; none of a goal that is over."""
        return [] if self.is_over else [step for step in self.steps if is_late(step, today)]

    @property
    def done(self) -> int:
        """How many of the steps are done."""
        return sum(1 for step in self.steps if step.happened("done_on"))


def is_late(step: Record, today: str) -> bool:
    """Say whether a step should have been done before today."""
    return not step.happened("done_on") and "" < step.text("due") < today


def plan_of(records: RecordsByForm) -> list[PlannedGoal]:
    """Return the goals of a case file with their steps: those worked towards first, by their day; the others last.

    Steps without a goal, or of one that is not here, stand together after the goals that are worked towards.
    """
    goals = sorted(records.get("goal", ()), key=lambda goal: (goal.text("by") or "9999", goal.id))
    steps = sorted(records.get("plan_step", ()), key=_order)
    known = {goal.id for goal in goals}
    found = [PlannedGoal(goal, [step for step in steps if step.text("goal") == goal.id]) for goal in goals]
    loose = [step for step in steps if step.text("goal") not in known]
    open_ones = [one for one in found if not one.is_over]
    return [*open_ones, *([PlannedGoal(None, loose)] if loose else []), *(one for one in found if one.is_over)]


def _order(step: Record) -> tuple[bool, str, str]:
    return step.happened("done_on"), step.text("done_on") or step.text("due") or "9999", step.id
