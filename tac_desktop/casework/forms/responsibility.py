"""Who decides about a child: the plan with the authority, parental responsibility, and what follows from it."""

from typing import Final

from tac_desktop.casework.fields import Attachment, Choice, Choices, Day, Link, Links, Narrative, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

_HERS: Final = When("who", ("mother",))
_NOT_HERS: Final = When("who", ("mother",), unless=True)
_CONSENT: Final = When("kind", ("consent",))
OF_HER: Final = frozenset({"consent", "view"})
"""Kinds of requests that are made of her: nobody is asked for copies by them."""
_PAPERS: Final = ("pdf", "jpg", "jpeg", "png")

PLAN_STATUS = Form(
    name="plan_status", title="Plan or status", several="Plans and statuses", about="child", repeated=True,
    own_date="from_date", row=("child", "status", "from_date"),
    sections=(
        Section("Plan or status with the authority", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Choice("status", "Plan or status", codes="child_plan_status", required=True),
            Day("from_date", "Since", partial=True, may_be_future=False),
            Day("to_date", "Until", partial=True),
            Day("next_review", "Next review"),
            ShortText("decided_by", "Decided by, or at which meeting"),
            ShortText("reviewing_officer", "Chair or reviewing officer"),
            Narrative("note", "Note"),
        )),
    ),
)  # fmt: skip

PARENTAL_RESPONSIBILITY = Form(
    name="parental_responsibility", title="Parental responsibility", several="Parental responsibility", about="child",
    repeated=True, own_date="since", row=("child", "who", "status", "since"),
    sections=(
        Section("Who has parental responsibility", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Choice("who", "Whose", codes="pr_holder", required=True, can_be_unknown=False),
            Choice("status", "How it stands for her", codes="pr_status", when=_HERS),
            Link("person", "Who that is", to="person", when=_NOT_HERS),
            YesNo("holds", "Has it", when=_NOT_HERS),
            Day("since", "Since", partial=True, may_be_future=False),
            Day("until", "Until", partial=True, may_be_future=False),
        )),
        Section("From where that is known", (
            Choice("source", "Source", codes="pr_source"),
            Link("order", "By which order", to="order"),
            Narrative("source_note", "What it says, and where it is"),
            Attachment("paper", "Copy of it", accepts=_PAPERS),
            ShortText("told_wrongly_by", "Who told her wrongly", can_be_unknown=False,
                      hint="Where somebody said that she has lost it and she has not"),
        )),
    ),
)  # fmt: skip

INFORMATION_REQUEST = Form(
    name="information_request", title="Request or consent", several="Requests and consents", about="child",
    repeated=True, own_date="asked_on", row=("what", "kind", "asked_on", "answered_on"),
    sections=(
        Section("What is asked", (
            Choice("kind", "What it is", codes="information_request", required=True, can_be_unknown=False),
            ShortText("what", "What for", required=True, can_be_unknown=False,
                      hint="For example, minutes of the review in May, or the flu vaccine"),
            Links("children", "About which children", to="child"),
            ShortText("asked", "Asked of, or by"),
            Day("asked_on", "Asked on", may_be_future=False),
            Day("due", "Answer wanted by"),
        )),
        Section("The answer", (
            Day("answered_on", "Answered on", may_be_future=False, can_be_unknown=False),
            Choice("her_answer", "What she said", codes="consent_answer", when=_CONSENT),
            Narrative("answer", "What came, or what was said"),
            Attachment("paper", "Paper", accepts=_PAPERS),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip
