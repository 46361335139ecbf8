"""One contradiction on the screen: the question, its answers side by side, and the ways to decide it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QPushButton

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.differing import Stretches, differing, shortened
from tac_desktop.ui.conflict_answer import OtherAnswer
from tac_desktop.ui.conflict_side import SideCard
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.kit import Kit, clear

if TYPE_CHECKING:
    from tac_desktop.actions.conflict_sides import Side
    from tac_desktop.actions.conflicts import OpenConflict

SIDE_FROM = 330
"""The least width of an answer beside another, in pixels at 100 %."""
LONG = 120
"""Texts of so many characters are shown with what differs in them."""


class QuestionCard(QFrame):
    """The question, of which record; it takes the keyboard, so that a screen reader begins here."""

    record_opened = Signal()

    def __init__(self, kit: Kit, conflict: "OpenConflict") -> None:
        """Take the contradiction."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        form = forms.ALL[conflict.form].title
        mother = "" if conflict.title.startswith(conflict.case_name) else conflict.case_name
        words = _tr("{n} answers to: {question}").format(n=len(conflict.choices), question=conflict.question)
        where = " · ".join(part for part in (mother, form, conflict.title) if part)
        self.setAccessibleName(f"{words}. {where}")
        opens = _tr("Open the record")
        self.open = kit.button(opens, "file-text", kind="link", name=f"{opens}: {where}")
        self.open.clicked.connect(self.record_opened)
        column = kit.column(kit.label(conflict.question, "h2", wrap=True), kit.label(where, "hint", wrap=True), gap=4)
        column.addLayout(kit.flow(self.open))
        column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column)


class ConflictView(QFrame):
    """Shows one contradiction and says what the person wants; it decides nothing itself."""

    kept = Signal(str)
    """The id of the answer that shall hold."""
    both_kept = Signal()
    other_wanted = Signal()
    """Another answer shall be written. Answer with `ask`."""
    postponed = Signal(str)
    """tomorrow or next_week."""
    record_opened = Signal()

    def __init__(self, kit: Kit, conflict: "OpenConflict") -> None:
        """Build it for a contradiction."""
        super().__init__()
        self._kit, self.conflict = kit, conflict
        self.other: OtherAnswer | None = None
        self._stretches = _long_texts(conflict)
        self._whole = not self._stretches
        self.question = QuestionCard(kit, conflict)
        self.question.record_opened.connect(self.record_opened)
        self.sides = [self._side(side, number) for number, side in enumerate(conflict.choices, 1)]
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(kit.px(16))
        for card in self.sides:
            self._beside.addWidget(card, 1)
        self.ways: dict[str, QPushButton] = {}
        self._writing = kit.column()
        column = kit.column(self.question, gap=16)
        if self._stretches:
            self._how_much = kit.button("", kind="link")
            self._how_much.clicked.connect(self._show_more_or_less)
            column.addLayout(kit.flow(kit.label(_tr("What differs is bold and underlined."), "hint"), self._how_much))
            self._show_texts()
        for part in (self._beside, self._ways_to_decide(), self._writing):
            column.addLayout(part)
        column.addWidget(kit.label(_keys(conflict), "caption", wrap=True))
        self.setLayout(column)

    def keep_number(self, number: int) -> None:
        """Keep the answer with this number, from 1."""
        if 0 < number <= len(self.sides):
            self.kept.emit(self.conflict.choices[number - 1].cid)

    def press(self, way: str) -> None:
        """Do as if a button was pressed: both, other, tomorrow or next_week."""
        button = self.ways.get(way)
        if button is not None and button.isEnabled():
            button.click()

    def ask(self, around: Circumstances, begun: Answer | None) -> OtherAnswer | None:
        """Show the field's own editor, begun with an answer; None where this version does not know the question."""
        field = self.conflict.asked
        if self.other is None and field is not None:
            self.other = OtherAnswer(around, field, begun)
            self.other.left.connect(self.stop_asking)
            self._writing.addWidget(self.other)
            self.ways["other"].setEnabled(False)
        return self.other

    def stop_asking(self) -> None:
        """Take the editor away."""
        clear(self._writing)
        self.other = None
        self.ways["other"].setEnabled(True)
        self.ways["other"].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answers below one another where there is no room for all (Qt)."""
        room = event.size().width() // self._kit.px(SIDE_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(across if room >= len(self.sides) else down)
        super().resizeEvent(event)

    def _side(self, side: "Side", number: int) -> SideCard:
        card = SideCard(self._kit, side, number, self._keep_words(side))
        card.kept.connect(self.kept)
        if not self._stretches:
            card.show_words()
        return card

    def _keep_words(self, side: "Side") -> str:
        if self.conflict.name:
            return _tr("Keep this answer")
        return _tr("Delete the record") if side.value else _tr("Keep the record")

    def _ways_to_decide(self) -> QLayout:
        offered = [
            ("both", _tr("Both are true"), "Alt+B", self.both_kept, self.conflict.both_possible),
            ("other", _tr("Write another answer"), "Alt+W", self.other_wanted, self.conflict.asked is not None),
        ]
        flow = self._kit.flow()
        for name, words, keys, signal, possible in offered:
            if possible:
                button = self._way(name, words, keys)
                button.clicked.connect(signal)
                flow.addWidget(button)
        later = (("tomorrow", _tr("Later: tomorrow"), "Alt+T"), ("next_week", _tr("Later: next week"), "Alt+N"))
        for name, words, keys in later:
            button = self._way(name, words, keys)
            button.clicked.connect(self._later)
            flow.addWidget(button)
        return flow

    def _way(self, name: str, words: str, keys: str) -> QPushButton:
        icon = {"tomorrow": "clock", "next_week": "clock", "other": "pencil"}.get(name, "")
        button = self._kit.button(words, icon, name=words)
        button.setToolTip(keys)
        button.setProperty("way", name)
        self.ways[name] = button
        return button

    def _later(self) -> None:
        self.postponed.emit(str(self.sender().property("way")))

    def _show_more_or_less(self) -> None:
        self._whole = not self._whole
        self._show_texts()

    def _show_texts(self) -> None:
        for card, stretches in zip(self.sides, self._stretches, strict=True):
            card.show_text(stretches if self._whole else shortened(stretches))
        self._how_much.setText(_tr("Show only what differs") if self._whole else _tr("Show the whole texts"))


def _keys(conflict: "OpenConflict") -> str:
    """Return which keys do what, for whoever stays at the keyboard."""
    numbers = ", ".join(f"Alt+{number}" for number in range(1, len(conflict.choices) + 1))
    keys = [_tr("{keys} keep an answer").format(keys=numbers)]
    keys += [_tr("Alt+B both")] if conflict.both_possible else []
    keys += [_tr("Alt+W another one")] if conflict.asked is not None else []
    keys += [_tr("Alt+T tomorrow"), _tr("Alt+N next week"), _tr("Alt+Right the next question"), _tr("Ctrl+Z undo")]
    return f"{_tr('Keys')}: {'; '.join(keys)}."


def _long_texts(conflict: "OpenConflict") -> list[Stretches]:
    """Return the answers in stretches where they are texts and one of them is long; else nothing.

    Each is compared with the one that is shown, that one with the next.
    """
    texts = [side.words for side in conflict.choices]
    if not conflict.name or "/" in conflict.field or max(map(len, texts)) < LONG:
        return []
    first = differing(texts[0], texts[1])[0]
    return [first, *(differing(texts[0], other)[1] for other in texts[1:])]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConflictScreen", text)
