"""Contact between a mother and her children: what is allowed, what was agreed, and where it stood at each point."""

from typing import Final

from tac_desktop.casework.contact_channels import CHANNELS
from tac_desktop.casework.fields import Choice, Choices, Day, Link, Links, Narrative, Number, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

NARROWED: Final = When("level", ("allowed", "conditional", "supervised", "not_allowed"))
"""The other levels say by themselves which kinds of contact they allow."""
_GIVEN: Final = When("child_contact", CHANNELS)
OUTSIDE_REASON: Final = "outside_permission"
"""The question, in several forms, why there is or shall be contact that is not allowed."""

CONTACT_PERMISSION = Form(
    name="contact_permission", title="Allowed contact", several="Decisions about contact", about="child",
    repeated=True, own_date="since", row=("children", "level", "channels", "source", "since"),
    sections=(
        Section("What is decided", (
            Links("children", "About which children", to="child", required=True, can_be_unknown=False),
            Choice("level", "What is decided", codes="contact_permission_level", required=True, can_be_unknown=False),
            Choice("source", "Who decided it", codes="contact_permission_source", required=True),
            Choices("channels", "Only about these kinds of contact", codes="child_contact_type", when=NARROWED,
                    can_be_unknown=False, hint="None chosen: about every kind"),
            Narrative("conditions", "Conditions", hint="Who has to be there, how often, what may not be said or sent"),
            Day("since", "From", hint="Left empty: it has always been so"),
            Day("until", "Until", hint="The last day on which it holds; after it, it allows nothing"),
        )),
        Section("Looking at it again", (
            Day("review_by", "Review by"),
            Day("looked_at", "Last looked at, and still right", may_be_future=False,
                hint="Asked for after a change of an order, of where a child lives, of a plan or of custody"),
        )),
        Section("Where it comes from", (
            Choice("status", "Where the decision stands", codes="contact_decision_status"),
            Day("asked_on", "Asked for on", may_be_future=False),
            Link("order", "The order that says so", to="order"),
            ShortText("level_words", "The level in the decision’s own words",
                      hint="Prisons name their levels differently, and the names change"),
            Day("told_mother", "The mother was told on", may_be_future=False),
        )),
        Section("Who may not see it", (
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

CONTACT_PLAN = Form(
    name="contact_plan", title="Agreed contact", several="Agreed contact", about="child", repeated=True,
    own_date="since", row=("children", "kind", "times", "per", "since"),
    sections=(
        Section("What is agreed", (
            Links("children", "With which children", to="child", required=True, can_be_unknown=False),
            Choice("kind", "Kind of contact", codes="child_contact_type", required=True, can_be_unknown=False),
            Number("times", "How often", least=1, most=31, unit="times", hint="Left empty: once"),
            Choice("per", "In each", codes="contact_rhythm", required=True, can_be_unknown=False),
            Day("since", "From", required=True, can_be_unknown=False,
                hint="The first time, or the day from which it counts"),
            Day("until", "Until"),
            YesNo("with_siblings", "Together with brothers and sisters"),
        )),
        Section("Who agreed it", (
            Day("agreed_on", "Agreed on", may_be_future=False),
            ShortText("agreed_by", "Agreed by", is_name=True, hint="Names and agencies"),
            Link("order", "The order that says so", to="order"),
            Narrative("note", "What else was agreed"),
            Narrative(OUTSIDE_REASON, "Why it is planned although it is not allowed",
                      hint="Asked only where the allowed contact says no"),
        )),
        Section("Who may not see it", (
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

CONTACT_STATE = Form(
    name="contact_state", title="Contact as it stands", several="Contact as it stood", about="child", repeated=True,
    own_date="date", row=("child", "point", "level", "date"),
    sections=(
        Section("Contact as it stands", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Choice("point", "When in the work", codes="contact_state_point", required=True, can_be_unknown=False),
            Day("date", "As on", required=True, can_be_unknown=False, may_be_future=False),
            Choice("level", "Contact between mother and child", codes="child_contact_level", required=True),
            Choices("kinds", "Which kinds", codes="child_contact_type",
                    when=When("level", ("indirect_only", "direct"))),
            Narrative("note", "Note"),
        )),
    ),
)  # fmt: skip

IN_THE_LOG = Section("Contact with a child", (
    Choice("child_contact", "Contact of a child with the mother", codes="child_contact_type", can_be_unknown=False,
           hint="Only if this entry is about a visit, a call or a letter between them"),
    YesNo("happened", "It took place", can_be_unknown=False, hint="Left empty: it did",
          when=_GIVEN),
    Choices("why_not", "Why it did not take place", codes="contact_not_happened", when=When("happened", (False,))),
    Narrative(OUTSIDE_REASON, "Why there was contact that is not allowed",
              hint="Asked only where the allowed contact says no", when=_GIVEN),
))  # fmt: skip
"""What the contact log asks about contact between a child and the mother."""
