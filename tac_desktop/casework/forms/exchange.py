"""What passes between colleagues: hand-overs of a case file, comments on an entry, seals. None is filled in by hand.

They travel with the case file like all that is written in it, and stand in no paper for a court and in no count.
"""

from tac_desktop.casework.fields import Choice, Day, Link, Moment, Narrative, ShortText
from tac_desktop.casework.form import Form, Section

HANDOVER = Form(
    name="handover", title="Hand-over", several="Hand-overs", about="mother", repeated=True, by_hand=False,
    own_date="from_day", row=("name", "kind", "from_day", "until"),
    sections=(
        Section("Hand-over of the case file", (
            ShortText("device", "Vault", hint="The id of the vault that may have the case file from now on",
                      required=True, can_be_unknown=False, longest=43),
            ShortText("name", "To", required=True, can_be_unknown=False, is_name=True),
            ShortText("given_by", "From", can_be_unknown=False, is_name=True),
            Choice("kind", "Kind", codes="handover_kind", required=True, can_be_unknown=False),
            Day("from_day", "From", required=True, can_be_unknown=False),
            Day("until", "Until", can_be_unknown=False),
            Narrative("reason", "Reason", can_be_unknown=False),
            Narrative("open_tasks", "Open tasks", hint="One on each line", can_be_unknown=False),
            Day("ended", "Ended on", may_be_future=False, can_be_unknown=False),
        )),
    ),
)  # fmt: skip

COMMENT = Form(
    name="comment", title="Comment", several="Comments", about="mother", repeated=True, by_hand=False, own_date="at",
    row=("text", "name", "at"),
    sections=(
        Section("Comment of a colleague", (
            ShortText("record", "Record", hint="The id of the record that it is about", required=True,
                      can_be_unknown=False, longest=36),
            ShortText("entry", "Entry", hint="The id of the entry that it is about", can_be_unknown=False, longest=43),
            ShortText("author", "Person", hint="The id of the person who wrote it", required=True,
                      can_be_unknown=False, longest=36),
            ShortText("name", "From", can_be_unknown=False),
            ShortText("role", "Role", can_be_unknown=False, longest=20),
            Moment("at", "Written at", required=True, can_be_unknown=False, may_be_future=False),
            Narrative("text", "Comment", required=True, can_be_unknown=False),
        )),
    ),
)  # fmt: skip

COMMENT_READ = Form(
    name="comment_read", title="Comment read", several="Comments read", about="mother", repeated=True, by_hand=False,
    row=("name",),
    sections=(
        Section("A comment was read", (
            Link("comment", "Comment", to="comment", required=True, can_be_unknown=False),
            ShortText("reader", "Person", hint="The id of the person who read it", required=True,
                      can_be_unknown=False, longest=36),
            ShortText("name", "Read by", can_be_unknown=False),
        )),
    ),
)  # fmt: skip

SEAL = Form(
    name="seal", title="Seal", several="Seals", about="mother", repeated=True, by_hand=False, own_date="at",
    row=("name", "at"),
    sections=(
        Section("Seal of a person under what is finished", (
            ShortText("record", "Record", hint="The id of the record that is sealed", required=True,
                      can_be_unknown=False, longest=36),
            ShortText("name", "Sealed by", required=True, can_be_unknown=False),
            Moment("at", "Sealed at", required=True, can_be_unknown=False, may_be_future=False),
            Narrative("text", "What was signed", required=True, can_be_unknown=False, verbatim=True),
            Narrative("signature", "Signature", required=True, can_be_unknown=False, verbatim=True),
        )),
    ),
)  # fmt: skip
