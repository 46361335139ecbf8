"""What a person is told whose pass-phrase was renewed without the old one, until she has seen it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.exchange_words import day_words
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.recovery import RecoveryNote
    from tac_desktop.actions.vaults import Store


def _tr(text: str) -> str:
    return QCoreApplication.translate("renewed_note", text)


def note_words(note: "RecoveryNote") -> str:
    """Return in a sentence when and by what a pass-phrase was renewed."""
    words = {
        "recovery": _tr("On {day} your pass-phrase was renewed with the recovery code."),
        "organisation": _tr("On {day} your pass-phrase was renewed with two sheets of the organisation’s key."),
        "colleague": _tr("On {day} your pass-phrase was renewed by somebody who looks after the people of this vault."),
        "older_keys": _tr(
            "On {day} an older key file lay in the vault: your pass-phrase had been renewed, and the one before "
            "was put back."
        ),
    }
    return words[note.by].format(day=day_words(note.at))


class RenewedNote(LinedDialog):
    """Says it, and what to do if it was not her wish; `accepted` when she has seen it."""

    def __init__(self, kit: Kit, notes: "Sequence[RecoveryNote]", parent: QWidget) -> None:
        """Take what is to be told."""
        super().__init__(kit, "Your pass-phrase was renewed", (540, 300 + 40 * len(notes)), parent)
        seen = kit.button(self.tr("I have seen it"), kind="primary")
        if_not = self.tr(
            "If you asked for that, all is well; change the pass-phrase if somebody else knows it. If not, tell "
            "whoever looks after the vault: the audit says who was at work, and the code or the sheets should be made "
            "anew."
        )
        seal = self.tr("Your seal is a new one since: hand out your card again, so that colleagues know it.")
        column = kit.column(
            kit.label(self.tr("Your pass-phrase was renewed"), "h2", wrap=True),
            *(kit.label(note_words(note), wrap=True) for note in notes),
            kit.label(if_not, wrap=True),
            kit.label(seal, "hint", wrap=True),
            kit.flow(seen),
            None,
            gap=12,
        )
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside = QWidget()
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        seen.clicked.connect(self.accept)
        seen.setFocus()


class RenewedDesk(QObject):
    """Looks once whether there is something to tell."""

    def __init__(self, bench: Workbench, window: QWidget, parent: QObject) -> None:
        """Take the window over which it is told."""
        super().__init__(parent)
        self._bench, self._window = bench, window

    def look(self) -> None:
        """Look, and tell it if there is something."""

        def looking(store: "Store") -> Steps:
            from tac_desktop.actions.recovery import renewed_for_me

            yield 0, 0
            return renewed_for_me(store.vault)

        self._bench.run(self._bench.with_store(looking), self._looked)

    def _looked(self, notes: object) -> None:
        if notes:
            told = RenewedNote(self._bench.kit, cast("Sequence[RecoveryNote]", notes), self._window)
            told.accepted.connect(self._seen)
            told.open()

    def _seen(self) -> None:
        now = self._bench.moment()

        def noting(store: "Store") -> Steps:
            from tac_desktop.actions.recovery import seen

            yield 0, 0
            seen(store.vault, store, now=now)

        self._bench.run(self._bench.with_store(noting), _nothing)


def _nothing(_result: object) -> None:
    """Take that it was noted: there is nothing more to tell."""
