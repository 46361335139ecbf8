"""What happens behind the people of the vault: let in, changed and let go, each in the lane."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QObject

from tac_desktop.casework.codelists import label
from tac_desktop.ui.alone import Undertaking
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.passphrase_dialog import PassphraseDialog, Wanted
from tac_desktop.ui.person_dialogs import AddPerson, ChangeRole, CorrectName, TakeAway
from tac_desktop.ui.vault_part import VaultDesk
from tac_desktop.ui.vault_people import PeoplePart
from tac_desktop.ui.words import counted
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tac_desktop.actions.people import Departure, Someone
    from tac_desktop.actions.vaults import Slot, Store, Vault
    from tac_desktop.casework.people import Role


class PeopleDesk(VaultDesk):
    """Owns the part."""

    def __init__(self, bench: Workbench, part: PeoplePart, jobs: PartJobs, parent: QObject) -> None:
        """Take the part; `read` fills it."""
        super().__init__(bench, part, jobs, parent)
        self._part = part
        part.add_wanted.connect(self._ask_whom)
        part.name_wanted.connect(self._ask_name)
        part.role_wanted.connect(self._ask_role)
        part.passphrase_wanted.connect(self._ask_passphrase)
        part.leave_wanted.connect(self._look_who_is_behind)

    def read(self) -> None:
        """Read again who is in the vault."""

        def reading(store: "Store") -> object:
            from tac_desktop.actions.people import people_of
            from tac_desktop.actions.permitted import is_permitted
            from tac_desktop.casework.permissions import Deed

            return people_of(store.vault, store), is_permitted(store.vault, Deed.LOOK_AFTER_PEOPLE)

        self.do(reading, self._was_read)

    def _was_read(self, found: object) -> None:
        people, may_look_after = cast("tuple[Sequence[Someone], bool]", found)
        self._part.show_people(people, may_look_after=may_look_after)

    # --- letting in ---

    def _ask_whom(self) -> None:
        bench = self.bench
        dialog = AddPerson(bench.kit, bench.lane, bench.vault.folder.name, self._part.window())
        dialog.wanted.connect(self._add)
        dialog.open()

    def _add(self, name: str, role: "Role", prison: str, passphrase: str) -> None:
        dialog, now, cost = cast("AddPerson", self.sender()), self.bench.moment(), self.bench.cost()

        def adding(store: "Store") -> None:
            from tac_desktop.actions.people import NewPerson, add_person

            new = NewPerson(name=name, role=role, prison=prison, passphrase=passphrase)
            add_person(store.vault, store, new, now=now, profile=cost)

        words = self.tr("{name} can open this vault now. Tell her which initials she chooses on the unlock screen.")
        self.do_for(dialog, adding, words.format(name=name))

    # --- a name, another role, a new pass-phrase ---

    def _ask_name(self, one: "Someone") -> None:
        dialog = CorrectName(self.bench.kit, one.person.name, self._part.window())
        dialog.setProperty("person", one.person.id)
        dialog.wanted.connect(self._correct_name)
        dialog.open()

    def _correct_name(self, name: str) -> None:
        dialog, now = cast("CorrectName", self.sender()), self.bench.moment()
        person = str(dialog.property("person"))

        def correcting(store: "Store") -> None:
            from tac_desktop.actions.people import correct_name

            correct_name(store.vault, store, person, name, now=now)

        self.do_for(dialog, correcting, self.tr("The name is corrected."))

    def _ask_role(self, one: "Someone") -> None:
        dialog = ChangeRole(self.bench.kit, one.person, self._part.window())
        dialog.setProperty("person", one.person.id)
        dialog.wanted.connect(self._change_role)
        dialog.open()

    def _change_role(self, role: "Role", prison: str) -> None:
        dialog, now = cast("ChangeRole", self.sender()), self.bench.moment()
        person = str(dialog.property("person"))

        def changing(store: "Store") -> None:
            from tac_desktop.actions.people import change_role

            change_role(store.vault, store, person, role, prison, now=now)

        self.do_for(dialog, changing, self.tr("Her role is changed. It counts when she unlocks the vault next."))

    def _ask_passphrase(self, one: "Someone") -> None:
        bench, person = self.bench, one.person
        prison = label("prison", person.prison) if person.prison else ""
        words = self.tr(
            "For {name}, who has forgotten hers. Let her type it herself, and nobody else knows it. Her seal is a new "
            "one from then on, and she is told when she unlocks the vault next. It is noted that you did this."
        )
        wanted = Wanted(
            self.tr("New pass-phrase"),
            words.format(name=person.name),
            self.tr("Set the pass-phrase"),
            (person.name, prison, bench.vault.folder.name),
        )
        dialog = PassphraseDialog(bench.kit, bench.lane, wanted, self._part.window())
        dialog.setProperty("person", person.id)
        dialog.typed.connect(self._give)
        dialog.open()

    def _give(self, _old: str, new: str) -> None:
        dialog, now, cost = cast("PassphraseDialog", self.sender()), self.bench.moment(), self.bench.cost()
        person = str(dialog.property("person"))

        def giving(store: "Store") -> None:
            from tac_desktop.actions.people import give_passphrase

            give_passphrase(store.vault, store, person, new, now=now, profile=cost)

        self.do_for(dialog, giving, self.tr("She can unlock the vault with the new pass-phrase."))

    # --- letting go ---

    def _look_who_is_behind(self, one: "Someone") -> None:
        def looking(store: "Store") -> object:
            from tac_desktop.actions.people import left_behind

            return one, left_behind(store.vault, one.person.id)

        self.do(looking, self._ask_whether)

    def _ask_whether(self, found: object) -> None:
        one, behind = cast("tuple[Someone, Sequence[Slot]]", found)
        labels = [slot.label for slot in behind]
        dialog = TakeAway(self.bench.kit, one.person.name, labels, self._part.window())
        person, also = one.person.id, [slot.id for slot in behind]
        dialog.accepted.connect(lambda: self.let_go(person, also))
        dialog.open()

    def let_go(self, person: str, also: "Sequence[str]" = ()) -> None:
        """Take somebody's way in away: everything that shows the vault is put away meanwhile."""
        now = self.bench.moment()

        def steps(vault: "Vault") -> Steps:
            from tac_desktop.actions.people import let_go

            return (yield from let_go(vault, person, also, now=now))

        words = self.tr("A backup is made, then everything is encrypted anew under a new key. If the computer goes "
                        "off meanwhile, the next unlock finishes it.")  # fmt: skip
        self.bench.alone_wanted.emit(Undertaking(self.tr("The vault gets a new key"), words, steps, _told))


def _told(result: object) -> tuple[str, str]:
    departure = cast("Departure", result)
    words = [_tr("{name} can no longer open this vault, and it has a new key.").format(name=departure.person.name)]
    if departure.code_is_gone:
        words.append(_tr("The recovery code is gone with the old key: make a new one now."))
    if departure.old_backups:
        backups = counted(departure.old_backups, _tr("1 backup"), _tr("{n} backups"))
        text = _tr("{backups} from before still open with her pass-phrase: make a fresh one, and remove those.")
        words.append(text.format(backups=backups[:1].upper() + backups[1:]))
    if departure.in_a_service:
        words.append(_tr("She also knew the keys by which colleagues know this vault: renew them under Send and "
                         "receive, Cards, and tell who keeps the roster."))  # fmt: skip
    return " ".join(words), "warn"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PeopleDesk", text)
