"""The tables of the second interim report (May 2023) on cases; those on surveys stand in `report_2_surveys`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation import course, profile
from tac_desktop.casework.evaluation.arithmetic import collection_year, month_of
from tac_desktop.casework.evaluation.case import Case
from tac_desktop.casework.evaluation.evidence import Evidence, practitioner_year
from tac_desktop.casework.evaluation.headings import (
    SHORT,
    by_answer,
    by_prison,
    by_prison_and_total,
    by_quarter,
    joined,
    total,
    worded,
)
from tac_desktop.casework.evaluation.report_1_tables import cases, prison_of
from tac_desktop.casework.evaluation.report_2_surveys import SURVEY_TABLES
from tac_desktop.casework.evaluation.table import Heading, Table

SEND_FIRST: Final = ("SEND", "EP")

QUARTERS: Final = ("PRE", "Y1Q1", "Y1Q2", "Y1Q3", "Y1Q4", "Y2Q1", "Y2Q3", "Y2Q2", "Y2Q4", "Y3Q1")
"""In the printed order, with Q3 before Q2."""
NEEDS: Final = (
    "contact", "communication_csc", "family_court", "adoption_transition", "rights_outcome", "pre_release",
    "maintain_placement", "mbu_place", "safeguarding_concern",
)  # fmt: skip
OUTCOMES: Final = (
    "facilitated_la_sw", "legal_process", "child_updates", "mentoring_release", "improved_contact", "advocacy",
    "child_issues", "family_liaison", "assessments", "life_story",
)  # fmt: skip
BARRIERS: Final = (
    "la_sw_access", "short_stay", "staff_perspective", "unexpected_transfer", "public_protection", "virtual_meetings",
    "family_engagement", "court_timescales", "video_link", "visit_space", "accommodation",
)  # fmt: skip
COLLECTED: Final = tuple(code.code for code in code_list("evaluation_activity").codes)

YEARS: Final = {"Y1": "Year 1", "Y2": "Year 2"}


@dataclass(frozen=True)
class Item:
    """Something that was collected: its kind, a code of the list 'evaluation_activity', and its year ('' unknown)."""

    kind: str
    year: str


def collected(evidence: Evidence) -> Sequence[Item]:
    """Return all that was collected: cases by cohort, completed and valid surveys, interview rounds, activities."""
    cohorts = {"R1": "Y1", "Y2": "Y2"}
    return (
        *(Item("case_tracker", cohorts[case.cohort]) for case in evidence.cases if case.cohort),
        *(Item(f"survey_mother_{q.wave.lower()}", q.year) for q in evidence.questionnaires if q.complete),
        *(Item("survey_staff", collection_year(r.text("received"))) for r in evidence.staff),
        *(Item("survey_practitioner", practitioner_year(r)) for r in evidence.practitioners),
        *_activities(evidence),
    )


_COUNTED_ELSEWHERE: Final = frozenset({
    "case_tracker", "survey_mother_t1", "survey_mother_t2", "survey_staff", "survey_practitioner",
})  # fmt: skip


def _activities(evidence: Evidence) -> Iterator[Item]:
    """Yield the activities; interviews of one round with several social workers are one item."""
    rounds = set[tuple[str, object]]()
    for record in evidence.of("evaluation_activity"):
        kind, year = record.text("activity"), collection_year(record.text("date"))
        if kind == "interview_tac_sw":
            number = record.answers.get("round")
            rounds.add((year, number if isinstance(number, int) else record.id))
        elif kind not in _COUNTED_ELSEWHERE:
            yield Item(kind, year)
    yield from (Item("interview_tac_sw", year) for year, _ in rounds)


DATA_COLLECTED = Table(
    id="R2.T1", title="Summary of data collected", unit="items", units=collected, based=False,
    base_rule="case trackers are cases by cohort, interviews with social workers are rounds; surveys are completed "
              "questionnaires and valid responses",
    columns=joined(by_answer(lambda item: item.year or NotKnown(), YEARS), total("TOTAL")),
    rows=by_answer(lambda item: item.kind, worded("evaluation_activity", COLLECTED)),
    whole_service=True, needs=("mothers_survey_t2", "staff_survey", "practitioner_survey", "evaluation_activity"),
)  # fmt: skip


def _of_cohort(name: str, counted: profile.Holds) -> profile.Holds:
    return lambda case: case.cohort == name and counted(case)


def _progression(evidence: Evidence, units: Sequence[Case]) -> Sequence[Heading[Case]]:
    del units
    day = month_of(evidence.as_of)
    return (
        Heading("cases", "Report 1 cases: (April 2021 – June 2022)", profile.everyone),
        Heading("closed", "Report 1 cases closed (with %)", course.ever_closed),
        Heading("rereferrals", "Re-referrals", lambda case: len(course.reopenings(case))),
        Heading("reclosed", "Closures of re-referrals", course.closed_again),
        Heading("open", f"Report 1 cases remaining open at {day} (with %)", course.is_open),
    )


PROGRESSION = Table(
    id="R2.T2", title="Progression of Year 1 cases", unit="mothers", based=False,
    base_rule="percentages of the row's cases; re-referrals and their closures are events",
    units=lambda evidence: [case for case in evidence.cases if case.cohort == "R1"], columns=_progression,
    rows=by_prison_and_total(prison_of, SEND_FIRST), share="row", shared=("closed", "open"),
)  # fmt: skip


def _year_2(evidence: Evidence, units: Sequence[Case]) -> Sequence[Heading[Case]]:
    del units
    day = month_of(evidence.as_of)
    open_y1, open_y2 = _of_cohort("R1", course.is_open), _of_cohort("Y2", course.is_open)
    return (
        Heading("new", "New cases in Year 2 (July 2022 – May 2023)", _of_cohort("Y2", profile.everyone)),
        Heading("closed", "Year 2 cases closed", _of_cohort("Y2", course.ever_closed)),
        Heading("reopened", "Year 2 cases re-opened due to return to prison",
                lambda case: course.returns_to_prison(case) if case.cohort == "Y2" else 0),
        Heading("open_y2", f"Year 2 cases open at {day}", open_y2),
        Heading("open_y1", f"Year 1 cases remaining open at {day}", open_y1),
        Heading("open_total", f"Total cases open at {day}", lambda case: open_y1(case) or open_y2(case)),
    )  # fmt: skip


YEAR_2 = Table(
    id="R2.T3", title="Year 2 cases", unit="mothers", based=False,
    base_rule="cases of the cohort; re-openings are events", units=cases, columns=_year_2,
    rows=by_prison_and_total(prison_of, SEND_FIRST),
)  # fmt: skip

START = Table(
    id="R2.T4", title="Intervention start date for the {n} cases", unit="mothers",
    base_rule="start = day of the first referral", units=cases, based=False,
    columns=joined(
        by_quarter(lambda case: case.referred, worded("project_quarter", QUARTERS, "report2_label")), total("TOTAL")
    ),
    rows=by_prison(prison_of, names=SHORT),
)  # fmt: skip

MOTHERS_NEEDS = Table(
    id="R2.T5", title="Self-identified needs of mothers", unit="mothers", multiple_response=True,
    base_rule="all mothers; several answers each", units=cases, columns=by_prison_and_total(prison_of),
    rows=by_answer(
        profile.needs, worded("self_identified_need", NEEDS, "report2_label"), "self_identified_need", "report2_label"
    ),
)  # fmt: skip


def analysed_cases(evidence: Evidence) -> Sequence[Case]:
    """Return the closed cases whose closure report has been coded."""
    return [case for case in evidence.cases if course.analysed(case)]


def _themes(number: int, field: str, title: str, codes: str, published: Sequence[str]) -> Table[Case]:
    return Table(
        id=f"R2.T{number}", title=title, unit="closed cases", multiple_response=True,
        base_rule="closed cases whose closure report was analysed; several themes each", units=analysed_cases,
        columns=by_prison_and_total(prison_of, names=SHORT),
        rows=by_answer(partial(course.themes, field=field), worded(codes, published), codes),
    )  # fmt: skip


TABLES: Final[tuple[Table[Any], ...]] = (
    DATA_COLLECTED, PROGRESSION, YEAR_2, START, MOTHERS_NEEDS,
    _themes(6, "outcomes", "Outcomes of {n} closed cases based on thematic analysis of TaC social worker reports",
            "outcome", OUTCOMES),
    _themes(7, "barriers", "Barriers identified by TaC social workers on {n} closed cases", "barrier", BARRIERS),
    *SURVEY_TABLES,
)  # fmt: skip
"""In the order of the report."""
