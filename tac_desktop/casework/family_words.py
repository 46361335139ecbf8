"""The picture of a family in words, for the eye, the ear and paper: what is known, and what is not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from tac_desktop.casework.case_view import in_words
from tac_desktop.casework.codelists import label
from tac_desktop.casework.days import days_between
from tac_desktop.casework.evaluation.arithmetic import completed_years
from tac_desktop.casework.family import ChildThere, Household, Kind, Picture, is_born
from tac_desktop.casework.family_rules import WITH_HER
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.who_decides import decides_in_words
from tac_desktop.casework.wording import begun_small, counted, in_order, listed, one_line

Called: TypeAlias = Callable[[Record], str]
"""What a child or a person is called: by name on the screen, perhaps by initials on paper."""

NOT_RECORDED: Final = "not recorded"
_WORKER: Final = "childrens_social_worker"
_TITLES: Final[Mapping[Kind, str]] = MappingProxyType({
    "unit": "With the mother, on the Mother and Baby Unit",
    "with_her": "With the mother",
    "not_recorded": "Where they live is not recorded",
    "unborn": "Not born yet",
})  # fmt: skip
_RHYTHM: Final[Mapping[str, str]] = MappingProxyType({
    "week": "each week", "fortnight": "every two weeks", "month": "each month", "quarter": "every three months",
    "half_year": "every half year", "year": "each year", "once": "once",
})  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing about a child in a home."""

    label: str
    words: str
    known: bool = True
    """Whether it is recorded; what is not is said in words and set off."""
    form: str = ""
    """The form of the record that says so, or in which it would be said."""
    record_id: str = ""


def title_of(home: Household, called: Called, no_carer: str = "carer not recorded") -> str:
    """Return what a home is called: 'Foster care: Ruby and Grey Harbour, foster carers'.

    Args:
        home: The home.
        called: Gives what a person is called.
        no_carer: What stands where no carer is to be seen; '' for nothing.
    """
    if home.kind != "home":
        return _TITLES[home.kind]
    where = "; ".join(arrangements(home)) or "Care arrangement not recorded"
    return ": ".join(part for part in (where, "; ".join(carers_of(home, called)) or no_carer) if part)


def arrangements(home: Household) -> tuple[str, ...]:
    """Return the care arrangements of the children in a home, each once."""
    found = (in_words(one.home, "arrangement") for one in home.children if one.home is not None)
    return tuple(dict.fromkeys(words for words in found if words))


def carers_of(home: Household, called: Called) -> tuple[str, ...]:
    """Return who looks after the children of a home: the people that are recorded, else the words."""
    people = tuple(_with_role(person, called) for person in home.carers)
    return people or home.carer_words


def _with_role(person: Record, called: Called) -> str:
    role = person.text("relationship") or in_words(person, "roles").lower()
    return ", ".join(part for part in (called(person), role) if part)


def heading_of(one: ChildThere, day: str, called: Called) -> str:
    """Return a child with its age: 'Teal Lantern, 5'."""
    return ", ".join(in_order([part for part in (called(one.child), age_on(one.child, day)) if part]))


def age_on(child: Record, day: str) -> str:
    """Return how old a child was on a day: '5', '7 months', '12 days', 'born today', 'due 3 May 2026'.

    Where its birth, or when it is due, is not recorded the words say so.
    """
    born = child.text("date_of_birth")
    if not is_born(child, day):
        due = child.text("due_date")
        return f"due {day_in_words(due)}" if due else "due date not recorded"
    if not is_day(born):
        return "date of birth not recorded"
    if (years := completed_years(born, day)) >= 2:
        return f"{years}"
    months = (int(day[:4]) - int(born[:4])) * 12 + int(day[5:7]) - int(born[5:7]) - (day[8:] < born[8:])
    if months:
        return counted(months, "month")
    days = days_between(born, day)
    return counted(days, "day") if days else "born today"


def lines_of(one: ChildThere, day: str) -> list[Line]:
    """Return what is to be known of a child in its home, in the order in which one asks for it."""
    if not is_born(one.child, day):
        return [_worker(one), _plan(one)]
    return [*_home(one), _worker(one), _decides(one, day), *_orders(one), _plan(one), *_contact(one), _review(one)]


def _home(one: ChildThere) -> Iterator[Line]:
    home = one.home
    if home is None:
        yield Line("Lives", "where the child lives is not recorded for this day", known=False, form="placement")
        return
    since, by = home.text("from_date"), begun_small(in_words(home, "arranged_by"))
    words = ", ".join(part for part in (day_in_words(since) if since else NOT_RECORDED, by) if part)
    yield Line("There since", words, known=bool(since), form=home.form, record_id=home.id)
    for other in one.also:
        where = in_words(other, "arrangement") or "a place that is not named"
        words = f"{where} is recorded for this day as well: look at which holds, or whether the child lives in both"
        yield Line("Two homes", words, known=False, form=other.form, record_id=other.id)


def _worker(one: ChildThere) -> Line:
    found, said = one.worker, "Social worker"
    record_id = found.record.id if found.record else ""
    since = f", since {day_in_words(found.since)}" if found.since else ""
    match found.state:
        case "named" if found.record:
            team = in_words(found.record, "team")
            named = ", ".join(part for part in (found.record.text("name") or "not named", team) if part)
            return Line(said, f"{named}{since or ', since when is not recorded'}", form=_WORKER, record_id=record_id)
        case "none":
            return Line(said, "none is allocated", form=_WORKER)
        case "unknown":
            before = f"; before that {found.last.text('name')}" if found.last and found.last.text("name") else ""
            words = f"nobody knows who it is{since}{before}"
            return Line(said, words, known=False, form=_WORKER, record_id=record_id)
        case _:
            return Line(said, NOT_RECORDED, known=False, form=_WORKER)


def plan_in_words(one: ChildThere) -> str:
    """Return the plan or status that is recorded with its day, '' where none is."""
    if one.plan is None:
        return ""
    since = f", since {day_in_words(one.plan.text('from_date'))}" if one.plan.text("from_date") else ""
    return f"{in_words(one.plan, 'status')}{since}"


def _decides(one: ChildThere, day: str) -> Line:
    first = one.responsibility[0] if one.responsibility else None
    form, record_id = (first.form, first.id) if first else ("parental_responsibility", "")
    words, known = decides_in_words(one, day)
    return Line("Who decides", words, known=known, form=form, record_id=record_id)


def _orders(one: ChildThere) -> Iterator[Line]:
    if not one.orders:
        yield Line("Order", "none is recorded", known=False, form="order")
    for order in one.orders:
        made = f", made on {day_in_words(order.text('made_on'))}" if order.text("made_on") else ""
        yield Line("Order", f"{in_words(order, 'order_type')}{made}", form=order.form, record_id=order.id)


def _plan(one: ChildThere) -> Line:
    own, told = one.child.text("plan_status"), plan_in_words(one)
    if one.plan is not None:
        return Line("Plan", told, form=one.plan.form, record_id=one.plan.id)
    words = label("child_plan_status", own) if own else NOT_RECORDED
    return Line("Plan", words, known=bool(own), form="plan_status")


def _contact(one: ChildThere) -> Iterator[Line]:
    if one.home is not None and one.home.text("arrangement") in WITH_HER:
        return
    if not one.contact:
        yield Line("Contact", "nothing agreed is recorded", known=False, form="contact_plan")
    for plan in one.contact:
        yield Line("Contact", agreed_in_words(plan), form=plan.form, record_id=plan.id)


def agreed_in_words(plan: Record) -> str:
    """Return what was agreed about contact: 'Phone calls, 2 times each week'."""
    times, per = plan.answers.get("times"), plan.text("per")
    often = f"{times} times " if isinstance(times, int) and times > 1 else ""
    rhythm = _RHYTHM.get(per, in_words(plan, "per").lower())
    return ", ".join(part for part in (in_words(plan, "kind"), f"{often}{rhythm}") if part)


def _review(one: ChildThere) -> Line:
    day = one.plan.text("next_review") if one.plan is not None else ""
    record_id = one.plan.id if one.plan is not None else ""
    words = day_in_words(day) if day else NOT_RECORDED
    return Line("Next review", words, known=bool(day), form="plan_status", record_id=record_id)


def mother_in_words(family: Picture, called: Called) -> tuple[str, str]:
    """Return what the mother is called, and where she is on the day."""
    name = called(family.mother) if family.mother else "The mother"
    prison = label("prison", family.whereabouts.prison) if family.whereabouts.prison else ""
    inside = prison if family.whereabouts.inside else ""
    status = family.whereabouts.in_words
    where = ", ".join(part for part in (inside, begun_small(status) if inside else status) if part)
    return name, where or "Where she is, is not recorded"


def together_in_words(family: Picture, called: Called) -> str:
    """Return in a sentence who lives with whom, and who apart: the first that one asks of a family."""
    homes = [_named(home.children, called) for home in family.homes]
    lost = [one for home in family.households if home.kind == "not_recorded" for one in home.children]
    if not family.born:
        return "No child is recorded that was born by this day."
    if not homes:
        return "Where the children live is not recorded for this day."
    if len(homes) > 1:
        told = [f"Brothers and sisters live apart, in {len(homes)} homes: {'; '.join(homes)}"]
    else:
        told = [f"{homes[0]} {'has a home' if len(family.homes[0].children) == 1 else 'live together'}"]
    if lost:
        told.append(f"Where {_named(lost, called)} {'lives' if len(lost) == 1 else 'live'} is not recorded")
    return " ".join(sentence if sentence.endswith(".") else f"{sentence}." for sentence in told)


def _named(children: Sequence[ChildThere], called: Called) -> str:
    return listed([called(one.child) for one in children])


def spoken(home: Household, day: str, called: Called) -> str:
    """Return a home as one hears it: who looks after whom, and of each child all that is known and is not."""
    told = [title_of(home, called)]
    for one in home.children:
        told.append(heading_of(one, day, called))
        told += [f"{line.label}: {one_line(line.words, 200)}" for line in lines_of(one, day)]
    return ". ".join(told)
