"""Letterbox contact: what was agreed for a child, each letter of it, and who read which words before they went."""

from tac_desktop.casework.fields import (
    NOT_THE_OTHER_PARTY,
    Attachment,
    Choice,
    Choices,
    Day,
    Link,
    Narrative,
    Number,
    ShortText,
    When,
    YesNo,
)
from tac_desktop.casework.form import Form, Section
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON

_HERS = When("direction", ("from_mother",))
_THEIRS = When("direction", ("to_mother",))

LETTERBOX_AGREEMENT = Form(
    name="letterbox_agreement", title="Letterbox agreement", several="Letterbox agreements", about="child",
    repeated=True, own_date="agreed_on", row=("child", "agency_name", "agreed_on"),
    sections=(
        Section("Who writes, and when", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            ShortText("agency_name", "Through whom", hint="For example, the letterbox service of the local authority"),
            Choices("her_months", "She writes in", codes="month_of_year"),
            Choices("their_months", "They write to her in", codes="month_of_year"),
            ShortText("partner", "Who writes for the child", withheld_from=NOT_THE_OTHER_PARTY),
            Link("agency", "Agency in the directory", to="agency", can_be_unknown=False),
        )),
        Section("What was agreed", (
            Day("agreed_on", "Agreed on", may_be_future=False),
            Link("order", "By this order", to="order"),
            ShortText("sign_as", "How she signs"),
            YesNo("first_names_only", "First names only"),
            YesNo("no_address", "No address and no place"),
            YesNo("photographs", "Photographs may be sent"),
            Narrative("conditions", "What else was agreed"),
            YesNo("has_copy", "She has a copy"),
            Day("review_by", "To be looked at again by"),
            Day("until", "Ended on"),
        )),
        Section("Who may not see it", (
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
            Attachment("file", "The agreement itself", accepts=("pdf", "jpg", "jpeg", "png")),
        )),
    ),
)  # fmt: skip

LETTERBOX_LETTER = Form(
    name="letterbox_letter", title="Letterbox letter", several="Letterbox letters", about="mother", repeated=True,
    own_date="received_on", row=("month", "direction", "agreement"),
    sections=(
        Section("Which letter", (
            Link("agreement", "Agreement", to="letterbox_agreement", required=True, can_be_unknown=False),
            Day("month", "For which month", partial=True, required=True, can_be_unknown=False,
                hint="For example, 6 2026"),
            Choice("direction", "Whose letter", codes="letter_direction", required=True, can_be_unknown=False),
            Narrative("draft", "The letter, in her own words", verbatim=True, when=_HERS),
            Choice("written_by", "How it was written", codes="written_by", when=_HERS),
            Day("drafted_on", "Written on", may_be_future=False, when=_HERS),
        )),
        Section("Its way", (
            Day("checked_on", "A letter on paper was read for names and places on", may_be_future=False, when=_HERS,
                hint="What is typed above is read with ‘Check it’; this is for a letter that lies here on paper"),
            Day("sent_on", "Sent on", may_be_future=False, when=_HERS),
            Day("received_on", "Arrived on", may_be_future=False,
                hint="Hers: when they say they have it. Theirs: when it came to us"),
            Day("shown_on", "Given or read to her on", may_be_future=False, when=_THEIRS),
            Narrative("reaction", "How it was for her", when=_THEIRS),
        )),
        Section("If it is held back", (
            Choice("held_because", "Held back because", codes="letter_held"),
            Day("held_on", "Held back on", may_be_future=False),
            Narrative("held_note", "Who decided it, and what would have to change"),
            YesNo("missed", "It will not happen any more this time"),
        )),
        Section("Paper", (
            Attachment("letter", "The letter", accepts=("pdf", "jpg", "jpeg", "png")),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
            Narrative(OUTSIDE_REASON, "Why it goes although contact is not allowed",
                      hint="Asked only where the allowed contact says no"),
        )),
    ),
)  # fmt: skip

LETTERBOX_CHECK = Form(
    name="letterbox_check", title="Check of a letter", several="Checks of letters", about="child", repeated=True,
    by_hand=False, own_date="checked_on", row=("letter", "checked_on", "checked_by"),
    sections=(
        Section("Who read which words", (
            Link("letter", "Letter", to="letterbox_letter", required=True, can_be_unknown=False),
            Day("checked_on", "Read on", required=True, can_be_unknown=False, may_be_future=False),
            ShortText("checked_by", "Read by"),
            ShortText("words", "Mark of the words that were read", required=True, can_be_unknown=False, longest=64),
            Number("found", "Words found that should perhaps not stand", most=100_000),
            Narrative("may_stand", "What may stand, though it was found"),
        )),
    ),
)  # fmt: skip
