"""What whoever opens a vault is told that was brought back from a backup; once, and until she has read it."""

from PySide6.QtWidgets import QWidget

from tac_desktop.ui.backup_words import brought_back_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog


class BroughtBack(LinedDialog):
    """Says from which day the vault is, and what to do now; `accepted` when it was read."""

    def __init__(self, kit: Kit, made: str, parent: QWidget) -> None:
        """Take when the backup was made (ISO), '' where that is not known."""
        super().__init__(kit, "A vault from a backup", (560, 330), parent)
        self.read = kit.button(self.tr("I have read this"), kind="primary")
        to_do = self.tr(
            "Take in bundles from your colleagues, or ask each for one: they send again what they hold. Write again "
            "what nobody else had. Work in this vault only from now on: if another copy goes on as well, colleagues "
            "see two histories of one vault. If it was not you who brought it back, tell your manager."
        )
        inside = QWidget()
        column = kit.column(
            kit.row(
                kit.picture("history", "warn", 22),
                kit.label(self.tr("This vault is from a backup"), "h2", wrap=True),
                None,
                gap=12,
            ),
            kit.label(brought_back_words(made), wrap=True),
            kit.label(to_do, wrap=True),
            kit.flow(self.read),
            None,
            gap=12,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.read.clicked.connect(self.accept)
        self.read.setFocus()
