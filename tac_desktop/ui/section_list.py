"""The side list of a case file's sections, each with where it stands; in a narrow window a drop-down list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from tac_desktop.ui.case_sections import CaseSection, Standing
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.soon import soon

WIDTH = 252
_PADDING = 12
"""Before the title of a section, in pixels at 100 %."""
_PAUSE_MILLISECONDS = 900
"""Letters that come faster one after the other look for one section together."""
_NOTHING = Standing("")
_URGENT = {"Overdue": "Overdue", "In progress": "Draft"}
"""What is said in the list itself, in place of the number of records."""


class SectionButton(QPushButton):
    """One section: its title, at the right how many records it has and the icon of where it stands.

    What is urgent is a word, too: beside the title, or below it where a long title leaves no room.
    """

    typed = Signal(str)
    """A letter, by which the person looks for a section."""

    def __init__(self, kit: Kit, section: CaseSection) -> None:
        """Take the section."""
        super().__init__(section.title)
        self._kit = kit
        self._title = section.title
        self._urgent = ""
        self.name = section.name
        self.setProperty("kind", "section")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._count = QLabel()
        self._count.setProperty("role", "caption")
        self._mark = kit.picture("circle-check")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, kit.px(10), 0)
        row.setSpacing(kit.px(8))
        row.addStretch(1)
        for label in (self._count, self._mark):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label)
        self.show_standing(_NOTHING)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Hand on letters: they look for a section (Qt)."""
        chorded = arg__1.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if arg__1.text().isalnum() and not chorded:
            self.typed.emit(arg__1.text())
        else:
            super().keyPressEvent(arg__1)

    def show_standing(self, standing: Standing) -> None:
        """Show where the section stands; the words are its tool tip and are spoken."""
        self._urgent = _URGENT.get(standing.words, "")
        self._count.setText(self._urgent or (str(standing.count) if standing.count else ""))
        self._mark.setVisible(bool(standing.icon))
        if standing.icon:
            self._mark.setPixmap(self._kit.theme.pixmap(standing.icon, standing.colour))
        counted = f"{standing.count} records" if standing.count > 1 else "1 record" if standing.count else ""
        words = ", ".join(part for part in (standing.words, counted) if part)
        self.setToolTip(words)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(words)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the word at the right below the title where that needs its room (Qt)."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        title = QFontMetrics(self._kit.theme.font("strong")).horizontalAdvance(self._title)
        mark = self._mark.sizeHint().width() + self._kit.px(8) if not self._mark.isHidden() else 0
        beside = self._kit.px(_PADDING) + title + self._kit.px(18) + mark
        fits = beside + self._count.sizeHint().width() <= self.width()
        self._count.setVisible(fits)
        words = self._title if fits or not self._urgent else f"{self._title}\n{self._urgent}"
        if words != self.text():
            self.setText(words)
            # the sheet's own is that of one line; two need air, or the ring of who stands there covers them
            self.setMinimumHeight(self.sizeHint().height() + self._kit.px(10 if words != self._title else 0))


class SectionList(QFrame):
    """The sections from top to bottom; the arrow keys go from one to the next, letters to the one that begins so."""

    chosen = Signal(str)
    """The name of a section."""

    def __init__(self, kit: Kit, sections: Sequence[CaseSection]) -> None:
        """Take the sections that the person may see."""
        super().__init__()
        self.setAccessibleName("Sections of the case file")
        self._group = QButtonGroup(self)
        self._letters = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._forget_letters)
        self.buttons = {section.name: SectionButton(kit, section) for section in sections}
        self.box = QComboBox()
        self.box.setAccessibleName("Section of the case file")
        self._titles = {section.name: section.title for section in sections}
        inside = QFrame()
        inside.setProperty("role", "page")
        inside.setLayout(self._column(kit, sections))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._margin = kit.px(24)
        self._area = kit.scroll(inside)
        outer.addWidget(self._area)
        self.setFixedWidth(kit.px(WIDTH))
        self.box.activated.connect(self._activated)

    def _column(self, kit: Kit, sections: Sequence[CaseSection]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(kit.px(12), kit.px(12), kit.px(12), kit.px(12))
        column.setSpacing(kit.px(2))
        group = ""
        for section in sections:
            if section.group != group:
                column.addWidget(self._heading(kit, group := section.group))
            button = self.buttons[section.name]
            self._group.addButton(button)
            button.toggled.connect(self._toggled)
            button.typed.connect(self._look_for)
            column.addWidget(button)
            self.box.addItem(button.text(), button.name)
        column.addStretch(1)
        return column

    def _heading(self, kit: Kit, words: str) -> QLabel:
        heading = kit.label(words, "caption")
        heading.setContentsMargins(kit.px(10), kit.px(12), 0, kit.px(2))
        return heading

    def show_current(self, name: str) -> None:
        """Mark a section as the one that is shown."""
        button = self.buttons[name]
        button.blockSignals(True)
        button.setChecked(True)
        button.blockSignals(False)
        self.box.setCurrentIndex(self.box.findData(name))
        soon(self, self._into_view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the section that is shown in view (Qt)."""
        super().resizeEvent(event)
        soon(self, self._into_view)

    def _into_view(self) -> None:
        if (button := self._group.checkedButton()) is not None:  # pyright: ignore[reportUnnecessaryComparison] - None where none is
            self._area.ensureWidgetVisible(button, 0, self._margin)

    def show_standings(self, standings: Mapping[str, Standing]) -> None:
        """Show where each section stands."""
        for name, button in self.buttons.items():
            standing = standings.get(name, _NOTHING)
            button.show_standing(standing)
            words = f"{self._titles[name]} – {standing.words.lower()}" if standing.words else self._titles[name]
            self.box.setItemText(self.box.findData(name), words)

    def _look_for(self, letter: str) -> None:
        """Open the next section that begins with the letters typed so far."""
        self._letters += letter.casefold()
        self._pause.start()
        names = list(self.buttons)
        here = names.index(button.name) if isinstance(button := self.sender(), SectionButton) else 0
        start = here + (len(self._letters) == 1)
        found = (name for name in names[start:] + names[:start] if self._begins(name))
        if name := next(found, ""):
            self.buttons[name].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.buttons[name].setChecked(True)

    def _begins(self, name: str) -> bool:
        return self._titles[name].casefold().startswith(self._letters)

    def _forget_letters(self) -> None:
        self._letters = ""

    def _toggled(self, on: bool) -> None:
        button = self.sender()
        if on and isinstance(button, SectionButton):
            self.chosen.emit(button.name)

    def _activated(self) -> None:
        self.chosen.emit(str(self.box.currentData()))
