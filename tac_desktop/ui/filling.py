"""What an entry of the directory answers when it is chosen: name, authority, telephone; what a person typed stays."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.directory import FILLS, filled_by

if TYPE_CHECKING:
    from tac_desktop.ui.editor import Finder
    from tac_desktop.ui.form_body import FormBody


class Filling(QObject):
    """Answers the questions beside one that is answered with an entry, where nothing else stands there."""

    def __init__(self, body: "FormBody", finder: "Finder") -> None:
        """Take the questions, and what finds the entries."""
        super().__init__(body)
        self._body, self._finder = body, finder
        self._filled: dict[str, Answer] = {}
        for form, name in FILLS:
            if form == body.form.name and name in body.questions:
                body.questions[name].changed.connect(self._fill)

    def _fill(self, question: str) -> None:
        if self._body.is_loading:
            return
        answer = self._body.questions[question].answer()
        chosen = self._finder.record(answer) if isinstance(answer, str) else None
        if chosen is None:
            return
        for name, given in filled_by(self._body.form.name, question, chosen).items():
            beside = self._body.questions[name]
            if beside.answer() in (None, self._filled.get(name)):
                beside.show_answer(given)
                self._filled[name] = given
