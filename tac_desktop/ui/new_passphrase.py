"""A new pass-phrase: typed twice, with its strength in words."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from tac_desktop.ui.door_card import no_guessing, show_secret
from tac_desktop.ui.jobs import Job, Lane, at_once
from tac_desktop.ui.kit import Kit

if TYPE_CHECKING:
    from tac_desktop.actions.passphrases import Strength

_ICONS = ("circle-dashed", "triangle-alert", "triangle-alert", "circle-dot", "circle-check")
_TONES = ("text_2", "warn", "warn", "info", "ok")


class Judge(QObject):
    """Judges in the lane what is typed: the lists of common pass-phrases take a moment to load. One at a time."""

    judged = Signal(str, object)
    """What was judged, and its Strength."""

    def __init__(self, lane: Lane, parent: QObject) -> None:
        """Take the lane."""
        super().__init__(parent)
        self._lane = lane
        self._next: tuple[str, Sequence[str]] | None = None
        self._under_way = False

    def ask(self, text: str, also: Sequence[str]) -> None:
        """Have a text judged; where another one is still being judged, this one comes next."""
        self._next = text, also
        if not self._under_way:
            self._begin()

    def _begin(self) -> None:
        if self._next is None:
            return
        (text, also), self._next = self._next, None
        self._under_way = True
        job = Job(at_once(lambda: (text, _judged(text, also))))
        job.finished.connect(self._judged)
        job.settled.connect(self._settled)
        self._lane.start(job)

    def _judged(self, found: object) -> None:
        text, strength = cast("tuple[str, Strength]", found)
        if self._next is None:
            self.judged.emit(text, strength)

    def _settled(self) -> None:
        self._under_way = False
        self._begin()


class NewPassphrase(QWidget):
    """Two boxes, one check box that shows both, and a sentence about the strength."""

    changed = Signal()
    entered = Signal()
    """The return key in the second box: what was typed is meant."""

    def __init__(self, kit: Kit, lane: Lane, also: Callable[[], Sequence[str]]) -> None:
        """Take the lane, and what gives the words that somebody would try first (name, prison, vault)."""
        super().__init__()
        self._kit, self._also = kit, also
        self.first = no_guessing(kit.entry(self.tr("New pass-phrase"), secret=True))
        self.second = no_guessing(kit.entry(self.tr("The same pass-phrase again"), secret=True))
        self._icon = kit.picture(_ICONS[0])
        self._strength = kit.label(" ", "hint", wrap=True)
        self._refused = ""
        row = kit.row(self._icon, self._strength)
        row.setStretch(1, 1)
        hint = self.tr("At least 12 characters. Four words that have nothing to do with one another are easy to keep.")
        column = kit.column(kit.field(self.tr("New pass-phrase"), self.first, hint), row, gap=10)
        column.addLayout(kit.field(self.tr("The same pass-phrase again"), self.second))
        column.addWidget(kit.check(self.tr("Show both"), self._show_toggled))
        self.setLayout(column)
        self._judge = Judge(lane, self)
        self._judge.judged.connect(self._judged)
        self.first.textChanged.connect(self._typed)
        self.second.textChanged.connect(self.changed)
        self.second.returnPressed.connect(self.entered)
        self._typed("")

    def text(self) -> str:
        """Return the pass-phrase."""
        return self.first.text()

    def problem(self) -> tuple[str, QLineEdit] | None:
        """Return what is wrong and where, None if the pass-phrase can be taken as far as it was judged yet."""
        from tac_desktop.actions.passphrases import SHORTEST_PASSPHRASE

        if len(self.first.text()) < SHORTEST_PASSPHRASE:
            text = self.tr("The pass-phrase is too short. Use at least {n} characters.")
            return text.format(n=SHORTEST_PASSPHRASE), self.first
        if self._refused:
            return self._refused, self.first
        if self.first.text() != self.second.text():
            return self.tr("The two pass-phrases differ. Type the second one again."), self.second
        return None

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.first.clear()
        self.second.clear()

    def _typed(self, text: str) -> None:
        self._refused = ""
        if text:
            self._judge.ask(text, self._also())
        else:
            self._say(0, self.tr("Not typed yet."))
        self.changed.emit()

    def _judged(self, text: str, strength: "Strength") -> None:
        if text == self.first.text() and text:
            self._refused = strength.sentence if strength.refused else ""
            self._say(max(1, strength.score if not strength.refused else 1), strength.sentence)
            self.changed.emit()

    def _say(self, score: int, words: str) -> None:
        self._strength.setText(words)
        self._icon.setPixmap(self._kit.theme.pixmap(_ICONS[score], _TONES[score]))
        self.first.setAccessibleDescription(words)

    def _show_toggled(self, shown: bool) -> None:
        show_secret(self.first, shown)
        show_secret(self.second, shown)


def _judged(text: str, also: Sequence[str]) -> "Strength":
    from tac_desktop.actions.passphrases import judged

    return judged(text, also)
