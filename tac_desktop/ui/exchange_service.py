"""The service: who belongs to it, in which role, and what the one who keeps its roster can do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tac_desktop.casework.people import ROLES
from tac_desktop.casework.permissions import Deed, may
from tac_desktop.ui.beyond_dialog import BeyondDialog, beyond_words
from tac_desktop.ui.exchange_words import places_words, role_words, status_words
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.part import Part, code_shown, fact_shown, show_code, warning_shown
from tac_desktop.ui.words import short_day

if TYPE_CHECKING:
    from tac_desktop.actions.beyond import Beyond
    from tac_desktop.actions.service import Service
    from tac_desktop.casework.service import Member


class ServicePart(Part):
    """Without a service: found one or join one. In one: its state, its members, and what is to be done."""

    wanted = Signal(str)
    """What shall be done: found, join, roster_out, roster_in, signers, drill, renew or new_sheets."""
    withdraw_wanted = Signal(str, str)
    """The device of a member whose card shall be withdrawn, and her name."""
    cut_off_wanted = Signal(str, str)
    """The device of a withdrawn member whose later entries shall be believed after all, and her name."""

    def __init__(self, kit: Kit, *, may_found: bool) -> None:
        """Take whether this person may found a service: a manager or an administrator."""
        super().__init__(kit)
        self._may_found = may_found
        self._beyond: dict[bytes, Beyond] = {}
        self._alone = self._standing_alone()
        self._about = self._about_service()
        self._members = QWidget()
        self._rows = kit.column(gap=8)
        heading = kit.label(self.tr("Members"), "h2")
        self._members.setLayout(kit.column(heading, self._rows, gap=12))
        self.column.addWidget(self._members)
        self.show_service(None)

    def _standing_alone(self) -> QFrame:
        kit = self.kit
        words = self.tr("This vault stands by itself: it believes the cards whose codes were typed in here. In a "
                        "service one person keeps the roster, and a new colleague is accepted once.")  # fmt: skip
        card, column = self.titled(self.tr("No service"), words)
        found = self._button("found", self.tr("Found a service"), "plus", kind="primary")
        join = self._button("join", self.tr("Join a service"), "link", kind="" if self._may_found else "primary")
        column.addLayout(kit.flow(found, join))
        found.setVisible(self._may_found)  # once it has a place: before, it would be a window of its own
        return card

    def _about_service(self) -> QFrame:
        kit = self.kit
        card, column = kit.card(20, 12)
        self.column.addWidget(card)
        self._name = kit.label("", "h2", wrap=True)
        self._code = code_shown(kit, "")
        self._facts = kit.flow(gap=16, row_gap=8, top=True)
        self._old_line = warning_shown(kit, self._old_words())
        hint = self.tr("The code of the service. Whoever joins types it in; tell it by telephone or letter.")
        for part in (self._name, self._code, kit.label(hint, "hint", wrap=True)):
            column.addWidget(part)
        column.addLayout(self._facts)
        column.addWidget(self._old_line)
        self._keeper = [
            self._button("roster_out", self.tr("Hand out the roster"), "upload"),
            self._button("new_sheets", self.tr("Make new key sheets"), "key-round"),
        ]
        everybody = [
            self._button("roster_in", self.tr("Take in a roster"), "download"),
            self._button("signers", self.tr("Save the list for ssh-keygen"), "save"),
        ]
        self._drill = self._button("drill", self.tr("Emergency drill"), "shield-check")
        self._renew = self._button("renew", self.tr("Keep the roster here"), "key-round")
        column.addLayout(kit.flow(*self._keeper, *everybody, self._drill, self._renew))
        return card

    def _old_words(self) -> str:
        return self.tr("This roster is older than a year. Ask for a new one: it comes with a bundle of the one who "
                       "keeps it, or as a file. You can read and write; handing over case files waits.")  # fmt: skip

    def _button(self, wish: str, text: str, icon: str, *, kind: str = "") -> QPushButton:
        button = self.kit.button(text, icon, kind=kind)
        button.setProperty("wish", wish)
        button.clicked.connect(self._wished)
        self.waits(button)
        return button

    def show_service(self, service: "Service | None", own: bytes = b"", beyond: "Sequence[Beyond]" = ()) -> None:
        """Show the service this vault is in, or that it is in none.

        Args:
            service: The service.
            own: This vault's id.
            beyond: What lies here of withdrawn members beyond the end of what counts.
        """
        self._beyond = {one.device: one for one in beyond}
        self._alone.setVisible(service is None)
        self._about.setVisible(service is not None)
        self._members.setVisible(service is not None)
        if service is None:
            return
        self._name.setText(service.name)
        show_code(self._code, service.code)
        clear(self._facts)
        for name, words in self._facts_of(service):
            self._facts.addWidget(fact_shown(self.kit, name, words, width=190))
        self._old_line.setVisible(service.is_old)
        for button in self._keeper:
            button.setVisible(service.is_registrar)
        self._drill.setVisible(self._may_found and service.escrow)
        self._renew.setVisible(not service.is_registrar and self._may_found)
        self._show_members(service.members, own, keeps=service.is_registrar)

    def _facts_of(self, service: "Service") -> Sequence[tuple[str, str]]:
        keeps = self.tr("You") if service.is_registrar else self._keepers(service)
        member = (
            self.tr("Yes") if service.is_member else self.tr("Not yet: send your card to the one who keeps the roster")
        )
        if service.outdated:
            member = self.tr("Yes, but a recovery code has made a new card: send it to the one who keeps the roster")
        escrow = self.tr("Two of the three sheets open every bundle") if service.escrow else self.tr("None")
        version = self.tr("{n}, of {day}").format(n=service.roster_version, day=short_day(service.issued))
        return (
            (self.tr("Roster"), version if service.roster_version else self.tr("None yet")),
            (self.tr("Kept by"), keeps),
            (self.tr("This vault is a member"), member),
            (self.tr("Emergency key"), escrow),
            (self.tr("Last drill here"), short_day(service.drilled) or self.tr("None yet")),
        )

    def _keepers(self, service: "Service") -> str:
        """Return who may keep the roster: it does not say itself who of them does."""
        keeping = {role for role in ROLES if may(role, Deed.KEEP_ROSTER)}
        names = [one.name for one in service.members if one.status == "active" and one.role in keeping]
        if len(names) == 1:
            return names[0]
        return self.tr("One of: {names}").format(names=", ".join(names)) if names else self.tr("Somebody else")

    def _show_members(self, members: "Sequence[Member]", own: bytes, *, keeps: bool) -> None:
        clear(self._rows)
        for member in sorted(members, key=lambda one: (one.status != "active", one.name.casefold())):
            self._rows.addWidget(self._member(member, may_withdraw=keeps and member.device_id != own))

    def _member(self, member: "Member", *, may_withdraw: bool) -> QFrame:
        kit = self.kit
        card, column = kit.card(14, 6)
        who = ", ".join(part for part in (role_words(member.role), places_words(member.sites)) if part)
        badge = kit.badge(*status_words(member.status))
        column.addLayout(kit.flow(kit.label(member.name, "label", wrap=True), badge, gap=12))
        column.addWidget(kit.label(who, "hint", wrap=True))
        late = self._beyond.get(member.device_id)
        if late is not None:
            column.addWidget(warning_shown(kit, beyond_words(late)))
        if may_withdraw:
            column.addLayout(kit.flow(self._member_button(member)))
        if late is not None and late.entries:
            column.addLayout(kit.flow(self._look_button(member)))
        card.setAccessibleName(f"{member.name}, {who}, {status_words(member.status)[0]}")
        return card

    def _member_button(self, member: "Member") -> QPushButton:
        active = member.status == "active"
        text = self.tr("Withdraw the card") if active else self.tr("Believe what came later, too")
        button = self.kit.button(text, kind="ghost", name=f"{text}: {member.name}")
        button.setProperty("device", member.device_id.hex())
        button.setProperty("member", member.name)
        button.clicked.connect(self._withdraw_clicked if active else self._cut_off_clicked)
        return button

    def _look_button(self, member: "Member") -> QPushButton:
        text = self.tr("Look at these entries")
        button = self.kit.button(text, kind="ghost", name=f"{text}: {member.name}")
        button.setProperty("device", member.device_id.hex())
        button.clicked.connect(self._look_clicked)
        return button

    def arrive(self) -> None:
        """Begin with the first thing that can be done."""
        first = next((b for b in self.findChildren(QPushButton) if b.isVisible() and b.isEnabled()), None)
        if first is not None:
            first.setFocus()

    def _wished(self) -> None:
        self.wanted.emit(str(self.sender().property("wish")))

    def _look_clicked(self) -> None:
        device = bytes.fromhex(str(self.sender().property("device")))
        BeyondDialog(self.kit, self._beyond[device], self.window()).open()

    def _withdraw_clicked(self) -> None:
        self.withdraw_wanted.emit(str(self.sender().property("device")), str(self.sender().property("member")))

    def _cut_off_clicked(self) -> None:
        self.cut_off_wanted.emit(str(self.sender().property("device")), str(self.sender().property("member")))
