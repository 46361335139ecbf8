"""Who waits to be taken on, since when, and why she cannot wait: reasons in words, never a number of points."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.alerts import FORM as ALERT
from tac_desktop.casework.alerts import alerts_on
from tac_desktop.casework.codelists import label
from tac_desktop.casework.custody_history import has_died, whereabouts
from tac_desktop.casework.days import days_between
from tac_desktop.casework.dues.referrals import led_elsewhere, newest_referral
from tac_desktop.casework.dues.tracker import last_episode
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words

HEARING_DAYS: Final = 14
RELEASE_DAYS: Final = 28
"""Before a hearing and before her release; both from the service's own list of what cannot wait (needs A12)."""
NEW_DAYS: Final = 7
"""So long a referral is new: since the last weekly meeting (needs A9)."""
NEEDED: Final = ("mother", "referral", "episode", "custody", "hearing", "child", ALERT)
"""The forms on whose records it rests who waits and why."""

ReasonKind: TypeAlias = Literal["acct", "hearing", "conference", "birth", "release"]
Decision: TypeAlias = Literal["new", "undecided", "taken_on"]
"""Came since the last meeting and is not decided; came before that; the service works with her and has not begun."""


@dataclass(frozen=True, order=True)
class Reason:
    """Why she cannot wait: the ISO day that it is about, and what it is."""

    day: str
    kind: ReasonKind
    words: str


@dataclass(frozen=True)
class Wait:
    """How a mother waits."""

    since: str
    """ISO day, '' where her referral has none."""
    decision: Decision
    referral: str
    """The id of the referral that is to be decided, '' where none is recorded."""
    reasons: tuple[Reason, ...]
    """The nearest day first."""

    @property
    def order(self) -> tuple[str, str]:
        """Return what the list is ordered by: the nearest day of a reason, then who has waited longest."""
        return (self.reasons[0].day if self.reasons else "9999"), self.since or "9999"

    def days(self, today: str) -> int:
        """Return for how many days she has waited."""
        return max(0, days_between(self.since, today)) if self.since else 0


def waits(records: RecordsByForm) -> bool:
    """Say whether she waits: referred, and no episode begun since, unless the newest referral led elsewhere.

    Who was referred again after her case was closed waits again, as of the day on which a transfer closed it here. A
    case file without a referral waits for one. Who died waits no more.
    """
    referral, episode = newest_referral(records), last_episode(records)
    if has_died(records):
        return False
    if episode is not None and (referral is None or not _came_after(referral, episode)):
        return False
    return not led_elsewhere(referral)


def _came_after(referral: Record, episode: Record | None) -> bool:
    """Say whether she was referred after an episode had closed, or on that day again; always where there is none."""
    if episode is None:
        return True
    came, closed = referral.text("date"), episode.text("closed")
    return bool(closed) and came >= closed and came > episode.text("opened")


def wait_of(records: RecordsByForm, today: str) -> Wait:
    """Return how a mother waits; ask `waits` first whether she does.

    Args:
        records: Of the forms in `NEEDED`.
        today: ISO date.
    """
    referral, episode = newest_referral(records), last_episode(records)
    new = [one for one in records.get("referral", ()) if one.text("date") and _came_after(one, episode)]
    came = [one.text("received") or one.text("date") for one in new]
    since = min((day for day in came if day), default="")
    return Wait(
        since, _decision(referral, since, today), referral.id if referral else "", tuple(_reasons(records, today))
    )


def _decision(referral: Record | None, since: str, today: str) -> Decision:
    if referral is not None and referral.text("pathway"):
        return "taken_on"
    return "new" if since and days_between(since, today) <= NEW_DAYS else "undecided"


def _reasons(records: RecordsByForm, today: str) -> list[Reason]:
    found = (
        *_hearings(records, today),
        *_conferences(records, today),
        *_births(records, today),
        *_release(records, today),
    )
    acct = [one for one in alerts_on(records.get(ALERT, ()), today) if one.text("kind") == "acct"]
    return sorted({*found, *(Reason(today, "acct", "ACCT open") for _ in acct)})  # twins are expected on one day


def _hearings(records: RecordsByForm, today: str) -> Iterator[Reason]:
    for hearing in records.get("hearing", ()):
        day, kind = hearing.text("at")[:10], hearing.text("hearing_type")
        if day and 0 <= days_between(today, day) <= HEARING_DAYS:
            what = label("hearing_type", kind) if kind and kind != "other" else "Hearing"
            yield Reason(day, "hearing", f"{what} {_when(today, day)}")


def _conferences(records: RecordsByForm, today: str) -> Iterator[Reason]:
    days = {one.text("icpc_on") for one in records.get("referral", ())}
    for day in sorted(day for day in days if day >= today):
        yield Reason(day, "conference", f"Child protection conference {_when(today, day)}")


def _births(records: RecordsByForm, today: str) -> Iterator[Reason]:
    for child in records.get("child", ()):
        day = child.text("due_date")
        if child.text("date_of_birth") or child.answers.get("unborn") is False or len(day) != len(today):
            continue
        if day >= today:
            yield Reason(day, "birth", f"Birth expected {_when(today, day)}")
        elif child.answers.get("unborn") is True:
            yield Reason(day, "birth", f"Birth was expected on {day_in_words(day)}")


def _release(records: RecordsByForm, today: str) -> Iterator[Reason]:
    now = whereabouts(records.get("custody", ()), today)
    day = now.expected_release
    if now.inside and day and 0 <= days_between(today, day) <= RELEASE_DAYS:
        yield Reason(day, "release", f"Release {_when(today, day)}")


def _when(today: str, day: str) -> str:
    days = days_between(today, day)
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"{near}, {day_in_words(day)}" if days <= RELEASE_DAYS else f"on {day_in_words(day)}"
