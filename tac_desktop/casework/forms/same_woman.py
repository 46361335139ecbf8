"""That two case files are of one woman: said by a person, and taken back by one. Nobody fills it in by hand."""

from tac_desktop.casework.fields import Day, Narrative, ShortText
from tac_desktop.casework.form import Form, Section

SAME_WOMAN = Form(
    name="same_woman", title="The same woman", several="The same woman", about="mother", repeated=True, by_hand=False,
    own_date="since", row=("reference", "since", "until"),
    sections=(
        Section("Two case files of one woman", (
            ShortText("first", "First case file", hint="The id of the case file under which this one is read",
                      required=True, can_be_unknown=False, longest=36),
            ShortText("reference", "Case reference", hint="Of the first case file", required=True,
                      can_be_unknown=False, longest=60),
            Narrative("reason", "Reason", required=True, can_be_unknown=False),
            ShortText("name", "Said by", can_be_unknown=False),
            Day("since", "Since", required=True, can_be_unknown=False, may_be_future=False),
            Day("until", "Taken back on", can_be_unknown=False, may_be_future=False),
            Narrative("why_not", "Why it was taken back", can_be_unknown=False),
            ShortText("taken_back_by", "Taken back by", can_be_unknown=False),
        )),
    ),
)  # fmt: skip
