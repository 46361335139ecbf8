"""What must hold between the orders about a child, who holds parental responsibility, and where the child lives.

Which order ends which is the law of England and Wales. A record that says otherwise is asked about and not refused:
what the papers say is recorded, and an end that nobody has told the service is the likeliest reason.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted
from tac_desktop.casework.codelists import label
from tac_desktop.casework.days import is_before, overlap
from tac_desktop.casework.family_rules import born_after_this_day, home_in_words, is_unborn
from tac_desktop.casework.her_responsibility import ADOPTION
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import child_name

ABOUT_A_BORN_CHILD: Final = frozenset({
    "care_order", "interim_care_order", "placement_order", "adoption_order", "special_guardianship_order",
    "child_arrangements_order", "supervision_order", "emergency_protection_order", "prohibited_steps_order",
    "specific_issue_order", "contact_order",
})  # fmt: skip
"""The orders that a court makes about a child only once it is born."""
NONE_KNOWN: Final = "none_known"
HOLDS: Final = frozenset({"mother_has_pr", "shared", "disputed_misinformed"})
"""The codes of the list 'pr_status' by which the mother holds parental responsibility, whatever she was told."""

_LOST: Final = (
    "with an adoption order she loses it, unless it is her partner who adopts (Adoption and Children Act 2002, "
    "section 46). Change what is not so, or say why both stand."
)
_CARE: Final = ("care_order", "interim_care_order")
_PRIVATE: Final = ("child_arrangements_order", "prohibited_steps_order", "specific_issue_order")
_ENDED_BY_ADOPTION: Final = (
    *_CARE, *_PRIVATE, "placement_order", "special_guardianship_order", "supervision_order",
    "emergency_protection_order",
)  # fmt: skip


def _contradictions() -> Iterator[tuple[frozenset[str], str]]:
    for care in _CARE:
        for private in _PRIVATE:
            yield frozenset({care, private}), "the one ends the other (Children Act 1989, section 91(1) and (2))"
        yield frozenset({care, "supervision_order"}), "a care order ends it (Children Act 1989, section 91(3))"
        ended = "a special guardianship order ends a care order made before it (Children Act 1989, section 91(5A))"
        yield frozenset({care, "special_guardianship_order"}), ended
    for ended_one in (*_PRIVATE, "supervision_order"):
        ended = "a placement order ends it (Adoption and Children Act 2002, section 29(2))"
        yield frozenset({"placement_order", ended_one}), ended
    ended = "beside a placement order none is made as a rule (Adoption and Children Act 2002, section 29(5))"
    yield frozenset({"placement_order", "special_guardianship_order"}), ended
    for ended_one in _ENDED_BY_ADOPTION:
        yield frozenset({ADOPTION, ended_one}), "an adoption order ends it (Adoption and Children Act 2002, section 46)"
    both = "both stand only where one of them is about contact (Children Act 1989, section 14B)"
    yield frozenset({"special_guardianship_order", "child_arrangements_order"}), both


CONTRADICTING: Final[Mapping[frozenset[str], str]] = MappingProxyType(dict(_contradictions()))
"""Pairs of orders that do not hold about one child at the same time, and by which law."""


def _made_after_birth(order: Wanted) -> Iterator[Found]:
    if order.text("order_type") not in ABOUT_A_BORN_CHILD:
        return
    for child in _children(order):
        if is_unborn(child):
            told = f"{child_name(child)} is recorded as not born yet. No court makes this order before a birth."
            yield Impossible("children", told)
        elif is_before(order.text("made_on"), child.text("date_of_birth")):
            yield Impossible("made_on", born_after_this_day(child))


def _children(order: Wanted) -> list[Record]:
    return [child for child in order.records.get("child", ()) if child.id in chosen(order.answers, "children")]


def _stands_beside_the_others(order: Wanted) -> Iterator[Found]:
    """Ask about two orders of which one ends the other, and about ‘no known order’ while one is known.

    That none was known, as so often at referral, speaks against no order that was made or heard of since.
    """
    own, about = order.period("made_on", "ended_on"), set(chosen(order.answers, "children"))
    if order.text("order_type") == NONE_KNOWN:
        own = (own[0] or order.today, own[0] or order.today)
    for other in order.records.get("order", ()):
        law = _law_against(order.text("order_type"), other.text("order_type"))
        theirs = (other.text("made_on"), other.text("ended_on"))
        both = about & set(chosen(other.answers, "children"))
        if law and both and overlap(own, theirs):
            named = ", ".join(child_name(child) for child in _children(order) if child.id in both)
            told = f"At the same time there is {order_in_words(other)}, about {named or 'the same child'}: {law}. "
            told += "Say when it ended, or why both stand."
            yield Doubt("ended_on" if is_before(own[0], theirs[0]) else "order_type", told, "orders", (other.id,))


def _law_against(one: str, other: str) -> str:
    if one == NONE_KNOWN and other not in ("", NONE_KNOWN):
        return "so an order is known"
    return CONTRADICTING.get(frozenset({one, other}), "")


def order_in_words(order: Record) -> str:
    """Return an order for the middle of a sentence: '‘Care order’ made on 6 January 2026, without an end'."""
    made = f" made on {day_in_words(order.text('made_on'))}" if order.text("made_on") else ""
    end = f", ended on {day_in_words(order.text('ended_on'))}" if order.text("ended_on") else ", without an end"
    return f"‘{label('order_type', order.text('order_type'))}’{made}{end}"


def _no_responsibility_after_adoption(order: Wanted) -> Iterator[Found]:
    if order.text("order_type") != ADOPTION or order.text("ended_on"):
        return
    for child in _children(order):
        told = f"She is recorded as holding parental responsibility for {child_name(child)}: {_LOST}"
        if child.text("parental_responsibility") in HOLDS:
            yield Doubt("order_type", told, "adoption_and_pr", (child.id,))
        for one in order.records.get("parental_responsibility", ()):
            holds = one.text("status") in HOLDS and not one.text("until")
            if holds and one.text("child") == child.id and not is_before(order.text("made_on"), one.text("since")):
                yield Doubt("order_type", told, "adoption_and_pr", (one.id,))


def _homes_that_rest_on_it(order: Wanted) -> Iterator[Found]:
    ended = order.text("ended_on")
    for home in order.records.get("placement", ()):
        if not ended or home.text("order") != order.record_id or ended > order.today:
            continue
        if not home.text("to_date") or is_before(ended, home.text("to_date")):
            told = f"A child goes on living there by it: {home_in_words(home)}. Say on what that has rested since."
            yield Doubt("ended_on", told, "order_ended", (home.id,))


def _child_is_not_adopted(child: Wanted) -> Iterator[Found]:
    if child.text("parental_responsibility") in HOLDS:
        yield from _doubted_by_adoption(child, child.record_id, "parental_responsibility", "")


def _responsibility_is_not_lost(told: Wanted) -> Iterator[Found]:
    if told.text("status") in HOLDS and not told.text("until"):
        yield from _doubted_by_adoption(told, told.text("child"), "status", told.text("since"))


def _doubted_by_adoption(wanted: Wanted, child: str, field: str, since: str) -> Iterator[Found]:
    for order in wanted.records.get("order", ()):
        made = order.text("made_on")
        if order.text("order_type") != ADOPTION or order.text("ended_on") or is_before(since, made):
            continue
        if child and child in chosen(order.answers, "children"):
            told = f"There is an adoption order{f' of {day_in_words(made)}' if made else ''}: {_LOST}"
            yield Doubt(field, told, "adoption_and_pr", (order.id,))


def _responsibility_begins_with_birth(told: Wanted) -> Iterator[Found]:
    child = told.linked("child", "child")
    if child is not None and is_before(told.text("since"), child.text("date_of_birth")):
        yield Impossible("since", born_after_this_day(child))


RULES: Final[tuple[CaseRule, ...]] = (
    CaseRule("order", frozenset({"child"}), _made_after_birth),
    CaseRule("order", frozenset({"order", "child"}), _stands_beside_the_others),
    CaseRule("order", frozenset({"child", "parental_responsibility"}), _no_responsibility_after_adoption),
    CaseRule("order", frozenset({"placement"}), _homes_that_rest_on_it),
    CaseRule("child", frozenset({"order"}), _child_is_not_adopted),
    CaseRule("parental_responsibility", frozenset({"order"}), _responsibility_is_not_lost),
    CaseRule("parental_responsibility", frozenset({"child"}), _responsibility_begins_with_birth),
)
