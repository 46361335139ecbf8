"""Long lists: one types any part of a word to find an option."""

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QSizePolicy, QWidget

from tac_desktop.casework.answers import Answer
from tac_desktop.ui.editor import Circumstances, Editor
from tac_desktop.ui.kit import Kit, dress_like, restyle
from tac_desktop.ui.picked_editor import PickedEditor

Option = tuple[str, str]
"""A code or record id, and its words."""
_LETTERS_THAT_TELL = 3


class Lookup(QComboBox):
    """A long list: type any part of a word to find it. A turning wheel does not change it."""

    def __init__(self, kit: Kit, name: str, options: Iterable[Option]) -> None:
        """Take the spoken name and the options; an empty line stands before them."""
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setView(QListView())
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem("", "")
        for code, words in options:
            self.addItem(words, code)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        longest = max((self.itemText(place) for place in range(self.count())), key=len)
        self.setMinimumContentsLength(min(max(16, len(longest)), 50))
        self.setMaximumWidth(kit.px(480))
        self._least = kit.px(180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.found = self._find_by_any_part()
        self.setAccessibleName(name)
        self.line().setAccessibleName(name)
        self.line().setPlaceholderText("Type to find")
        self.line().editingFinished.connect(self._show_meant)

    def _find_by_any_part(self) -> QCompleter:
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(10)
        popup = self._popup = QListView()
        popup.setProperty("role", "completions")
        completer.setPopup(popup)
        # before the list opens; as a part of the box it would be drawn like the box's own
        self._line.textEdited.connect(self._dress_found)
        self.setCompleter(completer)
        return completer

    def _dress_found(self) -> None:
        dress_like(self._popup, self)

    def line(self) -> QLineEdit:
        """Return the part in which one types."""
        return self._line

    def code(self) -> str:
        """Return the code of the words that stand there; the text itself where the list does not hold it."""
        text = " ".join(self.currentText().split())
        place = self.findText(text, Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(place)) if place >= 0 else text

    def meant(self) -> str:
        """Return the code; where a part was typed with which a word of one option alone begins, the code of that one.

        Who types 'offender' sees one line in the list, and goes on to the next question.
        """
        place = self._only_one()
        return self.code() if place < 0 else str(self.itemData(place))

    def _only_one(self) -> int:
        part = " ".join(self.currentText().split())
        if len(part) < _LETTERS_THAT_TELL or self.findText(part, Qt.MatchFlag.MatchFixedString) >= 0:
            return -1
        begins = re.compile(rf"(?<!\w){re.escape(part)}", re.IGNORECASE)
        places = [place for place in range(self.count()) if begins.search(self.itemText(place))]
        return places[0] if len(places) == 1 else -1

    def _show_meant(self) -> None:
        if (place := self._only_one()) >= 0:
            self.setCurrentIndex(place)

    def show_code(self, code: str, words: str = "") -> None:
        """Show the option with this code; a code that the list does not hold is shown by `words` or as it is."""
        self._popup.hide()  # it is saved, or another record's: nothing is being looked for
        place = self.findData(code)
        if place < 0 and words:
            self.addItem(words, code)
            place = self.count() - 1
        if place >= 0:
            self.setCurrentIndex(place)
        else:
            self.setEditText(code)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, super().minimumSizeHint().height())

    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()


class LookupEditor(Editor):
    """One of a long list; an open list takes a text of its own as well."""

    def __init__(
        self, around: Circumstances, name: str, options: Sequence[Option], *, takes_other: bool = False
    ) -> None:
        """Take the question's name and the options; `takes_other` says in words that the list is open."""
        super().__init__()
        self.lookup = Lookup(around.kit, name, options)
        if takes_other:
            self.lookup.line().setPlaceholderText("Type to find, or write another")
        self.setLayout(around.kit.row(self.lookup))
        self.setMinimumWidth(around.kit.px(190))
        self.lookup.editTextChanged.connect(self.changed)

    def answer(self) -> Answer | None:
        return self.lookup.meant() or None

    def show_answer(self, answer: Answer | None) -> None:
        self.lookup.show_code(answer if isinstance(answer, str) else "")

    def typed(self) -> list[str]:
        return [self.lookup.code()] if self.lookup.code() else []

    def retype(self, typed: Sequence[str]) -> None:
        self.lookup.show_code(typed[0] if typed else "")

    def stops(self) -> Sequence[QWidget]:
        return (self.lookup,)

    def describe(self, text: str, *, wrong: bool) -> None:
        super().describe(text, wrong=wrong)
        self.lookup.line().setAccessibleDescription(text)


class PickEditor(PickedEditor):
    """Several of a long list: find one, Return adds it; each that was added can be taken away again."""

    def __init__(
        self, around: Circumstances, name: str, options: Sequence[Option], *, takes_other: bool = False
    ) -> None:
        """Take the question's name and the options."""
        super().__init__(around.kit)
        self._words = dict(options)
        self._takes_other = takes_other
        self.lookup = Lookup(around.kit, name, options)
        self._add = around.kit.button("Add", "plus", name=f"Add to ‘{name}’")
        self.setLayout(around.kit.column(self.chips, around.kit.row(self.lookup, self._add, None), gap=8))
        self.setMinimumWidth(around.kit.px(260))
        self._add.clicked.connect(self.pick)
        self.lookup.activated.connect(self.pick)
        self.lookup.editTextChanged.connect(self.changed)
        self.lookup.line().returnPressed.connect(self.pick)
        self.lookup.found.activated.connect(self.pick, Qt.ConnectionType.QueuedConnection)

    def pick(self) -> None:
        """Add what stands in the list's line, if it is one of the options."""
        code = self.lookup.meant()
        if not code or (code not in self._words and not self._takes_other):
            return
        self.add(code)
        self.lookup.setCurrentIndex(0)

    def waiting(self) -> str:
        return self.lookup.meant()

    def words_of(self, code: str) -> str:
        return self._words.get(code, code)

    def retype(self, typed: Sequence[str]) -> None:
        known = [code for code in typed if code in self._words or self._takes_other]
        waiting = [code for code in typed if code not in known]
        self.lookup.show_code(waiting[-1] if waiting else "")
        self.show_picked(known)

    def stops(self) -> Sequence[QWidget]:
        return (self.lookup,)

    def describe(self, text: str, *, wrong: bool) -> None:
        super().describe(text, wrong=wrong)
        self.lookup.line().setAccessibleDescription(text)
        restyle(self.lookup, error=wrong)
