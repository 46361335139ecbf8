"""What only a manager writes about the work itself: supervision of a worker, and who may open a case file."""

from tac_desktop.casework.fields import Day, Narrative, ShortText
from tac_desktop.casework.form import Form, Section

SUPERVISION = Form(
    name="supervision", title="Supervision", several="Supervision", about="office", repeated=True, own_date="day",
    row=("worker", "day"), keeping="restricted",
    sections=(
        Section("Supervision", (
            ShortText("worker", "Worker", hint="Whose supervision it was", required=True, can_be_unknown=False,
                      is_name=True),
            Day("day", "Day", required=True, can_be_unknown=False, may_be_future=False),
            Narrative("talked_about", "What was talked about", required=True, can_be_unknown=False),
            Narrative("agreed", "What was agreed", can_be_unknown=False),
            Day("next", "Next supervision", can_be_unknown=False),
        )),
    ),
)  # fmt: skip

CASE_RESTRICTION = Form(
    name="case_restriction", title="Restriction", several="Restrictions", about="mother", repeated=False,
    by_hand=False, own_date="since", row=("since", "until"),
    sections=(
        Section("Restriction of the case file", (
            Narrative("reason", "Reason", required=True, can_be_unknown=False),
            ShortText("people", "Who may open it", hint="The ids of the people, beside the managers",
                      can_be_unknown=False, longest=4000),
            Day("since", "Since", required=True, can_be_unknown=False, may_be_future=False),
            Day("until", "Lifted on", can_be_unknown=False, may_be_future=False),
        )),
    ),
)  # fmt: skip
