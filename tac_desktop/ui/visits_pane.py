"""Visits of a case file: who still owes an answer, what is agreed, how visits ended, and what coaching showed."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.permitted_contact import permission_on
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.visits import FORM, WAITING, coming, over, so_far, waiting
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.permission_line import permission_words
from tac_desktop.ui.record_list import LeadingLine, RecordLine
from tac_desktop.ui.words import counted, due_words

_TONES = {"agreed": "info", "happened": "ok", "refused": "warn", "failed": "warn", "cancelled": "neutral"}
_SHOWN_OVER, _SHOWN_COACHING = 6, 4


class VisitsPane(QFrame):
    """Three cards of visits and one of coaching; each line leads to its record."""

    opened = Signal(str, str, str)
    """The form's name, the record's id, and the question that comes next, '' for the first."""
    added = Signal(str)
    """The name of the form of which a new record is wanted."""

    def __init__(
        self,
        kit: Kit,
        records: Mapping[str, Sequence[Record]],
        named: Callable[[str], str],
        today: str,
        *,
        may_write: bool = True,
    ) -> None:
        """Take the records of the case file by form, and what names a record of it."""
        super().__init__()
        self._kit, self._records, self._named, self._today = kit, records, named, today
        visits = records.get(FORM, ())
        ask = self._button(self.tr("Ask for a visit"), FORM) if may_write else None
        coach = self._button(self.tr("Write down coaching"), "coaching_session") if may_write else None
        self.setLayout(kit.narrow(kit.column(
            self._card(self.tr("Waiting for an answer"), self.tr("Nobody owes an answer about a visit."),
                       [self._visit(one) for one in waiting(visits)], ask),
            self._card(self.tr("Agreed"), self.tr("No visit is agreed at present."),
                       [self._visit(one) for one in coming(visits)]),
            self._ended(visits),
            self._card(self.tr("Coaching"), self.tr("No coaching was written down yet."),
                       [self._coaching(one) for one in self._sessions()], coach),
            gap=14,
        )))  # fmt: skip

    def _card(self, title: str, empty: str, lines: Sequence[QWidget], button: QWidget | None = None) -> QFrame:
        card, inside = self._kit.card(20, 8)
        inside.addWidget(self._kit.label(title, "h3", wrap=True))
        for line in lines:
            inside.addWidget(line)
        if not lines:
            inside.addWidget(self._kit.label(empty, "hint", wrap=True))
        if button is not None:
            inside.addLayout(self._kit.flow(button))
        card.setAccessibleName(title)
        return card

    def _button(self, words: str, form: str) -> QWidget:
        button = self._kit.button(words, "plus", kind="primary")
        button.setProperty("form", form)
        button.clicked.connect(self._add)
        return button

    def _ended(self, visits: Sequence[Record]) -> QFrame:
        ended = over(visits)
        lines: list[QWidget] = [self._kit.label(words, wrap=True) for words in self._so_far(visits)] if ended else []
        lines += [self._visit(one) for one in ended[:_SHOWN_OVER]]
        return self._card(self.tr("How visits went"), self.tr("No visit is over yet."), lines)

    def _so_far(self, visits: Sequence[Record]) -> Iterator[str]:
        found = so_far(visits)
        asked = counted(found.asked, self.tr("1 visit was asked for"), self.tr("{n} visits were asked for"))
        yield self.tr("{asked}: {happened} took place, {not_held} did not.").format(
            asked=asked, happened=found.happened, not_held=found.not_held
        )
        if found.reasons:
            named = "; ".join(f"{label('visit_reason', code)} ({times})" for code, times in found.reasons)
            yield self.tr("Why not: {reasons}.").format(reasons=named)
        if found.cost:
            yield self.tr("The journeys to them cost £{cost}.").format(cost=f"{found.cost:,}")

    def _visit(self, visit: Record) -> QWidget:
        children = chosen(visit.answers, "children")
        names = ", ".join(name for name in map(self._named, children) if name)
        title = ": ".join(part for part in (label("child_contact_type", visit.text("kind")), names) if part)
        badge, tone = self._badge(visit)
        line = RecordLine(visit.id, title, "\n".join(self._about(visit, children)), badge, tone)
        unsettled = visit.text("state") in WAITING | {"agreed"}
        return self._line(FORM, line, "state" if unsettled else "")

    def _badge(self, visit: Record) -> tuple[str, str]:
        state = visit.text("state")
        if state == "agreed" and visit.text("for_day"):
            words, tone = due_words(visit.text("for_day"), self._today)
            return words, tone or "info"
        return label("visit_state", state or "asked"), _TONES.get(state, "neutral")

    def _about(self, visit: Record, children: Sequence[str]) -> Iterator[str]:
        days = [
            self.tr("for {day}").format(day=day_in_words(visit.text("for_day"))) if visit.text("for_day") else "",
            self.tr("asked on {day}").format(day=day_in_words(visit.text("asked_on")))
            if visit.text("asked_on")
            else "",
            self.tr("of {whom}").format(whom=visit.text("asked_of")) if visit.text("asked_of") else "",
        ]
        if told := ", ".join(day for day in days if day):
            yield told
        if needs := "; ".join(label("visit_need", code) for code in chosen(visit.answers, "needs")):
            yield self.tr("It needs: {needs}").format(needs=needs)
        if reasons := "; ".join(label("visit_reason", code) for code in chosen(visit.answers, "reasons")):
            yield self.tr("Why not: {reasons}").format(reasons=reasons)
        if visit.text("state") in ("", "asked", "agreed"):
            yield from self._permissions(visit, children)

    def _permissions(self, visit: Record, children: Sequence[str]) -> Iterator[str]:
        """Yield what holds for each child on the day of the visit, where anything was said about it."""
        day = visit.text("for_day") or self._today
        for child in children:
            found = permission_on(self._records.get("contact_permission", ()), child, visit.text("kind"), day)
            if found.standing != "not_said":
                yield permission_words(self._named(child), found)

    def _sessions(self) -> list[Record]:
        sessions = self._records.get("coaching_session", ())
        return sorted(sessions, key=lambda one: (one.text("date"), one.id), reverse=True)[:_SHOWN_COACHING]

    def _coaching(self, session: Record) -> QWidget:
        topics = "; ".join(label("coaching_topic", code) for code in chosen(session.answers, "topics"))
        title = " · ".join(part for part in (day_in_words(session.text("date")), topics) if part)
        seen = one_line(session.text("effect"))
        about = [
            self.tr("Material: {what}").format(what=session.text("material")) if session.text("material") else "",
            self.tr("Seen afterwards: {what}").format(what=seen) if seen else "",
        ]
        badge = ("", "neutral") if seen else (self.tr("Effect not told yet"), "info")
        line = RecordLine(session.id, title, "\n".join(part for part in about if part), *badge)
        return self._line("coaching_session", line, "" if seen else "effect")

    def _line(self, form: str, line: RecordLine, question: str = "") -> LeadingLine:
        leading = LeadingLine(self._kit, form, line, question)
        leading.led.connect(self.opened)
        return leading

    def _add(self) -> None:
        self.added.emit(str(self.sender().property("form")))
