"""Checks of the vault: whether all of it is whole, what is wrong in plain words, and what to do about each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.ui import check_words as words
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce
from tac_desktop.ui.part import Part

if TYPE_CHECKING:
    from tac_desktop.actions.checking import LastCheck
    from tac_desktop.actions.keeping import Finding

_MADE_ANEW = frozenset({"records", "caseload"})
_DEEP = frozenset({"pages", "entries", "chains"})


class ChecksPart(Part):
    """A button, what came of it, and below it a card for each part in which something is wrong."""

    check_wanted = Signal()
    anew_wanted = Signal()
    """What is made from the journal shall be made anew."""
    salvage_wanted = Signal()
    """What can be read shall be saved into a new vault."""

    def __init__(self, kit: Kit) -> None:
        """Build it without a result."""
        super().__init__(kit)
        self._last = kit.label("", "hint", wrap=True)
        self.outcome = kit.label("", wrap=True)
        self.check = kit.button(self.tr("Check the vault"), "shield-check", kind="primary")
        self.anew = kit.button(self.tr("Make anew from the journal"), "refresh-cw", kind="primary")
        self.salvage = kit.button(self.tr("Lock, and save what can be read"), "folder-plus", kind="primary")
        self._cards = kit.column(gap=12)
        self._lay_out()
        self.show_findings(())
        self.outcome.hide()

    def _lay_out(self) -> None:
        kit = self.kit
        _, column = self.titled(self.tr("Check the vault"), self.tr("Every page, entry, signature, record and attached "
                                "file is read and held against what it should be. Nothing is changed. You can go on "
                                "working, and stop it at any time."))  # fmt: skip
        column.addWidget(self._last)
        column.addLayout(kit.flow(self.check))
        column.addWidget(self.outcome)
        column.addLayout(kit.flow(self.anew, self.salvage))
        self.column.addLayout(self._cards)
        self.waits(self.check, self.anew, self.salvage)
        self.check.clicked.connect(self.check_wanted)
        self.anew.clicked.connect(self.anew_wanted)
        self.salvage.clicked.connect(self.salvage_wanted)

    def show_last(self, last: "LastCheck | None") -> None:
        """Say when it was last checked."""
        self._last.setText(words.last_words(last))

    def show_findings(self, findings: "Sequence[Finding]") -> None:
        """Tell what a check found: nothing, or part by part what it means and what to do."""
        clear(self._cards)
        damaged = {finding.part for finding in findings}
        self.anew.setVisible(bool(damaged & _MADE_ANEW) and not damaged & _DEEP)
        self.salvage.setVisible(bool(damaged & _DEEP))
        text = words.found_words(findings) if findings else words.sound_words()
        self.tell(text)
        for told in words.told_of(findings):
            self._cards.addWidget(self._card(told))

    def tell(self, text: str) -> None:
        """Say what came of it."""
        self.outcome.setText(text)
        self.outcome.show()
        if self.isVisible():
            announce(self.outcome, text)
            self.seen_wanted.emit(self.outcome)

    def show_unreadable(self, text: str) -> None:
        """Tell that reading could not even begin, and offer what is left to do."""
        self.show_findings(())
        self.tell(text)
        self.salvage.show()

    def _card(self, told: words.Told) -> QFrame:
        kit = self.kit
        card, column = kit.card(18, 8)
        title = kit.label(told.title, "h3", wrap=True)
        head = kit.row(kit.picture("octagon-alert", "danger", 18), title, kit.badge(f"{told.count:,}", "danger"), gap=8)
        head.setStretch(1, 1)
        column.addLayout(head)
        column.addWidget(kit.label(told.means, wrap=True))
        column.addWidget(kit.label(told.to_do, "strong", wrap=True))
        column.addWidget(kit.label(self.tr("Where: {places}").format(places=told.where), "hint", wrap=True))
        card.setAccessibleName(told.title)
        return card

    def arrive(self) -> None:
        """Begin with the check."""
        self.check.setFocus()
