"""The files that a contact brought: any number, each with a title, kept in the vault as soon as it is chosen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from tac_desktop.actions.contact_log import ContactPaper
from tac_desktop.casework.forms.contact import ACCEPTED
from tac_desktop.errors import TacError
from tac_desktop.ui.editor import Circumstances, Line
from tac_desktop.ui.kit import clear
from tac_desktop.ui.log_women import pairs_of

_KEY = "Alt+F"
_LETTERS = 30


class LogFiles(QFrame):
    """A button, and below it a line for each file."""

    changed = Signal()

    def __init__(self, around: Circumstances) -> None:
        """Show none yet."""
        super().__init__()
        self._kit, self._files = around.kit, around.files
        self._kept: list[str] = []
        self._titles: list[Line] = []
        self._title = ""
        """What the file is called that is being taken in just now."""
        self.add = self._kit.button("F  Add a file", "paperclip", name="Add a file to this contact")
        self.add.setToolTip(_KEY)
        self._trouble = self._kit.label("", "error", wrap=True)
        self._trouble.hide()
        self._rows = self._kit.column(gap=6)
        title = self._kit.label("Letters and papers that came with it", "label", wrap=True)
        self.setLayout(self._kit.column(title, self._rows, self._trouble, self._kit.row(self.add, None), gap=6))
        self.add.clicked.connect(self._ask)

    def add_keys(self, window: QWidget) -> None:
        """Make Alt+F ask for a file, anywhere in a window."""
        QShortcut(QKeySequence(_KEY), window, self._ask)

    def files(self) -> list[tuple[str, str]]:
        """Return the files, as (SHA-256, title)."""
        return [(sha256, line.words()) for sha256, line in zip(self._kept, self._titles, strict=True)]

    def papers(self, withheld_from: tuple[str, ...]) -> list[ContactPaper]:
        """Return the files as they shall be kept, from whom the contact itself is kept."""
        return [ContactPaper(file=file, title=title, withheld_from=withheld_from) for file, title in self.files()]

    def typed(self) -> list[list[str]]:
        """Return what a draft must keep."""
        return [[sha256, line.text()] for sha256, line in zip(self._kept, self._titles, strict=True)]

    def retype(self, kept: object) -> None:
        """Bring back what `typed` gave; whatever does not have its form is left out."""
        self._show(pairs_of(kept))

    def take(self, path: Path) -> None:
        """Have a copy of a file kept, as if it had been chosen."""
        if path.suffix.lower().lstrip(".") not in ACCEPTED:
            self.complain(f"A file of this kind is not kept here. Choose one of: {', '.join(ACCEPTED)}.")
            return
        self.complain("")
        self.add.setEnabled(False)
        self._title = path.stem[:80]
        self._files.add(path, self._was_kept, self._refused)

    def problem(self) -> str:
        """Return why nothing may be saved yet, '' for nothing: a file that is on its way would be left out."""
        return "" if self.add.isEnabled() else "A file is still being taken in. Save again when it stands in the list."

    def complain(self, words: str) -> None:
        """Say what is wrong; '' for nothing."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def stops(self) -> Sequence[QWidget]:
        """Return what takes the keyboard."""
        return (*self._titles, self.add)

    def _ask(self) -> None:
        if not self.add.isEnabled():  # one at a time: the key reaches here while another one is taken in
            return
        dialog = QFileDialog(self, "Choose a file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*.{ending} *.{ending.upper()}" for ending in ACCEPTED)
        dialog.setNameFilter(f"{', '.join(ACCEPTED)} ({endings})")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.take(Path(path))

    def _was_kept(self, sha256: str) -> None:
        self.add.setEnabled(True)
        self.complain("")
        self._show([*((kept, line.text()) for kept, line in zip(self._kept, self._titles, strict=True)),
                    (sha256, self._title)])  # fmt: skip
        self.changed.emit()
        self._titles[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: TacError) -> None:
        self.add.setEnabled(True)
        self.complain(str(error))

    def _show(self, files: Sequence[tuple[str, str]]) -> None:
        kit = self._kit
        clear(self._rows)
        self._kept, self._titles = [], []
        for place, (sha256, title) in enumerate(files):
            line = Line(kit, f"What file {place + 1} is", _LETTERS)
            line.setText(title)
            line.setPlaceholderText("What it is")
            line.textEdited.connect(self.changed)
            remove = kit.button("Remove", "x", name=f"Remove file {place + 1}")
            remove.setProperty("place", place)
            remove.clicked.connect(self._remove)
            words = kit.label(self._files.words(sha256) or "A file that is not in this vault", "hint")
            row = QFrame()
            row.setLayout(kit.flow(line, words, remove, gap=10))
            self._rows.addWidget(row)
            row.show()
            self._kept.append(sha256)
            self._titles.append(line)

    def _remove(self) -> None:
        place = int(self.sender().property("place"))
        left = [pair for number, pair in enumerate(self.files()) if number != place]
        self._show(left)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
