"""Notes in the vault's own stream what was done with its contents: who, when, and what left or came in."""

import os
from datetime import datetime
from typing import TYPE_CHECKING, cast

from tac_desktop.casework.audit import FORM, Event, Facts
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import new_id

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store


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
    at = now.isoformat(timespec="milliseconds")
    values: dict[str, JsonValue] = {"event": event.value, "at": at, **cast("dict[str, JsonValue]", facts or {})}
    change = Change(
        record_id=record, form=FORM, version=1, stream=store.terminal_stream, values=values,
        known_on=now.date().isoformat(),
    )  # fmt: skip
    store.save([change], author=person.id, now=now)
