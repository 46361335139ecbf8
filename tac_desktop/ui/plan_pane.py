"""The plan at one look: each goal with its steps, who does what by when, and what is late."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.her_way import length_in_words, predicted_in_words
from tac_desktop.casework.plan import PlannedGoal, is_late, plan_of
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import counted
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import due_words

_INDENT = 28
_TONES = {"reached": "ok", "partly": "info", "not_reached": "warn", "given_up": "neutral"}


class PlanPane(QFrame):
    """One card for each goal; the plan's summary above them says how many steps are late."""

    record_opened = Signal(str, str)
    """The form's name and the record's id."""
    added = Signal(str)
    """The name of the form of which a record is wanted."""

    def __init__(
        self,
        kit: Kit,
        records: Mapping[str, Sequence[Record]],
        named: Callable[[str], str],
        today: str,
        *,
        may_write: bool = True,
    ) -> None:
        """Take the records of the case file by form, and what names the children."""
        super().__init__()
        self._kit, self._named, self._today, self._may_write = kit, named, today, may_write
        plan = plan_of(records)
        heading = kit.flow(kit.label(self.tr("Plan"), "h2"))
        if may_write:
            heading.addWidget(self._add_button(self.tr("Add a goal"), "goal", primary=not plan))
            heading.addWidget(self._add_button(self.tr("Add a step"), "plan_step"))
        parts: list[QWidget] = [kit.label(words, "hint", wrap=True) for words in self._summary(plan, records)]
        self.setLayout(kit.column(heading, *parts, *(self._card(one) for one in plan), gap=12))

    def _summary(self, plan: Sequence[PlannedGoal], records: Mapping[str, Sequence[Record]]) -> list[str]:
        if not plan:
            return [self.tr("No goal has been agreed yet. Add what shall be reached, then who does what by when.")]
        under_way = [one for one in plan if one.goal is not None and not one.is_over]
        late = sum(len(one.late(self._today)) for one in plan)
        words = counted(len(under_way), self.tr("goal"), self.tr("goals"))
        steps = (
            counted(late, self.tr("step is late"), self.tr("steps are late")) if late else self.tr("nothing is late")
        )
        told = [f"{words}, {steps}."]
        predicted = predicted_in_words(next(iter(records.get("baseline", ())), None))
        if predicted:
            lasted = length_in_words(records.get("episode", ()), self._today) or self.tr("not begun")
            told.append(
                self.tr("Predicted: {predicted}. Work so far: {lasted}.").format(predicted=predicted, lasted=lasted)
            )
        return told

    def _card(self, planned: PlannedGoal) -> QFrame:
        kit = self._kit
        card, column = kit.card(16, 8)
        column.addWidget(self._goal_line(planned) if planned.goal else kit.label(self.tr("Steps without a goal"), "h3"))
        steps = kit.column(*(self._step_line(step, is_over=planned.is_over) for step in planned.steps))
        steps.setContentsMargins(kit.px(_INDENT) if planned.goal else 0, 0, 0, 0)
        column.addLayout(steps)
        if not planned.steps and not planned.is_over:
            column.addWidget(kit.label(self.tr("No step towards it has been written down."), "hint", wrap=True))
        return card

    def _goal_line(self, planned: PlannedGoal) -> LineButton:
        goal = planned.goal
        if goal is None:
            raise ValueError("a goal is wanted")
        state, by = goal.text("state"), goal.text("by")
        words, tone = due_words(by, self._today) if by and not planned.is_over else ("", "")
        if planned.is_over:
            words, tone = label("goal_state", state), _TONES.get(state, "neutral")
        children = ", ".join(filter(None, map(self._named, chosen(goal.answers, "children"))))
        of_steps = counted(len(planned.steps), self.tr("step"), self.tr("steps"))
        done = self.tr("{done} of {steps} done").format(done=planned.done, steps=of_steps)
        details = (
            self.tr("for {children}").format(children=children) if children else "",
            self.tr("by {day}").format(day=day_in_words(by)) if by else "",
            self.tr("agreed with her") if goal.answers.get("with_mother") is True else "",
            done if planned.steps else "",
        )
        return self._line("goal", goal, goal.text("goal"), details, (words, tone))

    def _step_line(self, step: Record, *, is_over: bool) -> LineButton:
        done, due = step.text("done_on"), "" if step.happened("done_on") else step.text("due")
        if step.happened("done_on"):
            badge = (self.tr("Done"), "ok")
        elif is_over or not due:
            badge = ("", "")
        else:
            badge = due_words(due, self._today)
        details = (
            step.text("owner") or self.tr("nobody is named"),
            self.tr("done on {day}").format(day=day_in_words(done)) if done else "",
            self.tr("by {day}").format(day=day_in_words(due)) if due else "",
        )
        title = self.tr("Late: {step}") if is_late(step, self._today) and not is_over else "{step}"
        return self._line("plan_step", step, title.format(step=step.text("step")), details, badge)

    def _line(
        self, form: str, record: Record, title: str, details: Sequence[str], badge: tuple[str, str]
    ) -> LineButton:
        words, tone = badge
        told = " · ".join(part for part in details if part)
        line = LineButton(self._kit, RecordLine(record.id, title, told, words, tone or "neutral"))
        line.setProperty("form", form)
        line.clicked.connect(self._follow)
        return line

    def _add_button(self, words: str, form: str, *, primary: bool = False) -> QWidget:
        button = self._kit.button(words, "plus", kind="primary" if primary else "")
        button.setProperty("form", form)
        button.clicked.connect(self._add)
        return button

    def _add(self) -> None:
        self.added.emit(str(self.sender().property("form")))

    def _follow(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.record_opened.emit(str(line.property("form")), line.record_id)
