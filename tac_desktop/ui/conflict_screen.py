"""Answers that contradict each other, one question after the other, without leaving the keyboard."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton

from tac_desktop.ui.conflict_view import ConflictView
from tac_desktop.ui.kit import Kit, clear, restyle
from tac_desktop.ui.messages import announce
from tac_desktop.ui.page import Page

if TYPE_CHECKING:
    from tac_desktop.actions.conflicts import OpenConflict

_MOST_KEYS = 9


@dataclass(frozen=True)
class Standing:
    """Which contradiction of how many is shown, and how many there are."""

    place: int
    """From 0."""
    count: int
    """Of those that are looked through."""
    open: int
    postponed: int


class ConflictScreen(Page):
    """One contradiction at a time, with the way to the others; it decides nothing itself."""

    shown = Signal(object)
    """A ConflictView was put on the screen: who listens connects to it."""
    undone = Signal()
    """The last decision shall be taken back."""
    moved = Signal(int)
    """One further (1) or one back (-1)."""
    listed = Signal(bool)
    """Whether those that were put off shall be looked through, not the open ones."""
    left = Signal()

    def __init__(self, kit: Kit, spot: Callable[[], str], look_through: Callable[[str], None]) -> None:
        """Build it empty; `show_conflict` or `show_none` fills it.

        Args:
            kit: Makes the parts.
            spot: Gives where one is.
            look_through: Goes to what `spot` gave.
        """
        super().__init__(kit, "")
        self._spot, self._look_through = spot, look_through
        self.set_title(self.tr("Answers that contradict each other"))
        self.view: ConflictView | None = None
        self.undo = kit.button(self.tr("Undo the last decision"), "history")
        self.undo.setToolTip("Ctrl+Z")
        self.undo.setEnabled(False)
        self.back = kit.button(self.tr("Back"), "arrow-left")
        self._lists = QButtonGroup(self)
        self.open, self.put_off = self._chip(postponed=False), self._chip(postponed=True)
        self._previous = kit.button("", "arrow-left", kind="icon", name=self.tr("Previous question (Alt+Left)"))
        self._next = kit.button("", "arrow-right", kind="icon", name=self.tr("Next question (Alt+Right)"))
        self._where = kit.label("", "hint")
        self._notice = kit.label("", wrap=True)
        note = kit.row(kit.picture("triangle-alert", "warn"), self._notice)
        note.setStretch(1, 1)
        self._note = kit.frame("message", note, (14, 8, 14, 8), 12)
        restyle(self._note, tone="warn")
        self._body = kit.column()
        self._lay_out()
        self._connect()

    def show_conflict(self, conflict: "OpenConflict", standing: Standing) -> ConflictView:
        """Show a contradiction."""
        self._empty(standing)
        self._where.setText(self.tr("{n} of {count}").format(n=standing.place + 1, count=f"{standing.count:,}"))
        self._previous.setEnabled(standing.place > 0)
        self._next.setEnabled(standing.place + 1 < standing.count)
        self.view = ConflictView(self.kit, conflict)
        self._body.addWidget(self.view)
        self.shown.emit(self.view)
        return self.view

    def show_none(self, standing: Standing) -> None:
        """Say that nothing of this list is left to decide."""
        self._empty(standing)
        kit, elsewhere = self.kit, standing.open or standing.postponed
        words = self.tr("Nothing is left in this list.") if elsewhere else self.tr("No answers contradict each other.")
        card, column = kit.card(28, 14)
        said = kit.row(kit.picture("circle-check", "ok", 28), kit.label(words, wrap=True), gap=12)
        said.setStretch(1, 1)
        column.addLayout(said)
        self._body.addWidget(card)

    def say(self, words: str) -> None:
        """Say something above the question, to a screen reader as well; '' takes it away."""
        self._notice.setText(words)
        self._note.setAccessibleName(words)
        self._note.setVisible(bool(words))
        if words:
            announce(self, words)

    def offer_undo(self, words: str) -> None:
        """Let the last decision be taken back; `words` tell which, '' if there is none."""
        self.undo.setEnabled(bool(words))
        self.undo.setAccessibleDescription(words)

    def show_list(self, *, postponed: bool) -> None:
        """Show which list is looked through."""
        chip = self.put_off if postponed else self.open
        chip.blockSignals(True)
        chip.setChecked(True)
        chip.blockSignals(False)

    def arrive(self) -> None:
        """Begin with the question: nothing is decided by a key that is still held."""
        (self.view.question if self.view is not None else self.back).setFocus()

    def place(self) -> str:
        """Return where one is: ids and names of fields only."""
        return self._spot()

    def return_to(self, place: str) -> None:
        """Go back to what `place` gave, or look through one case file."""
        self._look_through(place)

    def settle(self) -> None:
        """Write what has been typed into the drafts, now."""
        if self.view is not None and self.view.other is not None:
            self.view.other.settle()

    def _empty(self, standing: Standing) -> None:
        clear(self._body)
        self.view = None
        self.open.setText(self.tr("Open ({n})").format(n=f"{standing.open:,}"))
        self.put_off.setText(self.tr("Postponed ({n})").format(n=f"{standing.postponed:,}"))
        self._where.clear()
        for button in (self._previous, self._next):
            button.setEnabled(False)

    def _chip(self, *, postponed: bool) -> QPushButton:
        chip = self.kit.button("", kind="chip")
        chip.setCheckable(True)
        chip.setChecked(not postponed)
        chip.setProperty("postponed", postponed)
        chip.toggled.connect(self._list_toggled)
        self._lists.addButton(chip)
        return chip

    def _lay_out(self) -> None:
        kit = self.kit
        for button in (self.back, self.undo):
            self.add_action(button)
        pages = kit.row(self._previous, self._where, self._next, gap=4)
        self.add(kit.flow(self.open, self.put_off, pages, gap=12))
        self.add(self._note)
        self.add(self._body)
        self.add(None)
        self.say("")

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.undo.clicked.connect(self.undone)
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        keys = {"Alt+B": "both", "Alt+W": "other", "Alt+T": "tomorrow", "Alt+N": "next_week"}
        for sequence, way in keys.items():
            self._key(sequence).setProperty("way", way)
        for number in range(1, _MOST_KEYS + 1):
            self._key(f"Alt+{number}").setProperty("number", number)
        for sequence in ("Ctrl+Z", "Alt+Left", "Alt+Right", "Ctrl+Return", "Ctrl+Enter"):
            self._key(sequence).setProperty("does", sequence)

    def _key(self, sequence: str) -> QShortcut:
        key = QShortcut(QKeySequence(sequence), self)
        key.setAutoRepeat(False)
        key.activated.connect(self._pressed)
        return key

    def _pressed(self) -> None:
        key, view = self.sender(), self.view
        number, way = key.property("number"), key.property("way")
        if isinstance(number, int) and view is not None:
            view.keep_number(number)
        elif isinstance(way, str) and view is not None:
            view.press(way)
        else:
            self._does(str(key.property("does")))

    def _does(self, sequence: str) -> None:
        match sequence:
            case "Ctrl+Z" if self.undo.isEnabled():
                self.undone.emit()
            case "Alt+Left" if self._previous.isEnabled():
                self._go_back()
            case "Alt+Right" if self._next.isEnabled():
                self._go_on()
            case "Ctrl+Return" | "Ctrl+Enter" if self.view is not None and self.view.other is not None:
                self.view.other.submit()
            case _:
                pass

    def _go_back(self) -> None:
        self.moved.emit(-1)

    def _go_on(self) -> None:
        self.moved.emit(1)

    def _list_toggled(self, on: bool) -> None:
        if on:
            self.listed.emit(bool(self.sender().property("postponed")))
