"""The editor of an attachment: choose a file; a copy of it is kept inside the vault."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer
from tac_desktop.errors import TacError
from tac_desktop.ui.editor import Circumstances, Editor


class FileEditor(Editor):
    """Shows the name and size of the kept file; where the file lay before is neither shown nor remembered."""

    def __init__(self, around: Circumstances, field: kinds.Attachment) -> None:
        """Take the question: it says which endings are accepted."""
        super().__init__()
        kit = around.kit
        self._files = around.files
        self._field = field
        self._sha256 = ""
        self._words = kit.label("", wrap=True)
        self._trouble = kit.label("", "error", wrap=True)
        self.open = kit.button("Open", "file-text", name=f"{field.label}: open the file")
        self._choose = kit.button("Choose a file", "paperclip", name=f"{field.label}: choose a file")
        self._remove = kit.button("Remove", "x", name=f"{field.label}: remove the file")
        buttons = kit.flow(self.open, self._choose, self._remove)
        self.setLayout(kit.column(self._words, self._trouble, buttons, gap=6))
        self._choose.clicked.connect(self._ask)
        self.open.clicked.connect(self._show_file)
        self._remove.clicked.connect(self._take_away)
        self._show("")

    def take(self, path: Path) -> None:
        """Have a copy of the file kept, as if it had been chosen."""
        ending = path.suffix.lower().lstrip(".")
        if self._field.accepts and ending not in self._field.accepts:
            self._complain(f"A file of this kind is not kept here. Choose one of: {', '.join(self._field.accepts)}.")
            return
        self._choose.setEnabled(False)
        self._words.setText("The file is being copied into the vault …")
        self._words.show()
        self._trouble.hide()
        self._files.add(path, self._kept, self._refused)

    def answer(self) -> Answer | None:
        return self._sha256 or None

    def show_answer(self, answer: Answer | None) -> None:
        self._show(answer if isinstance(answer, str) else "")

    def typed(self) -> list[str]:
        return [self._sha256] if self._sha256 else []

    def retype(self, typed: Sequence[str]) -> None:
        self._show(typed[0] if typed else "")

    def stops(self) -> Sequence[QWidget]:
        return (self._choose, self.open, self._remove)

    def _show(self, sha256: str) -> None:
        self._sha256 = sha256
        here = self._files.words(sha256) if sha256 else ""
        known = (here or "A file that is not in this vault") if sha256 else ""
        self.open.setVisible(bool(here))
        self._words.setText(known)
        self._words.setVisible(bool(known))
        self._trouble.hide()
        self._choose.setText("Choose another file" if sha256 else "Choose a file")
        self._choose.setEnabled(True)
        self._remove.setVisible(bool(sha256))

    def _show_file(self) -> None:
        self._files.show(self._sha256, self._field.label)

    def _ask(self) -> None:
        dialog = QFileDialog(self, "Choose a file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self._field.accepts:
            endings = " ".join(f"*.{ending} *.{ending.upper()}" for ending in self._field.accepts)
            dialog.setNameFilter(f"{', '.join(self._field.accepts)} ({endings})")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.take(Path(path))

    def _kept(self, sha256: str) -> None:
        self._show(sha256)
        self.changed.emit()
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: TacError) -> None:
        self._show(self._sha256)
        self._complain(str(error))

    def _complain(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.show()

    def _take_away(self) -> None:
        self._show("")
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
