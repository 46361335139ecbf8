"""A new case file: the mother's own form, before anything else is written about her."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tac_desktop.casework import forms
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.namesakes import Namesakes
from tac_desktop.ui.page import Page
from tac_desktop.ui.workbench import Workbench


class NewCaseScreen(Page):
    """Shows the form; the desk says when it was saved, and as which case file."""

    closed = Signal()
    """Back to the caseload; what was typed stays as a draft."""
    known_opened = Signal(str, str)
    """She is already here: her case file shall be opened, at a place in it."""

    def __init__(self, desk: CaseDesk, bench: Workbench) -> None:
        """Take the desk of a case file that has no id yet, and the bench beside which it is asked who is here."""
        super().__init__(desk.kit, "", whole=True)
        self._title.hide()
        self._column.setSpacing(0)
        self.setAccessibleName(self.tr("New case file"))
        if desk.person.prison:
            desk.begin_with("mother", {"prison": desk.person.prison})
        self._open = desk.open_form(forms.ALL["mother"], back_to=self.tr("Caseload"))
        self._open.screen.closed.connect(self.closed)
        self.body.addWidget(self._open.screen, 1)
        first = self.tr("New referral. First who she is; when that is saved, the referral itself is asked for.")
        self._open.screen.put_beside(desk.kit.label(first, "hint", wrap=True))
        self.namesakes = Namesakes(bench, self._open)
        self.namesakes.card.opened.connect(self.known_opened)

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
