"""The few choices a person has on one computer, as a frozen table with defaults; never an answer of a case."""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final, cast

TEXT_SCALES: Final = (100, 115, 130, 150, 175, 200)
"""The sizes of text that the window offers, in per cent."""

IDLE_MINUTES: Final = range(1, 61)
"""After how many minutes without a key or a click the window may lock."""

RECENT_VAULTS: Final = 8
BACKUP_PLACES: Final = 32
"""Of so many vaults it is remembered where their backups go."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the window remembers between two starts.

    Args:
        recent_vaults: folders of vaults, the last opened first.
        text_scale: one of TEXT_SCALES, in per cent.
        idle_lock_minutes: one of IDLE_MINUTES.
        high_contrast: whether the window uses the high-contrast theme.
        inbox_folder: the folder in which bundles for this computer arrive and which is watched; '' for none.
        backup_places: folder of a vault, and the folder that takes its backups; none for one that keeps them itself.
    """

    recent_vaults: tuple[str, ...] = ()
    text_scale: int = 100
    idle_lock_minutes: int = 10
    high_contrast: bool = False
    inbox_folder: str = ""
    backup_places: tuple[tuple[str, str], ...] = ()

    def after_opening(self, vault: Path) -> "Settings":
        """Return the settings with this vault's folder first among the recent ones."""
        folder = str(vault)
        others = (other for other in self.recent_vaults if other != folder)
        return replace(self, recent_vaults=(folder, *others)[:RECENT_VAULTS])

    def backup_place(self, vault: Path) -> Path | None:
        """Return the folder that takes the backups of a vault; None where they lie in the vault's own."""
        return next((Path(place) for folder, place in self.backup_places if folder == str(vault.absolute())), None)

    def with_backup_place(self, vault: Path, place: Path | None) -> "Settings":
        """Return the settings with another folder for the backups of a vault; None for the vault's own."""
        own = str(vault.absolute())
        others = tuple(pair for pair in self.backup_places if pair[0] != own)
        chosen = ((own, str(place.absolute())),) if place else ()
        return replace(self, backup_places=(*chosen, *others)[:BACKUP_PLACES])


def load(file: Path) -> Settings:
    """Return the settings kept in `file`; what is missing, damaged or out of range has its default."""
    try:
        untrusted = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(untrusted, dict):
        return Settings()
    kept = cast("dict[str, object]", untrusted)
    known = {field.name: kept[field.name] for field in fields(Settings) if field.name in kept}
    return replace(Settings(), **{name: _checked(name, value) for name, value in known.items()})


def save(settings: Settings, file: Path) -> None:
    """Write the settings to `file`, whole or not at all; its folder is made if there is none.

    Raises OSError where the disk refuses; the former settings are then untouched.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as writer:
            json.dump(asdict(settings), writer, ensure_ascii=False, indent=1)
            writer.flush()
            os.fsync(writer.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _checked(name: str, value: object) -> object:
    """Return the value if this setting can have it, else its default."""
    default: object = getattr(Settings(), name)
    match name, value:
        case "recent_vaults", list():
            folders = cast("list[object]", value)
            return tuple(folder for folder in folders if isinstance(folder, str))[:RECENT_VAULTS]
        case "backup_places", list():
            return _pairs(cast("list[object]", value))
        case "text_scale", int() if value in TEXT_SCALES:
            return value
        case "idle_lock_minutes", int() if value in IDLE_MINUTES and not isinstance(value, bool):
            return value
        case "high_contrast", bool():
            return value
        case "inbox_folder", str():
            return value
        case _:
            return default


def _pairs(kept: list[object]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of texts among what was kept."""
    found: list[tuple[str, str]] = []
    for pair in kept:
        match pair:
            case [str() as folder, str() as place]:
                found.append((folder, place))
            case _:
                pass
    return tuple(found)[:BACKUP_PLACES]
