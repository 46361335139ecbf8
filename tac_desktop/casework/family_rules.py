"""What must hold between the children, where they live, and who looks after them."""

from collections.abc import Callable, Iterator
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted
from tac_desktop.casework.codelists import label
from tac_desktop.casework.days import is_before, overlap
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import child_name

UNBORN: Final = "unborn"
WITH_HER: Final = frozenset({"mbu_with_mother", "with_mother_community"})
"""The arrangements in which she is the one who looks after the child."""
_NO_MOTHER: Final = "There is no mother’s record in this case file. A child belongs to its mother’s: open hers first."


def is_unborn(child: Record) -> bool:
    """Say whether a child is recorded as not born yet; a date of birth tells more than the flag."""
    return child.answers.get("unborn") is True and not child.text("date_of_birth")


def born_after_this_day(child: Record) -> str:
    """Return the sentence that refuses a day before the birth of a child."""
    return f"{child_name(child)} was born on {day_in_words(child.text('date_of_birth'))}, after this day."


def home_in_words(home: Record) -> str:
    """Return a placement for the middle of a sentence: '‘Foster care’ from 6 January 2026, without an end'."""
    where = f"‘{label('care_arrangement', home.text('arrangement'))}’" if home.text("arrangement") else "a place"
    since = f" from {day_in_words(home.text('from_date'))}" if home.text("from_date") else ""
    end = f" until {day_in_words(home.text('to_date'))}" if home.text("to_date") else ", without an end"
    return f"{where}{since}{end}"


def _child_has_a_mother(child: Wanted) -> Iterator[Found]:
    if not child.records.get("mother"):
        yield Impossible("name", _NO_MOTHER)


def _born_after_its_mother(child: Wanted) -> Iterator[Found]:
    for mother in child.records.get("mother", ()):
        if not _is_after(child.text("date_of_birth"), mother.text("date_of_birth")):
            told = f"The mother was born on {day_in_words(mother.text('date_of_birth'))}. One of the two days is wrong."
            yield Impossible("date_of_birth", told)


def _mother_born_before_her_children(mother: Wanted) -> Iterator[Found]:
    for child in mother.records.get("child", ()):
        if not _is_after(child.text("date_of_birth"), mother.text("date_of_birth")):
            born = day_in_words(child.text("date_of_birth"))
            yield Impossible("date_of_birth", f"{child_name(child)} was born on {born}. One of the two days is wrong.")


def _is_after(child: str, mother: str) -> bool:
    """Say whether a child may have been born on the one day if its mother was on the other; '' speaks against none."""
    return not child or not mother or is_before(mother, child)


def _born_before_it_lived_somewhere(child: Wanted) -> Iterator[Found]:
    born = child.text("date_of_birth")
    for home in child.records.get("placement", ()):
        if home.text("child") != child.record_id or home.text("arrangement") == UNBORN:
            continue
        if is_before(home.text("from_date"), born):
            told = f"Where the child lives is recorded from {day_in_words(home.text('from_date'))} on, before this day."
            yield Impossible("date_of_birth", told)
        if child.answers.get("unborn") is True and not born and home.text("household"):
            told = f"It is recorded in the household {home.text('household')}: take that back first, or it was born."
            yield Impossible("unborn", told)


def _placed_after_birth(home: Wanted) -> Iterator[Found]:
    child = home.linked("child", "child")
    if child is None or home.text("arrangement") == UNBORN:
        return
    born = child.text("date_of_birth")
    for field in ("from_date", "to_date"):
        if is_before(home.text(field), born):
            yield Impossible(field, born_after_this_day(child))


def _no_household_before_birth(home: Wanted) -> Iterator[Found]:
    child = home.linked("child", "child")
    if child is not None and is_unborn(child) and home.text("household"):
        told = f"{child_name(child)} is recorded as not born yet, and has no household of its own. Leave this empty."
        yield Impossible("household", told)


def _one_home_at_a_time(home: Wanted) -> Iterator[Found]:
    stay = home.period("from_date", "to_date")
    for other in home.records.get("placement", ()):
        there = (other.text("from_date"), other.text("to_date"))
        if other.text("child") != home.text("child") or not stay[0] or not there[0] or not overlap(stay, there):
            continue
        told = (
            f"Two homes at once: there is also {home_in_words(other)}. If the child has moved, say until when the "
            "earlier one was. If it lives in both by turns, say so."
        )
        yield Doubt("to_date" if is_before(stay[0], there[0]) else "from_date", told, "two_homes", (other.id,))


def _rests_on_an_order_that_holds(home: Wanted) -> Iterator[Found]:
    order = home.linked("order", "order")
    if order is None:
        return
    about, ended, left = chosen(order.answers, "children"), order.text("ended_on"), home.text("to_date")
    if about and home.text("child") not in about:
        yield Impossible("order", "This order is about other children. Choose one about this child, or add it there.")
    if is_before(ended, home.text("from_date")):
        yield Impossible("order", f"This order ended on {day_in_words(ended)}, before the child came to live there.")
    elif ended and ended <= home.today and (not left or is_before(ended, left)):
        told = f"This order ended on {day_in_words(ended)}. Say on what it has rested since then."
        yield Doubt("order", told, "order_ended", (order.id,))


def _carer_is_not_the_mother(home: Wanted) -> Iterator[Found]:
    arrangement = home.text("arrangement")
    if not arrangement or arrangement in WITH_HER:
        return
    where = label("care_arrangement", arrangement)
    told = f"The carer has the mother’s own name, but the child is not recorded as living with her: ‘{where}’."
    linked = [person for person in home.records.get("person", ()) if person.id in chosen(home.answers, "carers")]
    for mother in home.records.get("mother", ()):
        if _is_name_of(mother, home.text("carer").partition(",")[0]):
            yield Doubt("carer", told, "carer_is_mother")
        for person in linked:
            if _is_name_of(mother, person.text("name")):
                yield Doubt("carers", told, "carer_is_mother", (person.id,))


def _relative_is_not_the_mother(person: Wanted) -> Iterator[Found]:
    told = "That is the mother’s own name. If somebody else in the family is called the same, say who it is."
    if any(_is_name_of(mother, person.text("name")) for mother in person.records.get("mother", ())):
        yield Doubt("name", told, "relative_is_mother")


def _is_name_of(mother: Record, name: str) -> bool:
    return bool(name.strip()) and name.casefold().split() == mother.text("name").casefold().split()


def _after_birth(field: str) -> Callable[[Wanted], Iterator[Found]]:
    def find(told: Wanted) -> Iterator[Found]:
        child = told.linked("child", "child")
        if child is None:
            return
        if is_unborn(child):
            yield Impossible("child", f"{child_name(child)} is recorded as not born yet.")
        elif is_before(told.text(field), child.text("date_of_birth")):
            yield Impossible(field, born_after_this_day(child))

    return find


def _rule(form: str, find: Callable[[Wanted], Iterator[Found]], *needs: str) -> CaseRule:
    return CaseRule(form, frozenset(needs), find)


RULES: Final[tuple[CaseRule, ...]] = (
    _rule("child", _child_has_a_mother, "mother"),
    _rule("child", _born_after_its_mother, "mother"),
    _rule("mother", _mother_born_before_her_children, "child"),
    _rule("child", _born_before_it_lived_somewhere, "placement"),
    _rule("placement", _placed_after_birth, "child"),
    _rule("placement", _no_household_before_birth, "child"),
    _rule("placement", _one_home_at_a_time, "placement"),
    _rule("placement", _rests_on_an_order_that_holds, "order"),
    _rule("placement", _carer_is_not_the_mother, "mother", "person"),
    _rule("person", _relative_is_not_the_mother, "mother"),
    _rule("child_view", _after_birth("date"), "child"),
    _rule("told_child", _after_birth("date"), "child"),
)
