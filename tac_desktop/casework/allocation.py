"""Who a child's social worker is on a day, since when, and whether the mother was told; how often it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tac_desktop.casework.answers import NotKnown, chosen
from tac_desktop.casework.days import has_ended, holds_on
from tac_desktop.casework.record import Record

FORM = "childrens_social_worker"
_TIME = len("01a20327-0aa0")

State: TypeAlias = Literal["named", "unknown", "none", "not_recorded"]
"""Somebody is named; nobody knows who it is; the child has none, as was said; nothing was recorded."""


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """Who is a child's social worker on a day."""

    state: State
    record: Record | None = None
    """The record of who it is, or of that nobody knows."""
    since: str = ""
    """The ISO day, perhaps without day or month, since when; '' where it was not recorded."""
    last: Record | None = None
    """Where nobody knows: who it was before."""
    others: tuple[Record, ...] = ()
    """Who is named beside, from another team: who follows in the same team, or in none, takes the other’s place."""

    @property
    def told(self) -> str:
        """The ISO day on which the mother was told who it is; '' where she was not."""
        return self.record.text("mother_told") if self.record and self.state == "named" else ""

    @property
    def is_untold(self) -> bool:
        """Whether somebody took over on a day that is known, and the mother was not told.

        Where no day was recorded, as in the case tracker, nobody can say that it is news to her.
        """
        is_said = self.record is not None and "mother_told" in self.record.answers
        return self.state == "named" and bool(self.since) and not is_said


def of_child(child: Record, workers: Sequence[Record]) -> list[Record]:
    """Return the records of a child's social workers, the longest ago first; those without a day come first."""
    linked = [one for one in workers if child.id in chosen(one.answers, "children")]
    linked += [one for one in workers if one.id == child.text("social_worker") and one not in linked]
    return sorted(linked, key=lambda one: (one.text("from_date"), one.id))


def on_day(child: Record, workers: Sequence[Record], day: str) -> Allocation:
    """Return who is the social worker of a child on a day.

    The last who took over is it. Where her or his time ended, nobody knows who it is since that day, until another one
    is recorded, or the child is said to have none.

    Args:
        child: The child's record.
        workers: The records of the children's social workers of the case file.
        day: The ISO date.
    """
    begun = [one for one in of_child(child, workers) if one.text("from_date") <= day]
    holding = [one for one in begun if not has_ended(one.text("to_date"), day)]
    named = [one for one in holding if not is_unknown(one)]
    unknown = [one for one in holding if is_unknown(one) and not any(_was_learned(who, one) for who in named)]
    newest = named[-1] if named else None
    if newest is not None and not any(one.text("from_date") >= newest.text("from_date") for one in unknown):
        others = tuple(one for one in named[:-1] if _stays_beside(one, named))
        return Allocation(state="named", record=newest, since=newest.text("from_date"), others=others)
    before = [one for one in begun if not is_unknown(one)]
    last = before[-1] if before else None
    if unknown:
        return Allocation(state="unknown", record=unknown[-1], since=unknown[-1].text("from_date"), last=last)
    if child.answers.get("social_worker_allocated") is False:
        return Allocation(state="none", last=last)
    if last is not None:
        return Allocation(state="unknown", since=last.text("to_date"), last=last)
    return Allocation(state="not_recorded")


def _stays_beside(one: Record, named: Sequence[Record]) -> bool:
    """Say whether nobody followed somebody in her own team; without a team whoever comes later has followed."""
    later = named[named.index(one) + 1 :]
    return bool(one.text("team")) and all(other.text("team") not in ("", one.text("team")) for other in later)


def _was_learned(named: Record, unknown: Record) -> bool:
    """Say whether somebody was named after it was written down that nobody knows, from whatever day on she has it.

    A UUIDv7 begins with its time; what follows is chance, and tells nothing of two of the same minute.
    """
    both = named.id, unknown.id
    return all(one[14:15] == "7" for one in both) and named.id[:_TIME] > unknown.id[:_TIME]


def is_unknown(worker: Record) -> bool:
    """Say whether a record tells that nobody knows who it is."""
    return worker.answers.get("current_unknown") is True or isinstance(worker.answers.get("name"), NotKnown)


def changes(child: Record, workers: Sequence[Record], since: str = "", until: str = "9999") -> int:
    """Return how often a child's social worker changed: how many took over who were not the first.

    Who comes from another team while the one before stays, a court team's for example, takes nobody's place.

    Args:
        child: The child's record.
        workers: The records of the children's social workers of the case file.
        since, until: Only what happened from the one ISO day to the other; of others the day need not be known.
    """
    named = [one for one in of_child(child, workers) if not is_unknown(one)]
    followed = [
        one
        for place, one in enumerate(named)
        if who(one) not in {who(other) for other in named[:place]} and _takes_over(one, named[:place])
    ]
    return sum(since <= one.text("from_date") <= until for one in followed)


def _takes_over(one: Record, before: Sequence[Record]) -> bool:
    """Say whether somebody follows one of those before her: one who ended by then, or whose team is hers."""
    there = [other for other in before if not has_ended(other.text("to_date"), one.text("from_date"))]
    return bool(before) and not (there and all(_stays_beside(other, [other, one]) for other in there))


def who(worker: Record) -> str:
    """Return by what a social worker is known to be one and the same: the entry of the directory, else the name."""
    return worker.text("professional") or worker.text("name").casefold() or worker.id


def together(children: Sequence[Record], workers: Sequence[Record], day: str) -> list[tuple[list[Record], Allocation]]:
    """Return the children with who is their social worker on a day, those of whom the same is told in one group.

    What asks for something comes first: nobody knows, nothing is recorded, she was not told. Children stand by birth.
    """
    groups: dict[tuple[str, str, str], tuple[list[Record], Allocation]] = {}
    for child in sorted(children, key=lambda one: (one.text("date_of_birth") or "9999", one.id)):
        now = on_day(child, workers, day)
        about = now.record or now.last
        groups.setdefault((now.state, about.id if about else "", now.since), ([], now))[0].append(child)
    return sorted(groups.values(), key=lambda group: _urgency(group[1]))


def _urgency(now: Allocation) -> int:
    return {"unknown": 0, "not_recorded": 1, "named": 2 if now.is_untold else 3, "none": 4}[now.state]


def earlier(children: Sequence[Record], workers: Sequence[Record], now: Allocation) -> list[Record]:
    """Return who was a social worker of some children before, the latest first."""
    found = {one.id: one for child in children for one in of_child(child, workers) if not is_unknown(one)}
    shown = {one.id for one in (now.record, *now.others) if one}
    return [one for one in reversed(list(found.values())) if one.id not in shown]


def professionals_round(children: Sequence[Record], workers: Sequence[Record], day: str) -> list[Record]:
    """Return the social workers round the children of a case on a day, each once (a sign of complexity, B11, B18).

    Those of whom nobody has said for which children they are there count as well.
    """
    holding = [on_day(child, workers, day) for child in children]
    found = [one for now in holding for one in (now.record, *now.others) if one]
    linked = {one.id for child in children for one in of_child(child, workers)}
    found += [
        one for one in workers if one.id not in linked and holds_on((one.text("from_date"), one.text("to_date")), day)
    ]
    return list({who(one): one for one in found if not is_unknown(one)}.values())
