"""Letterbox letters: hers to be written, theirs to be awaited, what came to be given to her, agreements to review."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.days import add_days, last_of_month
from tac_desktop.casework.dues.due import Due, Source, Task
from tac_desktop.casework.letterbox import AGREEMENT, LETTER, MONTHS, Direction, first_open, month_of
from tac_desktop.casework.record import Record, RecordsByForm

GIVE_DAYS: Final = 7
"""Within how many days a letter that came is given to her: a rule of this program, no one else's."""
HELD_DAYS: Final = 28
"""After how many days one looks again at a letter that is held back: likewise."""
_TASKS: Final[dict[Direction, Task]] = {"from_mother": "letterbox_out", "to_mother": "letterbox_in"}


def _find(records: RecordsByForm) -> Iterator[Due]:
    own: dict[str, list[Record]] = {}  # a full case file has hundreds of letters, and every agreement asks for its own
    for letter in records.get(LETTER, ()):
        own.setdefault(letter.text("agreement"), []).append(letter)
    for agreement in records.get(AGREEMENT, ()):
        of_it = {**records, LETTER: own.get(agreement.id, [])}
        if agreement.text("review_by") and not agreement.text("until"):
            yield Due(agreement.text("review_by"), "letterbox_review", AGREEMENT, agreement.id)
        for direction in MONTHS:
            found = first_open(of_it, agreement, direction)
            if found is not None and found.state != "arrived":
                about = found.letter or agreement
                yield Due(found.by, _TASKS[direction], about.form, about.id)
    for letter in records.get(LETTER, ()):
        yield from _of_letter(letter)


def _of_letter(letter: Record) -> Iterator[Due]:
    """Yield that a letter that came is given to her, or that one that is held back is looked at again."""
    is_theirs = letter.text("direction") == "to_mother"
    came = letter.text("received_on") if is_theirs else ""
    if letter.answers.get("missed") is True or letter.happened("shown_on" if is_theirs else "sent_on"):
        return
    if letter.text("held_because"):
        since = letter.text("held_on") or (last_of_month(month_of(letter)) if month_of(letter) else came)
        if since:
            yield Due(add_days(since, HELD_DAYS), "letterbox_held", LETTER, letter.id)
    elif came:
        yield Due(add_days(came, GIVE_DAYS), "letterbox_give", LETTER, letter.id)


SOURCE: Final = Source(frozenset({AGREEMENT, LETTER}), _find)
