"""A key sheet on the screen: the root key in large letters and the emergency words with their numbers."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.part import code_shown

if TYPE_CHECKING:
    from tac_desktop.actions.service import Sheet

WORD_WIDTH = 150


class SheetShown(QFrame):
    """What stands on one of the three sheets."""

    def __init__(self, kit: Kit, sheet: "Sheet") -> None:
        """Take the sheet."""
        super().__init__()
        words = kit.flow(gap=8, row_gap=8)
        for number, word in enumerate(sheet.escrow_words, 1):
            shown = kit.label(f"{number}. {word}")
            shown.setMinimumWidth(kit.px(WORD_WIDTH))
            words.addWidget(shown)
        column = kit.column(
            kit.label(self.tr("Root key"), "label"),
            code_shown(kit, sheet.root_key_code),
            kit.label(self.tr("Emergency words"), "label"),
            words,
            gap=8,
        )
        self.setLayout(column)
        self.setAccessibleName(self.tr("Sheet {n}").format(n=sheet.number))


def same_code(typed: str, wanted: str) -> bool:
    """Say whether a code or word was typed as it stands on paper: case, spaces and dashes do not count.

    The letters that a code does not use are read as what they look like: O as 0, I and L as 1.
    """
    return _plain(typed) == _plain(wanted)


def _plain(text: str) -> str:
    looks_like = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
    return text.upper().translate(looks_like)
