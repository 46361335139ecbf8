"""Editors for choices: radio buttons and check boxes where there are few options, a list where there are many."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGroupBox,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.codelists import code_list
from tac_desktop.ui.editor import DECLINED, NOT_KNOWN, Circumstances, Editor, state_of
from tac_desktop.ui.flow import Flow
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.looked_up_editors import LookedUpEditor, LookedUpPickEditor
from tac_desktop.ui.lookup import LookupEditor, Option, PickEditor

MOST_RADIOS = 7
MOST_CHECKS = 20
_LETTERS_IN_A_ROW = 64
_LETTERS_BEFORE_WRAP = 44
_STATES: tuple[Option, ...] = ((NOT_KNOWN, "Not known"), (DECLINED, "Declined"))
_GONE = "A record that is not in this case file"


def choice_editor(around: Circumstances, field: kinds.Choice) -> Editor:
    """Return radio buttons for a short closed list, else a list in which one types to find."""
    options, is_open = _codes(field)
    if is_open or len(options) > MOST_RADIOS:
        return LookupEditor(around, field.label, options, takes_other=is_open)
    return RadioEditor(around, field.label, options, states=field.can_be_unknown)


def choices_editor(around: Circumstances, field: kinds.Choices) -> Editor:
    """Return check boxes, or for a long list one that is picked from."""
    options, is_open = _codes(field)
    return _several(around, field.label, options, takes_other=is_open)


def link_editor(around: Circumstances, field: kinds.Link) -> Editor:
    """Return the records of the case file to choose one from; what stands elsewhere is looked up."""
    if around.finder.finds(field.to):
        return LookedUpEditor(around.kit, around.finder, field)
    options = tuple(around.records(field.to))
    if len(options) > MOST_RADIOS:
        return LookupEditor(around, field.label, options)
    return RadioEditor(around, field.label, options, states=field.can_be_unknown, wants_records=True)


def links_editor(around: Circumstances, field: kinds.Links) -> Editor:
    """Return the records of the case file to choose several from; what stands elsewhere is looked up."""
    if around.finder.finds(field.to):
        return LookedUpPickEditor(around.kit, around.finder, field)
    return _several(around, field.label, tuple(around.records(field.to)), wants_records=True)


def _several(
    around: Circumstances,
    name: str,
    options: Sequence[Option],
    *,
    takes_other: bool = False,
    wants_records: bool = False,
) -> Editor:
    if takes_other or len(options) > MOST_CHECKS:
        return PickEditor(around, name, options, takes_other=takes_other)
    return CheckEditor(around, name, options, wants_records=wants_records)


def _codes(field: kinds.Choice | kinds.Choices) -> tuple[tuple[Option, ...], bool]:
    codes = code_list(field.codes)
    # a value `not_known` of a code list is the state of that name and stands among the states
    return tuple((value.code, value.label) for value in codes.codes if value.code != "not_known"), codes.is_open


class _Options(Editor):
    """Buttons, one for each option, in a box that bears the question's name."""

    takes_whole_width = True

    def __init__(self, around: Circumstances, name: str, options: Sequence[Option], *, wants_records: bool) -> None:
        super().__init__()
        self.kit = around.kit
        self.box = QGroupBox()
        self.box.setAccessibleName(name)
        self.buttons: dict[str, QAbstractButton] = {}
        letters = sum(len(words) + 6 for _, words in options)
        side_by_side = letters < _LETTERS_IN_A_ROW and not wants_records
        self.lines: Flow | QVBoxLayout
        self.lines = self.kit.flow(gap=20, row_gap=4) if side_by_side else self.kit.column(gap=4)
        self.box.setLayout(self.lines)
        self.column = self.kit.column(self.box, gap=2)
        self.setLayout(self.column)
        if wants_records and not options:
            self.lines.addWidget(self.kit.label("There is none in this case file yet.", "hint", wrap=True))

    def add(self, code: str, button: QAbstractButton) -> None:
        """Put one more option below the others."""
        self.buttons[code] = button
        button.toggled.connect(self.changed)
        if len(button.text()) <= _LETTERS_BEFORE_WRAP:
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.lines.addWidget(button)
            return
        words = _Words(self.kit, button)
        line = self.kit.row(button, words, gap=0)
        line.setStretch(1, 1)
        line.setAlignment(button, Qt.AlignmentFlag.AlignTop)
        (self.lines.add_layout if isinstance(self.lines, Flow) else self.lines.addLayout)(line)

    def stops(self) -> Sequence[QWidget]:
        return tuple(self.buttons.values())

    def describe(self, text: str, *, wrong: bool) -> None:
        self.box.setAccessibleDescription(text)
        spoken = ". ".join(part for part in (self.box.accessibleName(), text) if part)
        for button in self.buttons.values():
            button.setAccessibleDescription(spoken)


class _Words(QLabel):
    """The words of a button that are too long for one line: Qt's own do not wrap. A click on them is one on it."""

    def __init__(self, kit: Kit, button: QAbstractButton) -> None:
        super().__init__(button.text())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(0, kit.px(3), 0, kit.px(3))
        self._button = button
        button.setAccessibleName(button.text())
        button.setText("")
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        if self.rect().contains(ev.position().toPoint()):
            self._button.setFocus(Qt.FocusReason.MouseFocusReason)
            self._button.click()


class RadioEditor(_Options):
    """Radio buttons; 'Not known' and 'Declined' are the last of them. A choice can be taken back."""

    own_states = True

    def __init__(
        self,
        around: Circumstances,
        name: str,
        options: Sequence[Option],
        *,
        states: bool = True,
        wants_records: bool = False,
    ) -> None:
        """Take the question's name and the options; `states` offers 'Not known' and 'Declined', too."""
        shown = (*options, *(_STATES if states else ()))
        super().__init__(around, name, () if wants_records and not options else shown, wants_records=wants_records)
        self._group = QButtonGroup(self)
        self._unlisted = _GONE if wants_records else ""
        self._clear = self.kit.button("Clear this answer", kind="link", name=f"Clear the answer to ‘{name}’")
        self._clear.clicked.connect(self._take_back)
        for code, words in shown:
            self._add(code, words)
        self.column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        self._clear.hide()

    def chosen(self) -> str:
        """Return the code of the button that is on, '' where none is."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")

    def answer(self) -> Answer | None:
        code = self.chosen()
        return NotKnown() if code == NOT_KNOWN else Declined() if code == DECLINED else code or None

    def show_answer(self, answer: Answer | None) -> None:
        self.retype([state_of(answer) or str(answer)] if answer is not None else [])

    def typed(self) -> list[str]:
        return [self.chosen()] if self.chosen() else []

    def retype(self, typed: Sequence[str]) -> None:
        if typed and typed[0] not in self.buttons:
            self._add(typed[0], self._unlisted or typed[0])
        self._group.setExclusive(False)
        for code, button in self.buttons.items():
            button.setChecked(bool(typed) and code == typed[0])
        self._group.setExclusive(True)

    def _add(self, code: str, words: str) -> None:
        button = QRadioButton(words)
        self._group.addButton(button)
        self.add(code, button)
        button.toggled.connect(self._show_clear)

    def _show_clear(self) -> None:
        self._clear.setVisible(bool(self.chosen()))

    def _take_back(self) -> None:
        first = self.stops()[0]
        self.retype([])
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class YesNoEditor(RadioEditor):
    """Yes or no."""

    def __init__(self, around: Circumstances, field: kinds.YesNo) -> None:
        """Take the question."""
        super().__init__(around, field.label, (("yes", "Yes"), ("no", "No")), states=field.can_be_unknown)

    def answer(self) -> Answer | None:
        return {"yes": True, "no": False}.get(self.chosen(), super().answer())

    def show_answer(self, answer: Answer | None) -> None:
        if isinstance(answer, bool):
            self.retype(["yes" if answer else "no"])
        else:
            super().show_answer(answer)


class CheckEditor(_Options):
    """Check boxes."""

    def __init__(
        self, around: Circumstances, name: str, options: Sequence[Option], *, wants_records: bool = False
    ) -> None:
        """Take the question's name and the options."""
        super().__init__(around, name, options, wants_records=wants_records)
        self._unlisted = _GONE if wants_records else ""
        for code, words in options:
            self.add(code, QCheckBox(words))

    def answer(self) -> Answer | None:
        return tuple(self.typed()) or None

    def show_answer(self, answer: Answer | None) -> None:
        self.retype(answer if isinstance(answer, tuple) else ())

    def typed(self) -> list[str]:
        return [code for code, button in self.buttons.items() if button.isChecked()]

    def retype(self, typed: Sequence[str]) -> None:
        for code in typed:
            if code not in self.buttons:
                self.add(code, QCheckBox(self._unlisted or code))
        for code, button in self.buttons.items():
            button.setChecked(code in typed)
