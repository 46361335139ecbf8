"""What is kept about a person who asked: one answer after the other, without leaving the keyboard."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from tac_desktop.casework.record import Record
from tac_desktop.casework.subject_access import Item
from tac_desktop.ui.access_view import AccessView
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.page import Page
from tac_desktop.ui.progress_panel import ProgressPanel
from tac_desktop.ui.words import counted


class AccessScreen(Page):
    """One answer at a time, with the way to the others; it decides nothing itself."""

    moved = Signal(int)
    """One further (1) or one back (-1)."""
    listed = Signal(bool)
    """Whether what is decided already shall be looked through, too."""
    written = Signal()
    """The pack shall be written."""
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it empty; `show_item` or `show_none` fills it."""
        super().__init__(kit, "")
        self.set_title(self.tr("What is kept about her"))
        self.view: AccessView | None = None
        self.back = kit.button(self.tr("Back"), "arrow-left")
        self.write = kit.button(self.tr("Write the pack"), "download", kind="primary")
        self._previous = kit.button("", "arrow-left", kind="icon", name=self.tr("Previous answer (Alt+Left)"))
        self._next = kit.button("", "arrow-right", kind="icon", name=self.tr("Next answer (Alt+Right)"))
        self._where = kit.label("", "hint")
        self.decided_too = kit.check(self.tr("Show every answer, what is decided, too"), self.listed.emit)
        self.panel = ProgressPanel(kit)
        self._body = kit.column()
        for button in (self.back, self.write):
            self.add_action(button)
        self.add(kit.flow(kit.row(self._previous, self._where, self._next, gap=4), self.decided_too, gap=16))
        self.add(self.panel)
        self.add(self._body)
        keys = self.tr("Keys: Alt+1, Alt+2, Alt+3 decide; Alt+Left and Alt+Right the answer before and the next one.")
        self.add(kit.label(keys, "caption", wrap=True))
        self.add(None)
        self._connect()

    def tell(self, name: str, found: int, waiting: int) -> None:
        """Say about whom it is, how many answers were found, and how many wait for a decision."""
        answers = counted(found, self.tr("1 answer is kept"), self.tr("{n} answers are kept"))
        left = counted(waiting, self.tr("1 waits for a decision"), self.tr("{n} wait for a decision"))
        none = self.tr("nothing waits for a decision: the pack can be written")
        self.set_title(self.tr("What is kept about {name}").format(name=name))
        self.set_subtitle(f"{answers}; {left if waiting else none}.")
        self.write.setEnabled(not waiting)

    def show_item(self, item: Item, decision: Record | None, alike: int, place: int, count: int) -> AccessView:
        """Show one answer, the one at `place` (from 0) of `count`."""
        clear(self._body)
        self.view = AccessView(self.kit, item, decision, alike)
        self._body.addWidget(self.view)
        self._where.setText(self.tr("{n} of {count}").format(n=f"{place + 1:,}", count=f"{count:,}"))
        self._previous.setEnabled(place > 0)
        self._next.setEnabled(place + 1 < count)
        self.scroll_to_top()
        return self.view

    def show_none(self) -> None:
        """Say that nothing of this list has to be looked at."""
        clear(self._body)
        self.view = None
        self._where.clear()
        for button in (self._previous, self._next):
            button.setEnabled(False)
        kit = self.kit
        card, column = kit.card(28, 14)
        words = kit.label(self.tr("Everything that had to be looked at is decided."), wrap=True)
        said = kit.row(kit.picture("circle-check", "ok", 28), words, gap=12)
        said.setStretch(1, 1)
        column.addLayout(said)
        self._body.addWidget(card)

    def arrive(self) -> None:
        """Begin with the answer: nothing is decided by a key that is still held."""
        if self.view is not None:
            self.view.setFocus()
        else:
            (self.write if self.write.isEnabled() else self.back).setFocus()

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.write.clicked.connect(self.written)
        self._previous.clicked.connect(lambda: self.moved.emit(-1))
        self._next.clicked.connect(lambda: self.moved.emit(1))
        for number in (1, 2, 3):
            self._key(f"Alt+{number}").setProperty("number", number)
        self._key("Alt+Left").setProperty("step", -1)
        self._key("Alt+Right").setProperty("step", 1)

    def _key(self, sequence: str) -> QShortcut:
        key = QShortcut(QKeySequence(sequence), self)
        key.setAutoRepeat(False)
        key.activated.connect(self._pressed)
        return key

    def _pressed(self) -> None:
        key = self.sender()
        number, step = key.property("number"), key.property("step")
        if isinstance(number, int) and self.view is not None:
            self.view.press(number)
        elif isinstance(step, int) and (self._next if step > 0 else self._previous).isEnabled():
            self.moved.emit(step)
