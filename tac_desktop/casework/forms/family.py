"""The children, where they live, their social workers, and the orders about them."""

from tac_desktop.casework.fields import NOT_THE_OTHER_PARTY, Choice, Day, Link, Links, Narrative, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

CHILD = Form(
    name="child", title="Child", several="Children", about="child", repeated=True,
    row=("name", "child_reference", "date_of_birth"), sheet="Children",
    sections=(
        Section("The child", (
            ShortText("child_reference", "Child reference", column="Child reference", is_name=True, longest=60),
            ShortText("name", "Child’s full name", is_name=True),
            ShortText("known_as", "Known as"),
            YesNo("unborn", "Not born yet", column="Unborn"),
            Day("date_of_birth", "Date of birth", column="Date of birth", may_be_future=False,
                when=When("unborn", (True,), unless=True), hint="For example, 27 3 2019"),
            Day("due_date", "Due date", column="Due date"),
            Choice("sex", "Sex", codes="child_sex"),
        )),
        Section("Children’s social care", (
            YesNo("social_worker_allocated", "Social worker allocated", column="Social worker allocated"),
            Link("social_worker", "Social worker", to="childrens_social_worker", column="Social worker reference"),
            Choice("local_authority", "Local authority", column="Local authority", codes="local_authority"),
            Choice("plan_status", "Plan or status", codes="child_plan_status"),
            Choice("parental_responsibility", "Parental responsibility", codes="pr_status"),
        )),
        Section("The child’s own view", (
            Narrative("wishes", "What the child wishes", verbatim=True,
                      hint="In the child’s words, and who heard them"),
            Narrative("needs", "What the child needs", hint="Health, school, routines, what comforts her or him"),
        )),
    ),
)  # fmt: skip

PLACEMENT = Form(
    name="placement", title="Where a child lives", several="Where the children live", about="child", repeated=True,
    own_date="from_date", row=("child", "arrangement", "from_date"), sheet="Children",
    sections=(
        Section("Where the child lives", (
            Link("child", "Child", to="child", required=True, can_be_unknown=False),
            YesNo("at_referral", "Where the child lived when she was referred", can_be_unknown=False),
            Day("from_date", "From", may_be_future=False, partial=True),
            Day("to_date", "Until", partial=True),
            Choice("arrangement", "Care arrangement", column="Care arrangement at referral", codes="care_arrangement"),
            ShortText("household", "Household", column="Household", longest=60,
                      hint="Children of one mother with the same mark live together"),
            ShortText("carer", "Carer and relationship to the child", withheld_from=NOT_THE_OTHER_PARTY),
            Choice("arranged_by", "How it came about", codes="care_arranged_by"),
            Narrative("note", "Note"),
        )),
        Section("By which right, with whom, and how it ended", (
            Link("order", "Order on which it rests", to="order"),
            Links("carers", "Carers", to="person", withheld_from=NOT_THE_OTHER_PARTY),
            Day("mother_told", "The mother was told on", may_be_future=False),
            Choice("ended_because", "Ended because", codes="placement_ended"),
            Narrative("ended_note", "How it ended, and how it was for the child"),
        )),
    ),
)  # fmt: skip

CHILDRENS_SOCIAL_WORKER = Form(
    name="childrens_social_worker", title="Children’s social worker", several="Children’s social workers",
    about="professional", repeated=True, own_date="from_date", row=("name", "worker_reference", "team", "from_date"),
    sheet="Social workers",
    sections=(
        Section("Children’s social worker", (
            Link("professional", "From the directory", to="professional", can_be_unknown=False,
                 hint="Type a name; it fills what is known. Leave it empty for somebody who is not there"),
            ShortText("name", "Name", is_name=True),
            Day("from_date", "Since", partial=True, may_be_future=False),
            Day("mother_told", "The mother was told on", may_be_future=False),
            ShortText("told_how", "How she was told, and by whom", can_be_unknown=False),
            Links("children", "Children", to="child"),
            ShortText("worker_reference", "Social worker reference", column="Social worker reference", longest=60),
            Choice("local_authority", "Local authority", column="Local authority", codes="local_authority"),
            Choice("team", "Team", column="Team", codes="sw_team_type"),
            Day("to_date", "Until", partial=True),
            ShortText("phone", "Telephone", longest=60, withheld_from=NOT_THE_OTHER_PARTY),
            ShortText("email", "E-mail", withheld_from=NOT_THE_OTHER_PARTY),
        )),
        Section("Where nobody knows who it is", (
            YesNo("current_unknown", "Nobody knows who it is now", can_be_unknown=False,
                  hint="Then ‘Since’ says since when, and it stays on the list until a name is recorded"),
            ShortText("asked_of", "Asked of", can_be_unknown=False, when=When("current_unknown", (True,))),
            Day("asked_on", "Asked on", may_be_future=False, can_be_unknown=False,
                when=When("current_unknown", (True,))),
        )),
    ),
)  # fmt: skip

ORDER = Form(
    name="order", title="Order", several="Orders", about="child", repeated=True, own_date="made_on",
    row=("order_type", "children", "made_on"),
    sections=(
        Section("Order", (
            Choice("order_type", "Order", codes="order_type", required=True),
            Links("children", "Children", to="child"),
            Day("made_on", "Made on", may_be_future=False),
            Day("ended_on", "Ended on"),
            ShortText("court", "Court"),
            ShortText("case_number", "Case number", longest=60),
            Narrative("terms", "What it says"),
        )),
    ),
)  # fmt: skip
