"""Making a vault: who you are, where you work, the folder, a pass-phrase; then the recovery code, shown once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal

from tac_desktop.casework.people import Role
from tac_desktop.ui.door_card import DoorCard
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.new_passphrase import NewPassphrase
from tac_desktop.ui.person_boxes import PersonBoxes
from tac_desktop.ui.recovery_code import CodeSteps


@dataclass(frozen=True)
class NewVault:
    """What a vault is made of."""

    folder: Path
    name: str
    role: Role
    prison: str
    passphrase: str = field(repr=False)


class CreateVault(DoorCard):
    """The form for a new vault."""

    submitted = Signal(object)
    """A NewVault."""
    folder_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, kit: Kit, lane: Lane, folder: Path) -> None:
        """Take the lane in which pass-phrases are judged, and the folder that is proposed."""
        super().__init__(kit, "folder-plus", "")
        self._title.setText(self.tr("Make a new vault"))
        self.say(self.tr("All you write will lie in this vault, encrypted. You are its first person."))
        self._who = PersonBoxes(kit, whose="your")
        self._folder = kit.entry(self.tr("Folder"))
        self._folder.setText(str(folder))
        self._browse = kit.button(self.tr("Choose"), "folder-open", name=self.tr("Choose the folder"))
        self._passphrase = NewPassphrase(kit, lane, self._guessable)
        self._make = kit.button(self.tr("Make the vault"), kind="primary")
        self._back = kit.button(self.tr("Back"), "arrow-left", kind="ghost")
        self._lay_out()
        self._browse.clicked.connect(self.folder_wanted)
        self._make.clicked.connect(self._submit)
        self._passphrase.entered.connect(self._make.click)
        self._back.clicked.connect(self.back_wanted)

    def _lay_out(self) -> None:
        kit, hint = self.kit, self.tr("It must be new or empty, on this computer’s own disk.")
        self.column.addWidget(self._who)
        self.column.addLayout(kit.field(self.tr("Folder"), self._folder, hint))
        self.column.addLayout(kit.flow(self._browse))
        self.column.addWidget(self._passphrase)
        self.add_trouble_line()
        self.column.addLayout(kit.flow(self._make, self._back))

    def set_folder(self, folder: Path) -> None:
        """Take the folder that was chosen."""
        self._folder.setText(str(folder))

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being made; it takes about two seconds."""
        self._make.setText(self.tr("Making the vault …") if busy else self.tr("Make the vault"))
        for widget in (self._make, self._back, self._passphrase, self._browse):
            widget.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """Say why no vault was made."""
        self.set_busy(False)
        self.show_trouble(text)
        self._make.setFocus()

    def forget(self) -> None:
        """Keep nothing of the pass-phrase."""
        self._passphrase.forget()

    def arrive(self) -> None:
        """Begin with the name."""
        self._who.name.setFocus()

    def _guessable(self) -> Sequence[str]:
        return [*self._who.words(), Path(self._folder.text()).name]

    def _submit(self) -> None:
        who = self._who
        if problem := who.problem():
            self.show_trouble(*problem)
        elif not self._folder.text().strip():
            self.show_trouble(self.tr("Choose a folder."), self._folder)
        elif problem := self._passphrase.problem():
            self.show_trouble(*problem)
        else:
            self.show_trouble("")
            folder = Path(self._folder.text().strip()).expanduser()
            passphrase = self._passphrase.text()
            self.submitted.emit(NewVault(folder, who.typed_name(), who.chosen_role(), who.chosen_prison(), passphrase))


class RecoveryCode(DoorCard):
    """Shows the recovery code once; goes on only when it was typed back from paper and has opened the vault."""

    typed = Signal(str)
    """What was typed back: it has to be tried. Answer with `confirmed` or `refuse`."""
    print_wanted = Signal(str)

    def __init__(self, kit: Kit, code: str) -> None:
        """Take the code."""
        super().__init__(kit, "shield-check", "")
        self._title.setText(self.tr("Write down the recovery code"))
        self.say(
            self.tr(
                "If you forget your pass-phrase, only this code opens the vault. It is shown now and never again. "
                "Print it, or write it on paper, and have it kept in a safe place, not beside the computer."
            )
        )
        self.steps = CodeSteps(kit, code, self.tr("I have it on paper"))
        self.column.addWidget(self.steps)
        self.steps.typed.connect(self._typed)
        self.steps.print_wanted.connect(self.print_wanted)

    def arrive(self) -> None:
        """Begin with typing it back."""
        self.steps.arrive()

    def set_busy(self, busy: bool) -> None:
        """Say that the code is being tried."""
        self.steps.set_busy(busy=busy)

    def refuse(self, text: str) -> None:
        """Say that it was not the code."""
        self.steps.refuse(text)

    def _typed(self, text: str) -> None:
        self.set_busy(True)
        self.typed.emit(text)
