"""The tables of the second interim report on prison staff, practitioners and mothers' questionnaires."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from tac_desktop.casework.answers import Answer, NotKnown
from tac_desktop.casework.evaluation.evidence import SURVEYS, Evidence, Questionnaire, practitioner_year
from tac_desktop.casework.evaluation.headings import (
    by_answer,
    by_prison,
    by_prison_and_total,
    crossed,
    fixed,
    joined,
    keys,
    total,
    worded,
)
from tac_desktop.casework.evaluation.survey_tables import item_tables
from tac_desktop.casework.evaluation.table import Heading, Headings, Table
from tac_desktop.casework.record import Record

SEND_FIRST: Final = ("SEND", "EP")
YEARS: Final = {"Y1": "Year 1", "Y2": "Year 2"}
STAFF: Final = ("staff_survey",)

ROLES: Final = {"management": "Management/leadership role", "frontline": "Frontline role"}
ROLES_OF_ROWS: Final = {"management": "Management/leadership roles", "frontline": "Frontline roles"}
POSTS: Final = {"frontline": "Frontline post", "management": "Management / leadership post"}
PRACTITIONERS: Final = ("childrens_guardian", "parent_advocate", "school_lead", "social_worker", "solicitor")
FREQUENCIES: Final = ("daily", "weekly", "monthly", "less_than_monthly")
PURPOSES: Final = ("sent_referral", "advice", "service_updates", "case_discussion", "co_worked")
DEPARTMENTS: Final = {"leader": "Leader/manager", "omu": "OMU staff", "other": "Other frontline role"}


def _staff(evidence: Evidence) -> Sequence[Record]:
    return evidence.staff


def _prison(response: Record) -> str:
    return response.text("prison")


def _said(field: str) -> Callable[[Record], Answer | None]:
    return lambda response: response.answers.get(field)


def _department(response: Record) -> Answer | None:
    """Return the group of a department: every other one than management and OMU is frontline."""
    department = response.answers.get("department")
    groups = {"leader_manager": "leader", "omu": "omu"}
    return groups.get(department, "other") if isinstance(department, str) else department


def _answered(field: str) -> Callable[[Evidence], Sequence[Record]]:
    return lambda evidence: [r for r in evidence.staff if isinstance(r.answers.get(field), str | int)]


def _with_numbers(evidence: Evidence, units: Sequence[Record]) -> Sequence[Heading[Record]]:
    columns = by_prison_and_total(_prison, SEND_FIRST)(evidence, units)
    return [Heading(c.key, f"{c.label} (n={sum(map(c.count, units))})", c.count) for c in columns]


def _given(field: str, labels: dict[str, str]) -> Headings[Record]:
    read = _said(field)
    return fixed(*(Heading[Record](key, text, lambda r, key=key: int(key in keys(read(r))))
                   for key, text in labels.items()))  # fmt: skip


STAFF_PROFILE = Table(
    id="R2.T8", title="Profile of prison staff who submitted a valid questionnaire", unit="staff", units=_staff,
    base_rule="valid responses", columns=by_prison_and_total(_prison, SEND_FIRST), needs=STAFF,
    rows=joined(by_answer(_said("role_level"), ROLES), total(text="Total respondents")),
)  # fmt: skip

CONTACT_FREQUENCY = Table(
    id="R2.T9", title="Reported contact frequency between prison staff and the TaC social worker", unit="staff",
    base_rule="percentages of all valid responses", units=_staff, needs=STAFF, share="all",
    columns=joined(by_answer(_said("role_level"), POSTS), total("TOTAL", "Total (with %)")),
    rows=joined(
        by_answer(_said("contact_frequency"), worded("staff_contact_frequency", FREQUENCIES)), total(),
    ),
)  # fmt: skip

CONTACT_PURPOSE = Table(
    id="R2.T10", title="Purpose of contact between prison staff and the TaC social worker", unit="staff",
    base_rule="valid responses; several purposes each", units=_staff, columns=_with_numbers, multiple_response=True,
    rows=by_answer(_said("contact_purposes"), worded("staff_contact_purpose", PURPOSES)), needs=STAFF,
)  # fmt: skip

ACCT = Table(
    id="R2.T11", title="Reported involvement of the TaC social worker in the ACCT process", unit="staff",
    base_rule="valid responses that answered", units=_answered("acct_involvement"), needs=STAFF, based=False,
    columns=_given("acct_involvement", {"yes": "Yes", "no": "No"}),
    rows=joined(
        crossed(by_answer(_said("role_level"), ROLES_OF_ROWS), by_prison(_prison, SEND_FIRST)), total(),
    ),
)  # fmt: skip

QUALIFICATION = Table(
    id="R2.T12", title="Responses regarding level of qualification for the role", unit="staff", based=False,
    base_rule="valid responses that answered", units=_answered("qualification_view"), needs=STAFF,
    columns=_given("qualification_view", worded("staff_qualification_view", ("qualified", "does_not_matter"))),
    rows=joined(crossed(by_prison(_prison, SEND_FIRST), by_answer(_department, DEPARTMENTS)), total()),
)  # fmt: skip

PRACTITIONERS_ROLES = Table(
    id="R2.T13", title="Participant overview for community practitioner survey", unit="practitioners", based=False,
    base_rule="responses by year of receipt", units=lambda evidence: evidence.practitioners,
    columns=by_answer(lambda r: practitioner_year(r) or NotKnown(), YEARS), whole_service=True,
    needs=("practitioner_survey",),
    rows=joined(
        by_answer(_said("role"), worded("practitioner_role", PRACTITIONERS), "practitioner_role"), total(),
    ),
)  # fmt: skip


def _completed(evidence: Evidence) -> Sequence[Questionnaire]:
    return [questionnaire for questionnaire in evidence.questionnaires if questionnaire.complete]


WAVES: Final = {"T1": "Intervention start (T1)", "T2": "6-month follow up (T2)"}

RESPONSES = Table(
    id="R2.T14r", title="Responses received for survey completed by mothers", unit="questionnaires", units=_completed,
    base_rule="completed questionnaires", columns=by_answer(lambda q: q.wave, WAVES), based=False,
    rows=joined(by_answer(lambda q: q.year or NotKnown(), YEARS), total(text="Total questionnaires from mothers")),
    needs=tuple(SURVEYS.values()),
)  # fmt: skip

SURVEY_TABLES: Final[tuple[Table[Any], ...]] = (
    STAFF_PROFILE, CONTACT_FREQUENCY, CONTACT_PURPOSE, ACCT, QUALIFICATION, PRACTITIONERS_ROLES, RESPONSES,
    *item_tables(2),
)  # fmt: skip
"""In the order of the report."""
