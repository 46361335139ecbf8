"""The contact log: every contact, and every attempt, with anybody."""

from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Links,
    Moment,
    Narrative,
    Number,
    ShortText,
    YesNo,
)
from tac_desktop.casework.form import Form, Section

CONTACT = Form(
    name="contact", title="Contact", several="Contact log", about="mother", repeated=True, own_date="at",
    row=("at", "kind", "with_whom", "summary"),
    sections=(
        Section("Contact", (
            Moment("at", "When", required=True, can_be_unknown=False, may_be_future=False),
            Choice("kind", "Kind of contact", codes="contact_log_type", required=True, can_be_unknown=False),
            Choice("direction", "Direction", codes="contact_direction"),
            Choices("with_whom", "With whom", codes="contact_with"),
            ShortText("who", "Name and agency", is_name=True),
            Links("children", "About which children", to="child"),
            YesNo("reached", "Somebody was reached", hint="An attempt without an answer counts as much"),
            Number("minutes", "Minutes", most=1440, unit="minutes"),
            Narrative("summary", "What was said and done", required=True, can_be_unknown=False),
        )),
        Section("What follows", (
            ShortText("waiting_for", "Waiting for", hint="Who owes an answer, and which"),
            Day("follow_up_by", "Follow up by"),
            YesNo("followed_up", "Done"),
        )),
        Section("Who may not see it", (
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
            Attachment("letter", "Letter or paper", accepts=("pdf", "jpg", "jpeg", "png")),
        )),
    ),
)  # fmt: skip
