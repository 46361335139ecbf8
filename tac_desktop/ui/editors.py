"""One editor for each kind of question: `editor_for` is the one place that knows which."""

import re
from collections.abc import Sequence
from typing import assert_never

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer
from tac_desktop.ui.choice_editors import YesNoEditor, choice_editor, choices_editor, link_editor, links_editor
from tac_desktop.ui.date_editors import MomentEditor, day_editor
from tac_desktop.ui.editor import Circumstances, Editor, Line
from tac_desktop.ui.file_editor import FileEditor
from tac_desktop.ui.looked_up_editors import OfferedEditor
from tac_desktop.ui.text_editor import NarrativeEditor


def editor_for(field: kinds.Field, around: Circumstances) -> Editor:
    """Return the editor for a question."""
    match field:
        case kinds.ShortText(offers=form) if form and around.finder.finds(form):
            return OfferedEditor(around.kit, around.finder, field)
        case kinds.ShortText() | kinds.Number() | kinds.Money():
            return LineEditor(around, field)
        case kinds.Narrative():
            return NarrativeEditor(around, field)
        case kinds.Day():
            return day_editor(around, field)
        case kinds.Moment():
            return MomentEditor(around, field)
        case kinds.Choice():
            return choice_editor(around, field)
        case kinds.YesNo():
            return YesNoEditor(around, field)
        case kinds.Choices():
            return choices_editor(around, field)
        case kinds.Link():
            return link_editor(around, field)
        case kinds.Links():
            return links_editor(around, field)
        case kinds.Attachment():
            return FileEditor(around, field)
        case _:
            assert_never(field)


class LineEditor(Editor):
    """One line that is read as a text, a number or an amount."""

    def __init__(self, around: Circumstances, field: kinds.ShortText | kinds.Number | kinds.Money) -> None:
        """Take the question: it says how wide the line is, how it is read, and the unit behind it."""
        super().__init__()
        self._field = field
        kit = around.kit
        self.line = Line(kit, field.label, _letters(field))
        unit = "£" if isinstance(field, kinds.Money) else getattr(field, "unit", "")
        mark = kit.label(unit, "hint")
        parts = (mark, self.line) if unit == "£" else (self.line, mark) if unit else (self.line,)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(kit.px(8))
        for part in parts:
            row.addWidget(part)
        self.line.textEdited.connect(self.changed)

    def answer(self) -> Answer | None:
        text = self.line.words()
        match self._field:
            case kinds.ShortText():
                return text or None
            case kinds.Number():
                digits = text.replace(",", "").replace(" ", "")
                return int(digits) if re.fullmatch(r"[+-]?[0-9]{1,12}", digits) else text or None
            case kinds.Money():
                return _pounds(text) or None

    def show_answer(self, answer: Answer | None) -> None:
        self.line.setText("" if answer is None else str(answer))
        self.line.setCursorPosition(0)

    def typed(self) -> list[str]:
        return [self.line.text()] if self.line.text() else []

    def retype(self, typed: Sequence[str]) -> None:
        self.line.setText(typed[0] if typed else "")

    def stops(self) -> Sequence[QWidget]:
        return (self.line,)


def _letters(field: kinds.ShortText | kinds.Number | kinds.Money) -> int:
    match field:
        case kinds.ShortText():
            return 18 if field.longest <= 60 else 40 if field.longest <= 200 else 64
        case kinds.Number():
            return max(4, len(f"{field.most:,}"))
        case kinds.Money():
            return 12


def _pounds(text: str) -> str:
    """Return '12.50' for '£12.5' and '1200.00' for '1,200'; anything else as it was typed."""
    amount = re.fullmatch(r"£?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", text)
    return f"{amount[1].replace(',', '')}.{(amount[2] or '').ljust(2, '0')}" if amount else text
