"""Whom a contact is about: one woman, or several with whom it was the same event."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.wording import one_line
from tac_desktop.ui.case_picker import CasePicker, Found
from tac_desktop.ui.kit import Kit, clear

WHO, WHO_WORDS, MORE = ":who", ":who_words", ":more_women"
"""Where a draft keeps whom it is about; no field begins with a colon."""
_MORE_KEY = "Alt+W"
_NOBODY = "Choose whom this is about."
_UNFINISHED = "‘{typed}’ is nobody yet: choose her from what is found, or take the words away."


class LogWomen(QFrame):
    """A box in which one is found; another key, and a further one can be found beside her."""

    chosen = Signal(str)
    """The case file that was chosen last, '' where one was taken away."""
    typed = Signal()

    def __init__(self, kit: Kit, find: Callable[[str], Found]) -> None:
        """Take what finds mothers by typed words."""
        super().__init__()
        self._kit, self._find = kit, find
        self._more: dict[str, str] = {}
        self.picker = CasePicker(kit, "Who is this about?", self._found)
        self.another = kit.button("Another woman", "plus", kind="ghost", name="It is about another woman, too")
        self.another.setToolTip(_MORE_KEY)
        self._chips = kit.flow(gap=8)
        self._hint = kit.label("", "hint", wrap=True)
        below = kit.flow(self._chips, self.another, gap=8)
        self.setLayout(kit.column(kit.field("Who is this about?", self.picker), below, self._hint, gap=6))
        self._show()
        self.another.clicked.connect(self.ask_for_another)
        self.picker.chosen.connect(self._chosen)
        self.picker.textEdited.connect(self.typed)

    def add_keys(self, window: QWidget) -> None:
        """Make Alt+W ask for another woman, anywhere in a window."""
        QShortcut(QKeySequence(_MORE_KEY), window, self.ask_for_another)

    def women(self) -> dict[str, str]:
        """Return the case files that are chosen, each with its words, in the order of choosing."""
        last = {self.picker.case_file(): self.picker.text()} if self.picker.case_file() else {}
        return self._more | last

    def choose(self, women: Mapping[str, str]) -> None:
        """Choose these, in place of those that were chosen."""
        *first, last = [*women.items()] or [("", "")]
        self._more = dict(first)
        self.picker.choose(*last)
        self._show()

    def draft(self) -> dict[str, object]:
        """Return what a draft must keep."""
        kept: dict[str, object] = {}
        if self.picker.text():
            kept = {WHO: self.picker.case_file(), WHO_WORDS: self.picker.text()}
        return kept | ({MORE: [[case_file, words] for case_file, words in self._more.items()]} if self._more else {})

    def restore(self, draft: Mapping[str, object]) -> None:
        """Bring back what `draft` gave."""
        self._more = dict(pairs_of(draft.get(MORE)))
        self.picker.choose(str(draft.get(WHO, "")), str(draft.get(WHO_WORDS, "")))
        self._show()

    def ask_for_another(self) -> None:
        """Let a further woman be found; with none chosen yet the first one."""
        if self.picker.case_file():
            self._more[self.picker.case_file()] = self.picker.text()
            self.picker.choose("", "")
            self._show()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self) -> str:
        """Return what is wrong with whom was chosen, '' for nothing: words that are nobody yet are never left out."""
        if not self.women():
            return _NOBODY
        typed = "" if self.picker.case_file() else self.picker.text().strip()
        return _UNFINISHED.format(typed=one_line(typed, 40)) if typed else ""

    def complain(self, *, wrong: bool) -> None:
        """Show whether a choice is missing."""
        self.picker.complain(wrong=wrong)

    def _found(self, typed: str) -> Sequence[tuple[str, str]]:
        return [one for one in self._find(typed) if one[0] not in self._more]

    def _chosen(self, case_file: str) -> None:
        self._show()
        self.chosen.emit(case_file)

    def _show(self) -> None:
        clear(self._chips)
        for case_file, words in self._more.items():
            named = one_line(words.partition(",")[0], 28)
            chip = self._kit.button(named, "x", kind="chip", name=f"Take away {words}")
            chip.setProperty("case_file", case_file)
            chip.clicked.connect(self._take_away)
            self._chips.addWidget(chip)
            chip.show()
        count = len(self.women())
        self.another.setEnabled(bool(self.picker.case_file()))
        self._hint.setVisible(count > 1)
        self._hint.setText(
            f"The same words will stand in the case file of each of the {count} women: name none of the others."
        )

    def _take_away(self) -> None:
        case_file = str(self.sender().property("case_file"))
        self._more.pop(case_file, None)
        self._show()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        self.typed.emit()
        self.chosen.emit("")


def pairs_of(kept: object) -> list[tuple[str, str]]:
    """Return the pairs of texts that a draft kept; whatever does not have that form is left out."""
    several = cast("list[object]", kept) if isinstance(kept, list) else []
    found = [cast("list[object]", one) for one in several if isinstance(one, list)]
    return [(str(one[0]), str(one[1])) for one in found if len(one) == 2]
