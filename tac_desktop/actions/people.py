"""The people of a vault: letting one in, another role, a new pass-phrase, and what it takes that one leaves."""

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.backup_schedule import back_up_now
from tac_desktop.actions.passphrases import refuse_weak
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.service_file import held_file
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.codelists import label
from tac_desktop.casework.people import Person, Role, nameable, needs_prison
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import new_id
from tac_desktop.errors import OneselfNotByOneself, RolePrisonMissing, UnknownSlot
from tac_desktop.storage.key_slots import STANDARD, Profile

if TYPE_CHECKING:
    from tac_desktop.storage.key_slots import Slot
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Someone:
    """A person of the vault as those who look after it see her."""

    person: Person
    slot: str
    """The id of her key slot; '' for who has left."""
    initials: str
    """What the unlock screen shows of her."""
    unlocked: str
    """When she last unlocked the vault (ISO time with its zone), '' if never."""
    is_me: bool
    renewed: bool
    """Whether her pass-phrase was renewed by somebody else and she has not unlocked the vault since."""


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Who shall be let in."""

    name: str
    """In one line."""
    role: Role
    prison: str = ""
    """A code of the list 'prison', or a label of one's own; '' for who works for all."""
    passphrase: str = field(repr=False)
    """Hers; who has typed it knows it until she changes it."""


@dataclass(frozen=True, kw_only=True)
class Departure:
    """What came of a departure, and what is still to be done."""

    person: Person
    in_a_service: bool
    """Whether colleagues elsewhere know the vault: its exchange keys should be renewed, for she knew them."""
    old_backups: int
    """How many backups still open with her pass-phrase."""
    code_is_gone: bool
    """Whether the recovery code went with her: a new one should be made."""


@permitted(Deed.BE_KNOWN)
def people_of(vault: "Vault", store: "Store") -> Sequence[Someone]:
    """Return everybody who is or was in the vault, in the order in which they came."""
    slots = {slot.person: slot for slot in vault.key_file().slots if slot.person}
    waiting = {note.person for note in vault.recovery_notes(of_all=True) if note.by == "colleague"}
    return [_seen(store, person, slots.get(person.id), waiting) for person in vault.people()]


def _seen(store: "Store", person: Person, slot: "Slot | None", waiting: Collection[str]) -> Someone:
    return Someone(
        person=person,
        slot=slot.id if slot else "",
        initials=slot.label if slot else "",
        unlocked=store.audit.last_time(person.id, Event.UNLOCKED),
        is_me=person.id == store.vault.person.id,
        renewed=person.id in waiting and slot is not None,
    )


@permitted(Deed.LOOK_AFTER_PEOPLE)
def add_person(
    vault: "Vault",
    store: "Store",
    new: NewPerson,
    *,
    now: datetime,
    profile: Profile = STANDARD,
) -> Person:
    """Let one more person in, with a key slot of her own; return her.

    Args:
        vault: The open vault.
        store: Its store.
        new: Who shall be let in.
        now: The time, with its zone.
        profile: How costly one guess is.

    Raises:
        NameRefused, RolePrisonMissing, PassphraseTooShort, PassphraseTooWeak, DiskFull, CannotWrite: nothing changed.
    """
    import os

    _refuse_without_prison(new.role, new.prison)
    prison, person_id = new.prison if needs_prison(new.role) else "", new_id(_milliseconds(now), os.urandom(10))
    person = nameable(Person(id=person_id, name=new.name, role=new.role, prison=prison))
    refuse_weak(new.passphrase, _guessable(vault, person))
    slot = vault.add_person(person, new.passphrase, profile)
    note_event(store, vault.person, Event.PERSON_ADDED, now=now, facts=_facts(person, slot))
    return person


@permitted(Deed.LOOK_AFTER_PEOPLE)
def change_role(vault: "Vault", store: "Store", person_id: str, role: Role, prison: str, *, now: datetime) -> Person:
    """Give somebody else another role or prison, which counts from her next unlock on; return her as she is then.

    Raises:
        OneselfNotByOneself: nobody changes her own role.
        RolePrisonMissing, UnknownSlot, DiskFull, CannotWrite: nothing was changed.
    """
    _refuse_oneself(vault, person_id)
    _refuse_without_prison(role, prison)
    person = replace(_one(vault, person_id), role=role, prison=prison if needs_prison(role) else "")
    vault.change_person(nameable(person))
    note_event(store, vault.person, Event.ROLE_CHANGED, now=now, facts=_facts(person))
    return person


@permitted(Deed.LOOK_AFTER_PEOPLE)
def correct_name(vault: "Vault", store: "Store", person_id: str, name: str, *, now: datetime) -> Person:
    """Correct the name of somebody, or one's own; it stands from then on with all that she wrote. Return her.

    Her initials on the unlock screen and the name on a card that was accepted elsewhere stay as they are.

    Raises:
        NameRefused, UnknownSlot, DiskFull, CannotWrite: nothing was changed.
    """
    person = nameable(replace(_one(vault, person_id), name=name))
    vault.change_person(person)
    note_event(store, vault.person, Event.NAME_CORRECTED, now=now, facts=_facts(person))
    return person


@permitted(Deed.LOOK_AFTER_PEOPLE)
def give_passphrase(
    vault: "Vault",
    store: "Store",
    person_id: str,
    passphrase: str,
    *,
    now: datetime,
    profile: Profile = STANDARD,
) -> None:
    """Give somebody who has forgotten hers a new pass-phrase; her seal key is a new one then, and she is told.

    Raises:
        OneselfNotByOneself: one's own is changed with the present one.
        UnknownSlot, PassphraseTooShort, PassphraseTooWeak, DiskFull, CannotWrite: nothing was changed.
    """
    _refuse_oneself(vault, person_id)
    person = _one(vault, person_id)
    refuse_weak(passphrase, _guessable(vault, person))
    vault.give_passphrase(_slot_of(vault, person_id), passphrase, profile, by="colleague", now=now)
    facts: Facts = {"person": person_id, "by": "colleague"}
    note_event(store, vault.person, Event.RECOVERED, now=now, facts=facts)


@permitted(Deed.BE_KNOWN)
def change_passphrase(
    vault: "Vault", store: "Store", old: str, new: str, *, now: datetime, profile: Profile = STANDARD
) -> None:
    """Change one's own pass-phrase; the seal key stays.

    Raises:
        WrongPassphrase: the present one was mistyped.
        PassphraseTooShort, PassphraseTooWeak, KeysDamaged, DiskFull, CannotWrite: nothing was changed.
    """
    refuse_weak(new, _guessable(vault, vault.person))
    vault.change_passphrase(_slot_of(vault, vault.person.id), old, new, profile)
    note_event(store, vault.person, Event.PASSPHRASE_CHANGED, now=now)


@permitted(Deed.LOOK_AFTER_PEOPLE)
def let_go(
    vault: "Vault", person_id: str, also: Sequence[str] = (), *, now: datetime
) -> Generator[tuple[int, int], None, Departure]:
    """Take somebody's way in away, for good: her key slot goes and the vault gets a new data key.

    Yields (done, total). A backup is made before. No store of the vault and no drafts may be open: everything is
    written anew.

    Args:
        vault: The open vault.
        person_id: Who leaves.
        also: The ids of slots that go with hers, because they cannot be given a new key; see `left_behind`.
        now: The time, with its zone.

    Raises:
        OneselfNotByOneself, UnknownSlot, LastSlot, SlotsNotRenewed, VaultBusy: nothing was changed.
        DiskFull, CannotWrite: her slot stays, or all is done when the vault is opened next.
    """
    from tac_desktop.storage.store import Store

    _refuse_oneself(vault, person_id)
    person, slots = _one(vault, person_id), vault.key_file().slots
    gone = [slot for slot in slots if slot.id in {_slot_of(vault, person_id), *also}]
    if any(slot.person == vault.person.id for slot in gone):
        raise OneselfNotByOneself
    with closing(Store(vault)) as store:
        yield from back_up_now(vault, store, "rekey", now=now)
    yield from vault.rekey(without=[slot.id for slot in gone], day=now.date().isoformat())
    with closing(Store(vault)) as store:
        _note_gone(vault, store, gone, now)
        in_a_service = held_file(store) is not None
    return Departure(
        person=person,
        in_a_service=in_a_service,
        old_backups=_backups(vault, now),
        code_is_gone=any(slot.kind == "recovery" for slot in gone),
    )


def _note_gone(vault: "Vault", store: "Store", gone: "Sequence[Slot]", now: datetime) -> None:
    people = {person.id: person for person in vault.people()}
    for slot in gone:
        if slot.person in people:
            event, facts = Event.PERSON_LEFT, _facts(people[slot.person], slot.id)
        else:
            event, facts = Event.SLOT_REMOVED, Facts(slot=slot.id)
        note_event(store, vault.person, event, now=now, facts=facts)
    note_event(store, vault.person, Event.REKEYED, now=now)


@permitted(Deed.LOOK_AFTER_PEOPLE)
def left_behind(vault: "Vault", person_id: str) -> "Sequence[Slot]":
    """Return the slots that cannot be given a new data key when somebody leaves, and would have to go with hers.

    They are of an older version of the program: their owners have not unlocked the vault since, or nobody has typed in
    the recovery code.
    """
    return [slot for slot in vault.key_file().slots if not slot.has_key_pair and slot.person != person_id]


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)


def _slot_of(vault: "Vault", person_id: str) -> str:
    """Return the id of a person's key slot; UnknownSlot if she has none."""
    found = next((slot.id for slot in vault.key_file().slots if person_id and slot.person == person_id), "")
    if not found:
        raise UnknownSlot
    return found


def _guessable(vault: "Vault", person: Person) -> Sequence[str]:
    """Return what somebody would try first who wants to guess a person's pass-phrase."""
    return (person.name, person.prison, label("prison", person.prison) if person.prison else "", vault.folder.name)


def _one(vault: "Vault", person_id: str) -> Person:
    found = next((person for person in vault.people() if person.id == person_id), None)
    if found is None:
        raise UnknownSlot
    return found


def _facts(person: Person, slot: str = "") -> Facts:
    facts: Facts = {"person": person.id, "role": person.role}
    if slot:
        facts["slot"] = slot
    return facts


def _backups(vault: "Vault", now: datetime) -> int:
    from tac_desktop.actions.backup_schedule import shelf

    return len(shelf(vault, now=now).backups)


def _refuse_oneself(vault: "Vault", person_id: str) -> None:
    if person_id == vault.person.id:
        raise OneselfNotByOneself


def _refuse_without_prison(role: Role, prison: str) -> None:
    if needs_prison(role) and not prison.strip():
        raise RolePrisonMissing
