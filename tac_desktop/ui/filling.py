"""What an entry of the directory answers when it is chosen: name, authority, telephone; what a person typed stays."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.directory import FILLS, filled_by

if TYPE_CHECKING:
    from tac_desktop.casework.record import Record
    from tac_desktop.ui.editor import Finder
    from tac_desktop.ui.form_body import FormBody


class Filling(QObject):
    """Answers the questions beside one that is answered with an entry, where nothing else stands there.

    What the entry before had given goes with it, also where the next one has nothing to say: nobody shall be rung up
    under the number of somebody else.
    """

    def __init__(self, body: "FormBody", finder: "Finder") -> None:
        """Take the questions as they were saved, and what finds the entries."""
        super().__init__(body)
        self._body, self._finder = body, finder
        self._given: dict[str, Answer] = {}
        for form, name in FILLS:
            if form == body.form.name and name in body.questions:
                if (stands := self._chosen(name)) is not None:
                    self._given |= filled_by(form, name, stands)
                body.questions[name].changed.connect(self._fill)

    def _chosen(self, question: str) -> "Record | None":
        answer = self._body.questions[question].answer()
        return self._finder.record(answer) if isinstance(answer, str) else None

    def _fill(self, question: str) -> None:
        if self._body.is_loading or (chosen := self._chosen(question)) is None:
            return
        form = self._body.form.name
        given = filled_by(form, question, chosen)
        for name in FILLS[form, question]:
            beside = self._body.questions[name]
            if beside.answer() in (None, self._given.pop(name, None)):
                beside.show_answer(given.get(name))
        self._given |= given
