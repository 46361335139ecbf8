"""What stands below a form (its buttons and how its draft is) and above it (that a draft was restored)."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame

from tac_desktop.ui.date_editors import DayBox
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.kit import restyle
from tac_desktop.ui.messages import announce

LOW_BELOW = 430
"""Height in pixels at 100 % below which the buttons scroll with the questions."""
_BESIDE_FROM = 480
_OF_TODAY = "Leave empty if it is news of today"


class FormFoot(QFrame):
    """Save, discard, and a quiet line that says whether the draft has been written."""

    saved = Signal()
    """The person wants to save."""
    discarded = Signal()
    """The person wants to drop what was typed since it was saved last."""
    undo_asked = Signal()
    """What was just saved shall be undone."""

    def __init__(self, around: Circumstances, *, discard: str = "Discard changes", save: str = "Save") -> None:
        """Take what stands on its buttons; nothing has been typed yet."""
        super().__init__()
        kit = self._kit = around.kit
        self.setProperty("role", "foot")
        self._mark = kit.picture("circle-check", "ok")
        self._words = kit.label("", "hint", wrap=True)
        self.discard = kit.button(discard)
        self.save = kit.button(save, kind="primary")
        self.save.setToolTip("Ctrl+Return")
        self.undo = kit.button("Undo", kind="link", name="Undo this save")
        self.undo.setToolTip("Ctrl+Z")
        said = kit.row(self._mark, self._words, self.undo, gap=8)
        said.setStretch(1, 1)
        self._parts = kit.row(said, kit.row(self.discard, self.save, gap=12), gap=8)
        self._parts.setStretch(0, 1)
        self._parts.setContentsMargins(kit.px(16), kit.px(8), kit.px(16), kit.px(8))
        self.setLayout(self._parts)
        self.discard.clicked.connect(self.discarded)
        self.save.clicked.connect(self.saved)
        self.undo.clicked.connect(self.undo_asked)
        self._say("", "")

    def say_drafted(self, at: str) -> None:
        """Say that what was typed lies in the encrypted drafts."""
        self._say(f"Draft kept at {at}", "circle-dot")
        self.discard.setEnabled(True)

    def say_saved(self, at: str, *, undo: bool) -> None:
        """Say that the answers are in the case file, and whether that can be undone."""
        self.set_busy(busy=False)
        self._say(f"Saved at {at}", "circle-check")
        self.undo.setVisible(undo)
        self.discard.setEnabled(False)
        announce(self, "Saved")

    def say_nothing(self) -> None:
        """Forget what was said: the form stands as it was saved."""
        self._say("", "")

    def set_busy(self, *, busy: bool) -> None:
        """Show whether the answers are being saved just now."""
        was_busy = not self.save.isEnabled()
        self.save.setEnabled(not busy)
        if busy:
            self._say("Saving …", "clock")
        elif was_busy:
            self._say("Not saved. What you typed is kept as a draft.", "circle-dot")
            self.discard.setEnabled(True)

    def place(self, below: QBoxLayout, inside: QBoxLayout, height: int) -> None:
        """Stand below the questions, or in a low window behind the last of them; `height` in real pixels."""
        low = height < self._kit.px(LOW_BELOW)
        if low is (inside.indexOf(self) < 0):
            (inside if low else below).addWidget(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words above the buttons where there is no room beside them (Qt)."""
        wide = event.size().width() >= self._kit.px(_BESIDE_FROM)
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _say(self, words: str, icon: str) -> None:
        self.undo.hide()
        self._words.setText(words)
        self._mark.setVisible(bool(words))
        if icon:
            self._mark.setPixmap(self._kit.theme.pixmap(icon, "ok" if icon == "circle-check" else "text_2"))
        if not words:
            self.discard.setEnabled(False)


class RestoredNote(QFrame):
    """'Draft from 14:32 restored. Discard?', as a line above the form."""

    discarded = Signal()

    def __init__(self, around: Circumstances) -> None:
        """Build it hidden."""
        super().__init__()
        kit = around.kit
        self.setProperty("role", "message")
        restyle(self, tone="info")
        self._words = kit.label("", wrap=True)
        self.button = kit.button("Discard the draft", kind="link")
        row = kit.flow(kit.row(kit.picture("history", "info"), self._words), self.button, gap=16, row_gap=2)
        row.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        self.setLayout(row)
        self.button.clicked.connect(self.discarded)
        self.hide()

    def show_time(self, at: str) -> None:
        """Say from when the restored draft is."""
        self._words.setText(f"Draft from {at} restored.")
        self.setAccessibleName(f"Draft from {at} restored.")
        self.show()


class KnownSince(QFrame):
    """Asks since when the answers have been known to the service, where that was before today."""

    changed = Signal()

    def __init__(self, around: Circumstances) -> None:
        """Build it closed: mostly it is today."""
        super().__init__()
        kit = around.kit
        self.open = kit.button("This was known before today", kind="link")
        self.box = DayBox(around, "Known to the service since", ahead=False)
        self._field = QFrame()
        self._field.setLayout(kit.field("Known to the service since", self.box, _OF_TODAY))
        self.box.line.setAccessibleName("Known to the service since")
        self._error = kit.label("", "error", wrap=True)
        self.setLayout(kit.column(kit.row(self.open, None), self._field, self.box.echo, self._error, gap=6))
        self.open.clicked.connect(self._open)
        self.box.changed.connect(self.changed)
        self.show_day("")

    def day(self) -> str:
        """Return the ISO day, '' where none was typed; what was typed, where it is no day."""
        return self.box.day()

    def show_day(self, day: str) -> None:
        """Show a day; '' closes the question."""
        self.box.show_day(day)
        self._field.setVisible(bool(day))
        self.open.setVisible(not day)
        self.complain("")

    def complain(self, problem: str) -> None:
        """Say what is wrong, to the eye and to the ear; '' for nothing."""
        self._error.setText(problem)
        self._error.setVisible(bool(problem))
        self.box.line.setAccessibleDescription(problem or _OF_TODAY)

    def _open(self) -> None:
        self._field.show()
        self.open.hide()
        self.box.line.setFocus()
