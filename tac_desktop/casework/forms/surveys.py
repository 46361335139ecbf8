"""The surveys of the evaluation, and what else it counts.

The follow-up survey of mothers, the staff's and the practitioners' survey are the manager's alone: the social worker
must not be able to read what was said about her (second interim report, survey of prison staff).
"""

from typing import Final

from tac_desktop.casework.fields import Choice, Choices, Day, Field, Link, Narrative, Number, ShortText, YesNo
from tac_desktop.casework.form import Form, Section

_BEGINNING: Final[tuple[Field, ...]] = (
    Day("date", "Date", column="Date", may_be_future=False),
    Choice("survey_return", "Return", column="Return", codes="survey_status"),
    YesNo("helped", "Helped by the social worker", column="Helped by the social worker"),
)

_SCALES: Final[tuple[Field, ...]] = (
    Choice("willing_engage", "I am willing to engage with Children’s Social Services.", codes="scale_agree5",
           column="Willing to engage with Children's Social Services"),
    Choice("trust_csc", "I can trust Children’s Social Services to help my family.", codes="scale_agree5",
           column="Can trust Children's Social Services"),
    Choice("confident_csc", "I am confident working with Children’s Social Services.", codes="scale_agree5",
           column="Confident working with Children's Social Services"),
    Choice("support_inside", "Feel supported as a mother by professionals inside the prison.", codes="scale_support5",
           column="Supported inside the prison"),
    Choice("support_outside", "Feel supported by professionals outside the prison.", codes="scale_support5",
           column="Supported outside the prison"),
    Choice("share_views", "How often able to share views in meetings about your children’s care?",
           codes="scale_frequency5", column="Able to share views in meetings"),
    Choice("views_listened", "How often are your views about your children’s care listened to by professionals in the "
           "community?", codes="scale_frequency5", column="Views listened to"),
    Number("involved_decisions", "How involved in the decisions about the children’s care",
           hint="1 is not at all, 10 is extremely involved", least=1, most=10, column="Involved in decisions (1-10)"),
    Number("sw_relationship", "Relationship with the children’s social worker", hint="1 is very poor, 10 is excellent",
           least=1, most=10, column="Relationship with children's social worker (1-10)"),
    Number("wai_total", "Working Alliance Inventory: total", most=1000, column="Working Alliance total",
           hint="Leave empty if it could not be completed"),
    ShortText("wai_missing", "Why the Working Alliance Inventory is missing",
              column="Working Alliance missing because"),
)  # fmt: skip

MOTHERS_SURVEY_T1 = Form(
    name="mothers_survey_t1", title="Mothers’ survey at the start", several="Mothers’ surveys at the start",
    about="mother", repeated=True, own_date="date", row=("date", "survey_return"), sheet="Mothers' survey T1",
    sections=(
        Section("The survey", _BEGINNING),
        Section("Her answers", (
            Narrative("hopes", "What she hopes to achieve with the service", verbatim=True),
            *_SCALES,
        )),
    ),
)  # fmt: skip

MOTHERS_SURVEY_T2 = Form(
    name="mothers_survey_t2", title="Mothers’ survey after six months", several="Mothers’ surveys after six months",
    about="mother", repeated=True, own_date="date", row=("date", "survey_return"), sheet="Mothers' survey T2",
    keeping="restricted",
    sections=(
        Section("The survey", (Link("mother", "Mother", to="mother", required=True, can_be_unknown=False),
                               *_BEGINNING)),
        Section("Her answers", _SCALES),
        Section("The Together a Chance social worker", (
            Choice("tac_satisfaction", "Satisfaction with the TaC social worker", codes="scale_satisfaction5",
                   column="Satisfaction with the TaC Social Worker"),
            YesNo("tac_practical", "Received practical support", column="Practical support"),
            YesNo("tac_listened", "Felt listened to", column="Listened to"),
            YesNo("tac_emotional", "Received emotional support", column="Emotional support"),
            YesNo("tac_confident_plan", "More confident planning for the family’s future",
                  column="More confident planning"),
            Narrative("tac_achieved", "What was achieved", verbatim=True),
            Narrative("tac_most_helpful", "The most helpful thing", verbatim=True),
            Narrative("tac_better", "How the support could have been better", verbatim=True),
        )),
    ),
)  # fmt: skip

STAFF_SURVEY = Form(
    name="staff_survey", title="Prison staff survey", several="Prison staff surveys", about="office", repeated=True,
    own_date="received", row=("response", "prison", "received"), sheet="Prison staff survey", keeping="restricted",
    sections=(
        Section("The response", (
            ShortText("response", "Response", column="Response", required=True, can_be_unknown=False, longest=60),
            YesNo("valid", "Valid", column="Valid"),
            Day("received", "Received", column="Received", may_be_future=False),
            Choice("prison", "Prison", column="Prison", codes="prison"),
            Choice("role_level", "Role level", column="Role level", codes="staff_role_level"),
            Choice("department", "Department", column="Department", codes="staff_department"),
            Choice("contact_frequency", "Contact frequency", column="Contact frequency",
                   codes="staff_contact_frequency"),
            Choices("contact_purposes", "Contact purposes", column="Contact purposes", codes="staff_contact_purpose"),
            YesNo("acct_involvement", "Involvement with the ACCT process", column="ACCT involvement"),
            Choice("qualification_view", "Level of qualification", column="Level of qualification",
                   codes="staff_qualification_view"),
            YesNo("based_in_prison", "Should be based in the prison", column="Should be based in the prison"),
        )),
        Section("In their own words", (
            Narrative("q_gaps", "Gaps that the role fills", verbatim=True),
            Narrative("q_direct", "Direct support to mothers", verbatim=True),
            Narrative("q_children", "Support of her relationships with children and carers", verbatim=True),
            Narrative("q_community", "Support of her relationships with professionals in the community",
                      verbatim=True),
            Narrative("q_release", "Rehabilitation and release planning", verbatim=True),
            Narrative("q_staff", "How the professional knowledge helps other staff", verbatim=True),
            Narrative("q_liaison", "How the knowledge of the prison helps liaison with the community", verbatim=True),
            Choices("themes", "Themes", column="Themes", codes="staff_theme", hint="Coded by the analyst"),
        )),
    ),
)  # fmt: skip

STATEMENTS: Final = (
    ("support_mother", "The service was important in contributing/providing support to the mother"),
    ("support_child", "The service had supported the child"),
    ("support_community_sw", "The service had supported the Social Worker in the community"),
    ("support_carer", "The service had supported the children's carer"),
    ("more_involved", "Mother more involved in decision making about her children"),
    ("better_represented", "Mother better represented in key meetings"),
    ("changed_experience", "Changed the prison experience for the mother and child relationship"),
    ("empowered_visits", "Mother empowered to receive regular family visits"),
    ("no_negative_mother", "No negative effects for mothers"),
    ("settle_community", "Mother more able to settle back into the community"),
    ("settle_family", "Mother more able to settle back into her family"),
    ("less_reoffend", "Mother less likely to re-offend"),
    ("improved_child_mother", "Improved the relationship between child and mother"),
    ("child_more_settled", "Child more settled in placement"),
    ("child_less_settled", "Child less settled"),
    ("no_negative_child", "No negative effects for children"),
    ("carer_child", "Improved the relationship between carer and child"),
    ("carer_mother", "Improved the relationship between carer and mother"),
    ("visiting_easier", "Made visiting easier for the carer"),
    ("carer_liaise_sw", "Helped the carer to liaise with home Social Workers"),
    ("useful_resource", "TaC Social Worker a useful resource for practitioners"),
    ("improved_sw_mother", "Helped improve the relationship between home Social Worker and mother"),
    ("liaised_closely", "Liaised closely with professionals in the community"),
    ("valued_member", "Valued member of the team around the family"),
    ("links_release", "Made links to support agencies in the home community for release"),
    ("advice_workforce", "Provided advice to social care workers in the community"),
    ("training_workforce", "Provided training for workers about mothers in prison"),
)
"""The statements of the practitioner survey: code and wording, which is also the workbook's heading."""

PRACTITIONER_SURVEY = Form(
    name="practitioner_survey", title="Practitioner survey", several="Practitioner surveys", about="office",
    repeated=True, own_date="received", row=("response", "role", "received"), sheet="Practitioner survey",
    keeping="restricted",
    sections=(
        Section("The response", (
            ShortText("response", "Response", column="Response", required=True, can_be_unknown=False, longest=60),
            Number("year", "Year", column="Year", least=1, most=99),
            Day("received", "Received", column="Received", may_be_future=False),
            Choice("role", "Role", column="Role", codes="practitioner_role"),
            Choice("heard_from", "First heard from", column="First heard from", codes="practitioner_heard_from"),
            YesNo("contact_every_4_6_weeks", "Contact every 4 to 6 weeks", column="Contact every 4 to 6 weeks"),
        )),
        Section("Statements", tuple(YesNo(code, text, column=text) for code, text in STATEMENTS)),
        Section("In their own words", (Narrative("recommendations", "Recommendations", verbatim=True),)),
    ),
)  # fmt: skip

EVALUATION_ACTIVITY = Form(
    name="evaluation_activity", title="Evaluation activity", several="Evaluation activities", about="office",
    repeated=True, own_date="date", row=("activity", "date"), sheet="Evaluation activities", keeping="restricted",
    sections=(
        Section("Activity", (
            Choice("activity", "Activity", column="Activity", codes="evaluation_activity", required=True),
            Day("date", "Date", column="Date", may_be_future=False),
            Choice("prison", "Prison", column="Prison", codes="prison"),
            Number("round", "Round", column="Round", least=1, most=999),
        )),
    ),
)  # fmt: skip
