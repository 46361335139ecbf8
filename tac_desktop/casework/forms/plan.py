"""The plan that is made with her: goals, and who does what by when."""

from tac_desktop.casework.fields import Choice, Day, Link, Links, Narrative, ShortText, YesNo
from tac_desktop.casework.form import Form, Section

GOAL = Form(
    name="goal", title="Goal", several="Goals", about="mother", repeated=True, own_date="agreed_on",
    row=("goal", "state", "by"),
    sections=(
        Section("Goal", (
            ShortText("goal", "What shall be reached", required=True, can_be_unknown=False, longest=300),
            Links("children", "For which children", to="child"),
            Day("agreed_on", "Agreed on", may_be_future=False),
            YesNo("with_mother", "Agreed with her"),
            Day("by", "To be reached by"),
        )),
        Section("What became of it", (
            Choice("state", "Where it stands", codes="goal_state"),
            Day("ended_on", "Since", may_be_future=False),
            Narrative("outcome", "What became of it"),
        )),
    ),
)  # fmt: skip

PLAN_STEP = Form(
    name="plan_step", title="Step of the plan", several="Steps of the plan", about="mother", repeated=True,
    own_date="due", row=("step", "owner", "due", "done_on"),
    sections=(
        Section("Step of the plan", (
            ShortText("step", "What is to be done", required=True, can_be_unknown=False, longest=300),
            Link("goal", "For which goal", to="goal"),
            ShortText("owner", "Who does it", hint="She herself, you, her social worker, …"),
            Day("due", "By"),
            Day("done_on", "Done on", may_be_future=False),
            Narrative("result", "What came of it"),
        )),
    ),
)  # fmt: skip
