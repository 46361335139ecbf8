"""Contacts with prison staff: one key to log one, how many there were for which purpose, and the latest of them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.days import add_months
from tac_desktop.casework.record import Record
from tac_desktop.casework.staff_contacts import NO_DEPARTMENT, PurposeRow, counted
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import counted as in_words

SHOWN_AT_ONCE = 30
_MONTHS = {"1": 1, "3": 3, "12": 12}


class StaffContactsPane(QWidget):
    """A button, a period, a card with the numbers, and a list."""

    opened = Signal(str)
    added = Signal()

    def __init__(self, kit: Kit, *, may_write: bool = True) -> None:
        """Build it empty; `show_contacts` brings the contacts."""
        super().__init__()
        self.kit = kit
        self._contacts: Sequence[Record] = ()
        self._lines: Sequence[RecordLine] = ()
        self._today = ""
        self.add = kit.button(self.tr("Log a contact with staff"), "message-square-plus", kind="primary")
        self.add.clicked.connect(self.added)
        self.period = kit.combo(self.tr("Of which time"), list(periods().items()))
        self.period.setMinimumContentsLength(max(map(len, periods().values())))
        self.period.setCurrentIndex(1)
        self.period.activated.connect(self._show)
        self._said = kit.label("", "hint", wrap=True)
        self._card, self._numbers = kit.card(16, 10)
        self._list = kit.column(gap=8)
        head = kit.flow(*([self.add] if may_write else []), self.period)
        self.setLayout(kit.column(head, self._said, self._card, self._list, None, gap=12))

    def show_contacts(self, contacts: Sequence[Record], lines: Sequence[RecordLine], today: str) -> None:
        """Show these contacts.

        Args:
            contacts: All of them, the longest ago first.
            lines: The same as a list shows them, the latest first.
            today: Today's ISO date.
        """
        self._contacts, self._lines, self._today = contacts, lines, today
        self._show()

    def take_keyboard(self) -> None:
        """Begin with the button that logs one."""
        self.add.setFocus()

    def _show(self) -> None:
        since = since_day(str(self.period.currentData()), self._today)
        found = counted(self._contacts, since, "9999")
        clear(self._numbers)
        clear(self._list)
        self._card.setVisible(bool(found.count))
        if not self._contacts:
            self._said.setText(
                self.tr(
                    "Nothing was logged yet. Log advice, updates and talks with officers and other staff here:"
                    " they count as work, and belong to no case file."
                )
            )
            return
        count = in_words(found.count, self.tr("1 contact"), self.tr("{n} contacts"))
        took = in_words(found.minutes, self.tr("1 minute"), self.tr("{n} minutes"))
        timed = self.tr(" ({n} say how long they took)").format(n=found.timed) if found.timed < found.count else ""
        self._said.setText(f"{count}, {took}{timed}. " + self.tr("A contact for two purposes counts in both."))
        for row in found.rows:
            self._numbers.addWidget(self._row(row, found.count))
        for line in self._lines[:SHOWN_AT_ONCE]:
            button = LineButton(self.kit, line)
            button.clicked.connect(self._open)
            self._list.addWidget(button)

    def _row(self, row: PurposeRow, whole: int) -> QWidget:
        kit, frame = self.kit, QFrame()
        share = f"{100 * row.count / whole:.0f} %" if whole else ""
        words = kit.label(label("staff_contact_purpose", row.purpose), "label", wrap=True)
        departments = ", ".join(f"{_department(code)} {count}" for code, count in row.by_department.items())
        number = kit.label(f"{row.count:,}", "h3")
        number.setAccessibleName(f"{words.text()}: {row.count:,}, {share}. {departments}")
        head = kit.row(words, kit.label(share, "hint"), number, gap=12)
        head.setStretch(0, 1)
        parts = [kit.label(departments, "hint", wrap=True)] if departments else []
        column = kit.column(gap=2)
        column.addLayout(head)
        for part in parts:
            column.addWidget(part)
        frame.setLayout(column)
        return frame

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.opened.emit(line.record_id)


def _department(code: str) -> str:
    return _tr("department not named") if code == NO_DEPARTMENT else label("staff_department", code)


def periods() -> dict[str, str]:
    """Return the times of which contacts can be counted, with their words."""
    return {
        "1": _tr("The last month"),
        "3": _tr("The last three months"),
        "12": _tr("The last twelve months"),
        "": _tr("All"),
    }


def since_day(period: str, today: str) -> str:
    """Return the ISO day on which a period begins; '' for all time."""
    if period not in _MONTHS or not today:
        return ""
    start = add_months(today, -_MONTHS[period])
    return date.fromisoformat(start).isoformat()


def _tr(text: str) -> str:
    return QCoreApplication.translate("StaffContactsPane", text)
