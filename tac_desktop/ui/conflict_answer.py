"""Another answer in the place of those that contradict each other, in the field's own editor."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.fields import Field
from tac_desktop.ui import tokens
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.question import Question, typed_from


class OtherAnswer(QFrame):
    """The question as a form asks it, begun with the answer that is shown; what is typed is kept as a draft."""

    written = Signal(object)
    """The Answer that shall hold."""
    typed = Signal(object)
    """A dict that the draft must keep."""
    left = Signal()
    """The person wants no other answer."""

    def __init__(self, around: Circumstances, field: Field, begun: Answer | None) -> None:
        """Take the question and the answer with which the editor begins."""
        super().__init__()
        kit = around.kit
        self.setProperty("role", "card")
        self.question = Question(around, field)
        self.question.show_answer(begun)
        self.question.setMaximumWidth(kit.px(tokens.READING_WIDTH))
        self.save = kit.button(_tr("Save this answer"), kind="primary")
        self.save.setToolTip("Ctrl+Return")
        self.leave = kit.button(_tr("Cancel"))
        self._clock = DraftClock(self)
        column = kit.column(kit.label(_tr("Write another answer"), "h3"), self.question, gap=12)
        column.addLayout(kit.flow(self.leave, self.save, gap=12))
        column.setContentsMargins(*(kit.px(18),) * 4)
        self.setLayout(column)
        self.save.clicked.connect(self.submit)
        self.leave.clicked.connect(self.left)
        self.question.changed.connect(self._touched)
        self._clock.due.connect(self._send)

    def submit(self) -> None:
        """Hand in the answer; one that is missing is asked for."""
        answer = self.question.answer()
        if answer in (None, "", ()):
            self.refuse(_tr("Write an answer, or keep one of those above."))
        else:
            self._clock.stop()
            self.written.emit(answer)

    def refuse(self, problem: str) -> None:
        """Say what is wrong with the answer; it stays."""
        self.question.complain(problem)
        self.question.take_keyboard()

    def restore(self, typed: Mapping[str, object]) -> None:
        """Bring back what the draft kept."""
        self.question.retype(typed_from(typed.get("typed")))

    def settle(self) -> None:
        """Send `typed` now, if something was typed since the last time."""
        self._clock.flush()

    def _touched(self, _name: str) -> None:
        self.question.complain("")
        self._clock.touch()

    def _send(self) -> None:
        self.typed.emit({"typed": self.question.typed()})


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConflictScreen", text)
