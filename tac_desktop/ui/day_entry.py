"""One box for a day, as people type days ('today', '12/3', '31 may 2022'), with the day it means beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.casework.typed_dates import day_in_words, typed_day
from tac_desktop.ui.kit import Kit


class DayEntry(QWidget):
    """A typed day outside a form: for a report, not for an answer."""

    changed = Signal(str)
    """The ISO date, '' where what was typed is none."""

    def __init__(self, kit: Kit, label: str, today: str) -> None:
        """Take the label and today's ISO date, which is shown first."""
        super().__init__()
        self._today = today
        self.box = kit.entry(label)
        self.box.setText(day_in_words(today))
        self.box.setMinimumWidth(kit.px(180))
        self._echo = kit.label("", "caption", wrap=True)
        column = kit.field(label, self.box)
        column.addWidget(self._echo)
        self.setLayout(column)
        self.box.textChanged.connect(self._typed)
        self._typed()

    def day(self) -> str:
        """Return the ISO date that is meant, '' if it is none."""
        return typed_day(self.box.text(), self._today)

    def _typed(self) -> None:
        day = self.day()
        echo = day_in_words(day, weekday=True) if day else self.tr("Not a date yet. For example: 31 May 2022")
        self._echo.setText(echo)
        self.box.setAccessibleDescription(echo)
        self.changed.emit(day)
