"""The sheet of the case-tracker workbook that tells what was added to trackers after they were sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from tac_desktop.casework.codelists import label
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.casework.sheets import CASE_REFERENCE
from tac_desktop.export.spreadsheet import Cell

HEADINGS: Final = (CASE_REFERENCE, "Added to", "Received or sent", "Kind", "Written on", "From", "Addendum")
_TRACKERS: Final = ("baseline", "tracker_return")


def addenda_rows(recorded: Mapping[str, Sequence[Record]]) -> Iterator[list[Cell]]:
    """Yield a row for each addendum to a tracker, ordered by case reference and by when it was written.

    Args:
        recorded: The records by form; an addendum names the id under which its tracker is among them.
    """
    references = {mother.id: mother.text("reference") for mother in recorded.get("mother", ())}
    trackers = {one.id: one for form in _TRACKERS for one in recorded.get(form, ())}
    added = [one for one in recorded.get("addendum", ()) if one.text("record") in trackers]
    for one in sorted(added, key=lambda one: (references.get(one.case_file, ""), one.text("at"), one.id)):
        to = trackers[one.text("record")]
        yield [
            references.get(one.case_file, ""), _called(to), _day(to.text("received") or to.text("sent")),
            label("addendum_kind", one.text("kind")), _day(one.text("at")[:10]), one.text("name"), one.text("text"),
        ]  # fmt: skip


def _called(tracker: Record) -> str:
    kind = tracker.text("tracker_form")
    return label("tracker_form_type", kind) if kind else ALL[tracker.form].title


def _day(text: str) -> Cell:
    return date.fromisoformat(text) if is_day(text) else text or None
