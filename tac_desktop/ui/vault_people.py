"""The people of the vault: who may open it, who opened it when, and who has left."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from tac_desktop.ui.exchange_words import moment_words, places_words, role_words
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.part import Part, warning_shown
from tac_desktop.ui.words import short_day

if TYPE_CHECKING:
    from tac_desktop.actions.people import Someone


class PeoplePart(Part):
    """A card for everybody who may open the vault, with what can be done; below them who has left."""

    add_wanted = Signal()
    name_wanted = Signal(object)
    """A Someone whose name is written wrongly."""
    role_wanted = Signal(object)
    """A Someone whose role shall be another one."""
    passphrase_wanted = Signal(object)
    """A Someone who has forgotten her pass-phrase."""
    leave_wanted = Signal(object)
    """A Someone who shall not open the vault any more."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self.add_person = kit.button(self.tr("Add a person"), "plus", kind="primary")
        _, column = self.titled(
            self.tr("People of this vault"),
            self.tr(
                "Each opens it with a pass-phrase of her own and sees what her role includes. Anybody who has the "
                "folder can read the initials, and nothing else."
            ),
        )
        self._who_may = kit.label("", "hint", wrap=True)
        column.addWidget(self._who_may)
        self._rows = kit.column(gap=12)
        column.addLayout(self._rows)
        column.addLayout(kit.flow(self.add_person))
        self._left_card, column = self.titled(
            self.tr("People who have left"), self.tr("What they wrote stays, in their names.")
        )
        self._left = kit.column(gap=6)
        column.addLayout(self._left)
        self._left_card.hide()
        self.waits(self.add_person)
        self.add_person.clicked.connect(self.add_wanted)

    def show_people(self, people: "Sequence[Someone]", *, may_look_after: bool) -> None:
        """Show who is here and who was.

        Args:
            people: Everybody, in the order in which they came.
            may_look_after: Whether the person at work looks after people.
        """
        clear(self._rows)
        clear(self._left)
        self._waits = [self.add_person]
        self.add_person.setVisible(may_look_after)
        self._who_may.setText("" if may_look_after else self.tr("Managers and administrators look after people."))
        self._who_may.setVisible(not may_look_after)
        here = [one for one in people if one.slot]
        for one in here:
            self._rows.addWidget(self._card(one, may_look_after=may_look_after))
        gone = [one for one in people if not one.slot]
        self._left_card.setVisible(bool(gone))
        for one in gone:
            when = self.tr("left on {day}").format(day=short_day(one.person.left)) if one.person.left else ""
            words = ", ".join(part for part in (one.person.name, role_words(one.person.role), when) if part)
            self._left.addWidget(self.kit.label(words, wrap=True))

    def _card(self, one: "Someone", *, may_look_after: bool) -> QFrame:
        kit, person = self.kit, one.person
        card, column = kit.card(16, 8)
        head = kit.flow(kit.label(person.name, "h3", wrap=False), gap=10)
        if one.is_me:
            head.addWidget(kit.badge(self.tr("You"), "info"))
        column.addLayout(head)
        where = ", ".join(part for part in (role_words(person.role), places_words([person.prison])) if part)
        column.addWidget(kit.label(where[:1].upper() + where[1:], wrap=True))
        column.addWidget(kit.label(self._unlocked(one), "hint", wrap=True))
        if one.renewed:
            words = self.tr("Her pass-phrase was renewed; she has not unlocked the vault since.")
            column.addWidget(warning_shown(kit, words))
        if may_look_after:
            column.addLayout(kit.flow(*self._deeds(one)))
        card.setAccessibleName(f"{person.name}, {where}")
        return card

    def _unlocked(self, one: "Someone") -> str:
        if one.is_me:
            return self.tr("Initials on the unlock screen: {initials}").format(initials=one.initials)
        when = moment_words(one.unlocked) if one.unlocked else self.tr("not since the vault was made")
        words = self.tr("Last unlocked: {when}. Initials on the unlock screen: {initials}")
        return words.format(when=when, initials=one.initials)

    def _deeds(self, one: "Someone") -> Sequence[QPushButton]:
        name = one.person.name
        written = self._deed(self.tr("Correct the name"), self.tr("Correct the name of {name}").format(name=name))
        written.clicked.connect(lambda: self.name_wanted.emit(one))
        if one.is_me:
            return self.waits(written)
        role = self._deed(self.tr("Change role"), self.tr("Change the role of {name}").format(name=name))
        forgotten = self._deed(self.tr("New pass-phrase"), self.tr("New pass-phrase for {name}").format(name=name))
        leave = self._deed(self.tr("She leaves"), self.tr("Take away the way in of {name}").format(name=name))
        role.clicked.connect(lambda: self.role_wanted.emit(one))
        forgotten.clicked.connect(lambda: self.passphrase_wanted.emit(one))
        leave.clicked.connect(lambda: self.leave_wanted.emit(one))
        return self.waits(role, forgotten, leave, written)

    def _deed(self, words: str, name: str) -> QPushButton:
        return self.kit.button(words, name=name)

    def arrive(self) -> None:
        """Begin with letting somebody in, where one may."""
        if self.add_person.isVisible():
            self.add_person.setFocus()
