"""What must hold between the episodes of the work, and between contacts and the children whom they are about."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted
from tac_desktop.casework.days import is_before, overlap
from tac_desktop.casework.family_rules import is_unborn
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words


def _one_episode_at_a_time(episode: Wanted) -> Iterator[Found]:
    own = episode.period("opened", "closed")
    for other in episode.records.get("episode", ()):
        theirs = (other.text("opened"), other.text("closed"))
        if not overlap(own, theirs):
            continue
        told = _opened_and_closed(other)
        if is_before(own[0], theirs[0]) and own[1]:  # both may have come so, from two vaults or two files of one woman
            yield Doubt("closed", f"{told} Was this one still open then?", "episodes_at_once", (other.id,))
        elif is_before(own[0], theirs[0]):
            yield Impossible("closed", f"{told} This one must have been closed by then.")
        else:
            yield Impossible("opened", f"{told} A case file is opened again only after it was closed.")


def _opened_and_closed(other: Record) -> str:
    opened, closed = day_in_words(other.text("opened")), day_in_words(other.text("closed"))
    end = f"and closed on {closed}" if closed else "and is not closed"
    return f"There is an episode that was opened on {opened} {end}."


def _with_a_born_child(contact: Wanted) -> Iterator[Found]:
    """Refuse a contact with a child that none of those whom it is about can have been: they were not born yet."""
    about = [child for child in contact.records.get("child", ()) if child.id in chosen(contact.answers, "children")]
    if about and "child" in chosen(contact.answers, "with_whom") and all(_is_born_later(c, contact) for c in about):
        told = "On that day no child that is chosen here was born yet, so the contact cannot have been with a child."
        yield Impossible("children", told)


def _is_born_later(child: Record, contact: Wanted) -> bool:
    return is_unborn(child) or is_before(contact.text("at"), child.text("date_of_birth"))


RULES: Final[tuple[CaseRule, ...]] = (
    CaseRule("episode", frozenset({"episode"}), _one_episode_at_a_time),
    CaseRule("contact", frozenset({"child"}), _with_a_born_child),
)
