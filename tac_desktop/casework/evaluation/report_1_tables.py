"""The tables of the first interim report (June 2022)."""

from typing import Any, Final

from tac_desktop.casework.evaluation import profile
from tac_desktop.casework.evaluation.case import Case, of_baseline, of_custody, of_mother
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.headings import (
    by_answer,
    by_prison_and_total,
    by_quarter,
    joined,
    total,
    worded,
)
from tac_desktop.casework.evaluation.survey_tables import item_tables
from tac_desktop.casework.evaluation.table import Table


def cases(evidence: Evidence) -> tuple[Case, ...]:
    """Return all cases that are counted."""
    return tuple(evidence.cases)


def prison_of(case: Case) -> str:
    """Return the prison of a case."""
    return case.prison


OFFENCES: Final = (
    "assault_wounding", "breach_order", "burglary_robbery_theft", "child_sexual", "driving", "drugs", "fraud", "murder",
    "neglect_abuse", "perverting_justice",
)  # fmt: skip
NEEDS: Final = (
    "contact", "communication_csc", "pre_release", "family_court", "adoption_transition", "maintain_placement",
    "rights_outcome",
)  # fmt: skip
WORKER_NEEDS: Final = (
    "contact_agreement", "working_relationships", "collaborative_plan_csc", "legal_engagement", "educate_transparency",
    "support_release", "family_carers", "maternal_identity", "additional_support_dv", "life_story_work",
)  # fmt: skip
QUARTERS: Final = {
    "PRE": "Pre Year 1 Q0", "Y1Q1": "Year 1 Q1", "Y1Q2": "Year 1 Q2", "Y1Q3": "Year 1 Q3", "Y1Q4": "Year 1 Q4",
    "Y2Q1": "Year 2 Q5",
}  # fmt: skip

KNOWN_AS_CHILD = Table(
    id="R1.T1", title="Mothers accessing TaC who were known to social services or in care as a child", unit="mothers",
    base_rule="all mothers of the column; not known stays in the base", units=cases,
    columns=by_prison_and_total(prison_of), share="column",
    rows=joined(
        by_answer(of_mother("known_as_child"), {"yes": "Yes", "not_known": "Not Known", "no": "No"}, "known_as_child"),
        total(),
    ),
)  # fmt: skip

OFFENCE = Table(
    id="R1.T2", title="Offence profile of mothers accessing TaC", unit="mothers",
    base_rule="all mothers, one main offence each", units=cases, columns=total("TOTAL", "n / %"), share="column",
    rows=joined(
        by_answer(of_custody("offence_category"), worded("offence_category", OFFENCES), "offence_category"), total(),
    ),
    whole_service=True,
)  # fmt: skip

START = Table(
    id="R1.T3", title="Period of reported start", unit="mothers",
    base_rule="start = day of the first meeting or professional contact", units=cases, based=False,
    columns=joined(by_quarter(lambda case: case.first_meeting, QUARTERS), total("TOTAL")),
    rows=by_prison_and_total(prison_of, text="Total per time period"),
)  # fmt: skip

MOTHERS_NEEDS = Table(
    id="R1.L1", title="Needs reported by mothers at start of intervention", unit="mothers", multiple_response=True,
    base_rule="all mothers; several answers each", units=cases, columns=total("TOTAL", "n"),
    rows=by_answer(profile.needs, worded("self_identified_need", NEEDS), "self_identified_need"),
)  # fmt: skip

SOCIAL_WORKERS_NEEDS = Table(
    id="R1.L2", title="Needs identified by the TaC Social Worker", unit="mothers", multiple_response=True,
    base_rule="all mothers; several answers each", units=cases, columns=total("TOTAL", "n"),
    rows=by_answer(of_baseline("worker_needs"), worded("sw_identified_need", WORKER_NEEDS), "sw_identified_need"),
)  # fmt: skip

TABLES: Final[tuple[Table[Any], ...]] = (
    KNOWN_AS_CHILD, OFFENCE, START, *item_tables(1), MOTHERS_NEEDS, SOCIAL_WORKERS_NEEDS,
)  # fmt: skip
"""In the order of the report."""
