"""Notes in the vault's own stream what was done with its contents: who, when, and what left or came in."""

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, cast

from tac_desktop.casework.audit import FORM, PROGRAM, Event, Facts, seen_anew
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import derived_id, new_id
from tac_desktop.errors import TacError

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


def note_event(
    store: "Store",
    person: Person,
    event: Event,
    *,
    now: datetime,
    facts: Facts | None = None,
    record_id: str = "",
) -> None:
    """Note that a person did something, durably.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        event: What was done.
        now: The time, with its zone.
        facts: What belongs to it: numbers, ids and codes; no names, no answers.
        record_id: Notes with the same id follow one another as its history; '' for one that stands alone.
    """
    record = record_id or new_id(int(now.timestamp() * 1000), os.urandom(10))
    store.save([_change(store, record, event, at=now, now=now, facts=facts)], author=person.id, now=now)


def about_case(case_file: str, facts: Facts) -> Facts:
    """Return facts with the case file that they are about; '' for none."""
    return {**facts, "case_file": case_file} if case_file else facts


def note_view(store: "Store", person: Person, case_file: str, *, now: datetime) -> None:
    """Note that a person opened a case file; not again within ten minutes.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The id of the case file.
        now: The time, with its zone.
    """
    if seen_anew(store.audit.last_time(person.id, Event.CASE_READ, case_file), now):
        note_event(store, person, Event.CASE_READ, now=now, facts={"case_file": case_file})


def note_unlocked(vault: "Vault", store: "Store", *, now: datetime) -> None:
    """Note who unlocked the vault, and every wrong pass-phrase before; those are then taken off the file.

    Where she has a seal key, she seals the end of the history that she found. Of a vault that was brought back from a
    backup it is noted once that it was.

    Args:
        vault: The open vault.
        store: A store of the calling thread.
        now: The time, with its zone.

    Raises:
        DiskFull, VaultBusy, CannotWrite: the attempts stay on file for the next time.
    """
    from tac_desktop.actions.audit_seals import sealed_end
    from tac_desktop.actions.brought_back import note_opened

    failed = vault.failed_attempts()
    store.save(_failures(store, failed, now), author=PROGRAM, now=now)
    note_event(store, vault.person, Event.UNLOCKED, now=now, facts=sealed_end(vault, store))
    vault.forget_attempts()
    note_opened(store, now=now)


def note_locked(vault: "Vault", store: "Store", *, now: datetime) -> None:
    """Note that a person leaves the vault, and seal the end of what was done; a vault is closed in any case.

    Args:
        vault: The vault, still open.
        store: A store of the calling thread.
        now: The time, with its zone.
    """
    from tac_desktop.actions.audit_seals import sealed_end

    with suppress(TacError):  # the key has to go, also when the disk is full
        note_event(store, vault.person, Event.LOCKED, now=now, facts=sealed_end(vault, store))


def _failures(store: "Store", failed: Sequence[str], now: datetime) -> list[Change]:
    """Return an event for each failed unlock; noted twice, after a power cut between audit and file, it is the same."""
    seen = Counter[str]()
    changes: list[Change] = []
    for at in failed:
        seen[at] += 1
        record = derived_id("unlock failed", store.terminal_stream, at, str(seen[at]))
        moment = datetime.fromisoformat(at).astimezone(now.tzinfo)
        changes.append(_change(store, record, Event.UNLOCK_FAILED, at=moment, now=now))
    return changes


def _change(
    store: "Store", record: str, event: Event, *, at: datetime, now: datetime, facts: Facts | None = None
) -> Change:
    values: dict[str, JsonValue] = {"event": event.value, "at": at.isoformat(timespec="milliseconds")}
    return Change(
        record_id=record, form=FORM, version=1, stream=store.terminal_stream,
        values=values | cast("dict[str, JsonValue]", facts or {}), known_on=now.date().isoformat(),
    )  # fmt: skip
