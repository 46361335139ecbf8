"""Two parts of the office: the rules of the prisons, and what was removed; and the card that tells of a twin entry."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tac_desktop.casework import forms
from tac_desktop.casework.directory import DirectoryEntry
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.office_desk import OfficeDesk
from tac_desktop.ui.record_list import RecordList
from tac_desktop.ui.removed_pane import RemovedPane

RULES = "prison_rules"
MOST_TWINS = 5


class KeptPart(QWidget):
    """Shows one thing, read anew when it comes to the front."""

    opened = Signal(str, str)
    """The form and the id of a record that shall be opened; no id for a new one."""

    def __init__(self, desk: OfficeDesk) -> None:
        """Take the desk; nothing is read yet."""
        super().__init__()
        self.desk = desk
        self._inside = desk.kit.column(gap=0)
        self.setLayout(self._inside)

    def read(self) -> None:
        """Read anew what it shows."""
        clear(self._inside)
        self._inside.addWidget(self._made())

    def _made(self) -> QWidget:
        raise NotImplementedError

    def take_keyboard(self) -> None:
        """Begin with the first button."""
        if buttons := self.findChildren(QPushButton):
            buttons[0].setFocus()


class RulesPart(KeptPart):
    """The rules of the prisons, one record for each."""

    def _made(self) -> QWidget:
        desk, form = self.desk, forms.ALL[RULES]
        records = RecordList(desk.kit, form, desk.all_lines(RULES), may_add=desk.may_write(RULES))
        records.opened.connect(self.opened)
        records.added.connect(self._add)
        return records

    def _add(self, form: str) -> None:
        self.opened.emit(form, "")


class RemovedPart(KeptPart):
    """What was taken out of what the offices keep."""

    def _made(self) -> QWidget:
        desk = self.desk
        words = self.tr("Nothing was removed from the office. What is removed stands here and can be brought back.")
        pane = RemovedPane(desk.kit, desk.removed(), desk.people(), desk.named, empty=words)
        pane.back_wanted.connect(self._bring_back)
        return pane

    def _bring_back(self, form: str, record_id: str) -> None:
        if self.desk.bring_back(form, record_id):
            self.opened.emit(form, record_id)


class TwinsCard(QFrame):
    """Says above an entry of the directory that it may be there twice, and leads to the others."""

    opened = Signal(str, str)
    """The form and the id of another entry."""

    def __init__(self, kit: Kit, twins: Sequence[DirectoryEntry]) -> None:
        """Take the other entries."""
        super().__init__()
        card, column = kit.card(14, 6)
        words = self.tr("This may be in the directory twice. If it is, keep the fuller entry and remove the other.")
        said = kit.row(kit.picture("info", "warn", 18), kit.label(words, wrap=True), gap=8)
        said.setStretch(1, 1)
        column.addLayout(said)
        for twin in twins[:MOST_TWINS]:
            link = kit.button(twin.in_words, kind="link")
            link.setProperty("entry", (twin.form, twin.record_id))
            link.clicked.connect(self._open)
            column.addWidget(link)
        self.setLayout(kit.column(card, gap=0))

    def _open(self) -> None:
        self.opened.emit(*self.sender().property("entry"))
