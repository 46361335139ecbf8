"""Letterbox letters: hers to be written, theirs to be awaited, what came to be given to her, agreements to review."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source, Task
from tac_desktop.casework.letterbox import AGREEMENT, LETTER, MONTHS, Direction, first_open
from tac_desktop.casework.record import Record

GIVE_DAYS: Final = 7
"""Within how many days a letter that came is given to her: a rule of this program, no one else's."""
_TASKS: Final[dict[Direction, Task]] = {"from_mother": "letterbox_out", "to_mother": "letterbox_in"}


def _find(records: RecordsByForm) -> Iterator[Due]:
    for agreement in records.get(AGREEMENT, ()):
        if agreement.text("review_by") and not agreement.text("until"):
            yield Due(agreement.text("review_by"), "letterbox_review", AGREEMENT, agreement.id)
        for direction in MONTHS:
            found = first_open(records, agreement, direction)
            if found is not None and found.state != "arrived":
                about = found.letter or agreement
                yield Due(found.by, _TASKS[direction], about.form, about.id)
    for letter in records.get(LETTER, ()):
        if _waits_for_her(letter):
            came = date.fromisoformat(letter.text("received_on"))
            yield Due((came + timedelta(GIVE_DAYS)).isoformat(), "letterbox_give", LETTER, letter.id)


def _waits_for_her(letter: Record) -> bool:
    came = letter.text("direction") == "to_mother" and letter.text("received_on")
    kept = letter.text("shown_on") or letter.text("held_because") or letter.answers.get("missed") is True
    return bool(came) and not kept


SOURCE: Final = Source(frozenset({AGREEMENT, LETTER}), _find)
