"""Notes in the vault's own stream what was done with its contents: who, when, and what left or came in."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import new_id

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

FORM = "audit"
"""The name under which events stand in the journal; they are no form that anybody fills in, and never leave."""


def note_event(
    store: "Store",
    person: Person,
    event: str,
    *,
    now: datetime,
    facts: Mapping[str, JsonValue] | None = None,
    record_id: str = "",
) -> None:
    """Note that a person did something, durably.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        event: What was done, in snake_case.
        now: The time, with its zone.
        facts: What belongs to it: numbers and ids, no answers.
        record_id: Notes with the same id follow one another as its history; '' for one that stands alone.
    """
    record = record_id or new_id(int(now.timestamp() * 1000), os.urandom(10))
    values: dict[str, JsonValue] = {"event": event, "at": now.isoformat(timespec="milliseconds"), **(facts or {})}
    change = Change(
        record_id=record, form=FORM, version=1, stream=store.terminal_stream, values=values,
        known_on=now.date().isoformat(),
    )  # fmt: skip
    store.save([change], author=person.id, now=now)
