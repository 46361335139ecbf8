"""The picture of a family on a day: in which home each child lives, with whom, who decides, and what is not known.

Every child that was born by the day stands in exactly one home, or among those whose home is not recorded. Where the
records say two homes for one day, the one stands to which the child came last, and the other is named beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.allocation import Allocation, on_day
from tac_desktop.casework.answers import chosen
from tac_desktop.casework.custody_history import Whereabouts, whereabouts
from tac_desktop.casework.days import has_ended, holds_on
from tac_desktop.casework.evaluation.arithmetic import may_be_expected
from tac_desktop.casework.family_rules import UNBORN, WITH_HER
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.record import Record, RecordsByForm

Kind: TypeAlias = Literal["unit", "with_her", "home", "not_recorded", "unborn"]
"""With the mother on the unit, with her outside, in another home, nowhere that is recorded, not born yet."""
ORDER: Final[tuple[Kind, ...]] = ("unit", "with_her", "home", "not_recorded", "unborn")
_KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind: kind for kind in ORDER})
FORMS: Final = (
    "mother", "custody", "child", "placement", "person", "childrens_social_worker", "order", "plan_status",
    "parental_responsibility", "contact_plan",
)  # fmt: skip
"""The forms of which the records are wanted."""
_WITH_HER: Final[Mapping[str, Kind]] = MappingProxyType(
    {"mbu_with_mother": "unit", "with_mother_community": "with_her"}
)


@dataclass(frozen=True, kw_only=True)
class ChildThere:
    """A child on the day. Records are those that held then; None and empty where nothing is recorded."""

    child: Record
    home: Record | None
    """The placement that tells where the child lives."""
    also: tuple[Record, ...]
    """Placements that say another home for the same day."""
    worker: Allocation
    orders: tuple[Record, ...]
    plan: Record | None
    responsibility: tuple[Record, ...]
    """Who holds, or lost, parental responsibility, the newest word of each."""
    contact: tuple[Record, ...]
    """What is agreed about contact with the mother."""


@dataclass(frozen=True, kw_only=True)
class Household:
    """A home and the children of the family who live in it, the eldest first."""

    kind: Kind
    children: tuple[ChildThere, ...]
    carers: tuple[Record, ...] = ()
    """The people who look after them, where they are recorded as people."""
    carer_words: tuple[str, ...] = ()
    """The carers as the placements name them in words."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The family on a day (ISO)."""

    day: str
    mother: Record | None
    whereabouts: Whereabouts
    households: tuple[Household, ...]

    @property
    def born(self) -> tuple[ChildThere, ...]:
        """Every child that was born by the day."""
        return tuple(one for home in self.households if home.kind != "unborn" for one in home.children)

    @property
    def homes(self) -> tuple[Household, ...]:
        """The homes in which children are known to live, the mother's among them."""
        return tuple(home for home in self.households if home.kind in ("unit", "with_her", "home"))

    @property
    def are_apart(self) -> bool:
        """Whether brothers and sisters are known to live in two or more homes."""
        return len(self.homes) > 1


def picture(records: RecordsByForm, day: str, whole: RecordsByForm | None = None) -> Picture:
    """Return the family as it was on a day.

    Args:
        records: The records of the case file, at least of FORMS.
        day: The ISO date.
        whole: The records from which it is told who lives together, where something was taken out of `records`.
    """
    marks = {home.id: home for home in (whole or records).get("placement", ())}
    mother = next(iter(records.get("mother", ())), None)
    there = [
        _child_there(child, records, day) for child in _eldest_first(records.get("child", ())) if _is_on(child, day)
    ]
    homes: dict[tuple[str, ...], list[ChildThere]] = {}
    for one in there:
        homes.setdefault(_home_key(one, marks, day), []).append(one)
    found = [_household(key, children, records) for key, children in homes.items()]
    prison = mother.text("prison") if mother else ""
    return Picture(
        day=day,
        mother=mother,
        whereabouts=whereabouts(records.get("custody", ()), day, prison),
        households=tuple(sorted(found, key=lambda home: ORDER.index(home.kind))),
    )


def lives_on(placements: Iterable[Record], day: str) -> list[Record]:
    """Return the placements of one child that hold on a day, the one to which it came last first.

    One without a beginning, as the case tracker has them, holds until the first that has one.

    Args:
        placements: Those of one child, in any order.
        day: The ISO date.
    """
    begun = [home for home in placements if home.text("from_date") <= day]
    dated = [home for home in begun if home.text("from_date")]
    holding = [home for home in dated or begun if not has_ended(home.text("to_date"), day)]
    return sorted(
        holding, key=lambda home: (home.text("from_date"), home.text("to_date") or "9999", home.id), reverse=True
    )


def change_days(records: RecordsByForm, today: str) -> list[str]:
    """Return the days up to today on which the picture changed, the earliest first: a birth, a home begun or ended."""
    days = {child.text("date_of_birth") for child in records.get("child", ())}
    days |= {home.text(name) for home in records.get("placement", ()) for name in ("from_date", "to_date")}
    return sorted(day for day in days if is_day(day) and day <= today)


def is_born(child: Record, day: str) -> bool:
    """Say whether a child was born by a day: the date of birth decides, for the flag may be out of date."""
    born = child.text("date_of_birth")
    return born <= day if born else child.answers.get("unborn") is not True


def _is_on(child: Record, day: str) -> bool:
    """Say whether a child was born, or on its way, on a day."""
    birth = child.text("date_of_birth") or child.text("due_date")
    return not is_day(birth) or may_be_expected(birth, day)


def _eldest_first(children: Iterable[Record]) -> list[Record]:
    return sorted(children, key=lambda one: (one.text("date_of_birth") or one.text("due_date") or "9999", one.id))


def _child_there(child: Record, records: RecordsByForm, day: str) -> ChildThere:
    own = [home for home in records.get("placement", ()) if home.text("child") == child.id]
    holding = [home for home in lives_on(own, day) if home.text("arrangement") != UNBORN]
    born = is_born(child, day)
    home = holding[0] if holding and born else None
    return ChildThere(
        child=child,
        home=home,
        also=tuple(one for one in holding[1:] if home is not None and _begins_beside(one, home)),
        worker=on_day(child, records.get("childrens_social_worker", ()), day),
        orders=_orders(child, records.get("order", ()), day),
        plan=_newest(records.get("plan_status", ()), child, day, "from_date", "to_date"),
        responsibility=_responsibility(child, records.get("parental_responsibility", ()), day),
        contact=tuple(
            plan for plan in records.get("contact_plan", ())
            if child.id in chosen(plan.answers, "children") and plan.text("kind") != "sibling"
            and holds_on((plan.text("since"), plan.text("until")), day)
        ),
    )  # fmt: skip


def _begins_beside(other: Record, home: Record) -> bool:
    """Say whether another home holds for the same day: one that ended as this one began does not."""
    return other.text("to_date") != home.text("from_date") or not home.text("from_date")


def is_in_force(order: Record, day: str) -> bool:
    """Say whether an order holds on a day (ISO); on the day that ends it, it does no more."""
    ended = order.text("ended_on")
    return order.text("made_on") <= day and not (ended and ended <= day)


def _orders(child: Record, orders: Sequence[Record], day: str) -> tuple[Record, ...]:
    """Return the orders about a child that hold on a day, the newest first."""
    holding = [
        order for order in orders
        if child.id in chosen(order.answers, "children") and order.text("order_type") != "none_known"
        and is_in_force(order, day)
    ]  # fmt: skip
    return tuple(sorted(holding, key=lambda order: (order.text("made_on"), order.id), reverse=True))


def _newest(records: Iterable[Record], child: Record, day: str, first: str, last: str) -> Record | None:
    holding = [
        one for one in records
        if one.text("child") == child.id and holds_on((one.text(first), one.text(last)), day)
    ]  # fmt: skip
    return max(holding, key=lambda one: (one.text(first), one.id), default=None)


def _responsibility(child: Record, records: Sequence[Record], day: str) -> tuple[Record, ...]:
    """Return the newest word about each holder, the mother first."""
    newest: dict[tuple[str, str], Record] = {}
    for one in sorted(records, key=lambda record: (record.text("since"), record.id)):
        if one.text("child") == child.id and holds_on((one.text("since"), one.text("until")), day):
            newest[one.text("who"), one.text("person")] = one
    return tuple(sorted(newest.values(), key=lambda one: one.text("who") != "mother"))


def _home_key(one: ChildThere, marks: Mapping[str, Record], day: str) -> tuple[str, ...]:
    """Return by what children of one home are known: the household, else the same carers, else the child alone."""
    if not is_born(one.child, day):
        return ("unborn",)
    if one.home is None:
        return ("not_recorded",)
    home = marks.get(one.home.id, one.home)
    if home.text("arrangement") in WITH_HER:
        return (_WITH_HER[home.text("arrangement")],)
    if mark := home.text("household").strip().casefold():
        return "home", "household", mark
    if people := sorted(chosen(home.answers, "carers")):
        return "home", "people", *people
    if words := " ".join(home.text("carer").casefold().split()):
        return "home", "words", words
    return "home", "child", one.child.id


def _household(key: tuple[str, ...], children: Sequence[ChildThere], records: RecordsByForm) -> Household:
    homes = [one.home for one in children if one.home is not None]
    linked = {person for home in homes for person in chosen(home.answers, "carers")}
    return Household(
        kind=_KINDS[key[0]],
        children=tuple(children),
        carers=tuple(person for person in records.get("person", ()) if person.id in linked),
        carer_words=tuple(dict.fromkeys(home.text("carer") for home in homes if home.text("carer"))),
    )
