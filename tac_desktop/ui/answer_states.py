"""'Not known' and 'Declined' beside the box of a question, and why something is not known."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox

from tac_desktop.ui.editor import DECLINED, NOT_KNOWN, Line
from tac_desktop.ui.kit import Kit

_WORDS = {NOT_KNOWN: "Not known", DECLINED: "Declined"}


class AnswerStates(QObject):
    """Two boxes of which one at most is ticked. The line for the reason is made when it is first asked for."""

    changed = Signal()
    """The person ticked a box, took its tick away, or wrote why it is not known."""

    def __init__(self, kit: Kit, label: str) -> None:
        """Take the question's label; there are no boxes until `offer`."""
        super().__init__()
        self._kit, self._label = kit, label
        self.boxes: dict[str, QCheckBox] = {}
        self.why: Line | None = None

    def offer(self) -> None:
        """Make the boxes."""
        self.boxes = {state: self._box(state) for state in _WORDS}

    def ticked(self) -> str:
        """Return the state that is ticked, '' for none."""
        return next((state for state, box in self.boxes.items() if box.isChecked()), "")

    def reason(self) -> str:
        """Return why it is not known, as it is kept."""
        return self.why.words() if self.why else ""

    def typed_reason(self) -> str:
        """Return why it is not known, every sign as it was typed."""
        return self.why.text() if self.why else ""

    def show_reason(self, reason: str) -> None:
        """Show a reason that was given before, where it is asked for."""
        if self.why is not None:
            self.why.setText(reason)

    def tick(self, state: str) -> None:
        """Show a state that was given before, '' for none; nothing is sent."""
        for name, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(name == state)
            box.blockSignals(False)

    def ask_why(self, column: QBoxLayout, *, asked: bool) -> None:
        """Ask at the end of a column why it is not known, or no more; what was typed stays."""
        if asked and self.why is None:
            self.why = Line(self._kit, f"{self._label}: why it is not known", 40)
            self.why.setPlaceholderText("Why it is not known, if you can say")
            self.why.textEdited.connect(self.changed)
            column.addWidget(self.why)
        if self.why is not None:
            self.why.setVisible(asked)

    def _box(self, state: str) -> QCheckBox:
        box = self._kit.check(_WORDS[state], self._toggled)
        box.setAccessibleName(f"{self._label}: {_WORDS[state].lower()}")
        box.setProperty("state", state)
        return box

    def _toggled(self, on: bool) -> None:
        if on:
            self.tick(str(self.sender().property("state")))
        self.changed.emit()
