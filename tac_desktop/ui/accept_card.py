"""Accepting somebody's card: whose it says it is, the code that she told by another way, and in which role."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.casework.people import CARD_ROLES
from tac_desktop.ui.exchange_words import places_words, role_words
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.lined_dialog import LinedDialog


class AcceptCard(LinedDialog):
    """Asks for the code. The card's owner tells it by telephone: whoever changed the card on its way cannot know it."""

    code_typed = Signal(str, str, str)
    """The card's file, the code, and the role in which it is accepted. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, file: str, name: str, role: str, prison: str, parent: QWidget) -> None:
        """Take what the card says of its owner."""
        super().__init__(kit, "Accept a card", (520, 470), parent)
        self._file = file
        self._code = kit.entry(self.tr("The code of this card"))
        self._role = kit.combo(self.tr("Accept her as"), [(one, role_words(one).capitalize()) for one in CARD_ROLES])
        self._role.setCurrentIndex(max(0, self._role.findData(role)))
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        who = ", ".join(part for part in (role_words(role), places_words([prison])) if part)
        self._lay_out(kit, name, who)
        self._code.setFocus()

    def _lay_out(self, kit: Kit, name: str, who: str) -> None:
        accept, cancel = kit.button(self.tr("Accept"), kind="primary"), kit.button(self.tr("Cancel"))
        says = self.tr("This card says that it is from {name} ({who}).")
        why = self.tr("Ask {name} for the code by telephone, and type it here. If it fits, the card is really hers.")
        grants = self.tr("A manager may pass on what others have written, and hand over case files.")
        inside = QWidget()
        column = kit.column(
            kit.label(self.tr("Accept a card"), "h2"),
            kit.label(says.format(name=name, who=who), wrap=True),
            kit.label(why.format(name=name), "hint", wrap=True),
            kit.field(self.tr("The code of this card"), self._code),
            self._trouble,
            kit.field(self.tr("Accept her as"), self._role, grants),
            kit.flow(accept, cancel),
            None,
            gap=12,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        accept.setDefault(True)
        accept.clicked.connect(self._accept_clicked)
        cancel.clicked.connect(self.reject)

    def refuse(self, text: str) -> None:
        """Say why the code was not taken."""
        self._trouble.setText(text)
        self._trouble.show()
        self._code.setAccessibleDescription(text)
        restyle(self._code, error="true")
        self._code.setFocus()
        self._code.selectAll()

    def _accept_clicked(self) -> None:
        self.code_typed.emit(self._file, self._code.text(), str(self._role.currentData()))
