"""Bringing a vault back from a backup: which one, into which new folder; then one unlocks what came back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from tac_desktop.ui.backup_words import made_words, reason_words
from tac_desktop.ui.door_card import DoorCard
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.words import short_day

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Backup

Found = tuple[Path, "Backup"]
"""A vault's folder and a backup of it."""
_MOST_SHOWN = 200


class RestoreVault(DoorCard):
    """A list of the backups that this computer knows, a way to any other folder, and where the vault shall lie."""

    submitted = Signal(Path, Path)
    """The backup, and the new folder."""
    backup_wanted = Signal()
    folder_wanted = Signal()
    stop_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it empty; `offer` shows what there is."""
        super().__init__(kit, "history", "")
        self._title.setText(self.tr("Bring a vault back from a backup"))
        self.say(
            self.tr(
                "The vault comes back into a new folder as it was when the backup was made. Nothing else is changed: "
                "not the backup, and no vault that you have. It opens with the pass-phrases of that day."
            )
        )
        self._elsewhere: Found | None = None
        self._known: Sequence[Found] = ()
        self.which = kit.combo(self.tr("Which backup"))
        self.elsewhere = kit.button(self.tr("Choose another"), "folder-open", name=self.tr("Choose another backup"))
        self.folder = kit.entry(self.tr("New folder"))
        self.browse = kit.button(self.tr("Choose"), "folder-open", name=self.tr("Choose the new folder"))
        self.bar = kit.progress(self.tr("Progress"))
        self.stop = kit.button(self.tr("Stop"), "x")
        self.go_on = kit.button(self.tr("Bring it back"), kind="primary")
        self.back = kit.button(self.tr("Back"), "arrow-left", kind="ghost")
        self._lay_out()
        self._connect()
        self.set_busy(False)

    def _lay_out(self) -> None:
        kit = self.kit
        self.column.addLayout(kit.field(self.tr("Which backup"), self.which))
        self.column.addLayout(kit.flow(self.elsewhere))
        hint = self.tr("It must be new or empty, on this computer’s own disk.")
        self.column.addLayout(kit.field(self.tr("New folder"), self.folder, hint))
        self.column.addLayout(kit.flow(self.browse))
        self.add_trouble_line()
        self.column.addWidget(self.bar)
        self.column.addLayout(kit.flow(self.go_on, self.stop, self.back))

    def _connect(self) -> None:
        self.which.currentIndexChanged.connect(self._picked)
        self.elsewhere.clicked.connect(self.backup_wanted)
        self.browse.clicked.connect(self.folder_wanted)
        self.go_on.clicked.connect(self._submit)
        self.folder.returnPressed.connect(self._submit)
        self.stop.clicked.connect(self.stop_wanted)
        self.back.clicked.connect(self.back_wanted)

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

    def set_folder(self, folder: str) -> None:
        """Take the new folder that was chosen."""
        self.folder.setText(folder)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * done / max(total, 1)))

    def set_busy(self, busy: bool) -> None:
        """Say that the vault is being brought back; it can be stopped."""
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.bar.setRange(0, 0)
        self.go_on.setText(self.tr("Bringing it back …") if busy else self.tr("Bring it back"))
        for widget in (self.which, self.elsewhere, self.folder, self.browse, self.go_on, self.back):
            widget.setEnabled(not busy)
        if busy:
            self.stop.setFocus()

    def refuse(self, text: str) -> None:
        """Say why it could not be done."""
        self.set_busy(False)
        self.show_trouble(text)
        self.which.setFocus()

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
