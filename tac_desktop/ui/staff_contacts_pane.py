"""Contacts with prison staff: one key to log one, how many there were for which purpose, and the latest of them."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.codelists import label
from tac_desktop.casework.days import add_months
from tac_desktop.casework.record import Record
from tac_desktop.casework.staff_contacts import NO_DEPARTMENT, PurposeRow, StaffContacts, counted, within_days
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.line_list import LineList
from tac_desktop.ui.record_list import RecordLine
from tac_desktop.ui.words import counted as in_words

_MONTHS = {"1": 1, "3": 3, "12": 12}
_ANY = "9999"
"""No day is later."""


class StaffContactsPane(QWidget):
    """A button, a period, and for that period a card with the numbers and a list."""

    opened = Signal(str)
    added = Signal()

    def __init__(self, kit: Kit, line_of: Callable[[Record], RecordLine], *, may_write: bool = True) -> None:
        """Take what makes the line of a contact; `show_contacts` brings the contacts."""
        super().__init__()
        self.kit = kit
        self._contacts: Sequence[Record] = ()
        self._today = ""
        self.add = kit.button(self.tr("Log a contact with staff"), "message-square-plus", kind="primary")
        self.add.clicked.connect(self.added)
        self.period = kit.combo(self.tr("Of which time"), list(periods().items()))
        self.period.setMinimumContentsLength(max(map(len, periods().values())))
        self.period.setCurrentIndex(1)
        self.period.activated.connect(self._show)
        self._said = kit.label("", "hint", wrap=True)
        self._card, self._numbers = kit.card(16, 10)
        self._list = LineList[Record](kit, line_of)
        self._list.opened.connect(self.opened)
        head = kit.flow(*([self.add] if may_write else []), self.period)
        self.setLayout(kit.column(head, self._said, self._card, self._list, None, gap=12))

    def show_contacts(self, contacts: Sequence[Record], today: str) -> None:
        """Show these contacts.

        Args:
            contacts: All of them, the longest ago first.
            today: Today's ISO date.
        """
        self._contacts, self._today = contacts, today
        self._show()

    def take_keyboard(self) -> None:
        """Begin with the button that logs one."""
        self.add.setFocus()

    def _show(self) -> None:
        since = since_day(str(self.period.currentData()), self._today)
        found = counted(self._contacts, since, _ANY)
        clear(self._numbers)
        self._card.setVisible(bool(found.count))
        self._said.setText(self._words(found))
        for row in found.rows if found.count else ():
            self._numbers.addWidget(self._row(row, found.count))
        self._list.show_lines(within_days(self._contacts, since, _ANY)[::-1])

    def _words(self, found: StaffContacts) -> str:
        if not self._contacts:
            return self.tr(
                "Nothing was logged yet. Log advice, updates and talks with officers and other staff here:"
                " they count as work, and belong to no case file."
            )
        if not found.count:
            return self.tr("Nothing was logged in this time. Choose a longer one to see what was logged before.")
        count = in_words(found.count, self.tr("1 contact"), self.tr("{n} contacts"))
        took = in_words(found.minutes, self.tr("1 minute"), self.tr("{n} minutes"))
        timed = self.tr(" ({n} say how long they took)").format(n=found.timed) if found.timed < found.count else ""
        return f"{count}, {took}{timed}. " + self.tr("A contact for two purposes counts in both.")

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
