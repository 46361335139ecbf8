"""What must hold between letterbox letters: one for each month, and none goes whose words nobody has read."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted
from tac_desktop.casework.letterbox import CHECK, LETTER, are_checked, month_part

UNREAD: Final = "These words have not been read for names and places since they were last changed."


def _of_a_month(letter: Wanted) -> Iterator[Found]:
    if len(letter.text("month")) < len("2026-06"):
        yield Impossible("month", "Write the month and the year, for example 6 2026.")
        return
    for other in letter.records.get(LETTER, ()):
        same = all(other.text(name) == letter.text(name) for name in ("agreement", "direction"))
        if same and month_part(other.text("month")) == month_part(letter.text("month")):
            told = "There is already such a letter for this month."
            yield Doubt("month", told, "letter_twice", (other.id,))


def _read_before_it_goes(letter: Wanted) -> Iterator[Found]:
    draft, checks = letter.text("draft"), letter.records.get(CHECK, ())
    if letter.answers.get("sent_on") and draft and not are_checked(draft, letter.record_id, checks):
        yield Doubt("sent_on", f"{UNREAD} In ‘Letterbox’, ‘Check it’ shows what to look at.", "letter_unread")


RULES: Final[tuple[CaseRule, ...]] = (
    CaseRule(LETTER, frozenset({LETTER}), _of_a_month),
    CaseRule(LETTER, frozenset({CHECK}), _read_before_it_goes),
)
