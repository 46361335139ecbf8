"""The weekly meeting: who is new, who waits and why, and what is decided about each, without leaving the page."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.waiting import Decision
from tac_desktop.casework.wording import counted
from tac_desktop.ui import tokens
from tac_desktop.ui.focus import holds_keyboard
from tac_desktop.ui.form_screen import FormScreen
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.page import Page
from tac_desktop.ui.record_list import BUILT_AT_ONCE, LineButton, RecordLine
from tac_desktop.ui.waiting_words import reasons_in_words, since_in_words
from tac_desktop.ui.words import prisons

if TYPE_CHECKING:
    from tac_desktop.actions.waiting_list import Waiting
    from tac_desktop.casework.record import Record

SHOWN_AT_ONCE = 60
_NEAR_DAYS = 7


class MeetingScreen(Page):
    """A list in three parts, in the order of urgency; a line leads to the decision, and that back to the next line."""

    chosen = Signal(str)
    """The case file about which shall be decided."""
    left = Signal()
    """The decision shall be left; what was typed stays as a draft."""
    case_opened = Signal(str)
    closed = Signal()
    """Back to the caseload."""
    reading_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit, "", whole=True)
        self.set_title(self.tr("Weekly meeting"))
        self._prison = kit.combo(self.tr("Prison"), [("", self.tr("All prisons")), *prisons()])
        self._back = kit.button(self.tr("Caseload"), "arrow-left", name=self.tr("Back to the caseload"))
        self.add_action(self._prison)
        self.add_action(self._back)
        self._rows = kit.column(gap=8)
        self._building = InTurns(self)
        self._inside = QFrame()  # what the page scrolls when the keyboard comes into it from outside
        self._inside.setProperty("role", "page")
        self._inside.setLayout(kit.column(self._rows, None))
        self._area = kit.scroll(self._inside)
        self._views = QStackedWidget()
        self._views.addWidget(self._area)
        self._deciding = QFrame()
        self._around = QVBoxLayout(self._deciding)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._views.addWidget(self._deciding)
        self.body.addWidget(self._views, 1)
        self._found: Sequence[Waiting] = ()
        self._form: FormScreen | None = None
        self._today = self._case_file = self._wanted = ""
        self._arrives = False
        """Whether the first line takes the keyboard as soon as it is there."""
        self._prison.currentIndexChanged.connect(self.reading_wanted)
        self._back.clicked.connect(self.closed)

    def prison(self) -> str:
        """Return the code of the prison whose list is wanted, '' for all."""
        return str(self._prison.currentData() or "")

    def show_waiting(self, found: "Sequence[Waiting]", today: str) -> None:
        """Show who waits, in their order; the keyboard stays where it is, in the list on its line."""
        self._found, self._today = found, today
        takes = self._arrives or holds_keyboard(self._inside)
        self._arrives = False
        at = self.window().focusWidget()
        focused = next((line.record_id for line in self.lines() if line is at), self._case_file)
        near = [line.record_id for line in self.lines()[:BUILT_AT_ONCE]]
        is_at_top = not self._area.verticalScrollBar().value() and (not focused or focused in near)
        clear(self._rows)
        self._building.build(self._put(found), BUILT_AT_ONCE if is_at_top else None)  # else she would lose her place
        self.set_subtitle(_summary(found))
        wanted, self._wanted = self._wanted, ""
        if self.waiting(wanted) is not None:
            self.chosen.emit(wanted)
        elif self._form is None and takes:
            self._focus(focused)

    def waiting(self, case_file: str) -> "Waiting | None":
        """Return how a mother waits, None if she does not."""
        return next((one for one in self._found if one.case_file == case_file), None)

    def lines(self) -> list[LineButton]:
        """Return the lines of the list, from top to bottom."""
        return [line for line in self.findChildren(LineButton) if not line.isHidden()]

    def form(self) -> FormScreen | None:
        """Return the form of the decision that is open, None if none is."""
        return self._form

    def show_decision(self, form: FormScreen, waiting: "Waiting") -> None:
        """Show the form of a decision, below who it is about."""
        self._drop_form()
        self._form, self._case_file = form, waiting.case_file
        form.put_beside(self._facts(waiting))
        form.closed.connect(self.left)
        self._around.addWidget(form)
        self._views.setCurrentIndex(1)
        self._show_head(shown=False)
        form.take_keyboard()

    def show_list(self, *, beyond: bool = False) -> None:
        """Show the list again, with the keyboard where it was, or one line further."""
        self._building.finish()
        order = [line.record_id for line in self.lines()]
        place = order.index(self._case_file) + beyond if self._case_file in order else 0
        self._drop_form()
        self._case_file = order[place] if place < len(order) else (order[-1] if order else "")
        self._views.setCurrentIndex(0)
        self._show_head(shown=True)
        self._arrives = True
        self._focus(self._case_file)

    def arrive(self) -> None:
        """Have the list read anew, and begin with its first line, or go on with the decision that is open."""
        if self._form is None:
            self._arrives = True
            self._focus(self._case_file)
            self.reading_wanted.emit()
        else:
            self._form.take_keyboard()

    def place(self) -> str:
        """Return the case file about which is being decided."""
        return self._case_file if self._form is not None else ""

    def return_to(self, place: str) -> None:
        """Go back to a decision, as soon as the list is read; one that is open already stays as it is."""
        if self._form is not None and place != self._case_file:
            self.show_list()
        self._wanted = place if self._form is None else ""

    def settle(self) -> None:
        """Write what was typed into the draft, now."""
        if self._form is not None:
            self._form.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the margins to the form where one is open (Qt)."""
        super().resizeEvent(event)
        if self._form is not None:
            self._column.setContentsMargins(0, 0, 0, 0)

    def _show_head(self, *, shown: bool) -> None:
        for part in (self._title, self._subtitle, self._prison, self._back):
            part.setVisible(shown)
        margin, down = (self.kit.margin(self.width()), self.kit.px(20)) if shown else (0, 0)
        self._column.setContentsMargins(margin, down, margin, down)

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.settle()
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _focus(self, case_file: str) -> None:
        lines = self.lines()
        wanted = next((line for line in lines if line.record_id == case_file), lines[0] if lines else self._back)
        wanted.setFocus()

    def _put(self, found: "Sequence[Waiting]") -> Iterator[None]:
        for decision, title in _parts():
            if several := [one for one in found if one.wait.decision == decision]:
                yield from self._put_part(title, several)
        if not found:
            self._rows.addWidget(self.kit.label(self.tr("Nobody is waiting."), "hint", wrap=True))

    def _put_part(self, title: str, found: "Sequence[Waiting]") -> Iterator[None]:
        self._rows.addWidget(self.kit.label(f"{title} ({len(found):,})", "h2", wrap=True))
        for one in found[:SHOWN_AT_ONCE]:
            line = LineButton(self.kit, self._line(one))
            line.clicked.connect(self._choose)
            self._rows.addWidget(line)
            line.show()  # else it counts as hidden until the next turn of the event loop
            yield
        if len(found) > SHOWN_AT_ONCE:
            words = self.tr("and {n} more, who wait since later or without a reason that cannot wait")
            self._rows.addWidget(self.kit.label(words.format(n=len(found) - SHOWN_AT_ONCE), "hint", wrap=True))

    def _line(self, one: "Waiting") -> RecordLine:
        first = one.wait.reasons[0] if one.wait.reasons else None
        badge = first.words.partition(",")[0] if first else ""
        near = first is not None and first.day <= _later(self._today, _NEAR_DAYS)
        details = "\n".join(filter(None, (reasons_in_words(one), since_in_words(one, self._today), self._whose(one))))
        return RecordLine(one.case_file, f"{one.name} · {one.reference}", details, badge, "danger" if near else "warn")

    def _whose(self, one: "Waiting") -> str:
        worker = self.tr("with {name}").format(name=one.worker) if one.worker else ""
        return ", ".join(filter(None, (label("prison", one.prison) if one.prison else "", worker)))

    def _facts(self, one: "Waiting") -> QWidget:
        kit = self.kit
        card, column = kit.card(16, 6)
        column.addWidget(kit.label(f"{one.name} · {one.reference}", "h2", wrap=True))
        referral = one.referral
        by = _referred_by(referral) if referral else ""
        told = (
            reasons_in_words(one), since_in_words(one, self._today), self._whose(one),
            self.tr("Referred by: {by}").format(by=by) if by else "", referral.text("reason") if referral else "",
        )  # fmt: skip
        for words in filter(None, told):
            column.addWidget(kit.label(words, wrap=True))
        opened = kit.button(self.tr("Open her case file"), "folder-open")
        opened.clicked.connect(self._open_case)
        column.addLayout(kit.flow(opened))
        card.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
        return card

    def _choose(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.chosen.emit(line.record_id)

    def _open_case(self) -> None:
        self.case_opened.emit(self._case_file)


def _parts() -> tuple[tuple[Decision, str], ...]:
    return (
        ("new", _tr("New since the last meeting")),
        ("undecided", _tr("Waiting for a decision")),
        ("taken_on", _tr("Taken on, not begun yet")),
    )


def _summary(found: "Sequence[Waiting]") -> str:
    urgent = sum(1 for one in found if one.wait.reasons)
    waits = counted(len(found), "mother waits", "mothers wait")
    return f"{waits}; for {urgent:,} of them a day is near." if urgent else f"{waits}." if found else ""


def _referred_by(referral: "Record") -> str:
    source = referral.text("source")
    parts = (label("referral_source", source) if source else "", referral.text("referred_by"))
    return ", ".join(filter(None, parts))


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _tr(text: str) -> str:
    return QCoreApplication.translate("MeetingScreen", text)
