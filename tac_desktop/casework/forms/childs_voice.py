"""The child's own voice, each time it was heard, and what the child has been told."""

from tac_desktop.casework.fields import Choice, Choices, Day, Link, Narrative, ShortText
from tac_desktop.casework.form import Form, Section

CHILD_VIEW = Form(
    name="child_view", title="The child’s view", several="The children’s views", about="child", repeated=True,
    own_date="date", row=("child", "date", "wishes"),
    sections=(
        Section("What the child says", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Day("date", "Heard on", may_be_future=False),
            Narrative("wishes", "What the child wishes", verbatim=True, hint="Word for word, as it was said or drawn"),
            ShortText("heard_by", "Who heard it", hint="Name, and who that is to the child"),
            ShortText("where", "Where and how", hint="For example, at school, while drawing"),
        )),
        Section("How contact is for the child", (
            Narrative("before", "Before the contact"),
            Narrative("during", "During the contact"),
            Narrative("after", "After the contact", hint="Sleep, school, behaviour, what the child said"),
            Choice("ready", "Is the child ready?", codes="contact_readiness"),
            Narrative("next_step", "The next small step, and why"),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

TOLD_CHILD = Form(
    name="told_child", title="What the child was told", several="What the children were told", about="child",
    repeated=True, own_date="date", row=("child", "date", "knows"),
    sections=(
        Section("What the child knows", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Choice("knows", "What the child knows since then", codes="child_knows"),
            Day("date", "Told on", may_be_future=False, partial=True),
            ShortText("told_by", "Who told it"),
            Narrative("what", "What was said", hint="In which words; what was left out for now, and why"),
            ShortText("with_what", "With what", hint="A book, a pack, a picture of the visits hall"),
            Narrative("reaction", "What the child said and did"),
            ShortText("asked_by", "Who wishes that the child is told otherwise",
                      hint="For example, a carer who says she is away for work", can_be_unknown=False),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip
