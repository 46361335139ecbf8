"""What whoever referred her waits for: an answer to her app form, and to hear what was decided."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source

ANSWER_DAYS: Final = 7
"""From an app form to its answer, and from a decision to telling it: one weekly meeting on (needs A4, A9, C14)."""


def _find(records: RecordsByForm) -> Iterator[Due]:
    for referral in records.get("referral", ()):
        came = referral.text("received") or referral.text("date")
        if referral.answers.get("by_app") is True and came and not referral.answers.get("app_answered"):
            yield Due(_later(came), "answer_app", referral.form, referral.id)
        decided = referral.text("decided_on")
        if referral.text("pathway") and decided and not referral.answers.get("referrer_told_on"):
            yield Due(_later(decided), "tell_referrer", referral.form, referral.id)


def _later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(ANSWER_DAYS)).isoformat()


SOURCE: Final = Source(frozenset({"referral"}), _find)
