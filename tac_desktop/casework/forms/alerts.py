"""What everybody who works with a woman has to know before anything else, as long as it holds."""

from tac_desktop.casework.fields import NOT_THE_OTHER_PARTY, Choice, Choices, Day, Narrative, ShortText, YesNo
from tac_desktop.casework.form import Form, Section

ALERT = Form(
    name="alert", title="Alert", several="Alerts", about="mother", repeated=True, own_date="since",
    row=("kind", "what_to_do", "since", "until"),
    sections=(
        Section("Alert", (
            Choice("kind", "What it is about", codes="alert_kind", required=True, can_be_unknown=False),
            Narrative("what_to_do", "What to know and do", longest=4000, withheld_from=NOT_THE_OTHER_PARTY,
                      hint="The first line stands above her case file, so begin with what matters most"),
            Day("since", "Since"),
            Day("review_by", "To be looked at again by"),
            Day("until", "Ended on", hint="From the day after, it no longer stands above the case file"),
        )),
        Section("Where it comes from", (
            ShortText("source", "Who says so", hint="For example, the safer custody team"),
            YesNo("told_mother", "She has been told of it"),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip
