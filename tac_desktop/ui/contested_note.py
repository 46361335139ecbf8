"""Above the form of a record: which of its questions have answers that contradict each other, and the way to decide."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.casework.form import Form
from tac_desktop.casework.live import DELETED
from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit, restyle


class ContestedNote(QFrame):
    """Says it in words; the button leads to the decision."""

    decision_wanted = Signal()

    def __init__(self, kit: Kit, form: Form, contested: Sequence[str]) -> None:
        """Take the names of the questions."""
        super().__init__()
        self.setProperty("role", "message")
        restyle(self, tone="warn")
        questions = [form.by_name[name].label for name in contested if name in form.by_name]
        named = ", ".join(f"‘{label}’" for label in questions)
        words = self.tr("There are answers that contradict each other to {questions}.").format(questions=named)
        if DELETED in contested:
            words = self.tr("Somebody deleted this record, and somebody else changed it.")
        self.setAccessibleName(words)
        self.decide = kit.button(self.tr("Look at them and decide"), kind="link", name=f"{self.tr('Decide')}: {words}")
        self.decide.clicked.connect(self.decision_wanted)
        said = kit.row(kit.picture("triangle-alert", "warn"), kit.label(words, wrap=True), gap=12)
        said.setStretch(1, 1)
        column = kit.column(said, kit.flow(self.decide), gap=4)
        column.setContentsMargins(kit.px(14), kit.px(8), kit.px(14), kit.px(8))
        self.setLayout(column)
        self.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
