"""The children of a case on the day of the mother's referral: their ages, where they live, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation.arithmetic import completed_years, may_be_expected
from tac_desktop.casework.record import Record

ADULT: Final = 18


@dataclass(frozen=True)
class Child:
    """A child on a day."""

    arrangement: str
    """A code of the list 'care_arrangement', '' where it is not known."""
    household: str
    """Children of one mother with the same mark live together; '' where there is none."""
    born: bool
    age: int | None
    """Completed years; None for an unborn child, and where nobody knows the date of birth or the day."""

    @property
    def group(self) -> str:
        """The group of its care arrangement, '' where it is not known."""
        code = code_list("care_arrangement").get(self.arrangement)
        return code.groups.get("group", "") if code else ""

    @property
    def home(self) -> str:
        """The household it counts in, '' where it counts in none.

        An unborn child and one on the Mother and Baby Unit have none of their own. An adopted child, or one who is
        being placed, lives in a household even where no mark tells which.
        """
        if not self.born or self.arrangement == "mbu_with_mother":
            return ""
        return self.household or ("adoption" if self.group == "adoption" else "")


def child_on(record: Record, placements: Sequence[Record], day: str) -> Child | None:
    """Return a child as it was on a day, None if it was grown up by then or not yet on its way.

    Args:
        record: The child's record.
        placements: The placements of the case file.
        day: The ISO date of the mother's referral; '' where nobody knows it, and then no age is known.
    """
    birth = record.text("date_of_birth") or record.text("due_date")
    if birth and day and not may_be_expected(birth, day):
        return None
    lived = [p for p in placements if p.text("child") == record.id]
    placement = placement_on(lived, day)
    arrangement = placement.text("arrangement") if placement else ""
    born = _born(record, arrangement, day)
    age = completed_years(record.text("date_of_birth"), day) if born and record.text("date_of_birth") and day else None
    if age is not None and age >= ADULT:
        return None
    return Child(arrangement, placement.text("household") if placement else "", born, age)


def placement_on(placements: Sequence[Record], day: str) -> Record | None:
    """Return where a child lived on the day of the referral: the placement said to be it, else the one of that day."""
    said = [p for p in placements if p.answers.get("at_referral") is True]
    then = [p for p in placements if p.text("from_date") <= day <= (p.text("to_date") or "9999")]
    if said:
        return min(said, key=lambda p: (p.text("from_date"), p.id))
    return max(then, key=lambda p: (p.text("from_date"), p.id), default=None)


def _born(record: Record, arrangement: str, day: str) -> bool:
    """Say whether it was born by the day: the date of birth decides, for a flag may be out of date."""
    born_on = record.text("date_of_birth")
    if born_on and day:
        return born_on <= day
    return bool(born_on) or not (record.answers.get("unborn") is True or arrangement == "unborn")


def has_several(children: Sequence[Child]) -> bool:
    """Say whether there is more than one."""
    return len(children) > 1


def live_apart(children: Sequence[Child]) -> bool:
    """Say whether they live in two or more households."""
    return len({child.home for child in children if child.home}) > 1


def all_in_family(children: Sequence[Child]) -> bool:
    """Say whether there are children, and every one is with father, kin or a Special Guardian."""
    return bool(children) and all(child.born and child.group == "family_kinship" for child in children)


def all_with_father(children: Sequence[Child]) -> bool:
    """Say whether there are children, and every one is with a father or step-father."""
    return bool(children) and all(with_father(child) for child in children)


def with_father(child: Child) -> bool:
    """Say whether a child is with its father or step-father."""
    return child.born and child.arrangement == "father_stepfather"


def any_adoption(children: Sequence[Child]) -> bool:
    """Say whether at least one is adopted or being placed for adoption."""
    return any(child.group == "adoption" for child in children)


def any_on_unit(children: Sequence[Child]) -> bool:
    """Say whether at least one is with her on the Mother and Baby Unit."""
    return any(child.arrangement == "mbu_with_mother" for child in children)


def any_younger_than(children: Sequence[Child], years: int) -> bool:
    """Say whether at least one born child has not reached its birthday of `years`."""
    return any(child.age is not None and child.age < years for child in children)


def any_unborn(children: Sequence[Child]) -> bool:
    """Say whether at least one is unborn."""
    return any(not child.born for child in children)
