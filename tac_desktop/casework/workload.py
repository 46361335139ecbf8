"""What makes a case more work than another, in signs that can be counted, and how many of each a worker has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.allocation import professionals_round, who
from tac_desktop.casework.days import holds_on
from tac_desktop.casework.dues.referrals import WITH_THE_SERVICE
from tac_desktop.casework.family import picture
from tac_desktop.casework.record import Record, RecordsByForm

MANY_PROFESSIONALS: Final = 3
MANY_AUTHORITIES: Final = 2
SIGNS_FROM: Final = frozenset({"child", "placement", "childrens_social_worker", "proceedings"})
"""The forms on whose records the signs rest."""

Sign: TypeAlias = Literal["proceedings", "apart", "professionals", "authorities"]
SIGNS: Final[Mapping[Sign, str]] = {
    "proceedings": "Proceedings",
    "apart": "Children apart",
    "professionals": f"{MANY_PROFESSIONALS} or more professionals",
    "authorities": "Several authorities",
}
"""Needs B18: what the evaluation names as making a case complex."""


@dataclass(frozen=True)
class Load:
    """What one worker has."""

    worker: str
    """'' for the cases with which nobody is named to work."""
    open: int
    waiting: int
    children: int
    signs: Mapping[Sign, int]
    """How many of the open cases show each sign."""


@dataclass(frozen=True)
class Case:
    """One case file that counts."""

    workers: Sequence[str]
    waits: bool
    records: RecordsByForm


def signs_of(records: RecordsByForm, today: str) -> frozenset[Sign]:
    """Return the signs of complexity that a case file shows on a day.

    Args:
        records: Of the forms in `SIGNS_FROM`.
        today: ISO date.
    """
    children = records.get("child", ())
    workers = professionals_round(children, records.get("childrens_social_worker", ()), today)
    under_way = [one for one in records.get("proceedings", ()) if is_running(one, today)]
    people = {who(one) for one in workers}
    people |= {one.text(role).casefold() for one in under_way for role in ("solicitor", "guardian") if one.text(role)}
    authorities = {one.text("local_authority") for one in (*workers, *children)} - {""}
    shown: dict[Sign, bool] = {
        "proceedings": bool(under_way),
        "apart": picture(records, today).are_apart,
        "professionals": len(people) >= MANY_PROFESSIONALS,
        "authorities": len(authorities) >= MANY_AUTHORITIES,
    }
    return frozenset(sign for sign, is_shown in shown.items() if is_shown)


def is_running(proceedings: Record, day: str) -> bool:
    """Say whether proceedings had begun by a day (ISO) and are not over: some are completed without a day of it."""
    period = (proceedings.text("started"), proceedings.text("ended"))
    return holds_on(period, day) and proceedings.text("status") != "completed"


def loads(cases: Iterable[Case], today: str) -> list[Load]:
    """Return what each worker has, by name; last what nobody is named for. A case that two share counts for both."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        for worker in case.workers or ("",):
            found.setdefault(worker, []).append(case)
    return [
        _load(worker, found[worker], today) for worker in sorted(found, key=lambda name: (not name, name.casefold()))
    ]


def _load(worker: str, cases: Sequence[Case], today: str) -> Load:
    at_work = [case for case in cases if not case.waits]
    shown = [signs_of(case.records, today) for case in at_work]
    children = sum(len(case.records.get("child", ())) for case in at_work)
    counted: dict[Sign, int] = {sign: sum(1 for signs in shown if sign in signs) for sign in SIGNS}
    return Load(worker, len(at_work), len(cases) - len(at_work), children, counted)


def is_exception(referral: Record) -> bool:
    """Say whether a mother was taken on though no social worker was allocated to her children (needs A11)."""
    if referral.answers.get("exception") is True:
        return True
    without = referral.answers.get("social_worker_allocated") is False
    return without and referral.text("pathway") in WITH_THE_SERVICE
