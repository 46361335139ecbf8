"""Who has what up to when: one row for each colleague, and what is wrong in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from tac_desktop.ui.exchange_words import day_words, missing_words, places_words, role_words, status_words
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.part import Part, fact_shown, warning_shown
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.standing import Standing

_SHOWN_AT_ONCE = 30


class StandingPart(Part):
    """Facts stand in columns where there is room, and below one another where there is not: none of them gives way."""

    send_wanted = Signal(str)
    """The device of a colleague for whom a bundle shall be written."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self._all: Sequence[Standing] = ()
        self._shown = 0
        words = self.tr("What each colleague has of yours, and what you have of hers, as far as this vault knows.")
        self._none = kit.label(self.tr("Nobody yet. Accept a card, or join a service."), wrap=True)
        self._more = kit.button(self.tr("Show more"), kind="ghost")
        self._rows = kit.column(gap=8)
        self.column.addWidget(kit.label(words, "hint", wrap=True))
        self._own = warning_shown(
            kit,
            self.tr(
                "This vault was restored from a backup, or copied. Nothing is lost: what came after the backup comes "
                "back with the bundles of your colleagues. If it was not you who restored it, tell your manager."
            ),
        )
        self.column.addWidget(self._own)
        self.column.addWidget(self._none)
        self.column.addLayout(self._rows)
        self.column.addLayout(kit.flow(self._more))
        self._more.clicked.connect(self._show_more)

    def show_standing(self, people: "Sequence[Standing]", *, split: bool) -> None:
        """Show how it stands with everybody, the troubled first; `split`: this very vault was restored or copied."""
        self._own.setVisible(split)
        clear(self._rows)
        self._all = sorted(people, key=lambda one: (not _warnings(one), one.status != "active", one.name.casefold()))
        self._shown = 0
        self._none.setVisible(not people)
        self._show_more()

    def _show_more(self) -> None:
        end = min(len(self._all), self._shown + _SHOWN_AT_ONCE)
        for one in self._all[self._shown : end]:
            self._rows.addWidget(self._row(one))
        self._shown = end
        left = len(self._all) - end
        self._more.setText(self.tr("Show more ({n} left)").format(n=left))
        self._more.setVisible(left > 0)

    def _row(self, one: "Standing") -> QFrame:
        kit = self.kit
        card, column = kit.card(16, 8)
        head = kit.flow(kit.label(one.name, "h3", wrap=True), gap=12)
        who = ", ".join(part for part in (role_words(one.role), places_words(one.sites)) if part)
        if one.status != "active":
            words, tone = status_words(one.status)
            head.addWidget(kit.badge(words, tone))
        column.addLayout(head)
        column.addWidget(kit.label(who, "hint", wrap=True))
        facts = kit.flow(gap=16, row_gap=8, top=True)
        for name, words in _facts(one):
            facts.addWidget(fact_shown(kit, name, words))
        column.addLayout(facts)
        for warning in _warnings(one):
            column.addWidget(warning_shown(kit, warning))
        if one.status == "active":
            column.addLayout(kit.flow(self._button(one)))
        card.setAccessibleName(one.name)
        return card

    def _button(self, one: "Standing") -> QPushButton:
        words = self.tr("Write a bundle for {name}").format(name=one.name)
        button = self.kit.button(self.tr("Write a bundle"), "upload", name=words)
        button.setProperty("device", one.device.hex())
        button.clicked.connect(self._send_clicked)
        return button

    def arrive(self) -> None:
        """Begin with the first colleague."""
        first = next((b for b in self.findChildren(QPushButton) if b.isVisible()), None)
        if first is not None:
            first.setFocus()

    def _send_clicked(self) -> None:
        self.send_wanted.emit(str(self.sender().property("device")))


def _tr(text: str) -> str:
    return QCoreApplication.translate("exchange_standing", text)


def _facts(one: "Standing") -> Sequence[tuple[str, str]]:
    never = _tr("Never")
    sent = _tr("No. {n}, {day}").format(n=one.last_sent_number, day=day_words(one.last_sent))
    return (
        (_tr("Last sent"), sent if one.last_sent else never),
        (_tr("Acknowledged up to"), day_words(one.acknowledged_up_to) or _tr("Nothing yet")),
        (_tr("Not yet with her"), counted(one.waiting_entries, _tr("1 entry"), _tr("{n} entries"))),
        (_tr("Last received"), day_words(one.last_received) or never),
    )


def _warnings(one: "Standing") -> list[str]:
    found = [missing_words(one.missing, one.name)] if one.missing else []
    if one.restored:
        found.append(_tr("This vault was restored from a backup, or copied. Nothing is lost and work goes on. If "
                         "nobody restored it, find out who has a copy."))  # fmt: skip
    if one.status != "active":
        found.append(_tr("The card is withdrawn: nothing is sealed for this vault any more."))
    return found
