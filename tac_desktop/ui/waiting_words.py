"""Why somebody waits who cannot, and since when, in words that Today and the weekly meeting share."""

from typing import TYPE_CHECKING, Final

from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import counted

if TYPE_CHECKING:
    from tac_desktop.actions.waiting_list import Waiting

MEETING: Final = "meeting"
WORKLOAD: Final = "workload"
SHEETS: Final = "sheets"
"""The names in the frame of the weekly meeting, the workload, and the forms to fill in by hand."""


def reasons_in_words(one: "Waiting") -> str:
    """Return in one line why she cannot wait, '' where nothing says so."""
    return "; ".join(reason.words for reason in one.wait.reasons)


def since_in_words(one: "Waiting", today: str) -> str:
    """Return since when she waits and for how many days."""
    if not one.wait.since:
        return "No referral is recorded yet"
    if not one.wait.days(today):
        return "Waits since today"
    return f"Waits since {day_in_words(one.wait.since)}, {counted(one.wait.days(today), 'day')}"
