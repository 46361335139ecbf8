"""A letter to a child, read once more before it goes: what should perhaps not stand in it, and whether it may."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCheckBox, QFrame, QTextEdit, QVBoxLayout, QWidget

from tac_desktop.casework.letter_check import Found
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.text_editor import TextBox
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.letters import ReadLetter


class LetterCheck(LinedDialog):
    """Shows the words with what was found underlined, and asks of each whether it may stand."""

    passed = Signal(object)
    """What was found and may stand, as a list of Found: the letter was read and may go as it is."""
    change_wanted = Signal()
    """The words shall be changed."""

    def __init__(self, kit: Kit, read: "ReadLetter", parent: QWidget) -> None:
        """Take the letter as it was read."""
        super().__init__(kit, "Check the letter", (760, 760), parent)
        self._kit, self.read = kit, read
        self.box = TextBox(kit, self.tr("The letter, to be read"))
        self.box.setReadOnly(True)
        self.box.show_words(read.words)
        self.stands: list[QCheckBox] = []
        """One box for each place that was found, in their order."""
        self.back = kit.button(self.tr("Change the letter"), "pencil")
        self.go_on = kit.button(self.tr("It may go (Ctrl+Return)"), "shield-check", kind="primary")
        self.go_on.setAccessibleName(self.tr("It may go"))
        self._left = kit.label("", "hint", wrap=True)
        self.column.addWidget(kit.scroll(self._inside()))
        self._mark()
        self._connect()
        self._count()
        (self.stands[0] if self.stands else self.go_on).setFocus()

    def _inside(self) -> QWidget:
        kit = self._kit
        inside = QFrame()
        inside.setProperty("role", "page")
        column = kit.column(
            kit.label(self.tr("Read it once more"), "h2", wrap=True), kit.label(self._told(), wrap=True), self.box,
            self._places(), self._left, kit.flow(self.go_on, self.back), None, gap=12,
        )  # fmt: skip
        column.setContentsMargins(*(kit.px(20),) * 4)
        inside.setLayout(column)
        return inside

    def _told(self) -> str:
        found = self.read.found
        if not found:
            return self.tr(
                "Nothing was found that this case file knows, nor what looks like an address, a school or a number. "
                "The program cannot know every name: read it yourself all the same."
            )
        places = counted(len(found), self.tr("1 place"), self.tr("{n} places"))
        return self.tr(
            "{places} should perhaps not stand in it. Tick what may stay; whatever else it is, change the letter."
        ).format(places=places)

    def _places(self) -> QVBoxLayout:
        kit, column = self._kit, self._kit.column(gap=6)
        for found in self.read.found:
            stands = kit.check(self.tr("May stay"))
            stands.setAccessibleName(self.tr("May stay: {told}").format(told=found.told()))
            stands.toggled.connect(self._count)
            show = kit.button(self.tr("Show"), kind="link", name=self.tr("Show {told}").format(told=found.told()))
            show.clicked.connect(partial(self._show_place, found))
            self.stands.append(stands)
            column.addWidget(kit.label(found.told(), "label", wrap=True))
            column.addLayout(kit.flow(stands, show, gap=16))
        return column

    def _connect(self) -> None:
        self.back.clicked.connect(self._change)
        self.go_on.clicked.connect(self.pass_on)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.pass_on)

    def pass_on(self) -> None:
        """Say that the letter was read and may go, if every place was decided."""
        if self.go_on.isEnabled():
            self.accept()
            self.passed.emit(list(self.read.found))

    def _change(self) -> None:
        self.reject()
        self.change_wanted.emit()

    def _count(self) -> None:
        left = sum(not stands.isChecked() for stands in self.stands)
        self.go_on.setEnabled(left == 0)
        words = counted(
            left, self.tr("1 place is still to be decided."), self.tr("{n} places are still to be decided.")
        )
        self._left.setText(words if left else "")
        self._left.setVisible(left > 0)

    def _mark(self) -> None:
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(self._kit.theme.colour("danger"))
        look.setBackground(self._kit.theme.colour("danger_tint"))
        marks: list[QTextEdit.ExtraSelection] = []
        for found in self.read.found:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(found)  # pyright: ignore[reportAttributeAccessIssue] - the stub lacks it
            mark.format = look  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        self.box.setExtraSelections(marks)

    def _show_place(self, found: Found) -> None:
        cursor = self._cursor(found)
        self.box.setTextCursor(cursor)
        self.box.ensureCursorVisible()
        self.box.setFocus()

    def _cursor(self, found: Found) -> QTextCursor:
        cursor = QTextCursor(self.box.document())
        cursor.setPosition(_counted_by_qt(self.read.words, found.begin))
        cursor.setPosition(_counted_by_qt(self.read.words, found.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _counted_by_qt(text: str, place: int) -> int:
    """Return a place in a text as Qt counts it: characters beyond the first plane are two for it."""
    return place + sum(ord(char) > 0xFFFF for char in text[:place])
