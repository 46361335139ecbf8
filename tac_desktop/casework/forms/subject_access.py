"""A person asks for what is kept about her: the request, and what was decided about each answer looked at."""

from tac_desktop.casework.fields import Choice, Day, Link, Narrative, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

ACCESS_REQUEST = Form(
    name="access_request", title="Subject access request", several="Subject access requests", about="mother",
    repeated=True, own_date="received", row=("about", "asked_by", "received", "answered_on"),
    sections=(
        Section("The request", (
            Choice("about", "About whom", codes="access_subject", required=True, can_be_unknown=False),
            Link("child", "Which child", to="child", when=When("about", ("child",)), can_be_unknown=False),
            ShortText("asked_by", "Who asks", required=True, can_be_unknown=False,
                      hint="She herself, or who acts for her, and with which authority"),
            Day("received", "Received on", required=True, can_be_unknown=False, may_be_future=False),
            Narrative("asked_for", "What is asked for", verbatim=True),
            ShortText("identity", "How it was made sure who asks"),
            Day("identity_proved", "Made sure on", may_be_future=False, can_be_unknown=False,
                hint="If it had to be asked for: the month begins on this day"),
        )),
        Section("The time", (
            YesNo("extended", "Two months more, because it is complex", can_be_unknown=False),
            Narrative("why_extended", "Why, and when she was told", when=When("extended", (True,))),
            Day("paused_on", "The clock was stopped on", may_be_future=False, can_be_unknown=False,
                hint="While she was asked what she means"),
            Day("resumed_on", "It went on on", may_be_future=False, can_be_unknown=False),
        )),
        Section("The answer", (
            Day("answered_on", "Answered on", may_be_future=False, can_be_unknown=False),
            Narrative("how_answered", "How, and what was explained"),
        )),
    ),
)  # fmt: skip

ACCESS_DECISION = Form(
    name="access_decision", title="Decision about an answer", several="Decisions about answers", about="mother",
    repeated=True, by_hand=False, row=("decision", "reason"),
    sections=(
        Section("Decision about one answer", (
            Link("request", "Request", to="access_request", required=True, can_be_unknown=False),
            ShortText("record", "Record", hint="The id of the record", required=True, can_be_unknown=False,
                      longest=36),
            ShortText("question", "Question", required=True, can_be_unknown=False),
            Choice("decision", "Decision", codes="access_decision", required=True, can_be_unknown=False),
            Narrative("blanked", "Words blanked out", hint="One part on each line", can_be_unknown=False),
            Choice("reason", "Reason", codes="access_reason", can_be_unknown=False),
        )),
    ),
)  # fmt: skip
