"""What a person reads about backups: when and for what one was made, where they lie, and what a rehearsal found."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.ui.exchange_words import moment_words
from tac_desktop.ui.words import counted, short_day

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Backup, Shelf
    from tac_desktop.actions.restore_drill import Drill, Extent


def _tr(text: str) -> str:
    return QCoreApplication.translate("backup_words", text)


def reason_words(reason: str) -> str:
    """Return for what a backup was made."""
    words = {
        "daily": _tr("of the day"), "asked": _tr("asked for"), "import": _tr("before a workbook"),
        "bundle": _tr("before a large bundle"), "rekey": _tr("before new keys"),
        "disposal": _tr("after a disposal"), "upgrade": _tr("before a newer program"), "": _tr("saved by hand"),
    }  # fmt: skip
    return words.get(reason, reason)


def made_words(backup: "Backup") -> str:
    """Return when a backup was made: '3 Mar 2026, 09:12'."""
    return moment_words(backup.made.isoformat(timespec="minutes"))


def state_words(backup: "Backup") -> tuple[str, str]:
    """Return whether a backup is good, and the tone."""
    return (_tr("Good"), "ok") if backup.is_whole else (_tr("Damaged"), "danger")


def latest_words(shelf: "Shelf", now: datetime) -> tuple[str, str]:
    """Return how it stands with the backups in a sentence, and the tone: ok, warn or danger."""
    good = next((one for one in shelf.backups if one.is_whole), None)
    if good is None:
        return _tr("There is no backup of this vault yet."), "danger"
    days = (now.date() - good.made.date()).days
    when = {0: _tr("today"), 1: _tr("yesterday")}.get(days, _tr("{n} days ago").format(n=days))
    words = _tr("The latest good backup was made {when}: {moment}.").format(when=when, moment=made_words(good))
    return words, "danger" if shelf.is_stale else "ok"


def stale_words() -> str:
    """Return the warning while there is no good backup of the last seven days."""
    return _tr("There is no good backup of this vault from the last 7 days. If this computer breaks, what was written "
               "since the last one is lost.")  # fmt: skip


def place_words(shelf: "Shelf") -> str:
    """Return where backups go."""
    if shelf.chosen is None:
        return _tr("They lie in the vault’s own folder, on the same disk: they help against mistakes and damage, not "
                   "against a lost or broken computer. Choose a place on another disk.")  # fmt: skip
    if shelf.is_missing:
        return _tr("They should go to {place}, which is not connected now. Until it is, they go to the vault’s own "
                   "folder.").format(place=shelf.chosen)  # fmt: skip
    if shelf.on_same_disk:
        return _tr("They go to {place}. That is on the same disk as the vault: a broken disk takes both. Choose a "
                   "place on another disk.").format(place=shelf.chosen)  # fmt: skip
    return _tr("They go to {place}.").format(place=shelf.chosen)


def is_well_placed(shelf: "Shelf") -> bool:
    """Say whether backups go to another disk that is connected."""
    return shelf.chosen is not None and not shelf.is_missing and not shelf.on_same_disk


def where_words(backup: "Backup", chosen: Path | None) -> str:
    """Return in which of the two places a backup lies."""
    return _tr("Chosen place") if chosen is not None and backup.path.parent == chosen else _tr("Vault’s folder")


def made_message(instead: object) -> tuple[str, str]:
    """Return what is told after a backup was made, and the tone: why it is not where it should be, if it is not."""
    if instead is None:
        return _tr("The backup is made, and was opened and checked."), "ok"
    return _tr("{why} The backup was made in the vault’s own folder instead, and was opened and "
               "checked.").format(why=instead), "warn"  # fmt: skip


def brought_back_words(made: str) -> str:
    """Return what whoever opens a vault should know that was brought back from a backup of this moment (ISO or '')."""
    day = short_day(made)
    first = (
        _tr("This vault was brought back from a backup of {day}.").format(day=day)
        if day
        else _tr("This vault was brought back from a backup.")
    )
    return f"{first} " + _tr("What was written since is missing here; colleagues’ bundles bring back what they hold.")


def drill_words(found: "Drill") -> tuple[str, str]:
    """Return what a rehearsal found, and the tone."""
    made = made_words(found.backup)
    if not found.is_sound:
        return _tr("The backup of {made} was brought back, but it is not whole: {n}. Your vault was not touched. Check "
                   "the vault, then make a new backup and try that one.").format(
                       made=made, n=_wrong_words(found)), "danger"  # fmt: skip
    return _tr("The backup of {made} was brought back into a scratch folder, opened with your key, checked through and "
               "swept away. All of it is sound.").format(made=made), "ok"  # fmt: skip


def compared_words(found: "Drill") -> str:
    """Return how the backup stands beside the vault."""
    missing = found.here.entries - found.there.entries
    since = counted(missing, _tr("1 entry was written since"), _tr("{n} entries were written since"))
    told = since if missing > 0 else _tr("nothing was written since")
    return _tr("It gives back {there}. The vault holds {here}: {since}.").format(
        there=extent_words(found.there), here=extent_words(found.here), since=told
    )


def extent_words(extent: "Extent") -> str:
    """Return how much there is: '40 case files and 1,200 entries up to 3 Mar 2026'."""
    cases = counted(extent.case_files, _tr("1 case file"), _tr("{n} case files"))
    entries = counted(extent.entries, _tr("1 entry"), _tr("{n} entries"))
    both = _tr("{cases} and {entries}").format(cases=cases, entries=entries)
    return _tr("{both} up to {day}").format(both=both, day=short_day(extent.last_day)) if extent.last_day else both


def _wrong_words(found: "Drill") -> str:
    return counted(len(found.findings) + found.other_histories, _tr("1 thing is wrong"), _tr("{n} things are wrong"))
