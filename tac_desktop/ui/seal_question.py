"""The question before a person puts her seal under a record: it cannot be taken back."""

from PySide6.QtWidgets import QWidget

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog


class SealQuestion(LinedDialog):
    """Says what a seal means; `accepted` when the person wants it."""

    def __init__(self, kit: Kit, what: str, name: str, parent: QWidget, *, sent: bool = False) -> None:
        """Take what shall be sealed ('Baseline tracker'), in whose name, and whether it is sent off with that."""
        super().__init__(kit, "Seal", (520, 410 if sent else 330), parent)
        words = self.tr("Seal and send") if sent else self.tr("Seal with my name")
        self.seal = kit.button(words, "shield-check", kind="primary")
        self.leave = kit.button(self.tr("Do not seal"))
        means = self.tr(
            "With your seal you stand behind it as it is saved now: every answer, every file, and how they came about. "
            "Only you can make it. It cannot be taken back. Whoever changes the record later does not break it, but "
            "everybody sees that something has changed since."
        )
        if sent:
            means += self.tr(
                " The seal covers how the case stands, too: children, orders, court, contact, needs. Today is noted as "
                "the day on which it was sent; from then on it is added to, or re-opened with a reason."
            )
        inside = QWidget()
        column = kit.column(
            kit.label(self.tr("Seal: {what}").format(what=what), "h2", wrap=True),
            kit.label(self.tr("In the name of {name}.").format(name=name), wrap=True),
            kit.label(means, wrap=True),
            kit.flow(self.seal, self.leave),
            None,
            gap=12,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.seal.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        self.leave.setFocus()
