"""The contact log: every contact, and every attempt, with anybody; what hangs together in it, and its papers."""

from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Link,
    Links,
    Moment,
    Narrative,
    Number,
    Reader,
    ShortText,
    YesNo,
)
from tac_desktop.casework.form import Form, Section
from tac_desktop.casework.forms.child_contact import IN_THE_LOG

NOT_THE_COURT: frozenset[Reader] = frozenset({"court", "other_party"})
"""What is written for others than the court and the parties."""
ACCEPTED = ("pdf", "jpg", "jpeg", "png")
"""The endings of files that a contact may bring."""

CONTACT = Form(
    name="contact", title="Contact", several="Contact log", about="mother", repeated=True, own_date="at",
    row=("at", "kind", "with_whom", "summary"),
    sections=(
        Section("Contact", (
            Moment("at", "When", required=True, can_be_unknown=False, may_be_future=False),
            Choice("kind", "Kind of contact", codes="contact_log_type", required=True, can_be_unknown=False),
            Choice("direction", "Direction", codes="contact_direction"),
            Choices("with_whom", "With whom", codes="contact_with"),
            ShortText("who", "Name and agency", is_name=True, offers="professional"),
            Links("children", "About which children", to="child"),
            YesNo("reached", "Somebody was reached", hint="An attempt without an answer counts as much"),
            Number("minutes", "Minutes", most=1440, unit="minutes"),
            Narrative("summary", "What was said and done", required=True, can_be_unknown=False),
        )),
        IN_THE_LOG,
        Section("What follows", (
            ShortText("waiting_for", "Waiting for", hint="Who owes an answer, and which"),
            Choice("asked_level", "Asked at which level", codes="escalation_step", can_be_unknown=False),
            Day("answered_on", "Answered on", may_be_future=False, can_be_unknown=False),
            Day("follow_up_by", "Follow up by"),
            YesNo("followed_up", "Done"),
        )),
        Section("For prison staff", (
            Narrative("staff_note", "What staff may be told", can_be_unknown=False, withheld_from=NOT_THE_COURT,
                      hint="Staff are shown this in place of the note above"),
            YesNo("in_prison_record", "Recorded in NOMIS/DPS", can_be_unknown=False,
                  hint="Or in the system that this prison has in its place"),
        )),
        Section("Who may not see it", (
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
            Choices("disclosure", "What is in it", codes="disclosure_flag", can_be_unknown=False,
                    withheld_from=NOT_THE_COURT),
            Narrative("may_be_told", "What she may be told of it", can_be_unknown=False, withheld_from=NOT_THE_COURT,
                      hint="She is shown this in place of the note above, where it is not to be shown to her"),
            ShortText("decided_by", "Who decided that", is_name=True, can_be_unknown=False,
                      withheld_from=NOT_THE_COURT),
            Attachment("letter", "Letter or paper", accepts=ACCEPTED),
        )),
    ),
)  # fmt: skip

CONTACT_TIE = Form(
    name="contact_tie", title="What belongs together", several="What belongs together", about="mother", repeated=True,
    by_hand=False,
    sections=(
        Section("What belongs together", (
            Link("contact", "Contact", to="contact", required=True, can_be_unknown=False),
            Link("goes_back_to", "Asks again, or answers", to="contact", can_be_unknown=False),
            YesNo("is_answer", "It is the answer", can_be_unknown=False),
            ShortText("event", "Logged together", longest=60, can_be_unknown=False),
        )),
    ),
)  # fmt: skip
"""A chaser or an answer with the contact in which something was asked; one event with several women."""

CONTACT_PAPER = Form(
    name="contact_paper", title="Paper of a contact", several="Papers of the contact log", about="mother",
    repeated=True, row=("title", "contact"),
    sections=(
        Section("Paper of a contact", (
            Link("contact", "Contact", to="contact", required=True, can_be_unknown=False),
            ShortText("title", "What it is", can_be_unknown=False),
            Attachment("file", "File", required=True, accepts=ACCEPTED, can_be_unknown=False),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip
"""A contact may bring any number of papers, and each may be kept from others: so each is a record of its own."""
