"""The people of the family beside the mother and her children: who they are, how they are helped, what was agreed."""

from typing import Final

from tac_desktop.casework.fields import (
    NOT_THE_OTHER_PARTY,
    Choice,
    Choices,
    Day,
    Field,
    Link,
    Links,
    Narrative,
    ShortText,
    YesNo,
)
from tac_desktop.casework.form import Form, Section

_WITHHELD: Final[Field] = Choices("withheld_from", "Not to be shown to", codes="withheld_from")

PERSON = Form(
    name="person", title="Person of the family", several="People of the family", about="child", repeated=True,
    own_date="from_date", row=("name", "roles", "children", "to_date"),
    sections=(
        Section("Who it is", (
            ShortText("name", "Name", is_name=True, required=True, can_be_unknown=False,
                      withheld_from=NOT_THE_OTHER_PARTY),
            ShortText("known_as", "Known as", is_name=True, can_be_unknown=False, withheld_from=NOT_THE_OTHER_PARTY),
            Choices("roles", "Who that is to the children", codes="family_role"),
            Links("children", "For which children", to="child"),
            ShortText("relationship", "In words", hint="For example, Teal’s father’s sister", can_be_unknown=False,
                      withheld_from=NOT_THE_OTHER_PARTY),
            Day("from_date", "Since", partial=True, may_be_future=False),
            Day("to_date", "Until", partial=True),
        )),
        Section("Reaching them", (
            YesNo("do_not_disclose", "Where they live must not become known", can_be_unknown=False,
                  hint="Then nobody tells it to anybody, the mother and the children included"),
            Narrative("safe_contact", "How they are reached safely", withheld_from=NOT_THE_OTHER_PARTY,
                      hint="When, on which number, what must not be said or left on a machine"),
            ShortText("phone", "Telephone", longest=60, withheld_from=NOT_THE_OTHER_PARTY),
            ShortText("email", "E-mail", withheld_from=NOT_THE_OTHER_PARTY),
            Narrative("address", "Address", withheld_from=NOT_THE_OTHER_PARTY),
        )),
        Section("More about them", (
            Narrative("needs", "What they need", withheld_from=NOT_THE_OTHER_PARTY),
            Narrative("note", "Note", withheld_from=NOT_THE_OTHER_PARTY),
            _WITHHELD,
        )),
    ),
)  # fmt: skip

CARER_SUPPORT = Form(
    name="carer_support", title="Support of a carer", several="Support of carers", about="child", repeated=True,
    own_date="date", row=("person", "date", "support"),
    sections=(
        Section("Support of a carer", (
            Link("person", "Carer", to="person", required=True, can_be_unknown=False),
            Day("date", "Date", may_be_future=False, can_be_unknown=False),
            Narrative("needs", "What they needed"),
            Choices("support", "What was given", codes="carer_support"),
            ShortText("given_by", "By whom"),
            Narrative("result", "What came of it"),
            Links("children", "About which children", to="child"),
            _WITHHELD,
        )),
    ),
)  # fmt: skip

FAMILY_AGREEMENT = Form(
    name="family_agreement", title="Relationships and agreements", several="Relationships and agreements",
    about="child", repeated=True, own_date="date", row=("kind", "date", "between"),
    sections=(
        Section("Between people of the family", (
            Choice("kind", "What it is", codes="family_work", required=True, can_be_unknown=False),
            Day("date", "Date", may_be_future=False),
            Links("people", "With whom", to="person"),
            ShortText("between", "Between whom", hint="Where not all of them stand in the list above"),
            Links("children", "About which children", to="child"),
            ShortText("mediated_by", "Led by", hint="Who mediated, or chaired the conference"),
            Narrative("what_happened", "What it is about, and how it went"),
        )),
        Section("What came of it", (
            Choice("result", "Result", codes="mediation_result"),
            Narrative("agreed", "What was agreed", hint="Of a family group conference: the family’s plan"),
            Day("review_by", "To be looked at again by", can_be_unknown=False),
            Day("ended_on", "No longer holds since", may_be_future=False, can_be_unknown=False),
            _WITHHELD,
        )),
    ),
)  # fmt: skip
