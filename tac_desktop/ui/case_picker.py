"""One box in which a mother is found by the beginning of a name, a reference or a prison number."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from tac_desktop.ui.kit import Kit, dress_like, restyle

_PAUSE = 120
Found = Sequence[tuple[str, str]]
"""Case files as (id, words)."""


class CasePicker(QLineEdit):
    """Asks `find` for what is typed, and offers what it found; Return takes the first."""

    chosen = Signal(str)
    """The id of a case file, '' while none is chosen."""

    def __init__(self, kit: Kit, name: str, find: Callable[[str], Found]) -> None:
        """Take the spoken name, and what finds case files by typed words."""
        super().__init__()
        self._find = find
        self._found: Found = ()
        self._case_file = ""
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = self._popup = QListView()
        popup.setProperty("role", "completions")
        completer.setPopup(popup)
        completer.setMaxVisibleItems(8)
        self._completer = completer
        self.setCompleter(completer)
        self.setAccessibleName(name)
        self.setPlaceholderText("Begin to type her name, reference or prison number")
        self.setMinimumWidth(kit.px(200))
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._offer)
        self.textEdited.connect(self._edited)
        completer.activated.connect(self._picked, Qt.ConnectionType.QueuedConnection)

    def case_file(self) -> str:
        """Return the id of the chosen case file, '' if none is."""
        return self._case_file

    def choose(self, case_file: str, words: str) -> None:
        """Choose a case file."""
        self._timer.stop()
        self._case_file = case_file
        self.setText(words)
        self.setCursorPosition(0)
        self.chosen.emit(case_file)

    def offer_again(self) -> None:
        """Offer once more what fits: more is known by now."""
        if not self._case_file and self.text().strip():
            self._timer.start()

    def complain(self, *, wrong: bool) -> None:
        """Show whether a choice is missing."""
        restyle(self, error=wrong)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Take the first that was found on Return, and on leaving with Tab (Qt)."""
        plain = arg__1.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._take_first()
        else:
            super().keyPressEvent(arg__1)

    def _edited(self) -> None:
        if self._case_file:
            self._case_file = ""
            self.chosen.emit("")
        self._timer.start()

    def _offer(self) -> None:
        typed = self.text().strip()
        self._found = self._find(typed) if typed else ()
        self._model.setStringList([words for _, words in self._found])
        if self._found and self.hasFocus():
            dress_like(self._popup, self)
            self._completer.complete()

    def _picked(self, words: str) -> None:
        found = next((case_file for case_file, said in self._found if said == words), "")
        if found:
            self.choose(found, words)

    def _take_first(self) -> None:
        if self._case_file:
            return
        self._timer.stop()
        self._found = self._find(self.text().strip()) if self.text().strip() else ()
        if self._found:
            self._popup.hide()
            self.choose(*self._found[0])
