"""The question before a backup is removed: it cannot be taken back."""

from PySide6.QtWidgets import QWidget

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog


class RemoveBackup(LinedDialog):
    """Says of when the backup is and what removing it means; `accepted` when the person wants it."""

    def __init__(self, kit: Kit, made: str, parent: QWidget) -> None:
        """Take when it was made, in words."""
        super().__init__(kit, "Remove a backup", (520, 260), parent)
        self.remove = kit.button(self.tr("Remove it for good"), "x", kind="primary")
        self.keep = kit.button(self.tr("Keep it"))
        means = self.tr(
            "The vault itself is not touched. How it was on that day can then be brought back from other backups only. "
            "A copy that was made on another medium stays there."
        )
        inside = QWidget()
        column = kit.column(
            kit.label(self.tr("Remove the backup of {made}?").format(made=made), "h2", wrap=True),
            kit.label(means, wrap=True),
            kit.flow(self.remove, self.keep),
            None,
            gap=12,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.remove.clicked.connect(self.accept)
        self.keep.clicked.connect(self.reject)
        self.keep.setFocus()
