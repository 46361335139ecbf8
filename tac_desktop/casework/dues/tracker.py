"""First meeting, baseline, follow-ups and closure: what the case tracker asks for, and when."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.days import add_days, add_months
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.dues.referrals import led_elsewhere, newest_referral
from tac_desktop.casework.record import Record, RecordsByForm

FIRST_MEETING_DAYS: Final = 28
"""From the referral to the first meeting (needs A14)."""
FOLLOW_UP_MONTHS: Final = 6
"""From the first meeting to the first follow-up return, and from each to the next (needs B2).

Once a case is opened again they are counted anew from that day: nobody was at work with her in between (ours).
"""


def last_episode(records: RecordsByForm) -> Record | None:
    """Return the episode that was opened last, or None."""
    return max(records.get("episode", ()), key=lambda episode: episode.text("opened"), default=None)


def _find(records: RecordsByForm) -> Iterator[Due]:
    episode = last_episode(records)
    closed = episode.text("closed") if episode else ""
    met = _first_meeting(records)
    if closed:
        if not _received(records, "closure", since=closed):
            yield Due(closed, "closure_return")
    elif not met:
        if referred := _referred(records):
            yield Due(add_days(referred, FIRST_MEETING_DAYS), "first_meeting")
    elif not _received(records, "baseline") and not any(one.text("sent") for one in records.get("baseline", ())):
        yield Due(met, "baseline")
    else:
        since = max(met, episode.text("opened")) if episode and len(records.get("episode", ())) > 1 else met
        several = 1 + len(_received(records, "follow_up", since))
        yield Due(add_months(since, FOLLOW_UP_MONTHS * several), "follow_up")


def _referred(records: RecordsByForm) -> str:
    """Return the ISO day of the first referral that did not lead elsewhere, '' where the newest one did or is none."""
    if led_elsewhere(newest_referral(records)):
        return ""
    here = (one for one in records.get("referral", ()) if not led_elsewhere(one))
    return min((one.text("date") for one in here if one.text("date")), default="")


def _first_meeting(records: RecordsByForm) -> str:
    return next((record.text("first_meeting") for record in records.get("baseline", ())), "")


def _received(records: RecordsByForm, form: str, since: str = "") -> list[str]:
    """Return the days on which returns of a form were received; of one that was only sent so far, when it was sent."""
    returns = (r for r in records.get("tracker_return", ()) if r.text("tracker_form") == form)
    days = (r.text("received") or r.text("sent") for r in returns)
    return [day for day in days if day and day >= since]


SOURCE: Final = Source(frozenset({"episode", "referral", "baseline", "tracker_return"}), _find)
