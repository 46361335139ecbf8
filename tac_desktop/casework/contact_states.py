"""How much contact each child had at the start, at every follow-up and at closure.

The count of the evaluation rests on the mother's baseline (the best level of any of her children), as before.
"""

from dataclasses import dataclass

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.family_rules import is_unborn
from tac_desktop.casework.record import RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words


@dataclass(frozen=True)
class ContactState:
    """How contact with a child stood on a day."""

    point: str
    """A code of 'contact_state_point'."""
    day: str
    level: str
    """A code of 'child_contact_level', '' where it is not known."""
    kinds: tuple[str, ...]
    record_id: str

    def words(self) -> str:
        """Return it in words: 'At the start, 3 May 2026: Direct (Phone calls)'."""
        level = label("child_contact_level", self.level) if self.level else "Not known"
        kinds = ", ".join(label("child_contact_type", kind) for kind in self.kinds)
        when = f"{label('contact_state_point', self.point)}, {day_in_words(self.day)}"
        return f"{when}: {level} ({kinds})" if kinds else f"{when}: {level}"


def states_of(records: RecordsByForm, child: str) -> list[ContactState]:
    """Return how contact with a child stood, the earliest first."""
    found = [
        ContactState(one.text("point"), one.text("date"), one.text("level"), chosen(one.answers, "kinds"), one.id)
        for one in records.get("contact_state", ())
        if one.text("child") == child
    ]
    return sorted(found, key=lambda one: (one.day, one.record_id))


def missing_points(records: RecordsByForm, child: str) -> list[str]:
    """Return the codes of the points of the work at which it should have been written down how contact stood.

    It was not, there: a follow-up is wanted for each return of one, closure once the last episode is closed. Of a child
    that is not born yet nothing is wanted.
    """
    if any(one.id == child and is_unborn(one) for one in records.get("child", ())):
        return []
    written = [one.point for one in states_of(records, child)]
    returns = sum(one.text("tracker_form") == "follow_up" for one in records.get("tracker_return", ()))
    episodes = records.get("episode", ())
    closed = bool(episodes) and all(one.text("closed") for one in episodes)
    wanted = {"start": 1, "follow_up": returns, "closure": int(closed)}
    return [point for point, times in wanted.items() if written.count(point) < times]
