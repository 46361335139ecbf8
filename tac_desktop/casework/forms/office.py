"""What belongs to no mother and is kept by the office of a prison: the directory, prison rules, staff, the mailbox."""

from typing import Final

from tac_desktop.casework.fields import Choice, Choices, Day, Link, Moment, Narrative, Number, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

SOCIAL_WORKERS: Final = ("childrens_sw", "fostering_sw", "independent_sw", "la_manager", "cafcass")
"""The roles that have a team."""

_OFFICE: Final = Choice(
    "prison", "Kept by the office of", codes="prison", required=True, can_be_unknown=False,
    hint="Colleagues who work with this prison receive it in their bundles",
)  # fmt: skip

AGENCY = Form(
    name="agency", title="Agency", several="Agencies", about="office", repeated=True, keeping="office",
    row=("name", "kind", "local_authority", "phone"),
    sections=(
        Section("Agency", (
            ShortText("name", "Name", required=True, can_be_unknown=False, is_name=True),
            Choice("kind", "What it is", codes="agency_kind", can_be_unknown=False),
            Choice("local_authority", "Local authority", codes="local_authority", can_be_unknown=False),
            ShortText("phone", "Telephone", longest=60, can_be_unknown=False),
            ShortText("email", "E-mail", can_be_unknown=False),
            Narrative("address", "Address", longest=2000, can_be_unknown=False),
            Narrative("booking", "How to book, and its rules", longest=20_000,
                      hint="Meetings, visits, out of hours: whom to ask, and how long before", can_be_unknown=False),
        )),
        Section("About the entry", (
            Narrative("note", "Note", can_be_unknown=False),
            Day("closed_on", "No longer there since", partial=True, may_be_future=False, can_be_unknown=False),
            _OFFICE,
        )),
    ),
)  # fmt: skip

PROFESSIONAL = Form(
    name="professional", title="Professional", several="Professionals", about="office", repeated=True,
    keeping="office", row=("name", "role", "team", "agency_name", "local_authority", "phone"),
    sections=(
        Section("Who it is", (
            ShortText("name", "Name", required=True, can_be_unknown=False, is_name=True),
            Choice("role", "Role", codes="professional_role", can_be_unknown=False),
            Choice("team", "Team", codes="sw_team_type", when=When("role", SOCIAL_WORKERS), can_be_unknown=False),
            Choice("local_authority", "Local authority", codes="local_authority", can_be_unknown=False),
            Link("agency", "Agency in the directory", to="agency", can_be_unknown=False),
            ShortText("agency_name", "Agency", is_name=True, hint="Court, school, law firm, prison: as one says it",
                      can_be_unknown=False),
        )),
        Section("How to reach her or him", (
            ShortText("phone", "Telephone", longest=60, can_be_unknown=False),
            ShortText("email", "E-mail", can_be_unknown=False),
            Narrative("booking", "When and how to reach, and rules for booking", longest=20_000, can_be_unknown=False),
            Narrative("safe_contact", "Safe contact", longest=20_000,
                      hint="What must not be said, or to whom: it is shown when a contact is logged",
                      can_be_unknown=False),
        )),
        Section("About the entry", (
            YesNo("safe_to_name", "May be named in letters and papers", can_be_unknown=False),
            Day("from_date", "In this post since", partial=True, may_be_future=False, can_be_unknown=False),
            Day("to_date", "Left the post on", partial=True, may_be_future=False, can_be_unknown=False),
            Narrative("note", "Note", can_be_unknown=False),
            _OFFICE,
        )),
    ),
)  # fmt: skip

PRISON_RULES = Form(
    name="prison_rules", title="Letters and rules of a prison", several="Letters and rules of the prisons",
    about="office", repeated=False, keeping="office", row=("prison", "named_worker", "phone"),
    sections=(
        Section("The prison", (
            Choice("prison", "Prison", codes="prison", required=True, can_be_unknown=False),
            ShortText("named_worker", "Named worker of the service there", is_name=True, can_be_unknown=False),
            ShortText("phone", "Telephone", longest=60, can_be_unknown=False),
            ShortText("email", "E-mail", can_be_unknown=False),
            Narrative("address", "Address of the prison", longest=2000, can_be_unknown=False),
        )),
        Section("What a professional from outside has to know", (
            Narrative("booking_visits", "Booking a professional visit", longest=20_000,
                      hint="Whom to ask, how long before, what to bring", can_be_unknown=False),
            Narrative("booking_link", "Booking a video or telephone meeting", longest=20_000, can_be_unknown=False),
            Narrative("post", "Writing to her", longest=20_000,
                      hint="How to address a letter, and what may not be sent", can_be_unknown=False),
            Narrative("calls", "Telephone calls", longest=20_000, hint="That she cannot be called, and what to do",
                   can_be_unknown=False),
            Narrative("times", "Times of the day at which meetings work", longest=20_000, can_be_unknown=False),
            Day("checked_on", "Checked on", may_be_future=False, can_be_unknown=False),
        )),
    ),
)  # fmt: skip

STAFF_CONTACT = Form(
    name="staff_contact", title="Contact with staff", several="Contacts with staff", about="office", repeated=True,
    keeping="office", own_date="at", row=("at", "purposes", "department", "who"),
    sections=(
        Section("Contact with staff", (
            Choices("purposes", "What it was for", codes="staff_contact_purpose", required=True, can_be_unknown=False),
            Choice("department", "Department", codes="staff_department", can_be_unknown=False),
            Number("minutes", "Minutes", most=1440, unit="minutes", can_be_unknown=False),
            ShortText("who", "With whom", is_name=True, can_be_unknown=False),
            Narrative("summary", "What it was about", can_be_unknown=False),
            Link("about", "About whom, if about one woman", to="mother", can_be_unknown=False),
            Choice("role_level", "Their role", codes="staff_role_level", can_be_unknown=False),
            Moment("at", "When", required=True, can_be_unknown=False, may_be_future=False),
            Choice("prison", "Prison", codes="prison", required=True, can_be_unknown=False),
        )),
    ),
)  # fmt: skip

INBOX_MESSAGE = Form(
    name="inbox_message", title="Incoming message", several="Incoming messages", about="office", repeated=True,
    keeping="office", own_date="received", row=("received", "from_whom", "for_whom", "mailbox"),
    sections=(
        Section("The message", (
            ShortText("from_whom", "From", required=True, is_name=True, offers="professional", hint="Name and agency"),
            ShortText("for_whom", "For whom", is_name=True, hint="The woman’s name as the message has it",
                      can_be_unknown=False),
            Link("about", "Her case file", to="mother", can_be_unknown=False),
            Narrative("message", "What it says", longest=100_000, can_be_unknown=False),
            ShortText("mailbox", "Mailbox", hint="Where it had come in: OMU mailbox, post, switchboard",
                      can_be_unknown=False),
            Moment("received", "Received", required=True, can_be_unknown=False, may_be_future=False),
        )),
        Section("What became of it", (
            ShortText("passed_to", "Passed on to", can_be_unknown=False),
            Day("passed_on", "Day on which it was passed on", may_be_future=False, can_be_unknown=False),
            Day("answered_on", "Answered on", may_be_future=False, can_be_unknown=False),
            ShortText("answered_by", "Answered by", can_be_unknown=False),
            Day("logged_on", "Logged in her case file on", may_be_future=False, can_be_unknown=False),
            Choice("prison", "Prison", codes="prison", required=True, can_be_unknown=False),
        )),
    ),
)  # fmt: skip
