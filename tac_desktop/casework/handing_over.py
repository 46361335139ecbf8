"""Who may have a case file: hand-overs as their entries tell, and who is entitled to one by them.

The id of a case file follows from the case reference, which can be guessed, so that whoever writes in it shows nothing
by it: neither entries of her own nor hand-overs to herself open it. A right comes down from somebody who has it: from
this vault, from a manager, or from the one vault that opened the case file. Every hand-over counts only as far as its
writer has the right herself, and an answer of somebody else never changes or ends it.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tac_desktop.casework.journal import JsonValue

State: TypeAlias = Literal["offered", "sent", "taken_over", "ended"]
"""Where a hand-over stands: written down; on its way; known to lie at the other vault; over."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One entry of a hand-over's record."""

    record_id: str
    device: bytes
    """Whose vault wrote it."""
    rank: tuple[int, bytes, str]
    """Clock, incarnation and id of the entry: of two that may change the same, the greater counts."""
    is_grant: bool
    """Whether the entry hands over, or only changes what was handed over."""
    values: Mapping[str, JsonValue]


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What one vault granted another."""

    record_id: str
    by: bytes
    to: bytes
    until: str = ""
    """The last ISO day on which it holds; '' where it has no end."""
    ended: str = ""
    """The ISO day on which it was ended, '' while it was not."""

    def holds(self, today: str) -> bool:
        """Say whether it holds on a day (ISO)."""
        return not self.ended and (not self.until or today <= self.until)


def opener(roots: Collection[bytes]) -> bytes | None:
    """Return the vault that opened a case file; None where several claim it, or none.

    Args:
        roots: The devices of all entries that give the mother's record its reference without replacing another.
    """
    return next(iter(roots)) if len(set(roots)) == 1 else None


def grants_of(steps: Iterable[Step], authorities: AbstractSet[bytes], to_device: Mapping[str, bytes]) -> list[Grant]:
    """Return the hand-overs of one case file.

    Args:
        steps: All entries of its hand-overs' records, in any order.
        authorities: Those who have the right by themselves; they may change and end every hand-over, as who gave it
            may. Who received it may end it, and no more.
        to_device: The device for each text by which hand-overs name one; a text that is not here names nobody.
    """
    by_record: dict[str, list[Step]] = {}
    for step in sorted(steps, key=lambda step: step.rank):
        by_record.setdefault(step.record_id, []).append(step)
    return [
        _grant(step, to, several, authorities)
        for several in by_record.values()
        for step in several
        if step.is_grant and (to := to_device.get(_text(step.values.get("device"))))
    ]


def entitled(grants: Collection[Grant], authorities: AbstractSet[bytes], today: str) -> frozenset[bytes]:
    """Return the devices that may have a case file on a day (ISO): the authorities, and whom they let in."""
    found = set(authorities)
    live = [grant for grant in grants if grant.holds(today)]
    while new := {grant.to for grant in live if grant.by in found} - found:
        found |= new
    return frozenset(found)


def _grant(granted: Step, to: bytes, steps: Iterable[Step], authorities: AbstractSet[bytes]) -> Grant:
    until, ended = "", ""
    for step in steps:
        if step.device == granted.device or step.device in authorities:
            until = _text(step.values.get("until")) if "until" in step.values else until
            ended = _text(step.values.get("ended")) if "ended" in step.values else ended
        elif step.device == to:
            ended = _text(step.values.get("ended")) or ended
    return Grant(record_id=granted.record_id, by=granted.device, to=to, until=until, ended=ended)


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
