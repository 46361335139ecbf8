"""The case tracker: baseline, the returns that followed it, and what was added to one that was sealed."""

from tac_desktop.casework.fields import Choice, Choices, Day, Moment, Narrative, ShortText, When
from tac_desktop.casework.form import Form, Section

BASELINE = Form(
    name="baseline", title="Baseline tracker", several="Baseline tracker", about="mother", repeated=False,
    row=("first_meeting",), sheet="Mothers",
    sections=(
        Section("At the start", (
            Day("first_meeting", "First meeting or professional contact", column="First meeting date",
                may_be_future=False),
            Choice("family_court", "Family Court involvement", column="Family Court involvement",
                   codes="family_court_status"),
            Choices("orders_known", "Orders known", column="Orders known", codes="order_type"),
            Choice("contact_level", "Contact level at referral", column="Contact level at referral",
                   codes="child_contact_level", hint="The best level of any of her children"),
            Choice("mbu_status", "Mother and Baby Unit", column="Mother and Baby Unit", codes="mbu_status"),
            Day("sent", "Sent", may_be_future=False, can_be_unknown=False,
                hint="Filled in when you seal it; leave it empty until then"),
        )),
        Section("The social worker’s view", (
            Choices("worker_needs", "Needs identified by the social worker", codes="sw_identified_need",
                    column="Needs identified by the social worker"),
            Choice("timescale", "Predicted timescale", column="Predicted timescale", codes="predicted_timescale"),
            Day("timescale_date", "Predicted end", when=When("timescale", ("dated",))),
            Narrative("view", "How the social worker sees it"),
            Narrative("plan", "Plan"),
        )),
    ),
)  # fmt: skip

TRACKER_RETURN = Form(
    name="tracker_return", title="Tracker return", several="Tracker returns", about="mother", repeated=True,
    own_date="received", row=("tracker_form", "received"), sheet="Tracker returns",
    sections=(
        Section("Tracker return", (
            Choice("tracker_form", "Form", column="Form", codes="tracker_form_type", required=True),
            Day("received", "Received", column="Received", may_be_future=False),
            Day("period_to", "As it stood on", may_be_future=False, can_be_unknown=False,
                hint="The day whose state the return tells; leave empty for the day on which it was received"),
            Choice("reopened_because", "Why the case was opened again", codes="opening_reason",
                   when=When("tracker_form", ("reopening",))),
        )),
        Section("What changed", (
            Narrative("changes", "What has changed since the last return",
                      when=When("tracker_form", ("follow_up", "closure", "reopening"))),
            Narrative("work_done", "Work done"),
            Narrative("next_steps", "Plan for the next six months", when=When("tracker_form", ("follow_up",))),
        )),
        Section("Sending it", (
            Day("sent", "Sent", may_be_future=False, can_be_unknown=False,
                hint="Filled in when you seal it; leave it empty until then"),
            ShortText("sent_to", "Sent to", can_be_unknown=False),
        )),
    ),
)  # fmt: skip

ADDENDUM = Form(
    name="addendum", title="Addendum", several="Addenda", about="mother", repeated=True, by_hand=False, own_date="at",
    row=("kind", "text", "name", "at"),
    sections=(
        Section("Added to what was sealed", (
            ShortText("record", "Record", hint="The id of the record to which it is added", required=True,
                      can_be_unknown=False, longest=36),
            Choice("kind", "Kind", codes="addendum_kind", required=True, can_be_unknown=False),
            Moment("at", "Written at", required=True, can_be_unknown=False, may_be_future=False),
            ShortText("author", "Person", hint="The id of the person who wrote it", required=True,
                      can_be_unknown=False, longest=36),
            ShortText("name", "From", can_be_unknown=False),
            Narrative("text", "Addendum", required=True, can_be_unknown=False),
        )),
    ),
)  # fmt: skip
