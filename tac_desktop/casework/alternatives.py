"""What a record would be if another of its live answers held: for reports and papers that rest on it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tac_desktop.casework.journal import json_bytes
from tac_desktop.casework.live import DELETED, Folded, Live, LiveFields, contradictions, fold
from tac_desktop.casework.record import Record


@dataclass(frozen=True)
class Alternative:
    """A record as it is shown, and what it would be if another of its live answers held."""

    record: Record
    field: str
    """The question, '' where the record would be deleted."""
    otherwise: Record | None
    """None if it would be deleted."""


def alternatives(
    members: Sequence[LiveFields], record: Record, made: Callable[[Folded], Record]
) -> Iterator[Alternative]:
    """Yield what a record would be with each of the live answers that is not shown.

    Args:
        members: The live values of the record, and of those that are the same.
        record: As it is shown.
        made: Makes a record of live values.
    """
    for name, live in contradictions(members).items():
        if name == DELETED:
            yield Alternative(record, "", None)
            continue
        for other in _others(live):
            chosen = [_with(fields, name, other) for fields in members]
            yield Alternative(record, name.partition("/")[0], made(fold(*chosen)))


def _others(live: Sequence[Live]) -> list[Live]:
    """Return the live values that are not shown, each once."""
    shown = json_bytes(live[0].value)
    return list({key: one for one in live if (key := json_bytes(one.value)) != shown}.values())


def _with(fields: LiveFields, name: str, other: Live) -> LiveFields:
    return {**fields, name: [other]} if name in fields else fields
