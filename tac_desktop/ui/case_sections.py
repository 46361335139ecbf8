"""The sections of a case file: which forms stand together, and where each section stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tac_desktop.casework.dues.due import Due, Task
from tac_desktop.casework.record import Record


@dataclass(frozen=True)
class CaseSection:
    """One line of the side list."""

    name: str
    title: str
    forms: tuple[str, ...] = ()
    """The forms whose records it shows; none for the overview."""
    tasks: tuple[Task, ...] = ()
    """What may be due in it."""
    counts: tuple[str, ...] = ()
    """The forms of which the side list tells the number of records; all of its forms where none is named."""
    verbs: tuple[str, ...] = ()
    """What is typed in it and becomes records of its forms, several at once."""
    expected: bool = False
    """Whether every case file has something here sooner or later; then its absence is shown."""
    group: str = ""
    """The heading above it in the side list; those of one heading stand together."""


SINCE = "@"
"""Stands in the place of a case file before the ISO day as on which it is looked at; nothing does for today."""
_GROUPS: Mapping[str, tuple[CaseSection, ...]] = {
    "": (CaseSection("overview", "Overview"),),
    "The woman": (
        CaseSection("mother", "Mother", ("mother",), expected=True),
        CaseSection("alerts", "Alerts", ("alert",), ("alert",)),
        CaseSection("custody", "Custody", ("custody",), expected=True),
        CaseSection(
            "referral",
            "Referral",
            ("referral", "episode", "case_worker", "meeting_minute"),
            ("answer_app", "tell_referrer"),
            expected=True,
        ),
        CaseSection("triage", "Triage", ("triage",), expected=True),
    ),
    "Family": (
        CaseSection("children", "Children", ("child", "child_view", "told_child"), counts=("child",), expected=True),
        CaseSection("homes", "Where they live", ("placement",), verbs=("move",), expected=True),
        CaseSection(
            "social_workers",
            "Social workers",
            ("childrens_social_worker",),
            ("find_social_worker", "tell_social_worker"),
            expected=True,
        ),
        CaseSection("schools", "Schools", ("school_request",), ("school_request",)),
        CaseSection(
            "family", "People of the family", ("person", "carer_support", "family_agreement"), ("agreement_review",)
        ),
        CaseSection(
            "orders",
            "Orders, responsibility",
            ("order", "plan_status", "parental_responsibility", "information_request"),
            ("child_review", "information_request"),
        ),
    ),
    "Contact with the children": (
        CaseSection("allowed", "Allowed contact", ("contact_permission",), ("contact_review", "look_at_contact")),
        CaseSection("agreed", "Agreed and happened", ("contact_plan", "contact_state")),
        CaseSection(
            "letterbox",
            "Letterbox",
            ("letterbox_agreement", "letterbox_letter"),
            ("letterbox_out", "letterbox_in", "letterbox_give", "letterbox_held", "letterbox_review"),
        ),
        CaseSection("visits", "Visits and coaching", ("visit_request", "coaching_session"), ("visit_answer", "visit")),
        CaseSection(
            "farewell",
            "Adoption, life story",
            ("adoption", "final_contact", "life_story"),
            ("final_contact_risk", "final_contact_before", "final_contact_after", "life_story", "adoption_support"),
        ),
    ),
    "Work": (
        CaseSection(
            "contact", "Contact log", ("contact", "contact_paper", "contact_tie"), ("contact", "chase"), expected=True
        ),
        CaseSection("questions", "Her questions", ("mothers_question",), ("pass_question", "ask_again", "tell_answer")),
        CaseSection("news", "News for her", ("promised_update", "update_told"), ("news_due", "tell_news")),
        CaseSection("explained", "Explained to her", ("explained",), ("explain_again",)),
        CaseSection("plan", "Plan", ("goal", "plan_step"), ("plan_step", "goal")),
        CaseSection("challenges", "Challenges", ("challenge",)),
    ),
    "Case tracker": (
        CaseSection("baseline", "Baseline tracker", ("baseline",), ("first_meeting", "baseline"), expected=True),
        CaseSection("returns", "Tracker returns", ("tracker_return", "addendum"), ("follow_up", "closure_return")),
        CaseSection("closure", "Closure", ("closure",)),
        CaseSection("surveys", "Surveys", ("mothers_survey_t1", "mothers_survey_t2")),
    ),
    "Court and evidence": (
        CaseSection("proceedings", "Proceedings", ("proceedings",)),
        CaseSection("hearings", "Hearings", ("hearing", "mckenzie_friend"), ("prepare_hearing",)),
        CaseSection("evidence", "Courses, evidence", ("course", "evidence")),
        CaseSection("statements", "Staff statements", ("staff_statement",)),
        CaseSection("assessment", "Parenting assessment", ("assessment",)),
        CaseSection("photographs", "Photographs", ("photo",)),
        CaseSection("papers", "Papers", ("paper",)),
        CaseSection("documents", "Documents", ("issued_document",)),
    ),
    "Case file": (
        CaseSection("access", "Subject access", ("access_request",), ("access_request",)),
        CaseSection("colleagues", "Hand-over, comments", ("handover", "comment")),
        CaseSection("removed", "Removed, earlier days"),
    ),
}
"""The sections by the heading under which they stand in the side list."""
SECTIONS: tuple[CaseSection, ...] = tuple(
    replace(section, group=group) for group, sections in _GROUPS.items() for section in sections
)
BY_NAME: Mapping[str, CaseSection] = {section.name: section for section in SECTIONS}


@dataclass(frozen=True)
class Standing:
    """Where a section stands, in words and as an icon in a colour of the theme."""

    words: str
    icon: str = ""
    colour: str = "text_2"
    count: int = 0


def section_of(form: str) -> CaseSection:
    """Return the section in which the records of a form stand; the overview for a form that has none."""
    return next((section for section in SECTIONS if form in (*section.forms, *section.verbs)), SECTIONS[0])


def standing(
    section: CaseSection,
    records: Mapping[str, Sequence[Record]],
    dues: Sequence[Due],
    drafted: Collection[str],
    today: str,
) -> Standing:
    """Return where a section stands: overdue before in progress, in progress before complete."""
    count = sum(len(records.get(form, ())) for form in section.counts or section.forms)
    if any(due.task in section.tasks and due.by < today for due in dues):
        return Standing("Overdue", "triangle-alert", "danger", count)
    if any(form in drafted for form in (*section.forms, *section.verbs)):
        return Standing("In progress", "pencil", "info", count)
    if count:
        return Standing("Complete" if section.expected else "", "circle-check" if section.expected else "", "ok", count)
    return Standing("Not started", "circle-dashed") if section.expected else Standing("")
