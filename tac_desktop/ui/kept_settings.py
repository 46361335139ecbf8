"""The settings of this computer while the window is open: chosen, written down, and told to whom they concern."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tac_desktop import settings as kept


class KeptSettings(QObject):
    """Holds the settings in force and the file in which they are kept."""

    look_changed = Signal(object)
    """Settings with another look."""
    idle_changed = Signal(float)
    """Other minutes without input after which the vault is locked."""

    def __init__(self, settings: kept.Settings, file: Path, parent: QObject) -> None:
        """Take the settings as they were read, and their file."""
        super().__init__(parent)
        self.now = settings
        self._file = file

    def choose(self, settings: kept.Settings) -> None:
        """Write down what a person has chosen, and have it hold at once."""
        look = (settings.text_scale, settings.high_contrast)
        changed = look != (self.now.text_scale, self.now.high_contrast)
        self.now = settings
        kept.save(settings, self._file)
        self.idle_changed.emit(settings.idle_lock_minutes)
        if changed:
            self.look_changed.emit(settings)

    def remember(self, folder: Path) -> None:
        """Put a vault at the head of those that were opened here."""
        self.now = self.now.after_opening(folder)
        with suppress(OSError):  # a list of recent vaults is a convenience: its loss is no reason not to work
            kept.save(self.now, self._file)

    def recent(self) -> list[Path]:
        """Return the vaults that were opened here, the last one first."""
        return [Path(folder) for folder in self.now.recent_vaults]
