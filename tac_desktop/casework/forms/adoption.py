"""When a child is adopted: the stages and the support for her, the final contact, and what she writes for the child."""

from tac_desktop.casework.fields import (
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

_PICTURES = ("jpg", "jpeg", "png")

ADOPTION = Form(
    name="adoption", title="Stage of an adoption", several="Adoption", about="child", repeated=True, own_date="date",
    row=("child", "stage", "date"),
    sections=(
        Section("Stage", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Choice("stage", "Stage", codes="adoption_stage", required=True, can_be_unknown=False),
            Day("date", "Since", partial=True),
            Day("told_her_on", "She was told on", may_be_future=False),
            Narrative("note", "Note"),
        )),
        Section("Support for her", (
            Choices("support_offered", "Support offered", codes="adoption_support"),
            Day("offered_on", "Offered on", may_be_future=False),
            YesNo("accepted", "She wants it"),
            ShortText("referred_to", "Referred to"),
            Day("referred_on", "Referred on", may_be_future=False),
            Narrative("outcome", "What came of it"),
        )),
        Section("Who may not see it", (
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

FINAL_CONTACT = Form(
    name="final_contact", title="Final contact", several="Final contact", about="child", repeated=True,
    own_date="date", row=("child", "date", "place"),
    sections=(
        Section("The plan", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            Day("date", "When"),
            ShortText("place", "Where, and at what time"),
            ShortText("planned_with", "Planned with"),
            Narrative("plan", "How it is to be",
                      hint="What she would like to say and to give, who is there, what they will do together"),
        )),
        Section("Before it", (
            Narrative("support_before", "Who is there for her before it, and how"),
            Day("support_before_on", "Somebody was with her on", may_be_future=False),
            ShortText("risk_told_to", "Who knows that these days may be hard for her",
                      hint="For example, safer custody, the wing, the night staff"),
            Day("risk_told_on", "They were told on", may_be_future=False),
        )),
        Section("The day itself", (
            YesNo("took_place", "It took place"),
            Narrative("why_not", "Why not", when=When("took_place", (False,))),
            Narrative("account", "How it was, for her and for the child"),
        )),
        Section("After it", (
            Day("seen_after_on", "Somebody was with her afterwards on", may_be_future=False),
            Narrative("support_after", "How she is, and who stays with her"),
        )),
        Section("What is kept of it", (
            Narrative("kept", "What she keeps, and what the child keeps"),
            Attachment("photo", "Photograph", accepts=_PICTURES),
            ShortText("photo_agreed", "Who agreed to the photograph"),
            Attachment("record", "Record or letter", accepts=("pdf", *_PICTURES)),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip

LIFE_STORY = Form(
    name="life_story", title="Part of a life story", several="Life story", about="mother", repeated=True,
    own_date="written_on", row=("child", "part", "draft"),
    sections=(
        Section("Part of the life story", (
            Link("child", "For which child", to="child", required=True, can_be_unknown=False),
            Choice("part", "Part", codes="life_story_part", required=True, can_be_unknown=False),
            Narrative("text", "In her own words", verbatim=True, hint="Word for word: no other hand changes it"),
            Choice("written_by", "How it was written", codes="written_by"),
            Day("written_on", "Written on", may_be_future=False),
            Number("draft", "Draft", least=1, most=99),
            YesNo("finished", "She says that it is finished"),
        )),
        Section("On its way to the child", (
            Day("wanted_by", "Promised by"),
            Day("passed_on", "Passed to the authority on", may_be_future=False),
            ShortText("passed_to", "Passed to"),
            Attachment("picture", "Picture or drawing", accepts=_PICTURES),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
    ),
)  # fmt: skip
