"""Making a vault: who you are, where you work, the folder, a pass-phrase; then the recovery code, shown once."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.people import Role, needs_prison
from tac_desktop.ui.door_card import DoorCard
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.new_passphrase import NewPassphrase


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

    def __init__(self, kit: Kit, folder: Path) -> None:
        """Take the folder that is proposed."""
        super().__init__(kit, "folder-plus", "")
        self._title.setText(self.tr("Make a new vault"))
        self.say(self.tr("All you write will lie in this vault, encrypted. You are its first person."))
        roles = (
            ("worker", self.tr("Social worker")),
            ("engagement_worker", self.tr("Family engagement worker (issues no papers)")),
            ("manager", self.tr("Manager")),
            ("admin", self.tr("Administrator (reads no cases)")),
        )
        prisons = [(code.code, code.label) for code in code_list("prison").codes]
        self._name = kit.entry(self.tr("Your name"))
        self._role = kit.combo(self.tr("Your role"), roles)
        self._prison = kit.combo(self.tr("The prison where you work"), [("", self.tr("Choose …")), *prisons])
        self._folder = kit.entry(self.tr("Folder"))
        self._folder.setText(str(folder))
        self._browse = kit.button(self.tr("Choose"), "folder-open", name=self.tr("Choose the folder"))
        self._passphrase = NewPassphrase(kit)
        self._make = kit.button(self.tr("Make the vault"), kind="primary")
        self._back = kit.button(self.tr("Back"), "arrow-left", kind="ghost")
        self._lay_out()
        self._browse.clicked.connect(self.folder_wanted)
        self._make.clicked.connect(self._submit)
        self._back.clicked.connect(self.back_wanted)
        self._role.currentIndexChanged.connect(self._role_changed)

    def _lay_out(self) -> None:
        kit, hint = self.kit, self.tr("It must be new or empty, on this computer’s own disk.")
        self.column.addLayout(kit.field(self.tr("Your name"), self._name))
        self.column.addLayout(kit.field(self.tr("Your role"), self._role))
        self.column.addLayout(kit.field(self.tr("The prison where you work"), self._prison))
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
        self._name.setFocus()

    def _role_changed(self) -> None:
        self._prison.setEnabled(needs_prison(self._role.currentData()))

    def _submit(self) -> None:
        role: Role = self._role.currentData()
        prison = str(self._prison.currentData()) if needs_prison(role) else ""
        if not self._name.text().strip():
            self.show_trouble(self.tr("Enter your name."), self._name)
        elif needs_prison(role) and not prison:
            self.show_trouble(self.tr("Choose the prison where you work."))
            self._prison.setFocus()
        elif not self._folder.text().strip():
            self.show_trouble(self.tr("Choose a folder."), self._folder)
        elif problem := self._passphrase.problem():
            self.show_trouble(*problem)
        else:
            self.show_trouble("")
            folder = Path(self._folder.text().strip()).expanduser()
            self.submitted.emit(NewVault(folder, self._name.text().strip(), role, prison, self._passphrase.text()))


class RecoveryCode(DoorCard):
    """Shows the recovery code once; goes on only when it has been typed back from paper."""

    confirmed = Signal()
    print_wanted = Signal(str)

    def __init__(self, kit: Kit, code: str) -> None:
        """Take the code."""
        super().__init__(kit, "shield-check", "")
        self._code = code
        self._title.setText(self.tr("Write down the recovery code"))
        self.say(
            self.tr(
                "If you lose your pass-phrase, only this code opens the vault. It is shown now and never again. Write "
                "it on paper, or print it, and have it kept in a safe place, not beside the computer."
            )
        )
        self._typed = kit.entry(self.tr("Type the code from your paper"))
        self._print = kit.button(self.tr("Print the code"), "printer")
        self._go_on = kit.button(self.tr("I have it on paper"), kind="primary")
        self.column.addWidget(self._code_frame())
        self.column.addLayout(kit.flow(self._print))
        hint = self.tr("Capitals and dashes do not matter.")
        self.column.addLayout(kit.field(self.tr("Type the code from your paper"), self._typed, hint))
        self.add_trouble_line()
        self.column.addWidget(self._go_on)
        self._print.clicked.connect(self._print_clicked)
        self._go_on.clicked.connect(self._check)
        self._typed.returnPressed.connect(self._check)

    def _code_frame(self) -> QLabel:
        groups = self._code.split("-")
        half = (len(groups) + 1) // 2
        label = self.kit.label("\n".join(("-".join(groups[:half]), "-".join(groups[half:]))), "code")
        label.setAccessibleName(self.tr("Recovery code: {code}").format(code=" ".join(" ".join(g) for g in groups)))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)  # not to lie on the clipboard
        label.setFont(self.kit.theme.font("h2", figures=True))
        return label

    def arrive(self) -> None:
        """Begin with typing it back."""
        self._typed.setFocus()

    def forget(self) -> None:
        """Keep nothing of the code."""
        self._code = ""
        self._typed.clear()

    def _print_clicked(self) -> None:
        self.print_wanted.emit(self._code)

    def _check(self) -> None:
        from tac_desktop.actions.vaults import same_recovery_code

        if same_recovery_code(self._typed.text(), self._code):
            self.confirmed.emit()
        else:
            text = self.tr("That is not the code shown above. Compare it group by group; nothing is lost.")
            self.show_trouble(text, self._typed)
