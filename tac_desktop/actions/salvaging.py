"""Salvages a damaged vault: makes a new one of what can still be read, and tells in words what was lost."""

from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.keeping import check_vault
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.storage.findings import Finding

if TYPE_CHECKING:
    from tac_desktop.storage.salvage import Salvaged
    from tac_desktop.storage.salvaged_journal import LostPlaces
    from tac_desktop.storage.store import Store

KeySource: TypeAlias = Literal["present", "copy", "backup"]
"""From where the key file of the new vault is: the vault's own, the copy beside it, or a backup's."""

_WORDS: Final[Mapping[str, str]] = MappingProxyType({
    "journal": "entries", "content": "what entries say", "replica": "entries", "stream": "entries", "origin": "entries",
    "blob": "attachments", "blob_chunk": "attachments", "piece": "attachments",
    "meta": "the vault's notes about itself",
    "person": "the names and roles of its people", "seal_key": "the keys with which its people seal",
    "card": "the cards that were accepted", "trust_document": "the roster of the service",
    "bundle": "the list of bundles", "sent": "the list of bundles", "peer_has": "the list of bundles",
    "draft": "drafts",
})  # fmt: skip
"""What a table holds, in words; everything else is made anew from the entries."""
_MADE_ANEW = "what is made anew from the entries"


@dataclass(frozen=True, kw_only=True)
class LostEntries:
    """Entries of one history that are lost."""

    case: str
    """The case reference; '' where the entries belong to no case file, or to one whose reference is lost."""
    kind: str
    """case, office, restricted or terminal (sessions and access audit)."""
    first: int
    """The place of the first of them in its history."""
    last: int
    forms: tuple[str, ...]
    """The forms of the records that they were about, as far as that can be told."""
    records: tuple[str, ...]
    """The ids of these records."""


@dataclass(frozen=True, kw_only=True)
class SalvageReport:
    """What was brought into a new vault, and what was lost of the damaged one. Without any answer."""

    vault: str
    keys: KeySource
    pages: int
    damaged_pages: int
    cut_off: int
    """How many pages more there once were behind the end of the file: what stood there nothing may tell."""
    seals_checked: bool
    """Whether the seals of the pages could be checked; else entries and attachments were proved by their own hashes
    only, and people and notes were taken as they stood."""
    touched: tuple[str, ...]
    """What the damaged pages held, in words, as far as it can be told."""
    entries: int
    lost_entries: int
    lost: tuple[LostEntries, ...]
    attachments: int
    lost_attachments: tuple[str, ...]
    """SHA-256."""
    filed_again: int
    """Own entries that were filed once more, so that colleagues can receive them."""
    drafts_whole: bool
    own_keys_new: bool
    """Whether the vault's own keys were lost, so that colleagues have to accept its card again."""
    nameless: tuple[str, ...]
    """Initials of people whose name and role were lost: they are family engagement workers now."""
    findings: tuple[Finding, ...]
    """What the check of the new vault found beyond these losses: nothing, if all is well."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost, and nothing has to be done."""
        lost = self.lost_entries or self.cut_off or self.lost_attachments or not self.drafts_whole or self.nameless
        return not (lost or self.own_keys_new or self.findings or self.keys != "present")


def salvage_vault(
    folder: Path, to: Path, name: str, passphrase: str, *, now: datetime
) -> Generator[tuple[int, int], None, SalvageReport]:
    """Make a new vault of what can be read of a damaged one, check it, and report; yield (done, total).

    The damaged vault stays as it is. Whoever could unlock it can unlock the new one, by the same pass-phrases.

    Args:
        folder: The damaged vault.
        to: A new or empty folder.
        name: Whose pass-phrase it is: her name or initials; '' for anybody's.
        passphrase: Hers.
        now: The time, with its zone.

    Raises:
        VaultMissing, VaultInUse, WrongPassphrase, UnknownSlot, TooManyAttempts, KeysDamaged, VaultDamaged,
        FolderNotEmpty, DiskFull, CannotWrite: nothing is left behind, nor when the generator is closed.
    """
    from tac_desktop.storage.folder_lock import FolderLock
    from tac_desktop.storage.key_copies import way_in
    from tac_desktop.storage.new_folder import sweep
    from tac_desktop.storage.salvage import salvage

    made = not to.exists()
    lock = FolderLock(folder)
    try:
        way = way_in(folder, name, passphrase)
        try:
            salvaged = yield from salvage(folder, way.key_of(folder), way.copy.keys, to, fresh_keys=_fresh_keys)
        finally:
            way.forget()
    finally:
        lock.release()
    try:
        source: KeySource = "present" if way.copy.path.parent == folder else "backup"
        source = "copy" if way.copy.path.suffix == ".bak" else source
        return (yield from _completed(to, way.slot.id, passphrase, salvaged, source, now))
    except BaseException:
        sweep(to, remove_folder=made)
        raise


def _fresh_keys() -> tuple[bytes, bytes]:
    from tac_desktop.export.identity import Identity

    identity = Identity.create()
    return identity.device_id, identity.to_bytes()


def _completed(
    to: Path, slot_id: str, passphrase: str, salvaged: "Salvaged", keys: KeySource, now: datetime
) -> Generator[tuple[int, int], None, SalvageReport]:
    """Open the new vault as anybody would, let what can be passed on again be passed on, and check it."""
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.unlocking import open_vault

    vault = open_vault(to, slot_id, passphrase)
    try:
        store = Store(vault)
        try:
            filed_again = store.file_again(author=vault.person.id, now=now)
            lost = tuple(_lost(store, salvaged))
            entries = sum(one.last - one.first + 1 for one in lost)
            facts: Facts = {"entries": entries, "attachments": len(salvaged.losses.attachments)}
            note_event(store, vault.person, Event.SALVAGED, now=now, facts=facts)
            found = yield from check_vault(store)
        finally:
            store.close()
    finally:
        vault.close()
    return SalvageReport(
        vault=str(to), keys=keys, pages=salvaged.pages, damaged_pages=salvaged.damaged, cut_off=salvaged.cut_off,
        seals_checked=salvaged.is_sealed, touched=_touched(salvaged), entries=salvaged.entries, lost_entries=entries,
        lost=lost, attachments=salvaged.attachments, lost_attachments=salvaged.losses.attachments,
        filed_again=filed_again, drafts_whole=salvaged.drafts, own_keys_new=salvaged.unowned, nameless=salvaged.people,
        findings=tuple(finding for finding in found if finding.part != "losses"),
    )  # fmt: skip


def _touched(salvaged: "Salvaged") -> tuple[str, ...]:
    pages = Counter[str]()
    for table, count in salvaged.lost_pages.items():
        pages[_WORDS.get(table, _MADE_ANEW)] += count
    return tuple(f"{what}: {count} {_of(count, 'page')}" for what, count in sorted(pages.items()))


def _lost(store: "Store", salvaged: "Salvaged") -> Iterator[LostEntries]:
    kinds = store.exchange.streams()
    for one, gap in zip(salvaged.lost, salvaged.losses.gaps, strict=True):
        kind = kinds.get(gap.stream, "case")
        reference = _reference(store, gap.stream, salvaged.references) if kind == "case" else ""
        yield LostEntries(
            case=reference, kind=kind, first=one.first, last=one.last,
            forms=tuple(sorted({form for _, _, form in one.records})), records=_ids(one),
        )  # fmt: skip


def _ids(lost: "LostPlaces") -> tuple[str, ...]:
    return tuple(sorted({record for record, _, _ in lost.records}))


def _reference(store: "Store", case_file: str, told: Mapping[str, str]) -> str:
    mother = store.record(case_file)
    return (mother.text("reference") if mother else "") or told.get(case_file, "")


def in_words(report: SalvageReport) -> list[str]:
    """Return a report line by line, as a person reads it."""
    return [
        f"The new vault lies in {report.vault}; it opens with the same pass-phrases. The damaged one was not changed.",
        *_about_files(report),
        _about_the_kept(report),
        *_about_losses(report),
        *(f"The check of the new vault found: {found.part}, {found.where}: {found.what}" for found in report.findings),
        *_about_what_to_do(report),
    ]


def _about_the_kept(report: SalvageReport) -> str:
    entries = f"{report.entries} {_of(report.entries, 'entry', 'entries')}"
    return f"{entries} and {report.attachments} {_of(report.attachments, 'attachment')} were brought over."


def _about_files(report: SalvageReport) -> Iterator[str]:
    if report.keys != "present":
        yield "keys.json: damaged." + _about_keys(report.keys)
    if report.damaged_pages:
        yield f"data.db: {report.damaged_pages} of {report.pages} pages cannot be read."
        yield from (f"  {line}" for line in report.touched)
    elif report.seals_checked and not report.cut_off:
        yield f"data.db: all {report.pages} pages can be read."
    if report.cut_off:
        count = report.cut_off
        yield (
            f"data.db: its end is missing, {count} {_of(count, 'page')}. Entries may be lost of which nothing tells any"
            " more: look whether a backup holds more."
        )
    if not report.seals_checked:
        yield (
            "data.db: its beginning is lost, so the seals of its pages could not be checked. Entries and attachments"
            " were checked by their own hashes; look at the people of the vault and at the accepted cards."
        )
    if not report.drafts_whole:
        yield "drafts.db: damaged. Some of what was typed and not saved yet is lost."


def _about_keys(keys: KeySource) -> str:
    if keys == "copy":
        return " Its copy keys.json.bak was used; nothing is lost by it."
    return (
        " The key file of a backup was used: who was added since is missing, and who was taken away since can unlock"
        " the new vault. Look at the people of the vault."
    )


def _about_losses(report: SalvageReport) -> Iterator[str]:
    if not report.lost_entries and not report.lost_attachments and not report.cut_off:
        yield "No entry and no attachment is lost."
    if report.lost_entries:
        yield f"{report.lost_entries} {_of(report.lost_entries, 'entry is', 'entries are')} lost:"
    for one in report.lost:
        count = one.last - one.first + 1
        yield f"  {_where(one)}: {count} {_of(count, 'entry', 'entries')}{_about(one)}"
    if report.lost_attachments:
        count = len(report.lost_attachments)
        yield f"{count} {_of(count, 'attachment is', 'attachments are')} lost, or lost in part."
    if report.nameless:
        people = ", ".join(report.nameless)
        yield (
            f"The names and roles of {people} are lost: each is a family engagement worker now. Who comes in by the "
            "recovery code, or by the organisation’s key, gives them their roles again."
        )


def _where(lost: LostEntries) -> str:
    match lost.kind:
        case "case":
            return lost.case or "a case file whose reference is lost"
        case "office":
            return "the office"
        case "restricted":
            return "the manager's own records"
        case _:
            return "the access audit"


def _about(lost: LostEntries) -> str:
    titles = [forms.ALL[form].title if form in forms.ALL else form for form in lost.forms]
    return f" ({', '.join(titles)})" if titles and lost.kind != "terminal" else ""


def _about_what_to_do(report: SalvageReport) -> Iterator[str]:
    if report.lost_entries or report.lost_attachments or report.cut_off:
        yield (
            "Send each colleague a bundle from the new vault and take in the one she sends back: it brings back what"
            " she holds of the same case files. Keep the damaged vault and its backups until then."
        )
    if report.own_keys_new:
        yield "The vault's own keys are lost and were made anew: hand out its card again, and tell the registrar."


def _of(count: int, one: str, several: str = "") -> str:
    return one if count == 1 else several or f"{one}s"
