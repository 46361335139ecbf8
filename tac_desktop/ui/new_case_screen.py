"""A new case file: the mother's own form, before anything else is written about her."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tac_desktop.casework import forms
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.page import Page


class NewCaseScreen(Page):
    """Shows the form; the desk says when it was saved, and as which case file."""

    closed = Signal()
    """Back to the caseload; what was typed stays as a draft."""

    def __init__(self, desk: CaseDesk) -> None:
        """Take the desk of a case file that has no id yet."""
        super().__init__(desk.kit, "", whole=True)
        self._title.hide()
        self._column.setSpacing(0)
        self.setAccessibleName(self.tr("New case file"))
        self._open = desk.open_form(forms.ALL["mother"], back_to=self.tr("Caseload"))
        self._open.screen.closed.connect(self.closed)
        self.body.addWidget(self._open.screen, 1)

    def arrive(self) -> None:
        """Begin with the first question."""
        self._open.screen.take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the margins to the form (Qt)."""
        self._column.setContentsMargins(0, 0, 0, 0)
        QWidget.resizeEvent(self, event)

    def settle(self) -> None:
        """Write what was typed into the draft, now."""
        self._open.screen.settle()
