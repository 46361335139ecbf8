"""The mother and her way through custody."""

from tac_desktop.casework.fields import NOT_THE_OTHER_PARTY, Choice, Day, Narrative, Number, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

_KNOWN_AS_CHILD = When("known_as_child", ("yes",))
_SENTENCED = When("legal_status", ("sentenced", "recall", "indeterminate"))
_INSIDE = When("event", ("bailed", "released", "released_unexpectedly", "deported", "died"), unless=True)

MOTHER = Form(
    name="mother", title="Mother", several="Mothers", about="mother", repeated=False,
    row=("name", "reference"), sheet="Mothers",
    sections=(
        Section("Who she is", (
            ShortText("reference", "Case reference", column="Case reference", required=True, can_be_unknown=False,
                      is_name=True, longest=60,
                      hint="As in the case tracker: EP-2026-14. The same reference is the same woman, in every vault"),
            ShortText("name", "Name", column="Name", required=True, can_be_unknown=False, is_name=True),
            ShortText("known_as", "Likes to be called", is_name=True),
            ShortText("aliases", "Other and former names", is_name=True,
                      hint="Her maiden name, a name she was sentenced under; several with commas between them"),
            ShortText("prison_number", "Prison number", column="Prison number", is_name=True, longest=20),
            Day("date_of_birth", "Date of birth", column="Date of birth", may_be_future=False,
                hint="For example, 27 3 1991"),
            Choice("prison", "Prison", column="Prison", codes="prison", required=True, can_be_unknown=False,
                   hint="Where the case was opened"),
            ShortText("location", "Wing and cell", longest=60),
        )),
        Section("About her", (
            Choice("ethnicity", "Ethnicity", column="Ethnicity", codes="ethnicity"),
            Choice("relationship_status", "Relationship status", column="Relationship status",
                   codes="relationship_status"),
            ShortText("language", "Language and interpreter", hint="Leave empty if she needs no interpreter"),
            Choice("known_as_child", "Known to social services or in care as a child", codes="known_as_child",
                   column="Known to social services or in care as a child", withheld_from=NOT_THE_OTHER_PARTY),
            Choice("known_as_child_detail", "Which of the two", codes="known_as_child_detail", when=_KNOWN_AS_CHILD,
                   withheld_from=NOT_THE_OTHER_PARTY),
            YesNo("already_known_to_pact", "Already known to Pact", column="Already known to Pact"),
        )),
        Section("Consent to take part in the evaluation", (
            YesNo("evaluation_consent", "Evaluation consent given", column="Evaluation consent given",
                  hint="She gets the same service whatever she answers"),
            Day("evaluation_consent_date", "Evaluation consent date", column="Evaluation consent date",
                may_be_future=False),
        )),
    ),
)  # fmt: skip

CUSTODY = Form(
    name="custody", title="Custody", several="Custody", about="mother", repeated=True, own_date="from_date",
    row=("event", "legal_status", "prison", "from_date"), sheet="Mothers",
    sections=(
        Section("Custody", (
            Choice("event", "What happened", codes="custody_event", hint="Leave empty for her status at referral"),
            Day("from_date", "From", may_be_future=False, hint="Leave empty for her status at referral"),
            Choice("prison", "Prison", codes="prison", hint="Where she is from that day on", when=_INSIDE),
            Day("received_on", "Received into this prison", may_be_future=False, when=_INSIDE),
            Day("until", "Until", hint="The last day of this stay, or the day she is back from temporary release"),
            Choice("legal_status", "Legal status", column="Legal status", codes="legal_status"),
            Day("sentenced_on", "Sentenced on", may_be_future=False, when=_SENTENCED),
            Number("sentence_months", "Sentence in months", column="Sentence in months", most=1200, unit="months",
                   when=_SENTENCED),
            YesNo("life_or_indeterminate", "Life or indeterminate", column="Life or indeterminate"),
            Choice("sentence_length", "Sentence length", column="Sentence length", codes="sentence_length"),
            Choice("first_time_in_prison", "First time in prison", column="First time in prison",
                   codes="first_time_in_prison"),
            Day("expected_release", "Expected release"),
            Day("licence_until", "On licence until"),
        )),
        Section("Offence", (
            Choice("offence_category", "Offence category", column="Offence category", codes="offence_category",
                   withheld_from=NOT_THE_OTHER_PARTY),
            Choice("child_related_offence", "Offence linked to harm to a child", column="Child-related offence",
                   codes="child_related_offence", withheld_from=NOT_THE_OTHER_PARTY),
            Narrative("note", "Note"),
        )),
    ),
)  # fmt: skip
