"""Letterbox contact of a case file: for each child the year with its letters, where each stands, what comes next."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from tac_desktop.casework.letterbox import AGREEMENT, Exchange, next_exchange, whole_course
from tac_desktop.casework.permitted_contact import permission_on
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.letterbox_words import LOOKS, details_of, state_words, step_words, title_of
from tac_desktop.ui.messages import announce
from tac_desktop.ui.permission_line import permission_line
from tac_desktop.ui.record_list import LineButton, RecordLine

_FEW = 2
"""So many cards are there when the page is shown; of more the first is, and the others follow."""
_BESIDE_FROM = 560
"""From this width on, in pixels at 100 %, the button stands beside its letter."""


class LetterboxPane(QFrame):
    """One card for each agreement. A line opens its letter; the button beside it does the next step."""

    opened = Signal(str, str)
    """The form's name and the record's id."""
    added = Signal(str)
    """The name of the form of which a new record is wanted."""
    stepped = Signal(object)
    """An Exchange whose next step shall be done."""
    printed = Signal(str)
    """The id of a letter that shall be printed."""

    def __init__(
        self,
        kit: Kit,
        records: Mapping[str, Sequence[Record]],
        named: Callable[[str], str],
        today: str,
        *,
        may_write: bool = True,
        may_issue: bool = True,
    ) -> None:
        """Take the records of the case file by form, and what names a record of it."""
        super().__init__()
        self._kit, self._records, self._named, self._today = kit, records, named, today
        self.may_write, self.may_issue = may_write, may_issue
        self.years: dict[str, _Year] = {}
        """What is shown of each agreement, by its id."""
        agreements = sorted(records.get(AGREEMENT, ()), key=lambda one: (bool(_ended(one, today)), one.id))
        self._cards = kit.column(gap=14)
        self.setLayout(kit.narrow(self._cards))
        self._wished, self._lent_to = "", None
        self._building = InTurns(self)
        self._building.build(self._put(agreements), None if len(agreements) <= _FEW else 1)
        if not agreements:
            self._cards.addWidget(self._empty())

    def take_keyboard(self, agreement: str) -> None:
        """Put the keyboard on the next step of an agreement, else on the first thing of it; at once if it is there."""
        if agreement in self.years:
            self.years[agreement].take_keyboard()
        else:
            self._wished, self._lent_to = agreement, self.window().focusWidget()

    def _put(self, agreements: Sequence[Record]) -> Iterator[None]:
        for agreement in agreements:
            card = self._card(agreement)
            self._cards.addWidget(card)
            card.show()  # else it counts as hidden until the next turn of the event loop
            if agreement.id == self._wished and self.window().focusWidget() is self._lent_to:
                self.years[agreement.id].take_keyboard()
            yield

    def _empty(self) -> QWidget:
        card, inside = self._kit.card()
        words = self.tr(
            "No letterbox has been agreed. Write down the agreement first: for which child, through whom, in which "
            "months. Every letter of the year stands here then, and on Today when it is due."
        )
        inside.addWidget(self._kit.label(words, wrap=True))
        if self.may_write:
            add = self._kit.button(self.tr("Write down an agreement"), "plus", kind="primary")
            add.clicked.connect(self._add)
            inside.addLayout(self._kit.flow(add))
        return card

    def _add(self) -> None:
        self.added.emit(AGREEMENT)

    def _card(self, agreement: Record) -> QWidget:
        kit, child = self._kit, agreement.text("child")
        card, inside = kit.card(20, 8)
        name = self._named(child) or self.tr("A child")
        inside.addWidget(kit.label(name, "h3", wrap=True))
        inside.addWidget(kit.label(" · ".join(self._terms(agreement)), "hint", wrap=True))
        permission = permission_on(self._records.get("contact_permission", ()), child, "letterbox", self._today)
        inside.addLayout(permission_line(kit, self.tr("Letterbox contact"), permission))
        year = _Year(self, kit, whole_course(self._records, agreement, self._today), name, self._today)
        self.years[agreement.id] = year
        inside.addWidget(year)
        card.setAccessibleName(self.tr("Letterbox of {child}").format(child=name))
        return card

    def _terms(self, agreement: Record) -> list[str]:
        ended = _ended(agreement, self._today)
        parts = [
            self.tr("Ended on {day}").format(day=day_in_words(ended)) if ended else "",
            self.tr("through {whom}").format(whom=agreement.text("agency_name"))
            if agreement.text("agency_name")
            else "",
            self.tr("signed ‘{name}’").format(name=agreement.text("sign_as")) if agreement.text("sign_as") else "",
            self.tr("first names only") if agreement.answers.get("first_names_only") is True else "",
            self.tr("no address, no place") if agreement.answers.get("no_address") is True else "",
        ]
        told = [part for part in parts if part]
        return told or [self.tr("Nothing more was written down of what was agreed")]


class _Year(QFrame):
    """The letters of one agreement in one year, and above them what comes next."""

    def __init__(self, pane: LetterboxPane, kit: Kit, course: Sequence[Exchange], child: str, today: str) -> None:
        super().__init__()
        self._pane, self._kit, self._course, self._child = pane, kit, course, child
        self._today_year = int(today[:4])
        self._year = self._today_year
        self._steps: list[QPushButton] = []
        self._rows: list[QBoxLayout] = []
        self._next = kit.label("", "label", wrap=True)
        self._which = kit.label("", "label")
        self.before, self.after = (kit.button("", icon, kind="icon") for icon in ("arrow-left", "arrow-right"))
        self.before.clicked.connect(self._go_back)
        self.after.clicked.connect(self._go_on)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(kit.px(6))
        self.setLayout(kit.column(self._next, kit.flow(self.before, self._which, self.after), self._lines, gap=8))
        self._show()

    def take_keyboard(self) -> None:
        """Put the keyboard on the first next step, else on the first line."""
        for button in (*self._steps, *self.findChildren(LineButton)):
            button.setFocus()
            return

    def _go_back(self) -> None:
        self._move(-1)

    def _go_on(self) -> None:
        self._move(1)

    def _move(self, years: int) -> None:
        self._year += years
        self._show()
        announce(self, self.tr("The letters of {year}, {child}").format(year=self._year, child=self._child))

    def _show(self) -> None:
        years = {int(one.month[:4]) for one in self._course} | {self._today_year}
        self.before.setEnabled(self._year > min(years))
        self.after.setEnabled(self._year < max(years))
        self._which.setText(str(self._year))
        for button, year in ((self.before, self._year - 1), (self.after, self._year + 1)):
            words = self.tr("The letters of {year}, {child}").format(year=year, child=self._child)
            button.setAccessibleName(words)
            button.setToolTip(words)
        coming = next_exchange(self._course)
        self._next.setText(self._coming(coming))
        clear(self._lines)
        self._steps.clear()
        self._rows.clear()
        shown = [one for one in self._course if self._is_shown(one)]
        for exchange in shown:
            self._lines.addLayout(self._line(exchange, is_next=exchange is coming))
        self._arrange(self.width())
        if not shown:
            self._lines.addWidget(self._kit.label(self.tr("No letter is expected in this year."), "hint", wrap=True))

    def _is_shown(self, exchange: Exchange) -> bool:
        """Say whether it is of the year, or is still open from a year before this one."""
        year = int(exchange.month[:4])
        return year == self._year or (self._year == self._today_year and year < self._year and exchange.is_open)

    def _coming(self, exchange: Exchange | None) -> str:
        if exchange is None:
            return self.tr("Nothing comes next: no months were agreed, or the agreement has ended.")
        words = self.tr("Next: {letter}. {state}.").format(letter=title_of(exchange), state=state_words(exchange))
        return f"{words} {details_of(exchange)}"

    def _line(self, exchange: Exchange, *, is_next: bool) -> QBoxLayout:
        kit, title = self._kit, title_of(exchange)
        icon, tone = LOOKS[exchange.state]
        about = exchange.letter or exchange.agreement
        line = LineButton(kit, RecordLine(about.id, title, details_of(exchange), state_words(exchange), tone))
        line.setProperty("form", about.form)
        line.setAccessibleName(f"{self._child}, {title}")
        line.clicked.connect(self._open)
        told = kit.row(kit.picture(icon, _COLOURS[tone]), line, gap=10)
        told.setStretch(1, 1)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(kit.px(8))
        row.addLayout(told, 1)
        self._rows.append(row)
        if exchange.step and self._pane.may_write:
            buttons = [self._button(exchange, title, is_next=is_next)]
            if exchange.step == "send" and about.text("draft") and self._pane.may_issue:
                buttons.append(self._print_button(about, title))
            beside = kit.flow(*buttons)
            row.addLayout(beside)
            row.setAlignment(beside, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _button(self, exchange: Exchange, title: str, *, is_next: bool) -> QPushButton:
        words = step_words(exchange.step)
        button = self._kit.button(words, kind="primary" if is_next else "", name=f"{words}: {self._child}, {title}")
        button.setMinimumWidth(button.sizeHint().width())
        button.setProperty("exchange", exchange)
        button.clicked.connect(self._step)
        self._steps.insert(0 if is_next else len(self._steps), button)
        return button

    def _print_button(self, letter: Record, title: str) -> QPushButton:
        button = self._kit.button(self.tr("Print it"), "printer", name=self.tr("Print it: {which}").format(which=title))
        button.setMinimumWidth(button.sizeHint().width())
        button.setProperty("letter", letter.id)
        button.clicked.connect(self._print)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below their lines where there is no room beside them (Qt)."""
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        beside = width >= self._kit.px(_BESIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for row in self._rows:
            row.setDirection(direction)

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self._pane.opened.emit(str(line.property("form")), line.record_id)

    def _print(self) -> None:
        self._pane.printed.emit(str(self.sender().property("letter")))

    def _step(self) -> None:
        self._pane.stepped.emit(self.sender().property("exchange"))


_COLOURS = {"neutral": "text_2", "info": "info", "ok": "ok", "warn": "warn", "danger": "danger"}


def _ended(agreement: Record, today: str) -> str:
    until = agreement.text("until")
    return until if until and until < today else ""
