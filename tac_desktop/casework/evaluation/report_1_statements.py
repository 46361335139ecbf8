"""The statements of the first interim report (June 2022)."""

from typing import Final

from tac_desktop.casework.evaluation import children, course, profile
from tac_desktop.casework.evaluation.case import Case, of_custody, of_mother
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.profile import (
    answers,
    has_social_workers,
    is_known,
    is_not_known,
    names_need,
)
from tac_desktop.casework.evaluation.statement import (
    Figure,
    Statement,
    Value,
    cases_of,
    mothers,
    number,
    number_of_mothers,
    valued,
)
from tac_desktop.casework.evaluation.survey_statements import (
    PRACTITIONERS,
    heard_from,
    mothers_survey,
    practitioner_items,
)

SINGLE: Final = ("single", "separated")
COUPLE: Final = ("married", "in_relationship")

_ethnicity = of_mother("ethnicity")
_relationship = of_mother("relationship_status")
_known_as_child = of_mother("known_as_child")
_first_time = of_custody("first_time_in_prison")
_child_related = of_custody("child_related_offence")


def _has_children(least: int, most: int) -> profile.Holds:
    return lambda case: least <= len(case.children) <= most


def several_children(case: Case) -> bool:
    """Say whether she has more than one child."""
    return children.has_several(case.children)


def siblings_apart(case: Case) -> bool:
    """Say whether her children live in two or more households."""
    return children.live_apart(case.children)


def on_unit(case: Case) -> bool:
    """Say whether a child was with her on the Mother and Baby Unit when she was referred."""
    return children.any_on_unit(case.children)


def _stood(*standings: str) -> profile.Holds:
    return lambda case: profile.court_at_referral(case) in standings


def _authorities_by_prison(evidence: Evidence) -> Value:
    return {prison: len(profile.authorities(cases_of(evidence, prison))) for prison in evidence.prisons}


def _caseload(evidence: Evidence) -> Figure:
    """Return the open cases and, because the report prints a range, the fewest and most of the quarter: '18-19'."""
    counted = cases_of(evidence, "EP")
    fewest, most = course.caseload_range(counted, evidence.as_of)
    return Figure(n=sum(map(course.is_open, counted)), value=f"{fewest}-{most}" if fewest < most else str(most))


WHO: Final = (
    number_of_mothers("R1.cases", "Women the service works with"),
    number_of_mothers("R1.cases.EP", "Women at HMP Eastwood Park", prison="EP"),
    number_of_mothers("R1.cases.SEND", "Women at HMP Send", prison="SEND"),
    mothers("R1.age_30_34", "Aged 30 to 34", profile.aged(30, 34), unknown=is_not_known(profile.age)),
    mothers("R1.white_british", "White British, of those whose ethnicity is known",
            answers(_ethnicity, "white_british"), among=is_known(_ethnicity), unknown=is_not_known(_ethnicity)),
    mothers("R1.single_separated", "Single or separated", answers(_relationship, *SINGLE),
            unknown=is_not_known(_relationship)),
    mothers("R1.married_relationship", "Married or in a relationship", answers(_relationship, *COUPLE),
            unknown=is_not_known(_relationship)),
    mothers("R1.known_child_yes", "Known to social services or in care as a child", answers(_known_as_child, "yes"),
            unknown=is_not_known(_known_as_child)),
    mothers("R1.known_child_nk", "Not known whether known to social services or in care as a child",
            profile.is_state(_known_as_child)),
    number("R1.la_total", "Local authorities", lambda e: len(profile.authorities(e.cases))),
    valued("R1.la_per_prison", "Local authorities by prison", _authorities_by_prison),
    number("R1.la_wales", "Local authorities in Wales",
           lambda e: sum(map(profile.is_welsh, profile.authorities(e.cases)))),
)  # fmt: skip

CUSTODY: Final = (
    mothers("R1.sentenced", "Sentenced, of all mothers", profile.is_sentenced),
    mothers("R1.sentence_3y_plus", "Serving three years or more, of those placed in the sentence profile",
            lambda case: profile.sentence(case) == "three_years_or_more", among=profile.in_sentence_profile,
            unknown=lambda case: not profile.in_sentence_profile(case)),
    mothers("R1.remand", "On remand, of those placed in the sentence profile",
            lambda case: profile.sentence(case) == "remand", among=profile.in_sentence_profile),
    mothers("R1.recall", "On recall, of those placed in the sentence profile",
            lambda case: profile.sentence(case) == "recall", among=profile.in_sentence_profile),
    number("R1.remand_outside_ep", "On remand elsewhere than at HMP Eastwood Park",
           lambda e: sum(profile.sentence(case) == "remand" and case.prison != "EP" for case in e.cases),
           whole_service=True),
    mothers("R1.first_time.EP", "In prison for the first time, HMP Eastwood Park", answers(_first_time, "yes"),
            prison="EP", unknown=is_not_known(_first_time)),
    mothers("R1.first_time.SEND", "In prison for the first time, HMP Send", answers(_first_time, "yes"),
            prison="SEND", unknown=is_not_known(_first_time)),
    mothers("R1.child_related_own", "Offence linked to her own children", answers(_child_related, "own_child"),
            unknown=is_not_known(_child_related)),
)  # fmt: skip

CHILDREN: Final = (
    mothers("R1.one_child", "One child under 18", _has_children(1, 1)),
    mothers("R1.two_children", "Two children under 18", _has_children(2, 2)),
    mothers("R1.three_plus_children", "Three or more children under 18", _has_children(3, 99)),
    number_of_mothers("R1.multi_child", "More than one child under 18", several_children),
    mothers("R1.siblings_separated", "Siblings living separately, of mothers with more than one child", siblings_apart,
            among=several_children),
    mothers("R1.siblings_separated.SEND", "Siblings living separately, HMP Send", siblings_apart,
            among=several_children, prison="SEND"),
    mothers("R1.siblings_separated.EP", "Siblings living separately, HMP Eastwood Park", siblings_apart,
            among=several_children, prison="EP"),
    number_of_mothers("R1.mbu_resident", "With a child on the Mother and Baby Unit at referral", on_unit),
    mothers("R1.ep_child_2_or_under", "A born child aged 2 or under, HMP Eastwood Park",
            lambda case: children.any_younger_than(case.children, 3), prison="EP"),
)  # fmt: skip

PROFESSIONALS: Final = (
    number_of_mothers("R1.sw_none", "No children’s social worker", has_social_workers(0)),
    mothers("R1.sw_one", "One children’s social worker", has_social_workers(1)),
    mothers("R1.sw_two", "Two children’s social workers", has_social_workers(2)),
    number_of_mothers("R1.fc_ongoing", "Family Court proceedings ongoing at referral", _stood("ongoing")),
    number_of_mothers("R1.fc_ongoing.EP", "Ongoing at referral, HMP Eastwood Park", _stood("ongoing"), prison="EP"),
    number_of_mothers("R1.fc_ongoing.SEND", "Ongoing at referral, HMP Send", _stood("ongoing"), prison="SEND"),
    number_of_mothers("R1.fc_historical", "Family Court proceedings completed at referral", _stood("completed")),
    number_of_mothers("R1.fc_historical.EP", "Completed at referral, HMP Eastwood Park", _stood("completed"),
                      prison="EP"),
    number_of_mothers("R1.fc_historical.SEND", "Completed at referral, HMP Send", _stood("completed"), prison="SEND"),
    number_of_mothers("R1.no_known_orders", "No order known for any child", profile.no_known_order),
)  # fmt: skip

SERVICE: Final = (
    mothers("R1.need_contact_pct", "Named contact with her children as a need", names_need("contact"),
            unknown=is_not_known(profile.needs)),
    number_of_mothers("R1.need_adoption", "Named support with adoption as a need", names_need("adoption_transition")),
    number_of_mothers("R1.known_to_pact", "Already known to Pact", answers(of_mother("already_known_to_pact"), True)),
    number_of_mothers("R1.ref_childrens_sw", "Referred by a children’s social worker",
                      lambda case: course.first_source(case) == "childrens_sw"),
)  # fmt: skip

PRACTICE: Final = (
    number("R1.mckenzie_ep", "Support at court as McKenzie Friend, HMP Eastwood Park",
           lambda e: sum(len(case.of("mckenzie_friend")) for case in cases_of(e, "EP")), prison="EP"),
    number("R1.practitioner_n", "Community practitioners who answered", lambda e: len(e.practitioners),
           whole_service=True, needs=PRACTITIONERS),
    practitioner_items("R1.practitioner_items"),
    valued("R1.practitioner_heard", "How practitioners first heard of the service", heard_from, whole_service=True,
           needs=PRACTITIONERS),
    number("R1.practitioner_4_6_weeks", "Practitioners in contact every 4 to 6 weeks",
           lambda e: sum(r.answers.get("contact_every_4_6_weeks") is True for r in e.practitioners),
           whole_service=True, needs=PRACTITIONERS),
    Statement(id="R1.caseload_ep_may2022", label="Open cases, HMP Eastwood Park; fewest and most in the quarter",
              figure=_caseload, prison="EP"),
)  # fmt: skip

STATEMENTS_1: Final[tuple[Statement, ...]] = (
    *WHO, *CUSTODY, *CHILDREN, *PROFESSIONALS, *SERVICE, *mothers_survey(1), *PRACTICE,
)  # fmt: skip
"""In the order of the report."""
