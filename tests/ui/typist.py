"""A person at the keyboard: answers any question of any form with real key events."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list
from tac_desktop.ui.choice_editors import CheckEditor, RadioEditor
from tac_desktop.ui.date_editors import DayBoxes
from tac_desktop.ui.file_editor import FileEditor
from tac_desktop.ui.form_screen import FormScreen
from tac_desktop.ui.looked_up_editors import LookedUpEditor
from tac_desktop.ui.lookup import LookupEditor, PickEditor
from tac_desktop.ui.question import Question

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "sample"
PICTURE, PAPER = SAMPLES / "chairs.png", SAMPLES / "course-certificate.pdf"


def type_into(widget, text: str) -> None:
    widget.setFocus()
    QTest.keyClicks(widget, text)


def options_of(field: kinds.Field) -> list[tuple[str, str]]:
    """The codes of a list whose labels can be typed on any keyboard."""
    assert isinstance(field, kinds.Choice | kinds.Choices)
    codes = code_list(field.codes).codes
    return [(code.code, code.label) for code in codes if code.label.isascii() and code.code != "not_known"]


def press(button: QAbstractButton, key: Qt.Key = Qt.Key.Key_Space) -> None:
    button.setFocus()
    QTest.keyClick(button, key)


def answer(question: Question, records: list[str], kept: dict[str, str]) -> Answer | None:
    """Answer a question and return what must come of it; None where there is nothing to choose from.

    Args:
        question: The question on the screen.
        records: The ids of the records that a linking question offers.
        kept: Takes up the SHA-256 of a file once it is kept.
    """
    editor, field = question.editor, question.field
    match field:
        case kinds.ShortText():
            editor.stops()[0].selectAll()  # what the directory filled in is typed over
            type_into(editor.stops()[0], "Blue 7")
            return "Blue 7"
        case kinds.Narrative():
            type_into(editor.stops()[0], "She said: it is well.")
            return "She said: it is well."
        case kinds.Day():
            if isinstance(editor, DayBoxes):
                for box, text in zip(editor.stops(), ("27", "mar", "2019"), strict=True):
                    type_into(box, text)
            else:
                type_into(editor.stops()[0], "27 mar 19")
            return "2019-03-27"
        case kinds.Moment():
            type_into(editor.stops()[0], "27 mar 19")
            type_into(editor.stops()[1], "9.30")
            return "2019-03-27T09:30"
        case kinds.YesNo():
            press(editor.stops()[1])
            return False
        case kinds.Number():
            type_into(editor.stops()[0], str(max(field.least, 1)))
            return max(field.least, 1)
        case kinds.Money():
            type_into(editor.stops()[0], "12.5")
            return "12.50"
        case kinds.Choice():
            code, words = options_of(field)[0]
            if isinstance(editor, RadioEditor):
                press(editor.buttons[code])
            else:
                assert isinstance(editor, LookupEditor)
                type_into(editor.lookup.line(), words)
            return code
        case kinds.Choices():
            first, second = options_of(field)[:2]
            if isinstance(editor, PickEditor):
                for _, words in (first, second):
                    type_into(editor.lookup.line(), words)
                    QTest.keyClick(editor.lookup.line(), Qt.Key.Key_Return)
            else:
                assert isinstance(editor, CheckEditor)
                for code, _ in (first, second):
                    press(editor.buttons[code])
            return tuple(sorted((first[0], second[0])))
        case kinds.Link() if isinstance(editor, LookedUpEditor):
            type_into(editor.line, "Puce")
            QTest.keyClick(editor.line, Qt.Key.Key_Return)
            return editor.line.code()
        case kinds.Link() | kinds.Links():
            assert isinstance(editor, RadioEditor | CheckEditor)
            if not records:
                return None
            press(editor.buttons[records[0]])
            return (records[0],) if isinstance(field, kinds.Links) else records[0]
        case kinds.Attachment():
            assert isinstance(editor, FileEditor)
            editor.take(PICTURE if "png" in field.accepts else PAPER)
            kept[field.name] = ""
            return ""


def save(screen: FormScreen) -> None:
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
