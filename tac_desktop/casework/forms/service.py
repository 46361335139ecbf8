"""How she came to the service, who works with her, and for how long: referral, triage, episode, challenge, closure."""

from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.fields import NOT_THE_OTHER_PARTY, Choice, Choices, Day, Narrative, ShortText, When, YesNo
from tac_desktop.casework.form import Form, Section

_BY_APP = When("by_app", (True,))
_NO_SOCIAL_WORKER = When("social_worker_allocated", (False, NotKnown()))

REFERRAL = Form(
    name="referral", title="Referral", several="Referrals", about="mother", repeated=True, own_date="date",
    row=("referral_type", "source", "date"), sheet="Referrals",
    sections=(
        Section("Referral", (
            Day("date", "Date", column="Date", required=True, may_be_future=False, can_be_unknown=False),
            Choice("source", "Source", column="Source", codes="referral_source"),
            Choice("referral_type", "Type", column="Type", codes="referral_type"),
            ShortText("referred_by", "Referred by"),
            Day("received", "Received by the service", may_be_future=False),
            YesNo("by_app", "By an app form"),
            ShortText("wing", "Wing on the app form", longest=60, when=_BY_APP),
            Day("app_answered", "App form answered on", may_be_future=False, when=_BY_APP),
            Narrative("reason", "Why she was referred"),
            Day("icpc_on", "Child protection conference on",
                hint="The next one that is known; while she waits it is told as a reason why she cannot"),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
        )),
        Section("What was decided", (
            YesNo("social_worker_allocated", "A children’s social worker is allocated",
                  hint="The access criterion of the service"),
            YesNo("exception", "Taken on as an exception", when=_NO_SOCIAL_WORKER),
            Narrative("exception_reason", "Why an exception is made", when=When("exception", (True,))),
            Choice("pathway", "Pathway", codes="pathway"),
            ShortText("signposted_to", "Signposted to", when=When("pathway", ("none",))),
            Day("decided_on", "Decided on", may_be_future=False),
            ShortText("decided_by", "Decided by"),
            YesNo("mother_took_part", "She took part in the decision"),
            Narrative("decision_reason", "Why"),
        )),
        Section("Telling the referrer", (
            Day("referrer_told_on", "Referrer told on", may_be_future=False),
            Narrative("told_how", "How, and what was said",
                      hint="That she was referred and what was decided: no more than the referrer needs"),
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
            ShortText("helped_by", "Who helped her, or wrote it down",
                      when=When("written_by", ("with_help", "dictated"))),
            Narrative("own_words", "What she needs, in her own words", verbatim=True,
                      hint="Word for word, as she wrote or said it"),
            Day("read_back", "Read back to her on", may_be_future=False,
                hint="When she heard or read what stands here, and said that it is right"),
        )),
        Section("Needs", (
            Choices("self_identified_needs", "Needs identified by the mother", codes="self_identified_need",
                    column="Needs identified by the mother"),
            Narrative("hopes", "What she hopes for", verbatim=True),
            Choices("withheld_from", "Not to be shown to", codes="withheld_from"),
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
            Narrative("note", "In a few words", hint="What led to it, where the reasons above do not say it"),
        )),
    ),
)  # fmt: skip

CASE_WORKER = Form(
    name="case_worker", title="Who works with her", several="Who works with her", about="mother", repeated=True,
    own_date="from_date", row=("name", "from_date", "to_date"),
    sections=(
        Section("Who works with her", (
            ShortText("name", "Name", required=True, can_be_unknown=False, longest=100,
                      hint="As it stands at the sign-in: by it the caseload finds the cases of one worker"),
            Day("from_date", "From", may_be_future=False),
            Day("to_date", "Until", may_be_future=False),
            ShortText("why_changed", "Why it changed"),
        )),
    ),
)  # fmt: skip

MEETING_MINUTE = Form(
    name="meeting_minute", title="Minute of a meeting", several="Minutes of the weekly meeting", about="mother",
    repeated=True, own_date="date", row=("date", "said"),
    sections=(
        Section("Minute of a meeting", (
            Day("date", "Date", required=True, may_be_future=False, can_be_unknown=False),
            Narrative("said", "What was said and agreed", required=True, can_be_unknown=False,
                      withheld_from=NOT_THE_OTHER_PARTY),
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
