"""The question before a record is taken out of a case file: why, and what would point to nothing without it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.casework.form import Form
from tac_desktop.ui.ask_texts import Asked
from tac_desktop.ui.kept_question import KeptQuestion
from tac_desktop.ui.record_desk import REMOVAL
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.ui.record_desk import RecordDesk


class RemoveQuestion(KeptQuestion):
    """Takes the reason, and has the record removed."""

    removed = Signal()

    def __init__(self, desk: "RecordDesk", form: Form, parent: QWidget) -> None:
        """Take the desk of the record, and its form."""
        of_office = form.keeping == "office"
        where = "Removed" if of_office else "Removed, earlier days"
        wrong = "it belongs to another prison" if of_office else "in the wrong case file"
        words = [_tells(desk), f"It is kept with its history under ‘{where}’, and can be brought back."]
        title = f"Remove: {form.title}"
        asked = Asked("Why is it removed?", f"For example: written twice; {wrong}")
        told, kept = " ".join(filter(None, words)), desk.typing(REMOVAL).one("why")
        super().__init__(desk.kit, title, told, asked, "Remove it", kept, parent)
        self._desk = desk
        self.typed.connect(self._remove)

    def _remove(self, texts: tuple[str, ...]) -> None:
        if wrong := self._desk.remove(texts[0]):
            self.refuse(wrong)
        else:
            self.accept()
            self.removed.emit()


def _tells(desk: "RecordDesk") -> str:
    """Return what goes with the record, what would point to nothing without it, that it was sealed; '' for none."""
    words: list[str] = []
    if desk.is_typed_into():
        words.append("What was typed into it and not saved is thrown away.")
    if desk.seals():
        words.append("It was sealed; the seal stays with it.")
    if pointing := desk.pointing_here():
        named = counted(pointing, "1 other record names it", "{n} other records name it")
        words.append(f"{named}, and will say ‘a record that is not here’ in its place.")
    return " ".join(words)
