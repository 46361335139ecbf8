"""Where people are named in a case file, in which part they stand there, and what tells of nobody at all.

A form with a name in it that is missing here shows that name to whoever asks for what is kept about her.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PEOPLE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "mother": ("name", "known_as", "aliases"), "child": ("name", "known_as"), "placement": ("carer",),
    "contact": ("who",), "contact_plan": ("agreed_by",), "childrens_social_worker": ("name", "asked_of", "told_how"),
    "proceedings": ("solicitor", "guardian"),
    "hearing": ("judge",), "person": ("name", "known_as"), "family_agreement": ("between", "mediated_by"),
    "child_view": ("heard_by",), "told_child": ("told_by", "asked_by"), "carer_support": ("given_by",),
    "parental_responsibility": ("told_wrongly_by",), "plan_status": ("decided_by", "reviewing_officer"),
    "information_request": ("asked",), "mothers_question": ("passed_to",), "promised_update": ("who",),
    "explained": ("by",), "letterbox_agreement": ("partner",), "letterbox_check": ("checked_by",),
    "visit_request": ("escort",), "final_contact": ("planned_with", "photo_agreed"),
    "school_request": ("school",), "staff_contact": ("who",),
    "inbox_message": ("from_whom", "for_whom", "passed_to", "answered_by"),
    "tracker_return": ("sent_to",), "addendum": ("name",),
    "referral": ("referred_by",), "triage": ("helped_by",), "case_worker": ("name",),
})  # fmt: skip
"""Where the people of a case are named, by form."""
PROFESSIONALS: Final = frozenset({
    "childrens_social_worker", "proceedings", "hearing", "plan_status", "parental_responsibility", "explained",
    "case_worker", "letterbox_check", "school_request", "staff_contact", "tracker_return",
    "addendum",
})  # fmt: skip
"""Those of these forms whose people act in their profession: their names are not withheld as a rule."""
TELLS_WHERE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "person": ("relationship", "phone", "email", "address", "safe_contact", "needs", "note"),
    "carer_support": ("needs", "result"), "alert": ("source",),
})  # fmt: skip
"""What is another person's own although no name stands in it: a house is found by its address alone, and who gave a
warning is told to nobody unlooked at."""
OF_THE_COURT: Final = frozenset({"proceedings", "hearing", "order", "issued_document"})
"""What a court has, whose rules say who may see it."""
BETWEEN_COLLEAGUES: Final = frozenset({
    "comment", "handover", "case_restriction", "supervision", "same_woman", "meeting_minute",
})  # fmt: skip
"""What is written for each other and for nobody else."""
OFFICES: Final = ("local_authority", "prison", "sw_team_type", "contact_with", "hearing_type")
"""The lists of whom and what one has to do with beside people."""
NO_ANSWERS: Final = frozenset({
    "seal", "comment_read", "access_request", "access_decision", "retention", "contact_tie",
})  # fmt: skip
"""What speaks of the records, or of the request itself, and of nobody."""
