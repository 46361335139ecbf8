"""How she came to the service and how long it was at work: referral, triage, episode, challenge, closure."""

from tac_desktop.casework.fields import NOT_THE_OTHER_PARTY, Choice, Choices, Day, Narrative, ShortText, YesNo
from tac_desktop.casework.form import Form, Section

REFERRAL = Form(
    name="referral", title="Referral", several="Referrals", about="mother", repeated=True, own_date="date",
    row=("referral_type", "source", "date"), sheet="Referrals",
    sections=(
        Section("Referral", (
            Day("date", "Date", column="Date", required=True, may_be_future=False, can_be_unknown=False),
            Choice("source", "Source", column="Source", codes="referral_source"),
            Choice("referral_type", "Type", column="Type", codes="referral_type"),
            ShortText("referred_by", "Referred by"),
            Narrative("reason", "Why she was referred"),
        )),
        Section("What was decided", (
            YesNo("social_worker_allocated", "A children’s social worker is allocated",
                  hint="The access criterion of the service"),
            Choice("pathway", "Pathway", codes="pathway"),
            Day("decided_on", "Decided on", may_be_future=False),
            Narrative("decision_reason", "Why, and by whom"),
        )),
    ),
)  # fmt: skip

TRIAGE = Form(
    name="triage", title="Triage", several="Triage", about="mother", repeated=True, own_date="date",
    row=("date", "written_by"), sheet="Mothers",
    sections=(
        Section("In her own words", (
            Day("date", "Date", may_be_future=False),
            Choice("written_by", "How it was written", codes="written_by"),
            Narrative("own_words", "What she needs, in her own words", verbatim=True,
                      hint="Word for word, as she wrote or said it"),
        )),
        Section("Needs", (
            Choices("self_identified_needs", "Needs identified by the mother", codes="self_identified_need",
                    column="Needs identified by the mother"),
            Narrative("hopes", "What she hopes for", verbatim=True),
        )),
    ),
)  # fmt: skip

EPISODE = Form(
    name="episode", title="Episode", several="Episodes", about="mother", repeated=True, own_date="opened",
    row=("opened", "opened_because", "closed"), sheet="Episodes",
    sections=(
        Section("Episode", (
            Day("opened", "Opened", column="Opened", required=True, may_be_future=False, can_be_unknown=False),
            Choice("opened_because", "Opened because", column="Opened because", codes="opening_reason"),
            Day("closed", "Closed", column="Closed", may_be_future=False),
            Choice("closed_because", "Closed because", column="Closed because", codes="closure_reason"),
        )),
    ),
)  # fmt: skip

CHALLENGE = Form(
    name="challenge", title="Challenge", several="Challenges", about="mother", repeated=True, own_date="recorded",
    row=("challenge", "recorded"), sheet="Challenges",
    sections=(
        Section("Challenge during the work", (
            Choice("challenge", "Challenge", column="Challenge", codes="intervention_challenge", required=True),
            Day("recorded", "Recorded", column="Recorded", may_be_future=False),
            YesNo("supported", "Supported by the social worker", column="Supported by the social worker"),
            Narrative("note", "Note", withheld_from=NOT_THE_OTHER_PARTY),
        )),
    ),
)  # fmt: skip

CLOSURE = Form(
    name="closure", title="Closure", several="Closures", about="mother", repeated=True, own_date="date",
    row=("date", "contact_issue"), sheet="Closures",
    sections=(
        Section("Closure", (
            Day("date", "Date", column="Date", required=True, may_be_future=False, can_be_unknown=False),
            Narrative("summary", "Summary of the work"),
            YesNo("report_analysed", "Report analysed", column="Report analysed",
                  hint="Its outcomes and barriers have been coded"),
            Choices("outcomes", "Outcomes", column="Outcomes", codes="outcome"),
            Choices("barriers", "Barriers", column="Barriers", codes="barrier"),
            Choice("contact_issue", "Contact issue at closure", column="Contact issue at closure",
                   codes="contact_issue_outcome"),
        )),
    ),
)  # fmt: skip
