"""The ways back in when a pass-phrase is forgotten: the recovery code, and the organisation's key in two sheets.

Neither is a back door: the code lies on paper alone, the organisation's key in three sheets of which two are needed.
Who comes in by them is noted, and whose pass-phrase was renewed is told when she unlocks the vault next.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.passphrases import refuse_weak
from tac_desktop.actions.permitted import is_permitted, permitted
from tac_desktop.actions.service_file import held_file
from tac_desktop.casework.age_keys import recipient_of
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import NoService, WrongOrganisationKey
from tac_desktop.storage import prepared_code, unlocking
from tac_desktop.storage.key_slots import STANDARD, Profile
from tac_desktop.storage.prepared_code import PreparedCode
from tac_desktop.storage.recovery_notes import RecoveryNote

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

__all__ = ["PreparedCode", "RecoveryNote"]


@dataclass(frozen=True, kw_only=True)
class WaysBack:
    """Which ways back into a vault there are."""

    code: bool
    """Whether a recovery code opens it."""
    organisation: str
    """The public key of the organisation that opens it ('age1...'), '' for none."""
    service: str
    """The name of the service to which the vault belongs, '' for none."""
    service_key: str
    """The public part of the service's emergency key, '' for none."""

    @property
    def is_outdated(self) -> bool:
        """Whether the service has another emergency key by now than the one that opens the vault."""
        return bool(self.organisation and self.service_key) and self.organisation != self.service_key


@permitted(Deed.BE_KNOWN)
def ways_back(vault: "Vault", store: "Store") -> WaysBack:
    """Return which ways back into the vault there are, besides the pass-phrases of its people."""
    slots, file = vault.key_file().slots, held_file(store)
    organisation = next((recipient_of(slot.public) for slot in slots if slot.kind == "organisation"), "")
    return WaysBack(
        code=any(slot.kind == "recovery" for slot in slots),
        organisation=organisation,
        service=file.root.service if file else "",
        service_key=next(iter(file.root.escrow), "") if file else "",
    )


# --- the code ---


@permitted(Deed.LOOK_AFTER_PEOPLE)
def prepare_code(vault: "Vault", *, profile: Profile = STANDARD) -> PreparedCode:
    """Make a new recovery code, to be put on paper; it counts, and the one before no more, with `keep_code`."""
    return prepared_code.prepare(vault, profile)


@permitted(Deed.LOOK_AFTER_PEOPLE)
def keep_code(vault: "Vault", store: "Store", prepared: PreparedCode, typed: str, *, now: datetime) -> None:
    """Put a new recovery code into force that was typed back from paper; it is really tried.

    Raises:
        RecoveryNotTried: what was typed does not open the vault.
        KeysDamaged, DiskFull, CannotWrite: nothing was changed.
    """
    prepared_code.keep(vault, prepared, typed)
    note_event(store, vault.person, Event.RECOVERY_CODE_MADE, now=now)


@permitted(Deed.LOOK_AFTER_PEOPLE)
def try_new_code(vault: "Vault", typed: str) -> None:
    """Try the recovery code of a vault that was just made, as it was typed back from paper.

    Raises:
        WrongRecoveryCode: it does not open the vault.
    """
    vault.try_recovery_code(typed)


@permitted(Deed.LOOK_AFTER_PEOPLE)
def rehearse_code(vault: "Vault", store: "Store", typed: str, *, now: datetime) -> None:
    """Try whether the code on the sheet still opens the vault; nothing is changed.

    Raises:
        WrongRecoveryCode: it does not, or there is none.
    """
    vault.try_recovery_code(typed)
    note_event(store, vault.person, Event.RECOVERY_REHEARSED, now=now, facts={"by": "recovery"})


@permitted(Deed.LOOK_AFTER_PEOPLE)
def sheet_paper(vault: "Vault", store: "Store", code: str, *, now: datetime) -> Generator[tuple[int, int], None, bytes]:
    """Draw the recovery sheet in memory; yield (done, total) and return the PDF, which is for a printer alone."""
    paper = yield from drawn_sheet(vault.folder.name, code, now=now)
    note_event(store, vault.person, Event.RECOVERY_SHEET_PRINTED, now=now)
    return paper


def drawn_sheet(name: str, code: str, *, now: datetime) -> Generator[tuple[int, int], None, bytes]:
    """Draw the recovery sheet of a vault that is being made; see `sheet_paper`.

    Args:
        name: The name of the vault's folder.
        code: The recovery code.
        now: The time, with its zone.
    """
    from tac_desktop.export.documents.recovery_sheet import recovery_sheet
    from tac_desktop.export.pdf import draw

    return (yield from draw(recovery_sheet(name, code, now.date().isoformat()))).content


# --- the organisation's key ---


@permitted(Deed.LOOK_AFTER_PEOPLE)
def set_organisation(vault: "Vault", store: "Store", recipient: str, *, now: datetime) -> None:
    """Let the key that an organisation keeps offline open the vault, in the place of the one before.

    Args:
        vault: The open vault.
        store: Its store.
        recipient: The public part ('age1...').
        now: The time, with its zone.

    Raises:
        NotAnOrganisationKey, DiskFull, CannotWrite: nothing was changed.
    """
    vault.set_organisation(recipient)
    note_event(store, vault.person, Event.ORGANISATION_SLOT_SET, now=now)


@permitted(Deed.LOOK_AFTER_PEOPLE)
def follow_service(vault: "Vault", store: "Store", *, now: datetime) -> None:
    """Let the emergency key of the service open the vault, of which any two of three sheets make one.

    Raises:
        NoService: the vault belongs to none, or its service has no such key.
        DiskFull, CannotWrite: nothing was changed.
    """
    file = held_file(store)
    if file is None or not file.root.escrow:
        raise NoService
    set_organisation(vault, store, file.root.escrow[0], now=now)


def let_emergency_key_in(vault: "Vault", store: "Store", *, now: datetime) -> None:
    """Let the emergency key of a service that was just founded or joined open the vault, if no other key does.

    Whose role does not include the people of the vault lets nobody in: those whose it does are offered to follow.

    Raises:
        DiskFull, CannotWrite: it does not; `follow_service` tries again.
    """
    file = held_file(store) if is_permitted(vault, Deed.LOOK_AFTER_PEOPLE) else None
    if file is not None and file.root.escrow and all(slot.kind != "organisation" for slot in vault.key_file().slots):
        vault.set_organisation(file.root.escrow[0])
        note_event(store, vault.person, Event.ORGANISATION_SLOT_SET, now=now)


@permitted(Deed.LOOK_AFTER_PEOPLE)
def remove_organisation(vault: "Vault", store: "Store", *, now: datetime) -> None:
    """Take the organisation's way in away; what it could open before, an old copy of the vault, it still opens.

    Raises:
        DiskFull, CannotWrite: nothing was changed.
    """
    vault.set_organisation("")
    note_event(store, vault.person, Event.SLOT_REMOVED, now=now, facts={"by": "organisation"})


@permitted(Deed.LOOK_AFTER_PEOPLE)
def rehearse_sheets(vault: "Vault", store: "Store", sheets: Sequence[str], *, now: datetime) -> None:
    """Show that the words of two sheets make the key that opens this vault; nothing is changed.

    Raises:
        WrongOrganisationKey: the vault was given no key, or another one.
        EmergencyWordsMistyped, EmergencyWordsWrong: no sheet has such words, or they do not belong together.
    """
    _key_of(vault.folder, sheets)
    note_event(store, vault.person, Event.RECOVERY_REHEARSED, now=now, facts={"by": "organisation"})


# --- coming in ---


def ways_into(folder: Path) -> tuple[bool, bool]:
    """Return whether a locked vault has a recovery code, and whether an organisation's key opens it.

    Raises:
        VaultMissing, KeysDamaged, NewerVault, CannotWrite.
    """
    kinds = {slot.kind for slot in unlocking.slots(folder)}
    return "recovery" in kinds, "organisation" in kinds


def recover_by_code(
    folder: Path, code: str, slot_id: str, passphrase: str, *, now: datetime, profile: Profile = STANDARD
) -> "Vault":
    """Open a vault with its recovery code and give one person a new pass-phrase; it is noted, and she will be told.

    Args:
        folder: The vault.
        code: As it was typed.
        slot_id: Whose pass-phrase is renewed.
        passphrase: The new one.
        now: The time, with its zone.
        profile: How costly one guess is.

    Raises:
        WrongRecoveryCode, UnknownSlot, PassphraseTooShort, PassphraseTooWeak and what `vaults.unlock` raises; nothing
        was changed.
    """
    refuse_weak(passphrase, (folder.name,))
    return _recovered(unlocking.recover(folder, code, slot_id, passphrase, profile=profile), slot_id, "recovery", now)


def recover_by_sheets(
    folder: Path, sheets: Sequence[str], slot_id: str, passphrase: str, *, now: datetime, profile: Profile = STANDARD
) -> "Vault":
    """Open a vault with the emergency words of two sheets and give one person a new pass-phrase; as by the code.

    Raises:
        WrongOrganisationKey, EmergencyWordsMistyped, EmergencyWordsWrong, and what `recover_by_code` raises.
    """
    refuse_weak(passphrase, (folder.name,))
    key = _key_of(folder, sheets)
    vault = unlocking.recover_by_organisation(folder, key, slot_id, passphrase, profile=profile)
    return _recovered(vault, slot_id, "organisation", now)


def _key_of(folder: Path, sheets: Sequence[str]) -> str:
    from tac_desktop.export.escrow import joined

    known = [recipient_of(slot.public) for slot in unlocking.slots(folder) if slot.kind == "organisation"]
    if not known:
        raise WrongOrganisationKey
    return joined(sheets, known)


def _recovered(vault: "Vault", slot_id: str, by: str, now: datetime) -> "Vault":
    from tac_desktop.actions import vaults

    return vaults.noted(vault, now=now, and_then=_note(slot_id, by, now))


def _note(slot_id: str, by: str, now: datetime) -> "Callable[[Vault, Store], None]":
    def note(vault: "Vault", store: "Store") -> None:
        facts: Facts = {"person": vault.person.id, "slot": slot_id, "by": by}
        note_event(store, vault.person, Event.RECOVERED, now=now, facts=facts)

    return note


# --- the owner is told ---


@permitted(Deed.BE_KNOWN)
def renewed_for_me(vault: "Vault") -> "Sequence[RecoveryNote]":
    """Return when and by what the pass-phrase of the person at work was renewed, as far as she has not seen it yet."""
    return vault.recovery_notes()


@permitted(Deed.BE_KNOWN)
def seen(vault: "Vault", store: "Store", *, now: datetime) -> None:
    """Note that a person has seen that her pass-phrase was renewed; she is not told again."""
    note_event(store, vault.person, Event.RECOVERY_SEEN, now=now)
    vault.forget_recovery_notes()
