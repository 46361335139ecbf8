"""What something that is due consists of: the tasks, their words, and where they are found."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.record import RecordsByForm

Task: TypeAlias = Literal[
    "first_meeting",
    "baseline",
    "follow_up",
    "closure_return",
    "contact",
    "access_request",
    "alert",
    "answer_app",
    "tell_referrer",
    "plan_step",
    "goal",
    "contact_review",
    "look_at_contact",
    "chase",
    "pass_question",
    "ask_again",
    "tell_answer",
    "news_due",
    "tell_news",
    "explain_again",
    "prepare_hearing",
    "child_review",
    "agreement_review",
    "information_request",
    "letterbox_out",
    "letterbox_in",
    "letterbox_give",
    "letterbox_held",
    "letterbox_review",
    "visit_answer",
    "visit",
    "final_contact_risk",
    "final_contact_before",
    "final_contact_after",
    "life_story",
    "adoption_support",
    "find_social_worker",
    "tell_social_worker",
    "school_request",
]

LABELS: Final[Mapping[Task, str]] = {
    "first_meeting": "First meeting",
    "baseline": "Baseline tracker",
    "follow_up": "6-month follow-up",
    "closure_return": "Closure tracker",
    "contact": "Follow up a contact",
    "access_request": "Answer a subject access request",
    "alert": "Look at an alert again",
    "answer_app": "Answer an app form",
    "tell_referrer": "Tell the referrer what was decided",
    "plan_step": "Step of the plan",
    "goal": "Look at a goal of the plan",
    "contact_review": "Review a decision about contact",
    "look_at_contact": "Look at the allowed contact",
    "chase": "Chase an answer",
    "pass_question": "Pass on her question",
    "ask_again": "Ask after her question",
    "tell_answer": "Tell her the answer",
    "news_due": "News that she was promised",
    "tell_news": "Tell her the news",
    "explain_again": "Explain something to her again",
    "prepare_hearing": "Hearing: prepare, then write it up",
    "child_review": "Review of a child’s plan",
    "agreement_review": "Look at an agreement again",
    "information_request": "Answer to a request or consent",
    "letterbox_out": "Her letterbox letter",
    "letterbox_in": "Letterbox letter to her",
    "letterbox_give": "Give her a letter that came",
    "letterbox_held": "Look at a letter that is held back",
    "letterbox_review": "Review a letterbox agreement",
    "visit_answer": "Ask again about a visit",
    "visit": "Visit, and how it went",
    "final_contact_risk": "Tell the wing of a final contact",
    "final_contact_before": "Be with her before a final contact",
    "final_contact_after": "Be with her after a final contact",
    "life_story": "Pass on a part of a life story",
    "adoption_support": "Offer support with an adoption",
    "find_social_worker": "Find out who the social worker is",
    "tell_social_worker": "Tell her of a child’s social worker",
    "school_request": "Request to a school",
}


@dataclass(frozen=True, order=True)
class Due:
    """Something that is to be done by a day (ISO)."""

    by: str
    task: Task
    form: str = ""
    """The form of the record that it is about, '' where none is there yet."""
    record_id: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of work from which something can fall due."""

    forms: frozenset[str]
    """The forms on whose records the answer rests."""
    find: Callable[[RecordsByForm], Iterable[Due]]
