"""Records that stand elsewhere, in the directory or another case file: one types, and those that fit are offered."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer
from tac_desktop.ui.editor import Editor, Finder, Line
from tac_desktop.ui.kit import Kit, dress_like
from tac_desktop.ui.picked_editor import PickedEditor

GONE = "A record that is not in this vault"
_LETTERS = 50


class LookedUpLine(Line):
    """A line in which one types; Down and Return choose one of those offered, Return alone the first."""

    picked = Signal()
    """A record was chosen."""

    def __init__(self, kit: Kit, finder: Finder, form: str, name: str) -> None:
        """Take what finds, the form whose records are wanted, and the spoken name."""
        super().__init__(kit, name, _LETTERS)
        self._finder, self._form = finder, form
        self._chosen = self._shown = ""
        self._offers = QStandardItemModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = QListView()
        self._popup.setProperty("role", "completions")
        self._completer.setPopup(self._popup)
        self._completer.setMaxVisibleItems(10)
        self._completer.setWidget(self)
        self._popup.clicked.connect(self._choose)
        self.setPlaceholderText("Type to find")
        self.textEdited.connect(self._offer)

    def code(self) -> str:
        """Return the id of what was chosen; the text itself where nothing was."""
        text = self.words()
        return self._chosen if text and text == self._shown else text

    def show_code(self, code: str) -> None:
        """Show the record with this id; what is no id of a record that is here is shown as it was typed."""
        words = self._finder.words(self._form, code) if code else ""
        self._chosen, self._shown = code, words or (GONE if _is_id(code) else code)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def offers(self) -> list[tuple[str, str]]:
        """Return what is offered, as (id, words)."""
        items = [self._offers.item(row) for row in range(self._offers.rowCount())]
        return [(str(item.data(Qt.ItemDataRole.UserRole)), item.text()) for item in items]

    def marked(self) -> QModelIndex:
        """Return the offer that is marked in the list, an invalid index for none."""
        return self._popup.currentIndex() if self._popup.isVisible() else QModelIndex()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Choose the first of those offered on Return, where none is marked (Qt)."""
        is_return = arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and self.words() != self._shown and self._offers.rowCount():
            self._choose(self.marked())
            return
        super().keyPressEvent(arg__1)

    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        """Take the one record that fits, where a person typed its words and went on (Qt)."""
        typed = self.words().casefold()
        fitting = [row for row, (_, words) in enumerate(self.offers()) if words.casefold() == typed]
        if fitting and typed != self._shown.casefold():
            self._take(self._offers.index(fitting[0], 0))
        super().focusOutEvent(arg__1)

    def _offer(self, text: str) -> None:
        self._offers.clear()
        for code, words in self._finder.offered(self._form, text) if text.strip() else ():
            item = QStandardItem(words)
            item.setData(code, Qt.ItemDataRole.UserRole)
            self._offers.appendRow(item)
        if self._offers.rowCount():
            dress_like(self._popup, self)
            self._completer.complete()
        else:
            self._popup.hide()

    def _choose(self, index: QModelIndex) -> None:
        # the index belongs to the completer's own list, which holds the same rows; none is marked: the first
        self._take(self._offers.index(max(0, index.row()), 0))

    def _take(self, index: QModelIndex) -> None:
        self._chosen = str(index.data(Qt.ItemDataRole.UserRole))
        self._shown = str(index.data(Qt.ItemDataRole.DisplayRole))
        self.setText(self._shown)
        self.setCursorPosition(0)
        self._popup.hide()
        self.picked.emit()


class OfferedLine(LookedUpLine):
    """A line of any words; Down and Return put one of the names that are offered there."""

    def code(self) -> str:
        """Return what stands there."""
        return self.words()

    def show_code(self, code: str) -> None:
        """Show words that were written before."""
        self.setText(code)
        self.setCursorPosition(0)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Take the name that is marked on Return; without one Return is what it is elsewhere (Qt)."""
        is_return = arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and self.marked().isValid():
            self._choose(self.marked())
        else:
            Line.keyPressEvent(self, arg__1)

    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        """Leave what was written as it is (Qt)."""
        Line.focusOutEvent(self, arg__1)

    def _take(self, index: QModelIndex) -> None:
        chosen = self._finder.record(str(index.data(Qt.ItemDataRole.UserRole)))
        if chosen is not None:
            self.setText(" · ".join(part for part in (chosen.text("name"), chosen.text("agency_name")) if part))
        self._popup.hide()
        self.picked.emit()


class OfferedEditor(Editor):
    """One line of text beside which names of the directory are offered."""

    def __init__(self, kit: Kit, finder: Finder, field: kinds.ShortText) -> None:
        """Take what finds the names, and the question."""
        super().__init__()
        self.line = OfferedLine(kit, finder, field.offers, field.label)
        self.line.setPlaceholderText("")
        self.setLayout(kit.row(self.line))
        self.line.textEdited.connect(self.changed)
        self.line.picked.connect(self.changed)

    def answer(self) -> Answer | None:
        return self.line.words() or None

    def show_answer(self, answer: Answer | None) -> None:
        self.line.show_code("" if answer is None else str(answer))

    def typed(self) -> list[str]:
        return [self.line.text()] if self.line.text() else []

    def retype(self, typed: Sequence[str]) -> None:
        self.line.setText(typed[0] if typed else "")

    def stops(self) -> Sequence[QWidget]:
        return (self.line,)


def _is_id(code: str) -> bool:
    return len(code) == len("01a1fd70-f1c0-7249-b08d-7d1e79156796") and code.count("-") == len("----")


class LookedUpEditor(Editor):
    """One record that stands elsewhere."""

    def __init__(self, kit: Kit, finder: Finder, field: kinds.Link) -> None:
        """Take what finds the records, and the question."""
        super().__init__()
        self.line = LookedUpLine(kit, finder, field.to, field.label)
        self.setLayout(kit.row(self.line))
        self.line.textEdited.connect(self.changed)
        self.line.picked.connect(self.changed)

    def answer(self) -> Answer | None:
        return self.line.code() or None

    def show_answer(self, answer: Answer | None) -> None:
        self.line.show_code(answer if isinstance(answer, str) else "")

    def typed(self) -> list[str]:
        return [self.line.code()] if self.line.code() else []

    def retype(self, typed: Sequence[str]) -> None:
        self.line.show_code(typed[0] if typed else "")

    def stops(self) -> Sequence[QWidget]:
        return (self.line,)


class LookedUpPickEditor(PickedEditor):
    """Several records that stand elsewhere: each that is chosen is added, and can be taken away again."""

    def __init__(self, kit: Kit, finder: Finder, field: kinds.Links) -> None:
        """Take what finds the records, and the question."""
        super().__init__(kit)
        self._finder, self._form = finder, field.to
        self.line = LookedUpLine(kit, finder, field.to, field.label)
        self.setLayout(kit.column(self.chips, kit.row(self.line, None), gap=8))
        self.line.textEdited.connect(self.changed)
        self.line.picked.connect(self._pick)

    def waiting(self) -> str:
        return self.line.code()

    def words_of(self, code: str) -> str:
        return self._finder.words(self._form, code) or GONE

    def retype(self, typed: Sequence[str]) -> None:
        self.line.show_code(next((code for code in typed if not _is_id(code)), ""))
        self.show_picked([code for code in typed if _is_id(code)])

    def stops(self) -> Sequence[QWidget]:
        return (self.line,)

    def _pick(self) -> None:
        code = self.line.code()
        self.line.show_code("")
        self.add(code)
