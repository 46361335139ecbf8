"""Bringing a vault back from a backup: which one, into which new folder; then one unlocks what came back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from tac_desktop.ui.backup_words import made_words, reason_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.new_folder_card import NewFolderCard
from tac_desktop.ui.words import short_day

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Backup

Found = tuple[Path, "Backup"]
"""A vault's folder and a backup of it."""
_MOST_SHOWN = 200


class RestoreVault(NewFolderCard):
    """A list of the backups that this computer knows, a way to any other folder, and where the vault shall lie."""

    submitted = Signal(Path, Path)
    """The backup, and the new folder."""
    backup_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it empty; `offer` shows what there is."""
        words = _tr(
            "The vault comes back into a new folder as it was when the backup was made. Nothing else is changed: "
            "not the backup, and no vault that you have. It opens with the pass-phrases of that day."
        )
        go = _tr("Bring it back"), _tr("Bringing it back …")
        super().__init__(kit, "history", _tr("Bring a vault back from a backup"), words, go)
        self._elsewhere: Found | None = None
        self._known: Sequence[Found] = ()
        self.which = kit.combo(self.tr("Which backup"))
        self.elsewhere = kit.button(self.tr("Choose another"), "folder-open", name=self.tr("Choose another backup"))
        self.column.addLayout(kit.field(self.tr("Which backup"), self.which))
        self.column.addLayout(kit.flow(self.elsewhere))
        hint = self.tr("It must be new or empty, on this computer’s own disk.")
        self.lay_out_end(hint, (self.which, self.elsewhere))
        self.which.currentIndexChanged.connect(self._picked)
        self.elsewhere.clicked.connect(self.backup_wanted)
        self.go_on.clicked.connect(self._submit)
        self.folder.returnPressed.connect(self._submit)

    def offer(self, known: Sequence[Found]) -> None:
        """Offer these backups, the latest first; one that was chosen elsewhere stays chosen."""
        self._known = known[:_MOST_SHOWN]
        self._fill()

    def take(self, found: Found) -> None:
        """Take a backup that was chosen elsewhere."""
        self._elsewhere = found
        self._fill()
        self.show_trouble("")
        self.folder.setFocus()

    def _fill(self) -> None:
        self.which.clear()
        offered = [*([self._elsewhere] if self._elsewhere else []), *self._known]
        for vault, backup in offered:
            words = self.tr("{made}, {reason} ({vault})").format(
                made=made_words(backup), reason=reason_words(backup.reason), vault=vault.name
            )
            self.which.addItem(words, (vault, backup))
        if not offered:
            self.which.addItem(self.tr("None is known on this computer"), None)

    def _picked(self) -> None:
        found: Found | None = self.which.currentData()
        if found is not None:
            self.folder.setText(str(proposed_folder(*found)))

    def refuse(self, text: str) -> None:
        """Say why it could not be done."""
        self.refuse_at(text, self.which)

    def arrive(self) -> None:
        """Begin with which backup."""
        self.which.setFocus()

    def _submit(self) -> None:
        found: Found | None = self.which.currentData()
        if found is None:
            self.show_trouble(self.tr("Choose a backup: the folder that holds data.db and keys.json."))
            self.elsewhere.setFocus()
        elif not self.folder.text().strip():
            self.show_trouble(self.tr("Choose a new folder."), self.folder)
        else:
            self.show_trouble("")
            self.submitted.emit(found[1].path, Path(self.folder.text().strip()).expanduser())


def proposed_folder(vault: Path, backup: "Backup") -> Path:
    """Return a new folder beside the vault, named by the day of its backup."""
    stem = f"{vault.name} of {short_day(backup.made.date().isoformat())}"
    folder, number = vault.parent / stem, 2
    while folder.exists():
        folder, number = vault.parent / f"{stem} ({number})", number + 1
    return folder


def by_time(found: Found) -> datetime:
    """Return when a backup was made, to put them in order."""
    return found[1].made


def _tr(text: str) -> str:
    return QCoreApplication.translate("RestoreVault", text)
