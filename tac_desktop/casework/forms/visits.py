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
            Choices("reasons", "Why not", codes="visit_reason",
                    when=When("state", ("refused", "failed", "cancelled"))),
            Narrative("reason_note", "Why not, in words", when=When("state", ("refused", "failed", "cancelled"))),
            Narrative("account", "How it was", when=When("state", ("happened",))),
            Narrative("for_the_child", "How it was for the child", when=When("state", ("happened",))),
            Narrative("outside_permission", "Why it goes beyond what is permitted"),
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
