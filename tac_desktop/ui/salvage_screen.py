"""Saving what can be read of a damaged vault: which, whose pass-phrase, into which new folder; then what was lost."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal

from tac_desktop.ui.door_card import DoorCard, no_guessing, show_secret
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.new_folder_card import NewFolderCard


class SalvageVault(NewFolderCard):
    """Asks for what a salvage needs. The damaged vault is only read."""

    submitted = Signal(Path, Path, str, str)
    """The damaged vault, the new folder, the person's name or initials ('' for anybody's), the pass-phrase."""
    vault_wanted = Signal()

    def __init__(self, kit: Kit, vault: Path | None) -> None:
        """Take the vault that is proposed, None where nobody knows."""
        words = _tr(
            "A new vault is made of every entry and attached file that is still whole. It opens with the same "
            "pass-phrases. The damaged one is only read and stays as it is. Then you are told what was lost."
        )
        go = _tr("Save what can be read"), _tr("Saving what can be read …")
        super().__init__(kit, "folder-plus", _tr("Save what can be read of a damaged vault"), words, go)
        self.vault = kit.entry(self.tr("The damaged vault"))
        self.browse_vault = kit.button(
            self.tr("Choose"), "folder-open", name=self.tr("Choose the folder of the damaged vault")
        )
        self.name = kit.entry(self.tr("Your name, or your initials"))
        self.passphrase = no_guessing(kit.entry(self.tr("Pass-phrase"), secret=True))
        self.shown = kit.check(self.tr("Show pass-phrase"), self._show_toggled)
        self._lay_out()
        self._connect()
        if vault is not None:
            self.set_vault(str(vault))

    def _lay_out(self) -> None:
        kit = self.kit
        self.column.addLayout(kit.field(self.tr("The damaged vault"), self.vault))
        self.column.addLayout(kit.flow(self.browse_vault))
        hint = self.tr("Needed only where several people have a pass-phrase.")
        self.column.addLayout(kit.field(self.tr("Your name, or your initials"), self.name, hint))
        self.column.addLayout(kit.field(self.tr("Pass-phrase"), self.passphrase))
        self.column.addWidget(self.shown)
        hint = self.tr("It must be new or empty, on a disk that is sound.")
        self.lay_out_end(hint, (self.vault, self.browse_vault, self.name, self.passphrase, self.shown))

    def _connect(self) -> None:
        self.browse_vault.clicked.connect(self.vault_wanted)
        self.passphrase.returnPressed.connect(self._submit)
        self.go_on.clicked.connect(self._submit)

    def set_vault(self, folder: str) -> None:
        """Take the damaged vault, and propose a new folder beside it."""
        self.vault.setText(folder)
        vault, number = Path(folder), 2
        proposed = vault.with_name(f"{vault.name} salvaged")
        while proposed.exists():
            proposed, number = vault.with_name(f"{vault.name} salvaged ({number})"), number + 1
        self.folder.setText(str(proposed))

    def refuse(self, text: str) -> None:
        """Say why it could not be done."""
        self.refuse_at(text, self.passphrase)

    def forget(self) -> None:
        """Keep nothing of the pass-phrase."""
        self.passphrase.clear()

    def arrive(self) -> None:
        """Begin with the vault, or with the pass-phrase where it is known."""
        (self.passphrase if self.vault.text() else self.vault).setFocus()

    def _show_toggled(self, shown: bool) -> None:
        show_secret(self.passphrase, shown)

    def _submit(self) -> None:
        vault, folder = self.vault.text().strip(), self.folder.text().strip()
        if not vault:
            self.show_trouble(self.tr("Choose the damaged vault."), self.vault)
        elif not self.passphrase.text():
            self.show_trouble(self.tr("Enter your pass-phrase."), self.passphrase)
        elif not folder:
            self.show_trouble(self.tr("Choose a new folder."), self.folder)
        else:
            self.show_trouble("")
            self.submitted.emit(
                Path(vault).expanduser(), Path(folder).expanduser(), self.name.text().strip(), self.passphrase.text()
            )


class Salvaged(DoorCard):
    """What was saved and what was lost, line by line, before one unlocks the new vault."""

    unlock_wanted = Signal()

    def __init__(self, kit: Kit, lines: Sequence[str]) -> None:
        """Take the report in words."""
        super().__init__(kit, "folder-plus", "")
        self._title.setText(self.tr("What was saved, and what was lost"))
        for line in lines:
            self.column.addWidget(kit.label(line.strip(), "hint" if line.startswith(" ") else "", wrap=True))
        self.go_on = kit.button(self.tr("Unlock the new vault"), kind="primary")
        self.column.addLayout(kit.flow(self.go_on))
        self.go_on.clicked.connect(self.unlock_wanted)

    def arrive(self) -> None:
        """Put the keyboard on the way on."""
        self.go_on.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SalvageVault", text)
