"""The question that is asked before something of a case is written where the vault no longer protects it."""

from PySide6.QtWidgets import QWidget

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog


class LeavesTheVault(LinedDialog):
    """Says what it means to write a copy outside; `accepted` when the person wants it all the same."""

    def __init__(self, kit: Kit, what: str, parent: QWidget) -> None:
        """Take what shall be written, in one sentence without a name."""
        super().__init__(kit, "Outside the vault", (520, 250), parent)
        self.keep_inside = kit.button(self.tr("Keep it in the vault"))
        self.go_on = kit.button(self.tr("Choose where to write it"), "save", kind="primary")
        means = self.tr(
            "The file will not be encrypted: whoever has it can read it. Keep it where only the right people can, and "
            "delete it when it is no longer needed. The vault notes that it was written, by whom and when."
        )
        inside = QWidget()
        column = kit.column(
            kit.label(self.tr("This leaves the vault"), "h2", wrap=True),
            kit.label(what, wrap=True),
            kit.label(means, wrap=True),
            kit.flow(self.go_on, self.keep_inside),
            None,
            gap=12,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.go_on.clicked.connect(self.accept)
        self.keep_inside.clicked.connect(self.reject)
        self.keep_inside.setFocus()
