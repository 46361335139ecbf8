"""What a check found, in plain words: which part is damaged, what that means, and what to do about it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.ui.exchange_words import moment_words
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.checking import LastCheck
    from tac_desktop.actions.keeping import Finding

_MOST_PLACES = 5


@dataclass(frozen=True)
class Told:
    """One part of the vault in which something is wrong."""

    part: str
    title: str
    count: int
    means: str
    """What it means for the work."""
    to_do: str
    where: str
    """The first places, for whoever looks after the vault."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("check_words", text)


def part_words(part: str) -> str:
    """Return a part of the vault as a person knows it."""
    words = {
        "pages": _tr("pages of the database"), "entries": _tr("entries of the journal"),
        "chains": _tr("the order of the entries"), "signatures": _tr("signatures of others"),
        "records": _tr("records as they are shown"), "caseload": _tr("the caseload"),
        "attachments": _tr("attached files"), "losses": _tr("what was lost before the salvage"),
        "drafts": _tr("what was typed and not saved yet"),
    }  # fmt: skip
    return words.get(part, part)


def parts_in_order(damaged: Collection[str]) -> list[str]:
    """Return the parts in which something is wrong, the deepest damage first."""
    order = ("pages", "entries", "chains", "signatures", "attachments", "losses", "records", "caseload", "drafts")
    return [*(part for part in order if part in damaged), *(part for part in damaged if part not in order)]


def told_of(findings: "Sequence[Finding]") -> list[Told]:
    """Return what was found, part by part."""
    return [_told(part, [one for one in findings if one.part == part])
            for part in parts_in_order({one.part for one in findings})]  # fmt: skip


def _told(part: str, found: "Sequence[Finding]") -> Told:
    means, to_do = _MEANINGS[part]() if part in _MEANINGS else (found[0].what, _ask())
    title = part_words(part)
    places = ", ".join(dict.fromkeys(one.where for one in found[:_MOST_PLACES]))
    more = len(found) - _MOST_PLACES
    where = _tr("{places} and {n} more").format(places=places, n=f"{more:,}") if more > 0 else places
    return Told(part, title[:1].upper() + title[1:], len(found), means, to_do, where)


def _ask() -> str:
    return _tr("Write nothing more into this vault and lock it. Tell whoever looks after it.")


def _lost() -> str:
    return _tr("Write nothing more into this vault. Save what can be read into a new vault, or bring the latest backup "
               "back into a new folder; colleagues’ bundles bring back what they hold.")  # fmt: skip


_MEANINGS = {
    "pages": lambda: (
        _tr("The disk gave back other bytes than were written. What stands on these pages cannot be trusted."), _lost()
    ),
    "entries": lambda: (
        _tr("Entries of the journal are not those that were written. The answers in them cannot be trusted."), _lost()
    ),
    "chains": lambda: (
        _tr("Entries are missing in between, or a history does not end where it should: something was lost, or altered "
            "by another program."), _lost()
    ),
    "signatures": lambda: (
        _tr("A history, or a seal under it, is not the one that was signed. Somebody may have altered it."),
        _tr("Keep the vault’s folder as it is, and tell your manager. Ask the colleague for a complete bundle."),
    ),
    "attachments": lambda: (
        _tr("The answers are whole; the files that are named cannot be opened."),
        _tr("Attach them again, or ask a colleague who has them for a complete bundle. An earlier backup holds them, "
            "too."),
    ),
    "losses": lambda: (
        _tr("These entries and files were lost before this vault was salvaged; it is whole but for them."),
        _tr("Take in bundles from colleagues: they bring back what they hold of the same case files."),
    ),
    "records": lambda: (
        _tr("Lists and forms show something else than the journal says. Nothing that was saved is lost."),
        _tr("Have them made anew from the journal."),
    ),
    "caseload": lambda: (
        _tr("The caseload shows something else than the records. Nothing that was saved is lost."),
        _tr("Have it made anew from the journal."),
    ),
    "drafts": lambda: (
        _tr("All that was saved is safe. What was typed and not saved yet cannot be read."),
        _tr("No backup is needed: lock the vault and move drafts.db out of its folder; the next draft begins a "
            "new one."),
    ),
}  # fmt: skip


def sound_words() -> str:
    """Return what is told where nothing is wrong."""
    return _tr("The vault is sound: pages, entries, their order, signatures, records, caseload, attached files and "
               "drafts.")  # fmt: skip


def found_words(findings: "Sequence[Finding]") -> str:
    """Return in one sentence that something is wrong."""
    return counted(len(findings), _tr("1 thing is wrong in this vault. Nothing was changed."),
                   _tr("{n} things are wrong in this vault. Nothing was changed."))  # fmt: skip


def last_words(last: "LastCheck | None") -> str:
    """Return when the vault was last checked."""
    if last is None:
        return _tr("It has not been checked from here yet.")
    when = _tr("Last checked: {moment}.").format(moment=moment_words(last.at))
    found = counted(last.findings, _tr("1 thing was wrong."), _tr("{n} things were wrong."))
    return f"{when} {found if last.findings else _tr('All of it was sound.')}"
