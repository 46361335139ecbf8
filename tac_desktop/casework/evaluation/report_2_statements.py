"""The statements of the second interim report (May 2023)."""

from collections import Counter
from typing import Final

from tac_desktop.casework.evaluation import arithmetic, children, course, profile
from tac_desktop.casework.evaluation.case import Case, of_baseline, of_custody, of_mother
from tac_desktop.casework.evaluation.children import Child
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.profile import answers, is_known, is_not_known, met_challenge, names_need
from tac_desktop.casework.evaluation.report_1_statements import SINGLE, on_unit, several_children, siblings_apart
from tac_desktop.casework.evaluation.report_2_staff import STAFF_STATEMENTS
from tac_desktop.casework.evaluation.statement import (
    Figure,
    Statement,
    Value,
    cases_of,
    mothers,
    number,
    number_of_mothers,
    share,
    to_one_decimal,
    valued,
)
from tac_desktop.casework.evaluation.survey_statements import mothers_survey, practitioner_items

FORMS_SINCE: Final = "2022-07-01"
"""From this day the second report counts the tracker forms that came in."""
NAMED_AUTHORITIES: Final = ("devon", "oxfordshire", "bridgend")
"""The local authorities that the report names because many mothers come from them."""

_ethnicity = of_mother("ethnicity")
_relationship = of_mother("relationship_status")
_child_related = of_custody("child_related_offence")
_UNIT_ONLY: Final = ("not_applicable", "resident_at_referral")


def _source(source: str) -> profile.Holds:
    return lambda case: course.first_source(case) == source


def _all_children(evidence: Evidence) -> list[Child]:
    return [child for case in evidence.cases for child in case.children]


def _children_with_father(evidence: Evidence) -> Figure:
    counted = _all_children(evidence)
    return share(counted, counted, children.with_father)


def _returned(evidence: Evidence) -> Figure:
    """Return how many came back; the report speaks of Eastwood Park, where women are remanded and bailed."""
    counted = cases_of(evidence, "EP")
    return to_one_decimal(share(counted, counted, lambda case: bool(course.reopenings(case))))


def _tracker_forms(evidence: Evidence) -> int:
    returns = (r for case in evidence.cases for r in case.of("tracker_return"))
    return sum(r.text("received") >= FORMS_SINCE for r in returns)


def _common_authorities(evidence: Evidence) -> int:
    return len(profile.authorities(cases_of(evidence, "EP")) & profile.authorities(cases_of(evidence, "SEND")))


def _most_from_another_authority(evidence: Evidence) -> int:
    of_mothers = Counter(a for case in evidence.cases for a in profile.authorities([case]))
    return max((n for authority, n in of_mothers.items() if authority not in NAMED_AUTHORITIES), default=0)


def _unit_statuses(evidence: Evidence) -> Value:
    statuses = Counter(of_baseline("mbu_status")(case) for case in evidence.cases)
    return {str(code): n for code, n in sorted(statuses.items(), key=str)
            if isinstance(code, str) and code not in _UNIT_ONLY}  # fmt: skip


def _new_per_quarter(evidence: Evidence) -> Value:
    """Return the mean number of referrals in each quarter that is over, by prison; None where none is."""
    now = arithmetic.quarter(evidence.as_of)
    over = [q for q in ("Y1Q4", "Y2Q1", "Y2Q2", "Y2Q3", "Y2Q4", "Y3Q1") if q < now]
    return {
        prison: arithmetic.mean([
            sum(bool(case.referred) and arithmetic.quarter(case.referred) == q for case in cases_of(evidence, prison))
            for q in over
        ])
        for prison in evidence.prisons
    }  # fmt: skip


def _fathers(evidence: Evidence) -> Value:
    """Return mothers and children side by side: the report's summary and body speak of one as if it were the other."""
    return {
        "mothers": sum(children.all_with_father(case.children) for case in evidence.cases),
        "children": sum(map(children.with_father, _all_children(evidence))),
    }


def _in_court(case: Case) -> bool:
    return bool(profile.court_now(case).standing)


def _current_or_seeking(case: Case) -> bool:
    return profile.court_now(case).standing in ("ongoing", "application_sought")


WHO: Final = (
    number_of_mothers("R2.cases", "Women the service works with"),
    number_of_mothers("R2.cases.EP", "Women at HMP Eastwood Park", prison="EP"),
    number_of_mothers("R2.cases.SEND", "Women at HMP Send", prison="SEND"),
    number("R2.tracker_forms", "Tracker forms received since July 2022", _tracker_forms),
    number_of_mothers("R2.open", "Open cases", course.is_open),
    number_of_mothers("R2.closed_analysed", "Closed cases whose report was analysed", course.analysed),
    *(
        mothers(f"R2.{code}", text, answers(_ethnicity, code), among=is_known(_ethnicity),
                unknown=is_not_known(_ethnicity))
        for code, text in (
            ("white_british", "White British, of those whose ethnicity is known"),
            ("gypsy_irish_traveller", "Gypsy or Irish Traveller, of those whose ethnicity is known"),
            ("black", "Black, of those whose ethnicity is known"),
        )
    ),
    mothers("R2.age_30_39", "Aged 30 to 39", profile.aged(30, 39), unknown=is_not_known(profile.age)),
    mothers("R2.known_child_yes", "Known to social services or in care as a child",
            answers(of_mother("known_as_child"), "yes"), unknown=is_not_known(of_mother("known_as_child"))),
    mothers("R2.single_separated", "Single or separated", answers(_relationship, *SINGLE),
            unknown=is_not_known(_relationship)),
)  # fmt: skip

REFERRALS: Final = (
    mothers("R2.self_referral.EP", "Referred herself, HMP Eastwood Park", _source("self"), prison="EP"),
    mothers("R2.self_referral.SEND", "Referred herself, HMP Send", _source("self"), prison="SEND"),
    mothers("R2.omu.SEND", "Referred by the Offender Management Unit, HMP Send", _source("omu_pom"), prison="SEND"),
    mothers("R2.omu.EP", "Referred by the Offender Management Unit, HMP Eastwood Park", _source("omu_pom"),
            prison="EP"),
    mothers("R2.childrens_sw", "Referred by a children’s social worker", _source("childrens_sw")),
)  # fmt: skip

AUTHORITIES: Final = (
    number_of_mothers("R2.sw_at_least_one", "At least one children’s social worker", profile.has_social_worker),
    mothers("R2.sw_at_least_one_pct", "At least one children’s social worker", profile.has_social_worker),
    number("R2.la_total", "Local authorities", lambda e: len(profile.authorities(e.cases))),
    number("R2.la.SEND", "Local authorities, HMP Send", lambda e: len(profile.authorities(cases_of(e, "SEND"))),
           prison="SEND"),
    number("R2.la.EP", "Local authorities, HMP Eastwood Park", lambda e: len(profile.authorities(cases_of(e, "EP"))),
           prison="EP"),
    number("R2.la_common", "Local authorities of both prisons", _common_authorities, whole_service=True),
    number_of_mothers("R2.la_devon", "Mothers from Devon", profile.from_authority("devon")),
    number_of_mothers("R2.la_oxfordshire_ep", "Mothers from Oxfordshire, HMP Eastwood Park",
                      profile.from_authority("oxfordshire"), prison="EP"),
    number_of_mothers("R2.la_bridgend", "Mothers from Bridgend", profile.from_authority("bridgend")),
    number("R2.la_max_other", "Most mothers from one other local authority", _most_from_another_authority),
)  # fmt: skip

CHILDREN: Final = (
    mothers("R2.child_related.SEND", "Offence linked to harm to a child, HMP Send",
            answers(_child_related, "own_child", "other_child"), prison="SEND", unknown=is_not_known(_child_related)),
    mothers("R2.child_related.EP", "Offence linked to harm to a child, HMP Eastwood Park",
            answers(_child_related, "own_child", "other_child"), prison="EP", unknown=is_not_known(_child_related)),
    mothers("R2.all_family", "All children in family or kinship care",
            lambda case: children.all_in_family(case.children)),
    number_of_mothers("R2.all_father", "All children with their father",
                      lambda case: children.all_with_father(case.children)),
    Statement(id="R2.children_with_father", label="Children with their father, of all children",
              figure=_children_with_father),
    mothers("R2.any_adoption", "At least one child adopted or being placed for adoption",
            lambda case: children.any_adoption(case.children)),
    number_of_mothers("R2.multi_child", "More than one child under 18", several_children),
    mothers("R2.siblings_separated", "Siblings living separately, of mothers with more than one child", siblings_apart,
            among=several_children),
    number_of_mothers("R2.unborn_under_two", "A child unborn or under two", profile.has_infant),
    number_of_mothers("R2.unborn_under_two.EP", "A child unborn or under two, HMP Eastwood Park", profile.has_infant,
                      prison="EP"),
    number_of_mothers("R2.mbu_resident", "With a child on the Mother and Baby Unit at referral", on_unit),
    number_of_mothers("R2.mbu_need", "Placement on the Mother and Baby Unit identified as a need",
                      profile.worker_names_need("mbu_placement")),
    valued("R2.mbu_status", "Applications for the Mother and Baby Unit, by status", _unit_statuses),
)  # fmt: skip

COURT: Final = (
    mothers("R2.fc_any", "Involved with the Family Court, now or before, or seeking an application", _in_court),
    number_of_mothers("R2.fc_public", "Proceedings started by a local authority", profile.public_law),
    number_of_mothers("R2.fc_private", "Seeking an application because a family member restricts contact",
                      lambda case: profile.court_now(case).standing == "application_sought"),
    mothers("R2.fc_current_seeking.SEND", "In proceedings or seeking an application, HMP Send", _current_or_seeking,
            prison="SEND"),
    mothers("R2.fc_current_seeking.EP", "In proceedings or seeking an application, HMP Eastwood Park",
            _current_or_seeking, prison="EP"),
    mothers("R2.fc_completed_majority.SEND", "Proceedings completed, HMP Send",
            lambda case: profile.court_now(case).standing == "completed", prison="SEND"),
)  # fmt: skip

WORK: Final = (
    mothers("R2.need_contact_pct", "Named contact with her children as a need", names_need("contact")),
    mothers("R2.need_comm_pct", "Named communication with children’s social care as a need",
            names_need("communication_csc")),
    mothers("R2.need_fc_pct.EP", "Named the Family Court as a need, HMP Eastwood Park", names_need("family_court"),
            prison="EP"),
    mothers("R2.need_fc_pct.SEND", "Named the Family Court as a need, HMP Send", names_need("family_court"),
            prison="SEND"),
    Statement(id="R2.returned", label="Opened again after a return, HMP Eastwood Park", figure=_returned, prison="EP"),
    number("R2.returned_self_referred", "Re-referrals that were the mother’s own",
           lambda e: sum(map(course.self_referrals_back, e.cases))),
    number_of_mothers("R2.acct", "Supported in an ACCT process", met_challenge("acct", supported=True)),
    mothers("R2.domestic_abuse", "Ongoing domestic abuse", met_challenge("domestic_abuse_ongoing")),
    mothers("R2.r1_still_open_pct", "Cases of the first report still open", course.is_open,
            among=lambda case: case.cohort == "R1"),
    valued("R2.new_per_quarter", "New referrals in a quarter, mean since January 2022", _new_per_quarter),
)  # fmt: skip

STATEMENTS_2: Final[tuple[Statement, ...]] = (
    *WHO, *REFERRALS, *AUTHORITIES, *CHILDREN, *COURT, *WORK, *mothers_survey(2), *STAFF_STATEMENTS,
    practitioner_items("R2.practitioner_items"),
    valued("R2.father_exec_vs_body", "With their father: mothers with all their children, and children", _fathers),
)  # fmt: skip
"""In the order of the report."""
