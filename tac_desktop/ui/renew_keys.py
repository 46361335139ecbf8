"""New keys for a vault: the question before, and believing the new keys of somebody whose old ones were believed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tac_desktop.ui.exchange_words import places_words, role_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog


class RenewKeys(LinedDialog):
    """Says what new keys mean; while they are made nothing else can be done in the vault."""

    wanted = Signal()
    """Where to save the new card is asked next. Answer with `begin`, then `refuse` or a lock."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        """Build it."""
        super().__init__(kit, "New keys", (540, 460), parent)
        self._busy = False
        self._trouble = _trouble(kit)
        self.go = kit.button(self.tr("Choose where to save the new card"), "save", kind="primary")
        self.cancel = kit.button(self.tr("Keep the keys as they are"))
        paragraphs = (
            self.tr("The keys with which this vault signs and opens bundles are made anew. Do it every other year, and "
                    "when somebody may have had a copy of this vault."),
            self.tr("What was written so far stays yours, signed with the old key for the last time. Bundles that are "
                    "still on their way to you can be opened."),
            self.tr("Your card is another one then. It is saved as a file: give it to the one who keeps the roster, or "
                    "to everybody you exchange with. The old key has signed it, so nobody has to type a code."),
            self.tr("The vault locks itself afterwards. Unlock it to go on."),
        )  # fmt: skip
        column = _column(kit, self.tr("Renew the keys of this vault"), *paragraphs)
        _finish(self, kit, column, self._trouble, self.go, self.cancel)
        self.go.clicked.connect(self.wanted)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setFocus()

    def begin(self) -> None:
        """Say that it is being done; it cannot be left now."""
        self._busy = True
        self.go.setText(self.tr("Making new keys …"))
        for button in (self.go, self.cancel):
            button.setEnabled(False)

    def refuse(self, text: str) -> None:
        """Say why it could not be done; the keys are as they were."""
        self._busy = False
        self.go.setText(self.tr("Choose where to save the new card"))
        for button in (self.go, self.cancel):
            button.setEnabled(True)
        _tell(self._trouble, text)
        self.go.setFocus()

    def reject(self) -> None:
        """Leave it, unless the keys are being made (Qt)."""
        if not self._busy:
            super().reject()


class ConfirmRenewal(LinedDialog):
    """Shows whose vault has new keys; no code is asked, because the old key has signed them."""

    confirmed = Signal()
    """Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, known: tuple[str, str, str], new_name: str, parent: QWidget) -> None:
        """Take name, role and prison of who is believed here, and the name on the new card."""
        super().__init__(kit, "New keys of a colleague", (540, 380), parent)
        name, role, prison = known
        who = ", ".join(part for part in (role_words(role), places_words([prison])) if part)
        renamed = self.tr("On the new card she is called {name}.").format(name=new_name) if new_name != name else ""
        self._trouble = _trouble(kit)
        self.go = kit.button(self.tr("Confirm the new keys"), "shield-check", kind="primary")
        self.cancel = kit.button(self.tr("Cancel"))
        paragraphs = (
            self.tr("{name} ({who}) has renewed the keys of her vault.").format(name=name, who=who),
            renamed,
            self.tr("Her old key, which you believe, has signed the new ones: no code is needed. She keeps the role in "
                    "which she was accepted. If you did not expect this, ask her before you confirm."),
        )  # fmt: skip
        column = _column(kit, self.tr("New keys of {name}").format(name=name), *filter(None, paragraphs))
        _finish(self, kit, column, self._trouble, self.go, self.cancel)
        self.go.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.reject)
        self.go.setFocus()

    def refuse(self, text: str) -> None:
        """Say why it could not be done; nothing was changed."""
        _tell(self._trouble, text)
        self.go.setFocus()


def _trouble(kit: Kit) -> QLabel:
    label = kit.label("", "error", wrap=True)
    label.hide()
    return label


def _tell(label: QLabel, text: str) -> None:
    label.setText(text)
    label.show()


def _column(kit: Kit, title: str, *paragraphs: str) -> QVBoxLayout:
    return kit.column(kit.label(title, "h2", wrap=True), *(kit.label(words, wrap=True) for words in paragraphs), gap=12)


def _finish(dialog: LinedDialog, kit: Kit, column: QVBoxLayout, trouble: QLabel, *buttons: QPushButton) -> None:
    column.addWidget(trouble)
    column.addLayout(kit.flow(*buttons))
    column.addStretch(1)
    column.setContentsMargins(*(kit.px(24),) * 4)
    inside = QWidget()
    inside.setLayout(column)
    dialog.column.addWidget(kit.scroll(inside))
