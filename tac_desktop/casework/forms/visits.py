"""Visits that have to be asked for, with what they need, and preparing her for the time with her children."""

from tac_desktop.casework.fields import (
    NOT_THE_OTHER_PARTY,
    Choice,
    Choices,
    Day,
    Links,
    Money,
    Narrative,
    Number,
    ShortText,
    When,
)
from tac_desktop.casework.form import Form, Section
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON

_NOT_HELD = When("state", ("refused", "failed", "cancelled"))
_HELD = When("state", ("happened",))

VISIT_REQUEST = Form(
    name="visit_request", title="Visit asked for", several="Visits asked for", about="child", repeated=True,
    own_date="for_day", row=("kind", "children", "for_day", "state"),
    sections=(
        Section("Visit", (
            Links("children", "Which children", to="child"),
            Choice("kind", "Kind of visit", codes="child_contact_type", required=True, can_be_unknown=False),
            Day("for_day", "For which day"),
            Day("asked_on", "Asked on", may_be_future=False),
            ShortText("asked_of", "Asked of"),
            Choices("needs", "What it needs", codes="visit_need"),
            Narrative("needs_note", "What else it needs"),
        )),
        Section("What became of it", (
            Choice("state", "Where it stands", codes="visit_state"),
            Day("answered_on", "Answered on", may_be_future=False),
            Choices("reasons", "Why not", codes="visit_reason", when=_NOT_HELD),
            Narrative("reason_note", "Why not, in words", when=_NOT_HELD),
            Narrative("account", "How it was", when=_HELD),
            Narrative("for_the_child", "How it was for the child", when=_HELD),
            Narrative(OUTSIDE_REASON, "Why it is asked for although it is not allowed",
                      hint="Asked only where the allowed contact says no"),
        )),
        Section("How the children come", (
            ShortText("escort", "Who brings them", withheld_from=NOT_THE_OTHER_PARTY),
            ShortText("transport", "How they travel"),
            Money("transport_cost", "What the journey costs"),
            ShortText("paid_by", "Who pays"),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

COACHING_SESSION = Form(
    name="coaching_session", title="Coaching", several="Coaching", about="mother", repeated=True, own_date="date",
    row=("date", "topics", "material"),
    sections=(
        Section("Preparing for the time with her children", (
            Day("date", "When", may_be_future=False, required=True, can_be_unknown=False),
            Choices("topics", "What it was about", codes="coaching_topic"),
            Links("children", "For which children", to="child"),
            ShortText("material", "Material given", hint="A book, cards, a list of things to talk about"),
            Number("minutes", "Minutes", most=1440, unit="minutes"),
            Narrative("note", "What was practised"),
            Narrative("effect", "What was seen afterwards"),
            Day("effect_on", "Seen on", may_be_future=False),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip
