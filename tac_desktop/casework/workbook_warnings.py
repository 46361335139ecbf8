"""Where two columns of the case tracker speak of one thing and disagree: a warning, not an error.

Tables count from the more exact one; the other is kept as the baseline answer (workbook.md).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework.answers import Answer, text_of
from tac_desktop.casework.workbook_matching import Item

FROM_PROCEEDINGS: Final = {
    ("ongoing", "local_authority"): "current_public",
    ("ongoing", "family_member"): "current_private",
    ("ongoing", "mother"): "current_private",
    ("application_sought", ""): "seeking_private",
    ("completed", ""): "historical",
}
"""What the Family Court column ought to say, by status and by who started the proceedings ('' is anybody)."""

BANDS: Final = (
    (6, "lt_6m"),
    (12, "6_12m"),
    (36, "1_lt3y"),
    (60, "3_lt5y"),
    (121, "5_lt10y"),
)
"""Sentences of less than so many months, and their band; '5 to 10 years' includes ten."""


@dataclass(frozen=True)
class Disagreement:
    """Two columns that say different things of one mother."""

    reference: str
    row: int
    """The row of the sheet that is less exact."""
    column: str
    other: str
    """The more exact column or sheet, from which tables count."""


def disagreements(items: Iterable[Item]) -> list[Disagreement]:
    """Return what the rows of a workbook say differently in two places, in the order of the rows."""
    by_case: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        by_case[item.case][item.form].append(item)
    found = [each for case in by_case.values() for each in _of_case(case)]
    return sorted(found, key=lambda d: (d.column, d.row))


def _of_case(items: dict[str, list[Item]]) -> Iterable[Disagreement]:
    for custody in items.get("custody", ()):
        if _band_disagrees(custody):
            yield _told(custody, "Sentence length", "Sentence in months, or Life or indeterminate")
    for baseline in items.get("baseline", ()):
        if _court_disagrees(baseline, items.get("proceedings", [])):
            yield _told(baseline, "Family Court involvement", "the sheet Proceedings")
        if _unit_disagrees(baseline, items.get("placement", [])):
            yield _told(baseline, "Mother and Baby Unit", "Care arrangement at referral")
    authorities = {i.record_id: _answer(i, "local_authority") for i in items.get("childrens_social_worker", ())}
    for child in items.get("child", ()):
        own = text_of(child.answers, "local_authority")
        workers = authorities.get(text_of(child.answers, "social_worker"))
        if own and isinstance(workers, str) and workers and own != workers:
            yield _told(child, "Local authority", "the sheet Social workers")


def _told(item: Item, column: str, other: str) -> Disagreement:
    return Disagreement(item.row.reference, item.row.number, column, other)


def _answer(item: Item, name: str) -> Answer | None:
    return item.answers.get(name, item.before.answers.get(name) if item.before else None)


def _band_disagrees(custody: Item) -> bool:
    band = text_of(custody.answers, "sentence_length")
    months = custody.answers.get("sentence_months")
    if not band:
        return False
    if custody.answers.get("life_or_indeterminate") is True:
        return band != "life_indeterminate"
    if isinstance(months, bool) or not isinstance(months, int):
        return band == "life_indeterminate" and custody.answers.get("life_or_indeterminate") is False
    right = {next((name for below, name in BANDS if months < below), "10y_plus")}
    if months == 120:
        right.add("10y_plus")
    return band not in right


def _court_disagrees(baseline: Item, proceedings: list[Item]) -> bool:
    said = text_of(baseline.answers, "family_court")
    if not said or not proceedings:
        return False
    possible = set[str]()
    for each in proceedings:
        status, started_by = text_of(each.answers, "status"), text_of(each.answers, "started_by")
        possible.add(FROM_PROCEEDINGS.get((status, started_by)) or FROM_PROCEEDINGS.get((status, "")) or said)
    return said not in possible


def _unit_disagrees(baseline: Item, placements: list[Item]) -> bool:
    said = text_of(baseline.answers, "mbu_status")
    there = any(text_of(each.answers, "arrangement") == "mbu_with_mother" for each in placements)
    return bool(said and placements) and (said == "resident_at_referral") != there
