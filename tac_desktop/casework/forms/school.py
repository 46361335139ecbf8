"""What is asked of a child's school for the mother: reports, parents' evenings, contact at school on a birthday."""

from typing import Final

from tac_desktop.casework.fields import Attachment, Choice, Day, Link, Narrative, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

WITH_A_DAY: Final = ("parents_evening", "birthday_contact")
"""What happens on a day that is known beforehand."""

SCHOOL_REQUEST = Form(
    name="school_request", title="Request to a school", several="Requests to schools", about="child", repeated=True,
    own_date="asked_on", row=("child", "what", "school", "event_on"),
    sections=(
        Section("Request to a school", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Choice("what", "What is asked for", codes="school_request_kind", required=True, can_be_unknown=False),
            Link("contact_person", "Whom at the school, from the directory", to="professional",
                 can_be_unknown=False),
            ShortText("school", "School, and whom there", is_name=True),
            Day("event_on", "On which day it is", can_be_unknown=False, when=When("what", WITH_A_DAY)),
            Day("asked_on", "Asked on", may_be_future=False),
            Day("expected_by", "Promised by", can_be_unknown=False),
        )),
        Section("What came of it", (
            YesNo("done", "Received, or it took place", can_be_unknown=False),
            Day("done_on", "On", may_be_future=False, can_be_unknown=False, when=When("done", (True,))),
            Narrative("result", "What came, and what she said of it"),
            ShortText("why_not", "Why not", can_be_unknown=False, when=When("done", (False,))),
            Attachment("paper", "Report or letter", accepts=("pdf", "jpg", "jpeg", "png"), can_be_unknown=False),
        )),
    ),
)  # fmt: skip
