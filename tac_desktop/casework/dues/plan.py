"""The plan that was made with her: steps that somebody meant to do by a day, and goals whose day has come."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.record import Record, RecordsByForm

OVER: Final = frozenset({"reached", "partly", "not_reached", "given_up"})
"""Codes of 'goal_state' with which nothing more is wanted of a goal, nor of its steps."""


def is_over(goal: Record) -> bool:
    """Say whether nobody works towards a goal any more."""
    return goal.text("state") in OVER


def is_open_step(step: Record, over: frozenset[str]) -> bool:
    """Say whether a step is still to be done; `over` are the ids of the goals that nobody works towards any more."""
    return not step.happened("done_on") and step.text("goal") not in over


def _find(records: RecordsByForm) -> Iterator[Due]:
    goals = records.get("goal", ())
    over = frozenset(goal.id for goal in goals if is_over(goal))
    for step in records.get("plan_step", ()):
        if step.text("due") and is_open_step(step, over):
            yield Due(step.text("due"), "plan_step", step.form, step.id)
    for goal in goals:
        if goal.text("by") and goal.id not in over:
            yield Due(goal.text("by"), "goal", goal.form, goal.id)


SOURCE: Final = Source(frozenset({"goal", "plan_step"}), _find)
