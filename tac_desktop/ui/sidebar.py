"""The sidebar: where one can go, who is at work, the state of drafts, and the lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit, restyle


@dataclass(frozen=True)
class Entry:
    """One place to go: its name in the program, the icon, and the word on the button."""

    name: str
    icon: str
    text: str


class Sidebar(QWidget):
    """Buttons with words, or with icons alone where the window is narrow; then the words are tool tips."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, kit: Kit, entries: Sequence[Entry], *, person: str, place: str) -> None:
        """Take where one can go, the person's name, and where she works."""
        super().__init__()
        self._kit = kit
        self._narrow = False
        self._column = QVBoxLayout()
        side = kit.frame("side", self._column, (0, 18, 0, 0), 2)
        self._words: list[QWidget] = []
        self._buttons = {entry.name: self._nav_button(entry) for entry in entries}
        self._draft = kit.label("", "caption", wrap=True)
        self._status = kit.label("", "caption", wrap=True)
        self._status.hide()
        self._pressed_there = False
        self._lock = kit.button(self.tr("Lock now"), "lock")
        self._lock.setToolTip(self.tr("Lock now (Ctrl+L)"))
        self._lock.clicked.connect(self.lock_asked)
        self._lay_out(person, place)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = area = kit.scroll(side)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        # who has to lock at once does not scroll
        outer.addWidget(kit.frame("side", kit.column(self._lock), (12, 4, 12, 14), 0))
        self.set_narrow(narrow=False)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focus_moved)

    def _nav_button(self, entry: Entry) -> QPushButton:
        button = self._kit.button(entry.text, entry.icon, kind="nav", name=entry.text)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setProperty("entry", entry.name)
        button.setProperty("words", entry.text)
        # toggled, not clicked: assistive tools operate a checkable button by toggling it
        button.toggled.connect(self._toggled)
        button.pressed.connect(self._pressed)
        button.clicked.connect(self._clicked)
        return button

    def _lay_out(self, person: str, place: str) -> None:
        kit = self._kit
        title, where = kit.label("TaC", "brand"), kit.label(place, "caption", wrap=True)
        brand = kit.column(title, where, gap=0)
        brand.setContentsMargins(kit.px(18), 0, kit.px(12), kit.px(12))
        self._column.addLayout(brand)
        for button in self._buttons.values():
            self._column.addWidget(button)
        self._column.addStretch(1)
        rule, who = kit.rule(), kit.label(person, "label", wrap=True)
        foot = kit.column(who, self._draft, self._status, gap=2)
        foot.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(4))
        self._column.addWidget(rule)
        self._column.addLayout(foot)
        self._words += [title, where, who, self._draft, self._status, rule]

    def show_current(self, name: str) -> None:
        """Mark where one is, without going there."""
        button = self._buttons.get(name)
        if button is not None:
            with QSignalBlocker(button):
                button.setChecked(True)

    def names(self) -> list[str]:
        """Return the names of the places, in their order."""
        return list(self._buttons)

    def set_enabled(self, names: Sequence[str], *, enabled: bool) -> None:
        """Let places be visited, or not for the moment."""
        for name in names:
            button = self._buttons.get(name)
            if button is not None:
                button.setEnabled(enabled)
                button.setToolTip("" if enabled else self.tr("Comes back when the import is over"))

    def show_count(self, name: str, count: int, spoken: str) -> None:
        """Say beside a place how many things wait there, 0 says nothing; `spoken` tells a screen reader what."""
        button = self._buttons.get(name)
        if button is None:
            return
        plain = str(button.property("plain") or button.property("words"))
        button.setProperty("plain", plain)
        button.setProperty("words", f"{plain} ({count})" if count else plain)
        button.setAccessibleName(f"{plain}, {spoken}" if count else plain)
        self.set_narrow(narrow=self._narrow)

    def show_draft(self, text: str) -> None:
        """Say how it stands with the drafts."""
        self._draft.setText(text)

    def show_status(self, text: str) -> None:
        """Say how far work in the background is; '' when there is none. Where only icons fit, nothing is said."""
        self._status.setText(text)
        self._status.setVisible(bool(text) and not self._narrow)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or icons with words."""
        self._narrow = narrow
        width = tokens.SIDEBAR_WIDTH_NARROW if narrow else tokens.SIDEBAR_WIDTH
        self.setFixedWidth(self._kit.px(width))
        for button in self._buttons.values():
            words = str(button.property("words"))
            button.setText("" if narrow else words)
            button.setToolTip(words if narrow else "")
        self._lock.setText("" if narrow else self.tr("Lock now"))
        restyle(self._lock, kind="icon" if narrow else "")
        self._lock.setAccessibleName(self.tr("Lock now"))
        for widget in self._words:
            widget.setVisible(not narrow)
        self.show_status(self._status.text())

    def minimumSizeHint(self) -> QSize:
        """Ask for no height: what does not fit scrolls (Qt)."""
        return QSize(self.width(), 0)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Scroll to what the keyboard reaches from outside: Qt does it for what is inside only."""
        if new is not None and self._area.isAncestorOf(new):
            self._area.ensureWidgetVisible(new)

    def _toggled(self, on: bool) -> None:
        if on:
            self.chosen.emit(str(self.sender().property("entry")))

    def _pressed(self) -> None:
        self._pressed_there = cast("QPushButton", self.sender()).isChecked()

    def _clicked(self) -> None:
        """Go back from what lies behind a place, a case file for one: then nothing is toggled."""
        if self._pressed_there:
            self.chosen.emit(str(self.sender().property("entry")))
