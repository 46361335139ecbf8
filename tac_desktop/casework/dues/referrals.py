"""What whoever referred her waits for: an answer to her app form, and to hear what was decided."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.days import add_days
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.record import Record, RecordsByForm

WITH_THE_SERVICE: Final = ("tac", "both")
"""Codes of 'pathway' by which the service works with her; where there is an episode it does, whatever was decided."""
ANSWER_DAYS: Final = 7
"""From an app form to its answer, and from a decision to telling it: one weekly meeting on (needs A4, A9, C14)."""


def newest_referral(records: RecordsByForm) -> Record | None:
    """Return the referral of the latest day, None where there is none."""
    return max(records.get("referral", ()), key=lambda one: (one.text("date"), one.id), default=None)


def led_elsewhere(referral: Record | None) -> bool:
    """Say whether it was decided that the service itself does not work with her."""
    return referral is not None and bool(pathway := referral.text("pathway")) and pathway not in WITH_THE_SERVICE


def _find(records: RecordsByForm) -> Iterator[Due]:
    for referral in records.get("referral", ()):
        came = referral.text("received") or referral.text("date")
        if referral.answers.get("by_app") is True and came and not referral.happened("app_answered"):
            yield Due(add_days(came, ANSWER_DAYS), "answer_app", referral.form, referral.id)
        decided = referral.text("decided_on")
        if referral.text("pathway") and decided and not _is_told(referral):
            yield Due(add_days(decided, ANSWER_DAYS), "tell_referrer", referral.form, referral.id)


def _is_told(referral: Record) -> bool:
    """Say whether the referrer was told what was decided: who referred herself by an app form is told by its answer."""
    answered = referral.text("app_answered") if referral.text("source") == "self" else ""
    return referral.happened("referrer_told_on") or "" < referral.text("decided_on") <= answered


SOURCE: Final = Source(frozenset({"referral"}), _find)
